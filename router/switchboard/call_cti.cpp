#include "router/switchboard/call_cti.hpp"

#include <algorithm>

#include "queue/codec/wire.hpp"
#include "queue/core/limits.hpp"
#include "queue/journal/seal.hpp"
#include "router/telephony/cti.hpp"
#include "router/telephony/hexadecimal.hpp"

namespace bannette::router {
namespace {

constexpr int kUsers = 16;
constexpr std::size_t kPlainId = 64;  // bytes of a PBX's own name for a call that is taken as it is
constexpr std::size_t kIdMost = 250;  // Zammad's bound

// A call's id stands in URLs: a name with other characters, or a long one, is known by its hash.
std::string plain_id(const std::string& id) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  if (id.size() <= kPlainId && std::all_of(id.begin(), id.end(), plain)) return id;
  const auto hash = seal::keyed_hash(seal::Key{}, id);
  return "h-" + telephony::hexadecimal(hash);
}

Result<void> within_bounds(const v1::CtiEvent& in) {
  struct Bound {
    const std::string& text;
    const char* field;
  };
  for (const auto& [text, field] :
       {Bound{in.from(), "from"}, Bound{in.to(), "to"}, Bound{in.queue(), "queue"},
        Bound{in.cause(), "cause"}, Bound{in.answering_number(), "answeringNumber"}})
    if (auto ok = codec::check_text(text, limits::call, field); ok.has_error()) return ok;
  if (in.users_size() > kUsers) return Refusal{Code::too_large, "user", "16 personnes au plus."};
  for (const auto& user : in.users())
    if (auto ok = codec::check_text(user, limits::call, "user"); ok.has_error()) return ok;
  if (in.call_id().empty()) return Refusal{Code::missing, "callId", "Le nom de l'appel manque."};
  return codec::check_text(in.call_id(), kIdMost, "callId");
}

std::optional<telephony::CtiKind> kind_of(v1::CtiKind kind) {
  switch (kind) {
    case v1::CTI_KIND_NEW_CALL:
      return telephony::CtiKind::new_call;
    case v1::CTI_KIND_ANSWER:
      return telephony::CtiKind::answer;
    case v1::CTI_KIND_HANGUP:
      return telephony::CtiKind::hangup;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<v1::Envelope> take_cti(const CallRoom& room, const v1::CtiEvent& in) {
  const CallSite::Pbx* pbx = room.book.site().pbx(in.pbx());
  if (pbx == nullptr || !pbx->cti)
    return Refusal{Code::not_found, "pbx", "Cet autocommutateur n'est pas configuré pour l'interface CTI."};
  if (auto ok = within_bounds(in); ok.has_error()) return ok.error();
  const auto kind = kind_of(in.kind());
  if (!kind) return Refusal{Code::unknown_enum, "event", "Événement inconnu : newCall, answer ou hangup."};
  telephony::CtiMessage message;
  message.kind = *kind;
  message.pbx = pbx->code;
  message.id = plain_id(in.call_id());
  message.from = in.from();
  message.to = in.to();
  message.outbound = in.outbound();
  message.queue = in.queue();
  message.cause = in.cause();
  message.users.assign(in.users().begin(), in.users().end());
  message.answering_number = in.answering_number();
  message.at_ms = room.now_ms;
  const std::string id = pbx->code + ":" + message.id;
  const auto post = [&](std::string_view name) {
    for (const auto& each : room.book.site().posts)
      if (each.pbx == pbx->code && (each.interface == name || each.name == name || each.code == name))
        return telephony::CtiPost{each.interface, each.name};
    return telephony::CtiPost{};
  };
  bool changed = false;
  if (!room.book.is_over(id))  // what is repeated after a new start is of no call that the ledger knows
    for (const auto& event : telephony::facts_of(message, room.book.ledger().find(id), post))
      changed |= room.book.fact(event, room.now_ms);
  v1::Envelope out;
  out.mutable_cti_taken()->set_call(id);
  out.mutable_cti_taken()->set_changed(changed);
  return out;
}

}  // namespace bannette::router
