// What people do with calls: sit down at a post, qualify, link dossiers, call back.
#include <algorithm>

#include "queue/core/ids.hpp"
#include "router/switchboard/call_book.hpp"

namespace bannette::router {
namespace {

Refusal not_found() {
  return {Code::not_found, "call", "Cet appel n'existe pas, ou n'est pas à vous."};
}

void add_dossier(calls::Call& call, const std::string& reference, std::int64_t at_ms) {
  if (std::find(call.dossiers.begin(), call.dossiers.end(), reference) != call.dossiers.end()) return;
  call.dossiers.push_back(reference);
  if (!call.qualified_at) call.qualified_at = {at_ms, call.seen.order + 1};
  if (call.state == calls::State::wrap_up) call.state = calls::State::qualified;
}

}  // namespace

const CallSite::Post* CallBook::post_of(std::string_view person) const {
  for (const auto& post : site_->posts)
    if (person_at(post) == person) return &post;
  return nullptr;
}

std::string CallBook::person_at(const CallSite::Post& post) const {
  const calls::Post* known = ledger_.post(calls::Posts::id(post.pbx, post.interface));
  return known == nullptr ? std::string() : known->person;
}

Result<CallBook::Bound> CallBook::bind(const Person& who, std::string_view code, bool take_over,
                                       std::int64_t now_ms) {
  const CallSite::Post* post = code.empty() ? nullptr : site_->post(code);
  if (post == nullptr && !code.empty())
    return Refusal{Code::not_found, "post", "Ce poste n'est pas dans la configuration."};
  Bound bound{post, post == nullptr ? std::string() : person_at(*post)};
  if (!bound.before.empty() && bound.before != who.name && !take_over)
    return Refusal{Code::held_by_other, "post", "Ce poste est occupé par " + bound.before + "."};
  const auto seat = [&](const CallSite::Post& at, const std::string& person) {
    calls::Event event;
    event.kind = calls::Kind::bound;
    event.pbx = at.pbx;
    event.post = at.interface;
    event.post_name = at.name;
    event.name = person;
    event.at_ms = now_ms;
    (void)fact(event, now_ms);
  };
  if (const CallSite::Post* old = post_of(who.name); old != nullptr && old != post) {
    seat(*old, "");
    keep(callbacks_.post_gone(old->code, now_ms));
  }
  if (post != nullptr && bound.before != who.name) {
    if (!bound.before.empty()) keep(callbacks_.post_gone(post->code, now_ms));
    seat(*post, who.name);
  }
  return bound;
}

// One's own: it rings or is answered at one's post, or was. Of one that was answered where nobody was bound,
// everybody's.
bool CallBook::sees(const Person& who, const calls::Call& call) const {
  if (who.role == Role::supervisor || call.person == who.name) return true;
  if (call.person.empty() && call.was_answered()) return true;
  const CallSite::Post* post = post_of(who.name);
  if (post == nullptr || post->pbx != call.pbx) return false;
  const calls::Post* known = ledger_.post(calls::Posts::id(post->pbx, post->interface));
  return known != nullptr && known->call == call.id;
}

std::optional<calls::Call> CallBook::known(std::string_view id) const {
  if (const calls::Call* open = ledger_.find(id)) return *open;
  if (const auto over = over_.find(id); over != over_.end()) return over->second.call;
  if (auto past = past_.find(id)) return std::move(past->call);
  return std::nullopt;
}

Result<calls::Call> CallBook::call(const Person& who, std::string_view id) const {
  auto found = known(id);
  if (!found || !sees(who, *found)) return not_found();
  return std::move(*found);
}

Result<calls::Call> CallBook::to_write_down(const Person& who, std::string_view id) const {
  auto found = known(id);
  if (!found || !(found->was_answered() || sees(who, *found))) return not_found();
  return std::move(*found);
}

Result<calls::Call> CallBook::qualify(const Person& who, std::string_view id, const Outcome& outcome,
                                      std::int64_t now_ms) {
  const auto known = to_write_down(who, id);
  if (known.has_error()) return known;
  const calls::Call& about = known.value();
  if (!about.was_answered())
    return Refusal{Code::bad_state, "call", "Personne n'a encore répondu à cet appel."};
  const bool same = about.outcome == outcome.code && about.redirected_to == outcome.redirected_to;
  const bool own = sees(who, about);
  const bool told = !about.dossiers.empty() || (!about.outcome.empty() && about.qualified_by != who.name);
  if (!own && !same && told)
    return Refusal{Code::bad_state, "call", "Un collègue a déjà dit comment cet appel s'est terminé."};
  calls::Call settled = with_outcome(who, about, outcome, now_ms);
  if (!own) {
    settled.number = settled.caller_name = "";
    settled.dossiers.clear();
  }
  return settled;
}

calls::Call CallBook::with_outcome(const Person& who, calls::Call about, const Outcome& outcome,
                                   std::int64_t now_ms) {
  if (ledger_.find(about.id) != nullptr) {
    calls::Event event = of_person(calls::Kind::qualified, about, who.name, now_ms);
    event.reason = outcome.code;
    event.other = outcome.redirected_to;
    (void)fact(event, now_ms);
    return *ledger_.find(about.id);
  }
  if (about.outcome == outcome.code && about.redirected_to == outcome.redirected_to) return about;
  about.outcome = outcome.code;
  about.redirected_to = outcome.redirected_to;
  about.qualified_by = who.name;
  about.qualified_at = {now_ms, about.seen.order + 1};
  if (about.state == calls::State::wrap_up) about.state = calls::State::qualified;
  ++version_;
  keep_over({about, about.withheld ? 0 : caller(about.number)});
  return about;
}

void CallBook::link(const CallLink& given) {
  CallLink link = given;
  if (link.call.empty()) link.call = typed_call_id(link.key);
  if (link.number == 0) {
    if (!links_.emplace(link.key, link).second) return;
    records_.push_back(record_of(link));
    ++version_;
    if (const calls::Call* open = ledger_.find(link.call); open != nullptr && open->ended && !open->wrapped)
      (void)fact(of_person(calls::Kind::wrapped_up, *open, link.person, link.at_ms), link.at_ms);
    return;
  }
  if (links_.erase(link.key) > 0) records_.push_back(record_of(link));
  link_dossier(link);
}

void CallBook::resolve(const Uuid& key, std::uint64_t number, std::int64_t now_ms) {
  const auto known = links_.find(key);
  if (known == links_.end()) return;
  CallLink link = known->second;
  links_.erase(known);
  link.number = number;
  link.given_up = number == 0;
  link.at_ms = now_ms;
  ++version_;
  records_.push_back(record_of(link));
  if (number != 0) link_dossier(link);
}

// Once: a repetition finds it there.
void CallBook::type_call(const Uuid& key, const std::string& person, std::int64_t now_ms) {
  const std::string id = typed_call_id(key);
  if (ledger_.find(id) != nullptr || is_over(id)) return;
  calls::Event event;
  event.kind = calls::Kind::typed;
  event.pbx = kTypedPbx;
  event.linkedid = to_string(key);
  event.name = person;
  event.at_ms = now_ms;
  (void)fact(event, now_ms);
}

Result<calls::Call> CallBook::qualify_typed(const Person& who, const Uuid& key, const Outcome& outcome,
                                            std::int64_t now_ms) {
  type_call(key, who.name, now_ms);
  return qualify(who, typed_call_id(key), outcome, now_ms);
}

void CallBook::link_dossier(const CallLink& link) {
  const std::string reference = make_reference(link.number);
  if (link.call == typed_call_id(link.key)) type_call(link.key, link.person, link.at_ms);
  if (const calls::Call* open = ledger_.find(link.call)) {
    calls::Event event = of_person(calls::Kind::qualified, *open, link.person, link.at_ms);
    event.reason = "dossier";
    event.other = reference;
    (void)fact(event, link.at_ms);
    return;
  }
  const auto over = over_.find(link.call);
  auto past = over != over_.end() ? std::optional<KeptCall>(over->second) : past_.find(link.call);
  if (!past) return;  // erased meanwhile, or never ours: the dossier stands by itself
  add_dossier(past->call, reference, link.at_ms);
  ++version_;
  keep_over(std::move(*past));
}

bool CallBook::is_awaited(std::string_view call) const {
  return std::any_of(links_.begin(), links_.end(),
                     [&](const auto& each) { return each.second.call == call; });
}

Result<const calls::Callback*> CallBook::shown(Result<calls::CallbackChanges> changes, std::uint64_t id) {
  if (changes.has_error()) return changes.error();
  keep(std::move(changes.value()));
  return callbacks_.find(id);
}

Result<const calls::Callback*> CallBook::lock(const Person& who, std::uint64_t id, std::int64_t now_ms) {
  const CallSite::Post* post = post_of(who.name);
  return shown(callbacks_.dial(id, post == nullptr ? who.name : post->code, who.name, now_ms), id);
}

Result<const calls::Callback*> CallBook::release(const Person& who, std::uint64_t id, std::int64_t now_ms) {
  return shown(callbacks_.release(id, who.name, now_ms), id);
}

// The entry as it was, for it may be gone.
Result<calls::Callback> CallBook::ended(std::uint64_t id,
                                        const std::function<Result<calls::CallbackChanges>()>& act) {
  const calls::Callback* known = callbacks_.find(id);
  if (known == nullptr) return Refusal{Code::not_found, "id", "Ce rappel n'est plus dans la liste."};
  calls::Callback was = *known;
  auto changes = act();
  if (changes.has_error()) return changes.error();
  keep(std::move(changes.value()));
  const calls::Callback* now = callbacks_.find(id);
  return now == nullptr ? was : *now;
}

Result<calls::Callback> CallBook::no_answer(const Person& who, std::uint64_t id, std::int64_t now_ms) {
  return ended(id, [&] { return callbacks_.no_answer(id, who.name, now_ms); });
}

Result<calls::Callback> CallBook::reached(const Person& who, std::uint64_t id, std::int64_t now_ms) {
  return ended(id, [&] { return callbacks_.reached(id, who.name, now_ms); });
}

Result<calls::Callback> CallBook::give_up(const Person& who, std::uint64_t id, std::string_view why,
                                          std::int64_t now_ms) {
  return ended(id, [&] { return callbacks_.give_up(id, who.name, why, now_ms); });
}

void CallBook::tell_danger(std::string_view number, bool in_danger, std::int64_t now_ms) {
  keep(callbacks_.danger(number, in_danger, now_ms));
}

}  // namespace bannette::router
