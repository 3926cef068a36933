#include "router/service/intake.hpp"

#include <algorithm>

#include "queue/codec/wire.hpp"
#include "queue/core/limits.hpp"
#include "queue/core/utf8.hpp"
#include "router/core/consignes.hpp"
#include "router/core/engine.hpp"
#include "router/core/phone.hpp"
#include "router/core/unicode.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kInsee = 5;  // characters of an INSEE code
constexpr double kSure = 0.5;      // of a topic's score: from here a call may end without a dossier

Refusal refuse(Code code, std::string field, std::string detail) {
  return {code, std::move(field), std::move(detail)};
}

// Spaces of any kind, and what has no width (Unicode: White_Space, and U+200B..200D, 2060, FEFF).
bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool space = (c >= 9 && c <= 13) || c == 32 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
                       (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                       c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
    if (!space) return false;
  }
  return true;
}

Result<void> within_bounds(const std::string& note, const std::string& commune, const std::string& address) {
  if (auto ok = codec::check_text(note, limits::note, "note"); ok.has_error()) return ok;
  if (auto ok = codec::check_text(commune, limits::commune, "commune"); ok.has_error()) return ok;
  return codec::check_text(address, limits::address, "address");
}

Result<void> within_bounds(const std::string& topic, const std::string& insee) {
  if (auto ok = codec::check_text(topic, limits::code, "topic"); ok.has_error()) return ok;
  return codec::check_text(insee, kInsee, "insee");
}

void add_reason(v1::Content& content, const std::string& code, const std::string& text) {
  if (content.because_size() >= static_cast<int>(limits::reasons)) return;
  auto& reason = *content.add_because();
  reason.set_code(cut(code, limits::reason_text));
  reason.set_text(cut(text, limits::reason_text));
}

// The commune that a human chose among the candidates, in the place of what was typed.
Result<Call> chosen_place(Call call, const Site& site, const std::string& insee) {
  if (insee.empty()) return call;
  const Commune* commune = find_commune(site, insee);
  if (commune == nullptr) return refuse(Code::malformed, "insee", "Code INSEE inconnu : " + insee);
  call.commune = commune->name;
  call.commune_chosen = true;
  return call;
}

// What stands after the human's corrections.
struct Settled {
  std::string topic;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string bannette;
};

// A human's topic brings the urgency that it usually has; what the note raised stays.
Urgency with_topic(const Site& site, const std::string& code, Urgency proposed) {
  return std::min(proposed, find_topic(site, code)->urgency);
}

// No dossier: only where a human said so, or where the machine is sure and nothing speaks of danger or haste.
// A call that it did not understand must not be sent away: a human decides, in arbitration.
bool may_end_without_dossier(const v1::LogCall& in, const Decision& proposed, const Settled& settled) {
  if (settled.danger) return false;
  if (!in.topic().empty())
    return in.urgency() == v1::URGENCY_UNSPECIFIED || in.urgency() == v1::URGENCY_NORMAL;
  return settled.urgency == Urgency::normal && !proposed.topics.empty() &&
         proposed.topics.front().score >= kSure;
}

Result<Settled> settle(const Site& site, const v1::LogCall& in, const Decision& proposed) {
  Settled settled{proposed.topic, proposed.urgency, proposed.danger, proposed.bannette};
  if (!in.topic().empty()) {
    if (find_topic(site, in.topic()) == nullptr)
      return refuse(Code::unknown_topic, "topic", "Motif inconnu : " + in.topic());
    settled.topic = in.topic();
    if (settled.topic != proposed.topic) {
      settled.bannette = bannette_for(site, settled.topic, proposed.unit, proposed.without_unit);
      settled.urgency = with_topic(site, settled.topic, proposed.urgency);
    }
  }
  if (in.has_danger()) settled.danger = in.danger();
  if (in.urgency() != v1::URGENCY_UNSPECIFIED) {
    const auto urgency = codec::urgency(in.urgency());
    if (!urgency) return refuse(Code::unknown_enum, "urgency", "Urgence inconnue.");
    settled.urgency = *urgency;
    if (settled.danger && settled.urgency > Urgency::urgent)
      return refuse(Code::malformed, "urgency", "Un danger est au moins « urgent ».");
  }
  if (settled.danger) settled.urgency = std::min(settled.urgency, Urgency::urgent);
  if (!in.bannette().empty()) {
    const auto known = bannettes_of(site);
    if (!std::binary_search(known.begin(), known.end(), in.bannette()))
      return refuse(Code::unknown_bannette, "bannette", "Bannette inconnue : " + in.bannette());
    settled.bannette = in.bannette();
  }
  if (settled.bannette.empty() && !may_end_without_dossier(in, proposed, settled))
    settled.bannette = arbitration_bannette;
  if (settled.bannette.empty())
    return refuse(Code::no_dossier, "topic",
                  "Ce motif ne donne pas lieu à une demande : orientez la personne.");
  return settled;
}

Result<void> check_correction(const Site& site, const std::string& code) {
  if (auto ok = codec::check_text(code, limits::code, "correction"); ok.has_error()) return ok;
  if (code.empty() || (site.consignes && find_correction(*site.consignes, code) != nullptr)) return {};
  return refuse(Code::unknown_enum, "correction", "Raison de correction inconnue : " + code);
}

void explain(v1::Content& content, const Site& site, const Decision& proposed, const Settled& settled) {
  for (const auto& reason : proposed.because) add_reason(content, reason.code, reason.text);
  if (settled.topic != proposed.topic)
    add_reason(content, "operator:topic",
               "Motif corrigé par l'opérateur (proposé : " + label_of_topic(site, proposed.topic) + ")");
  if (settled.urgency != proposed.urgency)
    add_reason(
        content, "operator:urgency",
        "Urgence corrigée par l'opérateur (proposée : " + std::string(in_french(proposed.urgency)) + ")");
  if (settled.danger != proposed.danger)
    add_reason(content, "operator:danger",
               settled.danger ? "Danger signalé par l'opérateur" : "Danger écarté par l'opérateur");
  if (settled.bannette != proposed.bannette && settled.topic == proposed.topic)
    add_reason(content, "operator:bannette",
               "Bannette choisie par l'opérateur (proposée : " + label_of(site, proposed.bannette) + ")");
}

// The queue believes us that they are of one call, so only those of this call go on. A request names its own
// each time, for a retry must be the same letter, whatever came to the call meanwhile.
Result<void> link_siblings(v1::Submit& out, const v1::LogCall& in, const std::vector<std::string>& siblings) {
  if (in.linked_size() > static_cast<int>(limits::linked))
    return refuse(Code::too_large, "linked", "Huit demandes liées au plus.");
  for (const auto& name : in.linked()) {
    const auto named = codec::target(name);
    if (named.has_error()) return refuse(named.error().code, "linked", named.error().detail);
    const Target& target = named.value();
    const std::string reference = make_reference(target.id ? dossier_number(*target.id) : *target.number);
    if (std::find(siblings.begin(), siblings.end(), reference) != siblings.end()) out.add_linked(name);
  }
  return {};
}

}  // namespace

Result<v1::Classified> classify(const Site& site, const v1::Classify& in, date::local_days day) {
  if (auto ok = within_bounds(in.note(), in.commune(), in.address()); ok.has_error()) return ok.error();
  if (auto ok = within_bounds(in.topic(), in.insee()); ok.has_error()) return ok.error();
  if (!in.topic().empty() && find_topic(site, in.topic()) == nullptr)
    return refuse(Code::unknown_topic, "topic", "Motif inconnu : " + in.topic());
  auto call = chosen_place({in.note(), in.commune(), in.address(), day, false}, site, in.insee());
  if (call.has_error()) return call.error();
  const Decision decision = decide(site, call.value());
  v1::Classified out;
  out.set_topic(decision.topic);
  for (const auto& each : decision.topics) {
    auto& score = *out.add_topics();
    score.set_code(each.code);
    score.set_score(each.score);
  }
  out.set_urgency(static_cast<v1::Urgency>(decision.urgency));
  out.set_danger(decision.danger);
  out.set_insee(decision.insee);
  out.set_commune_name(decision.commune_name);
  out.set_unit(decision.unit);
  const bool corrected = !in.topic().empty() && in.topic() != decision.topic;
  if (corrected) out.set_urgency(static_cast<v1::Urgency>(with_topic(site, in.topic(), decision.urgency)));
  out.set_bannette(corrected ? bannette_for(site, in.topic(), decision.unit, decision.without_unit)
                             : decision.bannette);
  out.set_uncertain(decision.uncertain);
  for (const auto& each : decision.because) {
    auto& reason = *out.add_because();
    reason.set_code(each.code);
    reason.set_text(each.text);
  }
  for (const auto& each : decision.candidates) {
    auto& candidate = *out.add_candidates();
    candidate.set_insee(each.insee);
    candidate.set_name(each.name);
    candidate.set_unit(each.unit);
    candidate.set_reason(each.reason);
  }
  out.set_rules_version(decision.rules_version);
  out.set_model_version(decision.model_version);
  return out;
}

Result<v1::Suggested> suggest(const Site& site, const v1::Suggest& in, date::local_days day) {
  constexpr std::uint32_t usual = 10, most = 50;
  if (auto ok = codec::check_text(in.query(), limits::commune, "query"); ok.has_error()) return ok.error();
  if (auto ok = codec::check_text(in.insee(), kInsee, "insee"); ok.has_error()) return ok.error();
  if (is_blank(in.query())) return refuse(Code::missing, "query", "Rien n'est encore tapé.");
  if (in.limit() > most) return refuse(Code::too_large, "limit", "50 propositions au plus.");
  if (!in.insee().empty() && find_commune(site, in.insee()) == nullptr)
    return refuse(Code::malformed, "insee", "Code INSEE inconnu : " + in.insee());
  const auto limit = in.limit() == 0 ? usual : in.limit();
  const auto& territory = site.engine->territory;
  std::vector<Suggestion> found;
  switch (in.kind()) {
    case v1::SUGGEST_KIND_COMMUNE:
      found = territory.communes_like(in.query(), day, limit);
      break;
    case v1::SUGGEST_KIND_STREET:
      found = territory.streets_like(in.insee(), in.query(), day, limit);
      break;
    default:
      return refuse(Code::unknown_enum, "kind", "Genre de proposition inconnu.");
  }
  v1::Suggested out;
  for (auto& each : found) {
    auto& item = *out.add_items();
    item.set_insee(each.insee);
    item.set_commune_name(each.commune_name);
    for (const auto& code : each.postal_codes) item.add_postal_codes(code);
    item.set_street(each.street);
    item.set_unit(each.unit);
  }
  return out;
}

Result<v1::Submit> submission(const Site& site, const v1::LogCall& in, date::local_days day,
                              const std::vector<std::string>& siblings) {
  if (auto ok = within_bounds(in.note(), in.commune(), in.address()); ok.has_error()) return ok.error();
  if (auto ok = within_bounds(in.topic(), in.insee()); ok.has_error()) return ok.error();
  if (auto ok = codec::check_text(in.bannette(), limits::bannette, "bannette"); ok.has_error())
    return ok.error();
  if (is_blank(in.note())) return refuse(Code::missing, "note", "La note est vide.");
  if (auto ok = codec::check_text(in.caller().name(), limits::caller_name, "caller.name"); ok.has_error())
    return ok.error();
  if (auto ok = codec::check_text(in.caller().phone(), limits::phone, "caller.phone"); ok.has_error())
    return ok.error();

  v1::Submit out;
  if (auto linked = link_siblings(out, in, siblings); linked.has_error()) return linked.error();
  if (auto ok = check_correction(site, in.correction()); ok.has_error()) return ok.error();
  auto call = chosen_place({in.note(), in.commune(), in.address(), day, false}, site, in.insee());
  if (call.has_error()) return call.error();
  const Decision proposed = decide(site, call.value());
  auto settled = settle(site, in, proposed);
  if (settled.has_error()) return settled.error();

  out.set_bannette(settled.value().bannette);
  out.set_topic(settled.value().topic);
  out.set_urgency(static_cast<v1::Urgency>(settled.value().urgency));
  out.set_danger(settled.value().danger);
  out.set_insee(proposed.insee);
  out.set_contact(e164(in.caller().phone()).value_or(""));
  v1::Content& content = *out.mutable_content();
  content.set_note(in.note());
  content.set_commune(in.commune());
  content.set_address(in.address());
  content.mutable_caller()->set_name(in.caller().name());  // by member: unknown fields have no bound
  content.mutable_caller()->set_phone(in.caller().phone());
  content.set_insee(proposed.insee);
  content.set_unit(proposed.unit);
  content.set_proposed_topic(proposed.topic);
  content.set_proposed_urgency(static_cast<v1::Urgency>(proposed.urgency));
  content.set_proposed_danger(proposed.danger);
  content.set_proposed_bannette(proposed.bannette);
  content.set_rules_version(proposed.rules_version);
  content.set_model_version(proposed.model_version);
  content.set_chosen_insee(in.insee());
  explain(content, site, proposed, settled.value());
  if (!in.correction().empty())
    add_reason(content, "operator:why",
               "Raison de la correction : " + find_correction(*site.consignes, in.correction())->label);
  const std::string copy = copy_for(site, settled.value().topic);
  if (!copy.empty() && copy != settled.value().bannette) {
    out.add_copies(copy);
    add_reason(content, "copy", "En copie : " + label_of(site, copy));
  }
  return out;
}

}  // namespace bannette::router
