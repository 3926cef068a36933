#include "queue/journal/chain_scan.hpp"

#include <algorithm>

namespace bannette::journal {
namespace {

[[noreturn]] void missing(std::uint64_t seq) {
  throw Damaged("enregistrement " + std::to_string(seq) + " : il manque");
}

}  // namespace

ChainScan::ChainScan(Where where, std::uint64_t from, std::uint64_t until, std::int64_t since_wall_ms)
    : where_(std::move(where)), since_wall_ms_(since_wall_ms) {
  for (; from < until; from = pieces_.back().until) {
    pieces_.emplace_back();
    pieces_.back().from = from;
    pieces_.back().until = std::min(until, from + kPiece);
  }
  if (pieces_.size() < 2) return;
  thread_ = std::thread([this] {
    try {
      Reader reader(where_.data_dir, where_.master, where_.vfs);
      while (work_one(reader)) {
      }
    } catch (...) {
      failed_ = std::current_exception();
    }
  });
}

ChainScan::~ChainScan() {
  next_ = pieces_.size();
  if (thread_.joinable()) thread_.join();
}

// False: no piece is left, or this one failed; what comes before it may fail too, and is then told instead.
bool ChainScan::work_one(Reader& reader) {
  const std::size_t at = next_++;
  if (at >= pieces_.size()) return false;
  Piece& piece = pieces_[at];
  try {
    read(reader, piece);
  } catch (...) {
    piece.failed = std::current_exception();
  }
  piece.done = true;
  return !piece.failed;
}

void ChainScan::read(Reader& reader, Piece& piece) const {
  const auto hash = reader.hash_at(piece.from);
  if (!hash) missing(piece.from);
  const Head last = reader.verify({piece.from, *hash}, piece.until - piece.from, [&](const Record& record) {
    const Change& change = record.change;
    if (!change.key || change.at.wall_ms < since_wall_ms_) return;
    const bool submitted = change.kind == ChangeKind::submitted;
    piece.found.push_back({*change.key, change.digest, change.at.wall_ms,
                           static_cast<std::uint32_t>(change.seq - piece.from),
                           static_cast<std::uint32_t>(change.number),
                           static_cast<std::uint32_t>(change.fence), piece.principals.index(change.principal),
                           submitted ? piece.principals.index(change.actor) : 0, change.kind});
  });
  if (last.seq < piece.until) missing(last.seq + 1);
}

void ChainScan::give(Piece& piece, const std::function<void(const Change&)>& keyed) {
  Change change;
  for (const Keyed& each : piece.found) {
    change.key = each.key;
    change.digest = each.digest;
    change.seq = piece.from + each.behind;
    change.number = each.number;
    change.fence = each.fence;
    change.at.wall_ms = each.wall_ms;
    change.principal = piece.principals.text(each.principal);
    change.kind = each.kind;
    change.actor = each.kind == ChangeKind::submitted ? piece.principals.text(each.actor) : std::string();
    keyed(change);
  }
  piece.found = {};
}

void ChainScan::finish(Reader& reader, const std::function<void(const Change&)>& keyed) {
  auto next = pieces_.begin();
  const auto give_done = [&] {  // soon, for what is gathered takes memory
    for (; next != pieces_.end() && next->done; ++next) {
      if (next->failed) std::rethrow_exception(next->failed);
      give(*next, keyed);
    }
  };
  while (work_one(reader)) give_done();
  if (thread_.joinable()) thread_.join();
  if (failed_) std::rethrow_exception(failed_);
  give_done();
}

}  // namespace bannette::journal
