#include "router/switchboard/call_book.hpp"

#include <algorithm>

#include "router/calls/facts.hpp"

namespace bannette::router {
namespace {

// Posts tell their state again after each start; calls, and who sits where, are only told once.
bool worth_keeping(calls::Kind kind) {
  return kind != calls::Kind::post_state && kind != calls::Kind::post_gone;
}

calls::Rules rules_of(const CallSite& site) {
  return {.short_ms = site.short_ms};
}

// They are about all of its calls, and are needed for the others when one of these is over.
bool is_of_pbx(calls::Kind kind) {
  return kind >= calls::Kind::pbx_up && kind <= calls::Kind::snapshot_end &&
         kind != calls::Kind::snapshot_entry && kind != calls::Kind::snapshot_channel;
}

}  // namespace

std::string typed_call_id(const Uuid& key) {
  return std::string(kTypedPbx) + ":" + to_string(key);
}

CallBook::CallBook(std::shared_ptr<const CallSite> site, calls::CallerHash hash, Past past)
    : site_(std::move(site)),
      hash_(std::move(hash)),
      past_(std::move(past)),
      ledger_(rules_of(*site_)),
      callbacks_(site_->callbacks) {
  tell_posts();
}

void CallBook::use(std::shared_ptr<const CallSite> site) {
  site_ = std::move(site);
  callbacks_.set_rules(site_->callbacks);
  ledger_.set_rules(rules_of(*site_));
  tell_posts();
  ++version_;
}

// The PBX says later what they do. That they are posts must be known before the facts of the last run are
// folded: a post that telephones is not a caller.
void CallBook::tell_posts() {
  for (const auto& each : site_->posts) {
    calls::Event post;
    post.kind = calls::Kind::post_state;
    post.pbx = each.pbx;
    post.post = each.interface;
    post.post_name = each.name;
    if (ledger_.post(calls::Posts::id(each.pbx, each.interface)) == nullptr) (void)ledger_.apply(post);
  }
}

std::uint64_t CallBook::caller(std::string_view number) const {
  const std::string caller = calls::caller_of(number);
  return caller.empty() ? 0 : hash_(caller);
}

void CallBook::fold(const calls::Event& event) {
  (void)ledger_.apply(event);
}

// Of an old entry the beginning may be erased already, or beyond what a start reads.
void CallBook::fold(calls::CallbackChange change) {
  using What = calls::CallbackChange::What;
  if (change.what == What::called_again && callbacks_.find(change.entry) == nullptr)
    change.what = What::opened;
  callbacks_.evolve(change);
}

bool CallBook::is_over(std::string_view id) const {
  return ledger_.find(id) == nullptr && (over_.contains(id) || past_.knows(id));
}

// What was under way when the last run ended is looked for again when the PBX says what it has.
void CallBook::begin(std::int64_t now_ms) {
  version_ = std::max(version_, static_cast<std::uint64_t>(now_ms));
  for (const auto& pbx : site_->pbxs) {
    if (pbx.cti) continue;
    calls::Event down;
    down.kind = calls::Kind::pbx_down;
    down.pbx = pbx.code;
    down.reason = "restart";
    down.at_ms = now_ms;
    (void)fact(down, now_ms);
  }
  advance(now_ms);
}

bool CallBook::fact(const calls::Event& event, std::int64_t now_ms) {
  const calls::Changes changes = ledger_.apply(event);
  changed_call_ = changes.calls.empty() ? std::string() : changes.calls.front();
  if (!changes.any) return false;
  ++version_;
  if (worth_keeping(event.kind))
    records_.push_back(record_of(event, is_of_pbx(event.kind) ? std::string() : changed_call_));
  // As soon as it is known, so that somebody can call back at once. Told again later, it changes nothing.
  for (const auto& id : changes.calls)
    if (const calls::Call* call = ledger_.find(id)) keep(calls::tell(callbacks_, *call, false, now_ms));
  take_finished();
  return true;
}

void CallBook::advance(std::int64_t now_ms) {
  ledger_.advance(now_ms);
  take_finished();
  keep(callbacks_.advance(now_ms));
  std::vector<calls::Event> over;  // the time for wrap-up has passed
  ledger_.each_call([&](const calls::Call& call) {
    if (call.state != calls::State::wrap_up || call.wrapped || !call.ended || call.typed) return;
    if (now_ms < call.ended.at_ms + site_->wrap_up_ms) return;
    over.push_back(
        of_person(calls::Kind::wrapped_up, call, call.person, call.ended.at_ms + site_->wrap_up_ms));
  });
  for (const auto& each : over) (void)fact(each, now_ms);
}

void CallBook::take_finished() {
  for (auto& call : ledger_.take_finished()) {
    ++version_;
    keep(calls::tell(callbacks_, call, true, std::max(call.seen.at_ms, call.ended.at_ms)));
    const std::uint64_t hash = call.withheld ? 0 : caller(call.number);
    call.channels.clear();
    ended_.push_back(call);
    keep_over({std::move(call), hash});
  }
}

void CallBook::keep_over(KeptCall kept) {
  records_.push_back(record_of(kept.call, kept.caller));
  over_.insert_or_assign(kept.call.id, std::move(kept));
}

void CallBook::kept(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (records_[i].kind == CallRecordKind::call) over_.erase(records_[i].call);
  records_.erase(records_.begin(), records_.begin() + static_cast<std::ptrdiff_t>(count));
}

void CallBook::keep(calls::CallbackChanges changes) {
  if (changes.empty()) return;
  ++version_;
  for (auto& change : changes) {
    using What = calls::CallbackChange::What;
    if (change.what == What::opened || change.what == What::called_again)
      asked_numbers_.push_back(change.number);
    records_.push_back(record_of(change));
    called_back_.push_back(std::move(change));
  }
}

calls::Event CallBook::of_person(calls::Kind kind, const calls::Call& call, std::string_view person,
                                 std::int64_t now_ms) {
  calls::Event event;
  event.kind = kind;
  event.pbx = call.pbx;
  event.linkedid = call.linkedid;
  event.post = call.post;
  event.name = person;
  event.at_ms = now_ms;
  return event;
}

}  // namespace bannette::router
