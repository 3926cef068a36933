#include "router/switchboard/call_requests.hpp"

#include <algorithm>
#include <charconv>

#include "queue/codec/wire.hpp"
#include "queue/core/idempotency.hpp"
#include "queue/core/limits.hpp"
#include "router/switchboard/call_cti.hpp"
#include "router/switchboard/call_shown.hpp"

namespace bannette::router {
namespace {

constexpr std::uint32_t kPage = 25, kPageMost = 50;
constexpr std::uint32_t kCallbacks = 50, kCallbacksMost = 100;
constexpr std::size_t kWhereMost = 200;  // bytes of where somebody was redirected to
constexpr std::size_t kPageBytes = 48 * 1024;

Refusal forbidden() {
  return {Code::forbidden, "", "Cette demande est réservée au standard et à la supervision."};
}

// A post that telephones by itself is none.
bool is_of_the_service(const calls::Call& call) {
  return call.direction != calls::Direction::internal || !call.legs.empty();
}

Result<v1::Envelope> bind_post(const CallRoom& room, const v1::BindPost& in, const Person& who) {
  if (auto ok = codec::check_text(in.post(), limits::code, "post"); ok.has_error()) return ok.error();
  auto bound = room.book.bind(who, in.post(), in.take_over(), room.now_ms);
  if (bound.has_error()) return bound.error();
  v1::Envelope out;
  auto& shown = *out.mutable_post_shown();
  shown.mutable_post();
  if (bound.value().post != nullptr) put(*shown.mutable_post(), room.book, *bound.value().post, room.now_ms);
  if (bound.value().before != who.name) shown.set_before(bound.value().before);
  return out;
}

Result<v1::Envelope> shown(const CallRoom& room, Result<calls::Call> call) {
  if (call.has_error()) return call.error();
  v1::Envelope out;
  put(*out.mutable_call_shown()->mutable_call(), room.book, call.value());
  return out;
}

Result<v1::Envelope> list_calls(const CallRoom& room, const v1::ListCalls& in, const Person& who) {
  if (in.limit() > kPageMost) return Refusal{Code::too_large, "limit", "Une page a 50 appels au plus."};
  if (auto ok = codec::check_text(in.after(), 2 * limits::call, "after"); ok.has_error()) return ok.error();
  const CallsPage page{in.from_ms(),     in.to_ms() == 0 ? room.now_ms + 1 : in.to_ms(),
                       in.after(),       in.limit() == 0 ? kPage : in.limit(),
                       in.unqualified(), who.role == Role::supervisor ? std::string() : who.name};
  v1::Envelope out;
  auto& calls = *out.mutable_calls();
  if (in.after().empty()) {  // those that are not over yet stand in front
    std::vector<const calls::Call*> open;
    room.book.ledger().each_call([&](const calls::Call& call) {
      const bool asked = call.announced.at_ms >= page.from_ms && call.announced.at_ms < page.to_ms;
      const bool theirs = page.person.empty() || call.person == page.person;
      const bool fits =
          !page.unqualified || (call.state == calls::State::wrap_up && !room.book.is_awaited(call.id));
      if (asked && theirs && fits && is_of_the_service(call)) open.push_back(&call);
    });
    std::sort(open.begin(), open.end(),
              [](const auto* a, const auto* b) { return a->announced.at_ms > b->announced.at_ms; });
    for (const auto* call : open) {
      if (calls.items_size() >= static_cast<int>(kPageMost) || calls.ByteSizeLong() > kPageBytes / 2) break;
      put(*calls.add_items(), room.book, *call);
    }
  }
  auto [items, next] = room.rows.list(page);
  std::string last = in.after();
  for (const auto& kept : items) {
    if (calls.ByteSizeLong() > kPageBytes) {  // a page of long calls is shorter
      next = last;
      break;
    }
    put(*calls.add_items(), room.book, kept.call);
    last = CallsRows::place_of(kept.call);
  }
  calls.set_next(next);
  return out;
}

const char* code_of(v1::CallOutcome outcome) {
  switch (outcome) {
    case v1::CALL_OUTCOME_ANSWERED:
      return "answered";
    case v1::CALL_OUTCOME_REDIRECTED:
      return "redirected";
    case v1::CALL_OUTCOME_WRONG_NUMBER:
      return "wrong_number";
    case v1::CALL_OUTCOME_PRANK:
      return "prank";
    case v1::CALL_OUTCOME_NOBODY:
      return "nobody";
    case v1::CALL_OUTCOME_CUT_OFF:
      return "cut_off";
    case v1::CALL_OUTCOME_INTERNAL:
      return "internal";
    default:
      return nullptr;
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Result<v1::Envelope> qualify(const CallRoom& room, const v1::Envelope& envelope, const Person& who) {
  const v1::QualifyCall& in = envelope.qualify_call();
  if (auto ok = codec::check_text(in.call(), limits::call, "call"); ok.has_error()) return ok.error();
  if (auto ok = codec::check_text(in.redirected_to(), kWhereMost, "redirected_to"); ok.has_error())
    return ok.error();
  const auto key = uuid_from_bytes(envelope.idempotency_key());
  if (!key && !envelope.idempotency_key().empty())
    return Refusal{Code::malformed, "idempotency_key", "La clé d'idempotence fait 16 octets (UUIDv7)."};
  if (auto bad = check_key(key, room.now_ms)) return *bad;
  const char* code = code_of(in.outcome());
  if (code == nullptr) return Refusal{Code::unknown_enum, "outcome", "Valeur absente ou inconnue."};
  const bool redirected = in.outcome() == v1::CALL_OUTCOME_REDIRECTED;
  if (redirected && is_blank(in.redirected_to()))
    return Refusal{Code::missing, "redirected_to", "Dites où la personne a été orientée."};
  const CallBook::Outcome outcome{code, redirected ? in.redirected_to() : std::string()};
  if (in.call().empty()) return shown(room, room.book.qualify_typed(who, *key, outcome, room.now_ms));
  return shown(room, room.book.qualify(who, in.call(), outcome, room.now_ms));
}

Result<v1::Envelope> list_callbacks(const CallRoom& room, const v1::ListCallbacks& in) {
  if (in.limit() > kCallbacksMost)
    return Refusal{Code::too_large, "limit", "Une page a 100 rappels au plus."};
  v1::Envelope out;
  auto& list = *out.mutable_callbacks();
  list.set_at_ms(room.now_ms);
  for (const auto* entry :
       room.book.callbacks().ranked(room.now_ms, in.limit() == 0 ? kCallbacks : in.limit()))
    put(*list.add_items(), room.book, *entry);
  list.set_waiting(static_cast<std::uint32_t>(room.book.callbacks().size()));
  list.set_withheld(room.figures.missed_withheld_today(room.now_ms));
  return out;
}

Result<std::uint64_t> callback_id(const std::string& text) {
  std::uint64_t id = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error == std::errc() && stop == end && id > 0) return id;
  return Refusal{Code::not_found, "id", "Ce rappel n'est plus dans la liste."};
}

Result<v1::Envelope> settle_callback(const CallRoom& room, const v1::SettleCallback& in, const Person& who) {
  const auto id = callback_id(in.id());
  if (id.has_error()) return id.error();
  if (auto ok = codec::check_text(in.text(), calls::Callbacks::reason_most, "text"); ok.has_error())
    return ok.error();
  v1::Envelope out;
  auto& shown = *out.mutable_callback_settled()->mutable_callback();
  const auto open = [&](const Result<const calls::Callback*>& entry) -> Result<v1::Envelope> {
    if (entry.has_error()) return entry.error();
    put(shown, room.book, *entry.value());
    return out;
  };
  const auto ended = [&](const Result<calls::Callback>& entry, const char* state) -> Result<v1::Envelope> {
    if (entry.has_error()) return entry.error();
    put(shown, room.book, entry.value(), room.book.callbacks().find(id.value()) == nullptr ? state : "");
    return out;
  };
  switch (in.act()) {
    case v1::CALLBACK_ACT_LOCK:
      return open(room.book.lock(who, id.value(), room.now_ms));
    case v1::CALLBACK_ACT_RELEASE:
      return open(room.book.release(who, id.value(), room.now_ms));
    case v1::CALLBACK_ACT_REACHED:
      return ended(room.book.reached(who, id.value(), room.now_ms), "reached");
    case v1::CALLBACK_ACT_NO_ANSWER:
      return ended(room.book.no_answer(who, id.value(), room.now_ms), "unreachable");
    case v1::CALLBACK_ACT_GIVE_UP:
      if (is_blank(in.text()))
        return Refusal{Code::missing, "text", "Dites pourquoi ce rappel est abandonné."};
      return ended(room.book.give_up(who, id.value(), in.text(), room.now_ms), "given_up");
    default:
      return Refusal{Code::unknown_enum, "act", "Valeur absente ou inconnue."};
  }
}

}  // namespace

bool about_calls(const v1::Envelope& envelope) {
  switch (envelope.body_case()) {
    case v1::Envelope::kCtiEvent:
    case v1::Envelope::kWatchCalls:
    case v1::Envelope::kBindPost:
    case v1::Envelope::kPausePost:
    case v1::Envelope::kGetCall:
    case v1::Envelope::kListCalls:
    case v1::Envelope::kQualifyCall:
    case v1::Envelope::kCallContacts:
    case v1::Envelope::kListCallbacks:
    case v1::Envelope::kSettleCallback:
    case v1::Envelope::kDialNumber:
    case v1::Envelope::kWaitReport:
      return true;
    default:
      return false;
  }
}

bool may_watch_calls(const Authority& who) {
  if (who.kind != Authority::Kind::console) return false;
  return !who.person || who.person->role == Role::supervisor || who.person->role == Role::admin;
}

bool may_take_calls(const Authority& who) {
  return who.kind == Authority::Kind::console && who.person &&
         (who.person->role == Role::operator_ || who.person->role == Role::supervisor);
}

Result<v1::Envelope> answered(const CallRoom& room, const v1::Envelope& in, const Authority& who) {
  if (in.has_cti_event()) {
    if (who.kind != Authority::Kind::console || who.person) return forbidden();
    return take_cti(room, in.cti_event());
  }
  if (!may_take_calls(who)) return forbidden();
  const Person& person = *who.person;
  switch (in.body_case()) {
    case v1::Envelope::kBindPost:
      return bind_post(room, in.bind_post(), person);
    case v1::Envelope::kGetCall:
      if (auto ok = codec::check_text(in.get_call().call(), limits::call, "call"); ok.has_error())
        return ok.error();
      return shown(room, room.book.call(person, in.get_call().call()));
    case v1::Envelope::kListCalls:
      return list_calls(room, in.list_calls(), person);
    case v1::Envelope::kQualifyCall:
      return qualify(room, in, person);
    case v1::Envelope::kListCallbacks:
      return list_callbacks(room, in.list_callbacks());
    case v1::Envelope::kSettleCallback:
      return settle_callback(room, in.settle_callback(), person);
    default:
      return Refusal{Code::malformed, "body", "Le routeur ne connaît pas cette demande."};
  }
}

Result<Order> ordered(const CallRoom& room, const v1::Envelope& in, const Authority& who) {
  if (!may_take_calls(who)) return forbidden();
  const Person& person = *who.person;
  Order order;
  order.post = room.book.post_of(person.name);
  if (in.has_pause_post()) {
    const v1::PausePost& ask = in.pause_post();
    if (!ask.post().empty()) {
      const CallSite::Post* other = room.book.site().post(ask.post());
      if (other == nullptr)
        return Refusal{Code::not_found, "post", "Ce poste n'est pas dans la configuration."};
      if (other != order.post && person.role != Role::supervisor)
        return Refusal{Code::forbidden, "post", "Ce n'est pas votre poste."};
      order.post = other;
    }
    order.pause = true;
    order.paused = ask.paused();
    order.reason = ask.reason();
    const auto& reasons = room.book.site().pauses;
    const bool known =
        std::any_of(reasons.begin(), reasons.end(), [&](const auto& r) { return r.code == ask.reason(); });
    if (ask.paused() && ask.reason().empty())
      return Refusal{Code::missing, "reason", "Une pause a un motif."};
    if (ask.paused() && !known)
      return Refusal{Code::unknown_enum, "reason", "Ce motif de pause n'est pas configuré."};
  } else if (in.has_dial_number()) {
    if (auto ok = codec::check_text(in.dial_number().number(), limits::phone, "number"); ok.has_error())
      return ok.error();
    order.number = in.dial_number().number();
    if (order.number.empty()) return Refusal{Code::missing, "number", "Aucun numéro."};
  } else {
    const auto id = callback_id(in.settle_callback().id());
    if (id.has_error()) return id.error();
    const calls::Callback* entry = room.book.callbacks().find(id.value());
    if (entry == nullptr) return Refusal{Code::not_found, "id", "Ce rappel n'est plus dans la liste."};
    order.callback = id.value();
    order.number = entry->number;
  }
  if (order.post == nullptr) return Refusal{Code::bad_state, "post", "Choisissez d'abord votre poste."};
  return order;
}

}  // namespace bannette::router
