#include "router/telephony/captured.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

#include "router/telephony/ami_reader.hpp"
#include "router/telephony/read_index.hpp"

namespace bannette::telephony {

namespace {

constexpr std::size_t piece = 64 * 1024;

template <class F>
bool each_message(const std::filesystem::path& file, AmiParser& parser, F&& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + " : lecture impossible");
  std::array<char, piece> bytes{};
  while (in.read(bytes.data(), bytes.size()) || in.gcount() > 0) {
    parser.feed({bytes.data(), static_cast<std::size_t>(in.gcount())});
    while (const auto* message = parser.next()) take(*message);
  }
  if (in.bad()) throw std::runtime_error(file.string() + " : lecture impossible");
  return parser.in_message();
}

std::filesystem::path index_of(std::filesystem::path file) {
  return file.replace_extension(".idx.jsonl");
}

// When the stream began, in Unix milliseconds.
struct Beginning {
  std::optional<std::int64_t> stamp;  // the first Timestamp
  std::int64_t stamp_at = 0;          // and how long the connection had lasted then, by the index
  std::optional<std::int64_t> latest_floor;
  bool exact = false;  // within a second
  bool indexed = false;
};

// The answer to a Ping bears the PBX's hour.
void pinged(Beginning& found, ReadIndex& index, const AmiMessage& message, std::uint64_t offset) {
  const auto stamp = found.indexed ? ami_timestamp(message.get("Timestamp")) : std::nullopt;
  if (!stamp || message.get("Response") != "Success") return;
  const auto floor = *stamp - index.at(offset);
  if (!found.latest_floor || floor > *found.latest_floor) found.latest_floor = floor;
  found.exact = true;
}

// A channel cannot be told of before it is made, and its id says in which second that was: so the stream
// began at the earliest at this second less what had passed. The highest of these is below the truth by less
// than a second, as soon as one channel was made while we listened.
Beginning beginning_of(const std::filesystem::path& file) {
  Beginning found;
  AmiParser parser;
  ReadIndex index(index_of(file));
  found.indexed = index.there();
  each_message(file, parser, [&](const AmiMessage& message) {
    const auto event = message.event();
    if (event.empty()) {
      pinged(found, index, message, parser.offset());
      return;
    }
    if (!found.stamp) {
      found.stamp = ami_timestamp(message.get("Timestamp"));
      if (found.stamp && found.indexed) found.stamp_at = index.at(parser.offset());
    }
    if (found.stamp || !found.indexed) return;
    const auto at = index.at(parser.offset());
    const bool made_now = event == "Newchannel" || event == "AgentCalled";
    for (const auto* key : {"Uniqueid", "DestUniqueid"}) {
      const auto epoch = uniqueid_epoch(message.get(key));
      if (!epoch) continue;
      const auto floor = *epoch * 1'000 - at;
      if (!found.latest_floor || floor > *found.latest_floor) found.latest_floor = floor;
      found.exact |= made_now;
    }
  });
  return found;
}

class Replay {
 public:
  Replay(const std::filesystem::path& file, const std::string& pbx,
         const std::function<void(const calls::Call&)>& finished)
      : file_(file), begins_(beginning_of(file)), index_(index_of(file)), reader_(pbx), finished_(finished) {
    out_.timed = begins_.stamp || (begins_.indexed && begins_.latest_floor);
    out_.absolute = begins_.stamp || (out_.timed && begins_.exact);
    if (out_.timed) now_ = begins_.stamp ? *begins_.stamp - begins_.stamp_at : *begins_.latest_floor;
    began_ms_ = now_;
  }

  Captured run() {
    AmiParser parser;
    out_.torn =
        each_message(file_, parser, [&](const AmiMessage& message) { take(message, parser.offset()); });
    if (out_.timed && begins_.indexed) now_ = std::max(now_, began_ms_ + index_.end());
    ledger_.close(out_.timed ? now_ : -1);
    give();
    out_.coverage.end(out_.timed ? now_ : -1);
    out_.parsed = parser.counts();
    out_.ledger = ledger_.counts();
    return std::move(out_);
  }

 private:
  void take(const AmiMessage& message, std::uint64_t offset) {
    if (out_.timed && begins_.indexed) now_ = std::max(now_, began_ms_ + index_.at(offset));
    auto fact = reader_.read(message, {.ms = now_, .timed = out_.timed});
    if (fact && fact->stamped) now_ = std::max(now_, fact->at_ms);
    // An answer bears no Timestamp: without an index only its place among the others is known.
    if (fact && begins_.stamp && !begins_.indexed &&
        (fact->kind == calls::Kind::redirected || fact->kind == calls::Kind::withdrawn)) {
      fact->timed = false;
    }
    if (!message.event().empty()) {
      ++out_.events;
      const auto uniqueid =
          message.has("Uniqueid") ? message.get("Uniqueid") : message.get("UniqueID");  // Cdr
      out_.coverage.heard(out_.timed ? now_ : -1, message.get("Privilege"), uniqueid);
    }
    if (!fact) return;
    ++out_.facts;
    out_.coverage.see(*fact);
    ledger_.apply(*fact);
    if (!out_.timed) return;
    ledger_.advance(now_);
    give();
  }

  void give() {
    for (const auto& call : ledger_.take_finished()) finished_(call);
  }

  const std::filesystem::path& file_;
  Beginning begins_;
  ReadIndex index_;
  AmiReader reader_;
  const std::function<void(const calls::Call&)>& finished_;
  calls::Ledger ledger_{{.unqualified_ms = 0}};  // nobody qualifies here
  std::int64_t began_ms_ = 0, now_ = 0;
  Captured out_;
};

}  // namespace

Captured replay(const std::filesystem::path& file, const std::string& pbx,
                const std::function<void(const calls::Call&)>& finished) {
  return Replay(file, pbx, finished).run();
}

}  // namespace bannette::telephony
