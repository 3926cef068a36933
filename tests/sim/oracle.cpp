#include "tests/sim/oracle.hpp"

#include <algorithm>

#include "tests/sim/asked.hpp"

namespace bannette::sim {
namespace {

constexpr std::size_t kComplaints = 5'000;

std::string note_of(const std::string& content) {
  v1::Content parsed;
  parsed.ParseFromString(content);
  return parsed.note();
}

// Refused for good: it was not done, and will not be.
bool is_refusal(const v1::Envelope& answer) {
  return answer.has_error() && answer.error().code() != "timed_out" && answer.error().code() != "unavailable";
}

std::string fate(const v1::Envelope& asked) {
  return change_of(asked) + " by " + asked.actor().name();
}

}  // namespace

void Oracle::complain(std::string what) {
  if (complaints_.size() < kComplaints) complaints_.push_back(std::move(what));
}

const Who* Oracle::remembered(const Who& who) {
  return &people_.try_emplace(who.label(), who).first->second;
}

std::size_t Oracle::asked(std::int64_t at, const Who& who, const v1::Envelope& envelope) {
  if (!reused_.contains(envelope.idempotency_key()))
    asked_.try_emplace(envelope.idempotency_key(), Asked{who, envelope});
  if (envelope.has_submit())
    contents_[envelope.submit().content().note()] = envelope.submit().content().SerializeAsString();
  return history_.invoke(at, operation_of(who.label(), envelope));
}

void Oracle::seen(const Who& person, const v1::Envelope& envelope) {
  // Hints go to the session, whose key it is, and not to a person.
  const Who* who = remembered(envelope.has_deliver() ? Who{person.principal, {}, {}, {}} : person);
  const auto header = [&](const v1::Header& h) {
    if (!h.id().empty()) seen_.push_back({who, h, envelope.has_done()});
  };
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
    for (const auto& item : envelope.tray().offered()) header(item);
    for (const auto& item : envelope.tray().copies()) header(item);
  }
  if (envelope.has_receipt()) seq(envelope.receipt().seq());
  if (envelope.has_subscribed()) seq(envelope.subscribed().as_of_seq());
  if (envelope.has_events()) seq(envelope.events().as_of_seq());
  if (envelope.has_welcome()) {
    seq(envelope.welcome().head_seq());
    if (envelope.welcome().principal() != who->principal)
      complain(who->principal + " is welcomed as " + envelope.welcome().principal());
  }
}

void Oracle::answered(std::int64_t at, std::size_t number, const Who& who, const v1::Envelope& asked,
                      const v1::Envelope& answer) {
  const Answer both{remembered(who), asked, answer, at};
  if (answer.has_tray()) pulled_.emplace(answer.tray().as_of_seq(), both);
  if (answer.has_counts()) pulled_.emplace(answer.counts().as_of_seq(), both);
  if (answer.has_dossier()) shown_.push_back(both);
  if (asked.idempotency_key().empty()) return;
  if (answer.has_receipt() != (asked.has_submit() && !answer.has_error()))
    complain("a receipt for something else than a submission, or none for one");
  if (reused_.contains(asked.idempotency_key()) && !answer.has_error() &&
      asked_.at(asked.idempotency_key()).envelope.body_case() != asked.body_case())
    complain(who.label() + ": a key was used again, for something else, and had its way");
  if (answer.has_receipt()) {
    const v1::Receipt& receipt = answer.receipt();
    receipts_.push_back(both);
    history_.ok(at, number, {.dossier = receipt.reference(), .seq = receipt.seq()});
  } else if (answer.has_done()) {
    const v1::Done& done = answer.done();
    const bool gives_fence = asked.has_take() || asked.has_reserve() || asked.has_reopen();
    dones_.push_back(both);
    history_.ok(at, number,
                {.dossier = done.header().reference(),
                 .seq = done.seq(),
                 .fence = gives_fence ? done.header().fence() : 0});
  } else if (is_refusal(answer)) {
    if (asked.has_submit()) refused_.insert(asked.submit().content().note());
    history_.fail(at, number, answer.error().code());
  } else {
    history_.unknown(at, number);
  }
}

std::vector<std::string> Oracle::judge(const test::SimDisk& disk, std::int64_t at) {
  check_pulled(0);
  for (std::size_t i = 0; i < disk.durable; ++i) {
    const journal::Entry& entry = disk.rows[i].entry;
    if (entry.persist.change.seq != i + 1) complain("the history has a gap at " + std::to_string(i + 1));
    follow(entry);
    check_pulled(i + 1);
  }
  model_.end(at);
  check_receipts();
  check_links();
  check_dones();
  check_seen();
  check_contents();
  check_shown_history();
  check_events();
  check_jumps();
  check_settled(at);
  check_history();
  return complaints_;
}

void Oracle::follow(const journal::Entry& entry) {
  const Change& change = entry.persist.change;
  const std::string key = change.key ? to_bytes(*change.key) : "";
  const auto asked = asked_.find(key);
  model_.follow(entry, key.empty() || asked == asked_.end() ? nullptr : &asked->second);
  ++kinds_[std::string(name(change.kind))];
  if (change.kind == ChangeKind::submitted) check_content(entry);
  note(entry);
  if (!key.empty() && !keys_.insert({change.principal, key}).second)
    complain("change " + std::to_string(change.seq) + ": its key made two changes");
}

void Oracle::note(const journal::Entry& entry) {
  const Change& change = entry.persist.change;
  Row& row = rows_.emplace_back();
  row.number = change.number;
  row.fence = change.fence;
  row.actor = change.actor;
  row.key = change.key ? to_bytes(*change.key) : "";
  row.change = name(change.kind);
  row.at_ms = timeline_.when(change.at);
  const auto found = model_.dossiers().find(change.number);
  if (found == model_.dossiers().end()) return;
  const Followed& now = found->second;
  row.id = now.id;
  row.bannette = now.bannette;
  row.holder = now.holder;
  row.fence = now.fence;
  row.state = now.state;
  row.deadline_ms = now.deadline.at_ms;
  row.restricted = now.restricted();
  row.offered_to = now.offer ? now.offer->to : "";
  row.copies = now.copies;
}

void Oracle::check_content(const journal::Entry& entry) {
  const std::string token = note_of(entry.content);
  if (!tokens_.emplace(token, entry.persist.change.seq).second)
    complain("« " + token + " » made two dossiers");
  if (contents_[token] != entry.content) complain("« " + token + " » is not what was asked to be kept");
  history_.found(token, make_reference(entry.persist.change.number));
}

void Oracle::check_receipts() {
  std::map<std::string, std::string> first;  // key -> receipt
  for (const Answer& each : receipts_) {
    const v1::Receipt& receipt = each.answer.receipt();
    const std::string token = each.asked.submit().content().note();
    const auto [given, is_first] = first.emplace(each.asked.idempotency_key(), receipt.SerializeAsString());
    if (!is_first && given->second != receipt.SerializeAsString())
      complain("« " + token + " » got two receipts");
    const auto kept = tokens_.find(token);
    if (kept == tokens_.end()) {
      complain("« " + token + " » was confirmed and is not there");
      continue;
    }
    const Row& row = rows_[kept->second - 1];
    if (receipt.seq() != kept->second || receipt.id() != row.id)
      complain("« " + token + " » is there, but not as it was confirmed");
  }
}

// What the router asked to be linked is, and each knows of the other; of others what the same had logged
// before within a day; the rest is left out. No link that was not to be made: see Model::link.
void Oracle::check_links() {
  const auto& dossiers = model_.dossiers();
  const auto knows = [&](std::uint64_t one, std::uint64_t other) {
    return dossiers.contains(one) && dossiers.at(one).linked.contains(other);
  };
  for (const auto& [number, d] : dossiers)
    for (const auto other : d.linked)
      if (!knows(other, number)) complain("a link from one side alone, of dossier " + std::to_string(number));
  for (const Answer& each : receipts_) {
    const std::uint64_t number = *parse_reference(each.answer.receipt().reference());
    for (const auto& linked : each.asked.submit().linked()) {
      const std::uint64_t other = *parse_reference(linked);
      if (!dossiers.contains(number) || !dossiers.contains(other) || other >= number) continue;
      const Followed &one = dossiers.at(number), &earlier = dossiers.at(other);
      const bool own = earlier.logged_by == one.logged_by && one.arrived_ms - earlier.arrived_ms < 23 * kHour;
      const bool may = (own || one.logged_by == "router") && earlier.linked.size() < 16;
      if (may && !knows(number, other))
        complain(each.answer.receipt().reference() + " was to be linked to " + linked);
    }
  }
}

void Oracle::check_dones() {
  for (const Answer& each : dones_) {
    const v1::Done& done = each.answer.done();
    const std::string what = fate(each.asked) + ", confirmed as " + std::to_string(done.seq());
    if (done.seq() == 0 || done.seq() > rows_.size()) {
      complain(what + ": it is not there");
      continue;
    }
    const Row& row = rows_[done.seq() - 1];
    if (row.change != change_of(each.asked) || row.actor != each.who->label() ||
        row.id != done.header().id() || row.key != each.asked.idempotency_key())
      complain(what + ": something else stands there, " + row.change + " by " + row.actor);
  }
}

void Oracle::check_history() {
  const checker::Verdict verdict = checker::check(history_);
  if (!verdict.holds()) complain("the history: " + checker::text(verdict));
}

void Oracle::check_settled(std::int64_t at) {
  std::set<std::string> confirmed;
  for (const Answer& each : receipts_) confirmed.insert(each.asked.submit().content().note());
  for (const auto& [token, content] : contents_)
    if (!confirmed.contains(token) && !refused_.contains(token))
      complain("« " + token + " » was never answered");
  // All night somebody should have been called where dossiers wait.
  if (night_ == 0 || at - night_ < kHour) return;
  for (const auto& [number, d] : model_.dossiers())
    if (d.state == 'W' && d.last_at < night_ && !model_.unattended().contains(d.bannette))
      complain(d.bannette + " was left alone, and no alarm stands");
}

}  // namespace bannette::sim
