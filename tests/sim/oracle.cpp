#include "tests/sim/oracle.hpp"

#include <algorithm>
#include <tuple>

namespace bannette::sim {
namespace {

constexpr std::size_t kComplaints = 5'000;

std::string hex(const std::string& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

char letter(v1::State state) {
  constexpr char letters[] = "?WRPH";
  return state >= 1 && state <= 4 ? letters[state] : '?';
}

// "unit:roubaix" reads "roubaix/..." and nothing else.
bool its_own(const std::string& principal, const std::string& bannette) {
  return principal.starts_with("unit:") && bannette.starts_with(principal.substr(5) + "/");
}

std::string note_of(const std::string& content) {
  v1::Content parsed;
  parsed.ParseFromString(content);
  return parsed.note();
}

// What a request asks for, in the history's words.
std::string change_of(const v1::Envelope& asked) {
  switch (asked.body_case()) {
    case v1::Envelope::kReserve:
      return "reserved";
    case v1::Envelope::kTake:
      return "taken";
    case v1::Envelope::kRenew:
      return "renewed";
    case v1::Envelope::kRelease:
      return "released";
    case v1::Envelope::kAccept:
      return "accepted";
    case v1::Envelope::kNote:
      return "noted";
    case v1::Envelope::kHandle:
      return "handled";
    default:
      return "?";
  }
}

std::uint64_t fence_of(const v1::Envelope& asked) {
  switch (asked.body_case()) {
    case v1::Envelope::kRenew:
      return asked.renew().fence();
    case v1::Envelope::kRelease:
      return asked.release().fence();
    case v1::Envelope::kAccept:
      return asked.accept().fence();
    case v1::Envelope::kNote:
      return asked.note().fence();
    case v1::Envelope::kHandle:
      return asked.handle().fence();
    default:
      return 0;
  }
}

}  // namespace

void Oracle::complain(std::string what) {
  if (complaints_.size() < kComplaints) complaints_.push_back(std::move(what));
}

void Oracle::seen(const Who& who, const v1::Envelope& envelope) {
  const std::string& principal = who.principal;
  const auto header = [&](const v1::Header& h) { seen_.push_back({principal, h}); };
  const auto seq = [&](std::uint64_t s) { highest_seen_ = std::max(highest_seen_, s); };
  if (envelope.has_done()) {
    header(envelope.done().header());
    seq(envelope.done().seq());
  }
  if (envelope.has_deliver()) {
    header(envelope.deliver().header());
    seq(envelope.deliver().seq());
  }
  if (envelope.has_dossier()) {
    header(envelope.dossier().header());
    seq(envelope.dossier().as_of_seq());
    for (const auto& entry : envelope.dossier().history()) seq(entry.seq());
  }
  if (envelope.has_tray()) {
    seq(envelope.tray().as_of_seq());
    for (const auto& item : envelope.tray().items()) header(item);
  }
  if (envelope.has_receipt()) seq(envelope.receipt().seq());
  if (envelope.has_subscribed()) seq(envelope.subscribed().as_of_seq());
  if (envelope.has_welcome()) {
    seq(envelope.welcome().head_seq());
    if (envelope.welcome().principal() != principal)
      complain(principal + " is welcomed as " + envelope.welcome().principal());
  }
}

void Oracle::answered(const Who& who, const v1::Envelope& asked, const v1::Envelope& answer) {
  const Answer both{who.principal, who.label(), asked, answer};
  if (asked.has_submit())
    contents_[asked.submit().content().note()] = asked.submit().content().SerializeAsString();
  if (answer.has_receipt() != (asked.has_submit() && !answer.has_error()))
    complain("a receipt for something else than a submission, or none for one");
  if (answer.has_receipt()) receipts_.push_back(both);
  if (answer.has_done()) dones_.push_back(both);
}

void Oracle::peace(std::uint64_t seq, std::int64_t wall_ms) {
  peace_seq_ = seq;
  peace_wall_ms_ = wall_ms;
}

std::vector<std::string> Oracle::judge(const test::SimDisk& disk) {
  for (std::size_t i = 0; i < disk.durable; ++i) {
    const journal::Entry& entry = disk.rows[i].entry;
    if (entry.persist.change.seq != i + 1) complain("the history has a gap at " + std::to_string(i + 1));
    follow(entry);
  }
  check_receipts();
  check_dones();
  check_seen();
  check_settled();
  return complaints_;
}

// Each change must be possible for the dossier as its earlier changes left it.
void Oracle::follow(const journal::Entry& entry) {
  const Change& change = entry.persist.change;
  const std::string key = change.key ? to_bytes(*change.key) : "";
  if (!key.empty() && !keys_.insert({change.principal, key}).second)
    complain("change " + std::to_string(change.seq) + ": the key " + hex(key) + " made two changes");
  if (change.kind == ChangeKind::submitted) {
    begin(change, entry.content);
  } else if (const auto found = dossiers_.find(change.number); found == dossiers_.end()) {
    complain("change " + std::to_string(change.seq) + " of a dossier that was never submitted");
  } else {
    if (found->second.last != change.previous_seq || found->second.id != to_bytes(change.id))
      complain("change " + std::to_string(change.seq) + " does not follow the one before");
    held(change, found->second);
    found->second.last = change.seq;
  }
  const Followed& now = dossiers_[change.number];
  rows_.push_back(
      {change.number, change.fence, now.id, change.actor, key, std::string(name(change.kind)), now.state});
}

void Oracle::begin(const Change& change, const std::string& content) {
  if (dossiers_.contains(change.number))
    complain("dossier " + std::to_string(change.number) + " is submitted twice");
  const std::string token = note_of(content);
  if (!tokens_.emplace(token, change.seq).second) complain("« " + token + " » made two dossiers");
  if (contents_[token] != content) complain("« " + token + " » is not what was asked to be kept");
  Followed& dossier = dossiers_[change.number];
  dossier.id = to_bytes(change.id);
  dossier.bannette = change.bannette;
  dossier.urgency = static_cast<int>(change.urgency);
  dossier.deadline = change.deadline_ms == 0 ? INT64_MAX : change.deadline_ms;
  dossier.arrival = dossier.last = change.seq;
}

void Oracle::held(const Change& change, Followed& dossier) {
  const std::string at = "change " + std::to_string(change.seq) + " (" + std::string(name(change.kind)) + ")";
  const bool takes = change.kind == ChangeKind::reserved || change.kind == ChangeKind::taken;
  if (takes) {
    if (dossier.state != 'W')
      complain(at + ": a second holder, " + change.actor + " beside " + dossier.holder);
    if (change.fence != dossier.fence + 1) complain(at + ": the fence does not grow by one");
    if (!its_own(change.principal, dossier.bannette))
      complain(at + ": another unit's dossier, by " + change.principal);
    if (change.reason == "next") check_next(change, dossier);
    dossier.fence = change.fence;
    dossier.holder = change.actor;
    dossier.state = change.kind == ChangeKind::reserved ? 'R' : 'P';
  } else if (change.kind == ChangeKind::lease_expired) {
    if (dossier.state != 'R') complain(at + ": nobody had reserved it");
    check_lease_end(change, dossier);
    dossier.state = 'W';
    dossier.holder.clear();
  } else {
    if (change.fence != dossier.fence) complain(at + ": a stale fence had its way");
    if (change.actor != dossier.holder) complain(at + ": by " + change.actor + ", held by " + dossier.holder);
    const std::string from = change.kind == ChangeKind::noted     ? "RP"
                             : change.kind == ChangeKind::handled ? "P"
                                                                  : "R";
    if (from.find(dossier.state) == std::string::npos) complain(at + ": not from this state");
    if (change.kind == ChangeKind::accepted) dossier.state = 'P';
    if (change.kind == ChangeKind::handled) dossier.state = 'H';
    if (change.kind == ChangeKind::released) {
      dossier.state = 'W';
      dossier.holder.clear();
    }
  }
  if (change.kind == ChangeKind::reserved || change.kind == ChangeKind::renewed) {
    dossier.lease_until_boot = change.at.boot_ms + change.lease_ms;
    dossier.lease_boot = change.at.boot_id;
  }
}

// Never before its end; and while nothing fails, two seconds after it at the most.
void Oracle::check_lease_end(const Change& change, const Followed& dossier) {
  const std::string at = "change " + std::to_string(change.seq) + ": ";
  if (change.principal != "clock") complain(at + "a lease ended, and not by the clock");
  if (change.at.boot_id != dossier.lease_boot) return;
  const std::int64_t late_ms = change.at.boot_ms - dossier.lease_until_boot;
  if (late_ms < 0) complain(at + "before the lease's end");
  const bool in_peace = change.seq > peace_seq_ && change.at.wall_ms - late_ms >= peace_wall_ms_;
  if (in_peace && late_ms > 2'000) complain(at + "long after the lease's end");
}

void Oracle::check_next(const Change& change, const Followed& dossier) {
  const auto place = [](const Followed& d) { return std::tuple(d.urgency, d.deadline, d.arrival); };
  for (const auto& [number, other] : dossiers_)
    if (other.state == 'W' && its_own(change.principal, other.bannette) && place(other) < place(dossier))
      return complain("change " + std::to_string(change.seq) + ": dossier " + std::to_string(number) +
                      " was before it");
}

void Oracle::check_receipts() {
  std::map<std::string, std::string> first;  // key -> receipt
  for (const Answer& each : receipts_) {
    const v1::Receipt& receipt = each.answer.receipt();
    const std::string token = each.asked.submit().content().note();
    confirmed_tokens_.insert(token);
    const auto [at, is_first] = first.emplace(each.asked.idempotency_key(), receipt.SerializeAsString());
    if (!is_first && at->second != receipt.SerializeAsString())
      complain("« " + token + " » got two receipts");
    const auto kept = tokens_.find(token);
    if (kept == tokens_.end()) {
      complain("« " + token + " » was confirmed and is not there");
      continue;
    }
    const Row& row = rows_[kept->second - 1];
    if (receipt.seq() != kept->second || receipt.id() != row.id ||
        receipt.bannette() != dossiers_.at(row.number).bannette)
      complain("« " + token + " » is there, but not as it was confirmed");
  }
}

void Oracle::check_dones() {
  std::map<std::string, std::uint64_t> first;  // key -> sequence
  for (const Answer& each : dones_) {
    const v1::Done& done = each.answer.done();
    const std::string what =
        change_of(each.asked) + " by " + each.label + ", confirmed as " + std::to_string(done.seq());
    const auto [at, is_first] = first.emplace(each.asked.idempotency_key(), done.seq());
    if (!is_first && at->second != done.seq()) complain(what + ": a retry got another sequence");
    if (done.seq() == 0 || done.seq() > rows_.size()) {
      complain(what + ": it is not there");
      continue;
    }
    const Row& row = rows_[done.seq() - 1];
    if (row.change != change_of(each.asked) || row.actor != each.label || row.id != done.header().id() ||
        row.key != each.asked.idempotency_key())
      complain(what + ": something else stands there, " + row.change + " by " + row.actor);
    const std::uint64_t asked_fence = fence_of(each.asked);
    if (asked_fence != 0 && asked_fence != row.fence)
      complain(what + ": with another fence than it was asked with");
  }
}

void Oracle::check_seen() {
  if (highest_seen_ > rows_.size()) complain("somebody was told of change " + std::to_string(highest_seen_));
  for (const Seen& each : seen_) {
    const v1::Header& h = each.header;
    if (each.principal.starts_with("unit:") && !its_own(each.principal, h.bannette()))
      complain(each.principal + " saw a dossier of " + h.bannette());
    if (h.changed_seq() == 0 || h.changed_seq() > rows_.size() || rows_[h.changed_seq() - 1].id != h.id() ||
        rows_[h.changed_seq() - 1].state != letter(h.state()))
      complain(each.principal + " saw a dossier as it never was, at " + std::to_string(h.changed_seq()));
  }
}

void Oracle::check_settled() {
  for (const auto& [token, content] : contents_)
    if (!confirmed_tokens_.contains(token)) complain("« " + token + " » was never answered");
  for (const auto& [number, dossier] : dossiers_)
    if (dossier.state == 'R')
      complain("dossier " + std::to_string(number) + " is still reserved after its lease");
}

}  // namespace bannette::sim
