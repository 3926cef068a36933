#include <algorithm>

#include <google/protobuf/io/coded_stream.h>
#include <sodium.h>

#include "queue/codec/checks.hpp"

namespace bannette::codec {
namespace {

// At most 15 digits after the plus (ITU-T E.164).
bool is_e164(std::string_view text) {
  return text.size() >= 4 && text.size() <= 16 && text[0] == '+' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_unknown(const google::protobuf::Message& message) {
  return !message.GetReflection()->GetUnknownFields(message).empty();
}
bool anything_unknown(const v1::Content& content) {
  return has_unknown(content) || has_unknown(content.caller()) ||
         std::any_of(content.because().begin(), content.because().end(), has_unknown);
}

// Without what is unknown: it has no bound, and nobody would read it. A copy only where there is any.
void keep_known(const v1::Content& content, std::string& out) {
  if (!anything_unknown(content)) {
    content.SerializeToString(&out);
    return;
  }
  v1::Content known = content;
  known.DiscardUnknownFields();
  known.SerializeToString(&out);
}

Result<Incoming> submit(const v1::Submit& in, Incoming out) {
  Submit command;
  if (auto ok = within({{"submit.bannette", in.bannette(), limits::bannette},
                        {"submit.topic", in.topic(), limits::code},
                        {"submit.insee", in.insee(), 5}});
      ok.has_error())
    return ok.error();
  const auto its_urgency = urgency(in.urgency());
  if (!its_urgency) return unknown("submit.urgency");
  auto copies = bannettes(in.copies());
  if (copies.has_error()) return Refusal{copies.error().code, "submit.copies", copies.error().detail};
  if (in.linked_size() > static_cast<int>(limits::linked))
    return Refusal{Code::too_large, "submit.linked", "Huit demandes liées au plus."};
  for (const auto& name : in.linked()) {
    auto linked = target(name);
    if (linked.has_error()) return Refusal{linked.error().code, "submit.linked", linked.error().detail};
    command.linked.push_back(std::move(linked.value()));
  }
  if (!in.contact().empty() && !is_e164(in.contact()))
    return Refusal{Code::malformed, "submit.contact", "Le numéro n'est pas au format E.164 (+33…)."};
  if (auto ok = check(in.content()); ok.has_error()) return ok.error();
  command.bannette = in.bannette();
  command.topic = in.topic();
  command.urgency = *its_urgency;
  command.danger = in.danger();
  command.insee = in.insee();
  command.copies = std::move(copies.value());
  out.request.command = std::move(command);
  keep_known(in.content(), out.content);
  out.contact = in.contact();
  return out;
}

// One dossier by name, or the next of some bannettes.
Result<Target> target_or_next(const std::string& dossier,
                              const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (!dossier.empty()) return target(dossier);
  auto list = bannettes(names);
  if (list.has_error()) return list.error();
  Target next;
  next.bannettes = std::move(list.value());
  return next;
}

}  // namespace

Refusal too_large(std::string_view field, std::size_t most) {
  return {Code::too_large, std::string(field), "Ce champ fait " + std::to_string(most) + " octets au plus."};
}

Refusal unknown(std::string_view field) {
  return {Code::unknown_enum, std::string(field), "Valeur absente ou inconnue."};
}

Result<void> added_text(std::string_view text, std::string_view field) {
  if (text.size() > limits::added_note) return too_large(field, limits::added_note);
  if (text.find('\0') != std::string_view::npos)
    return Refusal{Code::malformed, std::string(field), "Ce texte contient un caractère nul."};
  return {};
}

Result<void> within(std::initializer_list<Bound> bounds) {
  for (const Bound& bound : bounds)
    if (bound.text.size() > bound.most) return too_large(bound.field, bound.most);
  return {};
}

bool changes(const v1::Envelope& envelope) {
  const auto body = envelope.body_case();
  return (body >= v1::Envelope::kSubmit && body <= v1::Envelope::kAcknowledge &&
          body != v1::Envelope::kReceipt && body != v1::Envelope::kDone) ||
         (body >= v1::Envelope::kReopen && body <= v1::Envelope::kEndDelegation);
}

std::optional<Urgency> urgency(v1::Urgency value) {
  if (value < v1::URGENCY_IMMEDIATE || value > v1::URGENCY_NORMAL) return std::nullopt;
  return static_cast<Urgency>(value);
}

std::optional<Outcome> outcome(v1::Outcome value) {
  if (value < v1::OUTCOME_ANSWERED || value > v1::OUTCOME_DUPLICATE) return std::nullopt;
  return static_cast<Outcome>(value);
}

std::optional<Role> role(v1::Role value) {
  if (value < v1::ROLE_OPERATOR || value > v1::ROLE_AUDITOR) return std::nullopt;
  return static_cast<Role>(value);
}

Result<Authority> actor_of(const v1::Envelope& envelope, Authority who) {
  if (!envelope.has_actor()) return who;
  const v1::Actor& actor = envelope.actor();
  if (actor.name().empty())
    return Refusal{Code::missing, "actor.name", "Le nom de la personne n'est pas indiqué."};
  // The router names who handed a call in: "unit:CODE/person".
  const std::size_t most = who.kind == Authority::Kind::router ? 2 * limits::code + 8 : limits::code;
  if (actor.name().size() > most) return too_large("actor.name", most);
  if (actor.units_size() > static_cast<int>(limits::actor_units))
    return Refusal{Code::too_large, "actor.units", "Une personne a 16 unités au plus."};
  const auto its_role = role(actor.role());
  if (!its_role) return unknown("actor.role");
  if (actor.restricted() && who.kind != Authority::Kind::console)
    return Refusal{Code::forbidden, "actor.restricted", "Seule la console dit qui est habilité."};
  Person person{actor.name(), *its_role, {actor.units().begin(), actor.units().end()}, actor.restricted()};
  for (const auto& unit : person.units)
    if (unit.empty() || unit.size() > limits::bannette) return too_large("actor.units", limits::bannette);
  if (who.kind == Authority::Kind::unit && !person.units.empty())
    return Refusal{Code::forbidden, "actor.units",
                   "Une unité ne nomme que ses propres agents, sans autre unité."};
  who.person = std::move(person);
  return who;
}

Result<Incoming> incoming(const v1::Envelope& envelope, const Authority& who) {
  Incoming out;
  out.request.who = who;
  if (!envelope.idempotency_key().empty()) {
    out.request.key = uuid_from_bytes(envelope.idempotency_key());
    if (!out.request.key)
      return Refusal{Code::malformed, "idempotency_key", "La clé d'idempotence fait 16 octets (UUIDv7)."};
  }
  out.request.digest = digest(envelope);
  switch (envelope.body_case()) {
    case v1::Envelope::kSubmit:
      return submit(envelope.submit(), std::move(out));
    case v1::Envelope::kReserve: {
      auto whom = target_or_next(envelope.reserve().dossier(), envelope.reserve().bannettes());
      if (whom.has_error()) return whom.error();
      out.request.command = Reserve{std::move(whom.value()), envelope.reserve().lease_ms()};
      return out;
    }
    case v1::Envelope::kTake: {
      auto whom = target_or_next(envelope.take().dossier(), envelope.take().bannettes());
      if (whom.has_error()) return whom.error();
      out.request.command = Take{std::move(whom.value())};
      return out;
    }
    case v1::Envelope::kRenew: {
      auto made = held<Renew>(envelope.renew(), std::move(out));
      if (made) std::get<Renew>(made.value().request.command).lease_ms = envelope.renew().lease_ms();
      return made;
    }
    case v1::Envelope::kRelease:
      return held<Release>(envelope.release(), std::move(out));
    case v1::Envelope::kAccept:
      return held<Accept>(envelope.accept(), std::move(out));
    case v1::Envelope::kNote: {
      const std::string& text = envelope.note().text();
      if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return Refusal{Code::missing, "note.text", "La note est vide."};
      if (auto ok = added_text(text, "note.text"); ok.has_error()) return ok.error();
      out.text = text;
      return held<AddNote>(envelope.note(), std::move(out));
    }
    case v1::Envelope::kHandle: {
      const auto its_outcome = outcome(envelope.handle().outcome());
      if (!its_outcome) return unknown("handle.outcome");
      if (auto ok = added_text(envelope.handle().text(), "handle.text"); ok.has_error()) return ok.error();
      out.text = envelope.handle().text();
      auto made = held<Handle>(envelope.handle(), std::move(out));
      if (made) std::get<Handle>(made.value().request.command).outcome = *its_outcome;
      return made;
    }
    default:
      return lifecycle_change(envelope, std::move(out));
  }
}

Result<Target> target(std::string_view text) {
  Target named;
  if (text.empty()) return Refusal{Code::missing, "dossier", "La demande n'est pas indiquée."};
  if (text.size() == 36) {
    named.id = parse_uuid(text);
    if (named.id) return named;
  } else if (text.size() <= 24) {
    named.number = parse_reference(text);
    if (named.number) return named;
  }
  return Refusal{
      Code::malformed, "dossier",
      "Ni un identifiant de demande, ni une référence valable (le caractère de contrôle est vérifié)."};
}

Result<Look> look(const v1::Show& in) {
  Look out;
  if (in.purpose() != v1::PURPOSE_UNSPECIFIED) {
    if (in.purpose() < v1::PURPOSE_ARBITRATION || in.purpose() > v1::PURPOSE_OTHER)
      return unknown("show.purpose");
    out.purpose = static_cast<Purpose>(in.purpose());
  }
  if (auto ok = added_text(in.text(), "show.text"); ok.has_error()) return ok.error();
  out.text = in.text();
  if (out.purpose == Purpose::other && out.text.find_first_not_of(" \t\r\n") == std::string::npos)
    return Refusal{Code::missing, "show.text", "Le motif « autre » demande une explication."};
  return out;
}

Result<std::optional<ReadsAsked>> reads_asked(const v1::ListEvents& in) {
  const bool filters = !in.dossier().empty() || !in.person().empty() || !in.unit().empty() ||
                       in.from_ms() != 0 || in.to_ms() != 0;
  if (!in.reads()) {
    if (filters)
      return Refusal{Code::malformed, "list_events.reads",
                     "Ces critères ne valent que pour les consultations."};
    return std::optional<ReadsAsked>();
  }
  if (auto ok = within({{"list_events.person", in.person(), limits::holder},
                        {"list_events.unit", in.unit(), limits::bannette}});
      ok.has_error())
    return ok.error();
  ReadsAsked out{{}, in.person(), in.unit(), in.from_ms(), in.to_ms()};
  if (!in.dossier().empty()) {
    auto named = target(in.dossier());
    if (named.has_error()) return Refusal{named.error().code, "list_events.dossier", named.error().detail};
    out.dossier = std::move(named.value());
  }
  return std::optional(std::move(out));
}

Result<void> check_text(std::string_view text, std::size_t most, std::string_view field) {
  if (text.size() > most) return too_large(field, most);
  return {};
}

Result<void> check(const v1::Content& content) {
  if (auto ok = within({{"content.note", content.note(), limits::note},
                        {"content.commune", content.commune(), limits::commune},
                        {"content.address", content.address(), limits::address},
                        {"content.caller.name", content.caller().name(), limits::caller_name},
                        {"content.caller.phone", content.caller().phone(), limits::phone},
                        {"content.insee", content.insee(), 5},
                        {"content.unit", content.unit(), limits::bannette},
                        {"content.proposed_topic", content.proposed_topic(), limits::code},
                        {"content.proposed_bannette", content.proposed_bannette(), limits::bannette},
                        {"content.rules_version", content.rules_version(), limits::bannette},
                        {"content.model_version", content.model_version(), limits::bannette},
                        {"content.chosen_insee", content.chosen_insee(), 5}});
      ok.has_error())
    return ok.error();
  if (content.note().find('\0') != std::string::npos)
    return Refusal{Code::malformed, "content.note", "Ce texte contient un caractère nul."};
  if (content.because_size() > static_cast<int>(limits::reasons))
    return Refusal{Code::too_large, "content.because", "Une demande garde 32 raisons au plus."};
  for (const auto& reason : content.because())
    if (reason.code().size() > limits::reason_text || reason.text().size() > limits::reason_text)
      return too_large("content.because", limits::reason_text);
  if (content.proposed_urgency() != v1::URGENCY_UNSPECIFIED && !urgency(content.proposed_urgency()))
    return unknown("content.proposed_urgency");
  return {};
}

Result<std::vector<std::string>> bannettes(const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (names.size() > 64) return Refusal{Code::too_large, "bannettes", "64 bannettes au plus par demande."};
  for (const auto& each : names)
    if (each.empty() || each.size() > limits::bannette) return too_large("bannettes", limits::bannette);
  return std::vector<std::string>(names.begin(), names.end());
}

Digest digest(const v1::Envelope& envelope) {
  using google::protobuf::io::CodedOutputStream;
  static thread_local std::string bytes;  // reused: its memory stays
  envelope.SerializeToString(&bytes);
  // The number and the key are fields 1 and 2, so they stand in front, and the rest is as if they were not
  // there.
  std::size_t front = 0;
  if (envelope.request_id() != 0) front += 1 + CodedOutputStream::VarintSize64(envelope.request_id());
  if (const auto size = envelope.idempotency_key().size(); size != 0)
    front += 1 + CodedOutputStream::VarintSize64(size) + size;
  Digest out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()) + front,
                     bytes.size() - front, nullptr, 0);
  return out;
}

}  // namespace bannette::codec
