#include "agent-console/server/render.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/consignes_json.hpp"
#include "agent-console/server/json_parts.hpp"
#include "agent-console/server/site_json.hpp"
#include "queue/core/ids.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::array<Urgency, 4> kUrgencies{Urgency::immediate, Urgency::urgent, Urgency::priority,
                                            Urgency::normal};
constexpr std::array<Outcome, 6> kOutcomes{Outcome::answered,          Outcome::appointment,
                                           Outcome::sent_to_partner,   Outcome::unreachable,
                                           Outcome::no_further_action, Outcome::duplicate};

json::value seconds_or_null(std::int64_t seconds) {
  return seconds >= 0 ? json::value(seconds) : json::value();
}
// The numbers of the wire are those of the core. Unknown and unspecified: empty.
std::string_view word(v1::Urgency urgency) {
  return v1::Urgency_IsValid(urgency) && urgency != 0 ? bannette::name(static_cast<Urgency>(urgency)) : "";
}
std::string_view word(v1::State state) {
  return v1::State_IsValid(state) && state != 0 ? bannette::name(static_cast<State>(state)) : "";
}
std::string_view word(v1::Outcome outcome) {
  return v1::Outcome_IsValid(outcome) && outcome != 0 ? bannette::name(static_cast<Outcome>(outcome)) : "";
}

std::string_view word(v1::DeadlineState state) {
  switch (state) {
    case v1::DEADLINE_STATE_NONE:
      return "none";
    case v1::DEADLINE_STATE_RUNNING:
      return "running";
    case v1::DEADLINE_STATE_PAUSED:
      return "paused";
    case v1::DEADLINE_STATE_MET:
      return "met";
    case v1::DEADLINE_STATE_BREACHED:
      return "breached";
    default:
      return "";
  }
}

json::value proposal_json(const v1::Header& header) {
  if (!header.has_proposal()) return {};
  const v1::Proposal& proposal = header.proposal();
  return json::object{{"to", proposal.to()},
                      {"from", proposal.from()},
                      {"why", proposal.why()},
                      {"until", time_or_null(proposal.until_ms())}};
}

// How far a danger has climbed; null where there is none.
json::value climb_json(const v1::Header& header) {
  if (!header.has_climb()) return {};
  json::array fired;
  for (const auto step : header.climb().fired())
    fired.push_back(json::value(step_name(static_cast<v1::Step>(step))));
  return json::object{{"fired", std::move(fired)},
                      {"last", time_or_null(header.climb().last_ms())},
                      {"acknowledged_by", text_or_null(header.climb().acknowledged_by())}};
}

std::string id_text(const std::string& bytes) {
  const auto id = uuid_from_bytes(bytes);
  return id ? to_string(*id) : std::string();
}

json::array named(const std::vector<Catalogue::Named>& all, std::string_view code, std::string_view name) {
  json::array list;
  for (const auto& each : all) list.push_back(json::object{{code, each.code}, {name, each.name}});
  return list;
}

}  // namespace

Render::Render(Catalogue catalogue) {
  use(std::move(catalogue));
}

void Render::use(Catalogue catalogue) {
  catalogue_ = std::move(catalogue);
  bannettes_.clear();
  owners_.clear();
  for (const auto& each : catalogue_.bannettes) bannettes_[each.code] = each.name;
  for (const auto& each : catalogue_.units) owners_[each.code] = each.name;
  for (const auto& each : catalogue_.services) {
    owners_[each.code.starts_with("service:") ? each.code : "service:" + each.code] = each.name;
  }
}

std::string Render::bannette_label(const std::string& name) const {
  const auto at = bannettes_.find(name);
  return at == bannettes_.end() ? name : at->second;
}

std::string Render::owner_label(const std::string& bannette) const {
  const auto at = owners_.find(std::string(owner_of(bannette)));
  return at == owners_.end() ? bannette_label(bannette) : at->second;
}

json::object Render::site(bool demo, const std::string& version) const {
  return {{"code", catalogue_.code}, {"name", catalogue_.name}, {"demo", demo}, {"version", version}};
}

json::object Render::catalogue(bool with_consignes) const {
  json::array topics, urgencies, outcomes, whys, purposes;
  for (const auto& topic : catalogue_.topics) {
    topics.push_back(json::object{{"code", topic.code},
                                  {"family", topic.family},
                                  {"label", topic.label},
                                  {"definition", topic.definition},
                                  {"urgency", bannette::name(topic.urgency)},
                                  {"restricted", topic.restricted}});
  }
  for (const Urgency each : kUrgencies) {
    urgencies.push_back(json::object{{"code", bannette::name(each)}, {"label", label(each)}});
  }
  for (const Outcome each : kOutcomes) {
    outcomes.push_back(json::object{{"code", bannette::name(each)}, {"label", label(each)}});
  }
  for (const Why each : kWhys) {
    whys.push_back(json::object{{"code", bannette::name(each)}, {"label", label(each)}});
  }
  for (const Purpose each : kPurposes) {
    purposes.push_back(json::object{{"code", bannette::name(each)}, {"label", label(each)}});
  }
  json::object all{{"topics", std::move(topics)},
                   {"units", named(catalogue_.units, "code", "name")},
                   {"services", named(catalogue_.services, "code", "name")},
                   {"bannettes", named(catalogue_.bannettes, "name", "label")},
                   {"urgencies", std::move(urgencies)},
                   {"outcomes", std::move(outcomes)},
                   {"whys", std::move(whys)},
                   {"purposes", std::move(purposes)}};
  if (with_consignes)
    all["consignes"] = consignes_json(catalogue_.consignes ? *catalogue_.consignes : router::Consignes{});
  return all;
}

json::object Render::user(const Person& person) const {
  json::array units(person.units.begin(), person.units.end());
  return {{"name", person.name},
          {"role", bannette::name(person.role)},
          {"units", std::move(units)},
          {"restricted", person.restricted}};
}

json::object Render::header(const v1::Header& header) const {
  const auto commune = catalogue_.communes.find(header.insee());
  return {{"id", id_text(header.id())},
          {"reference", header.reference()},
          {"bannette", header.bannette()},
          {"state", word(header.state())},
          {"topic", header.topic()},
          {"urgency", word(header.urgency())},
          {"danger", header.danger()},
          {"insee", header.insee()},
          {"commune", commune == catalogue_.communes.end() ? std::string() : commune->second},
          {"arrived", time_or_null(header.arrived_ms())},
          {"deadline", time_or_null(header.deadline_ms())},
          {"holder", header.holder()},
          {"fence", header.fence()},
          {"lease_until", time_or_null(header.lease_until_ms())},
          {"changed", time_or_null(header.changed_ms())},
          {"outcome", text_or_null(word(header.outcome()))},
          {"deadline_state", word(header.deadline_state())},
          {"starved", header.starved()},
          {"until", time_or_null(header.until_ms())},
          {"hold_why", text_or_null(header.hold_why())},
          {"hops", header.hops()},
          {"proposal", proposal_json(header)},
          {"copies", json::array(header.copies().begin(), header.copies().end())},
          {"merged_into", text_or_null(header.merged_into())},
          {"climb", climb_json(header)},
          {"restricted", header.restricted()},
          {"linked", json::array(header.linked().begin(), header.linked().end())}};
}

json::object Render::done(const v1::Done& done) const {
  return {{"seq", done.seq()}, {"header", header(done.header())}};
}

json::object Render::dossier(const v1::Dossier& dossier) const {
  json::array history;
  for (const auto& entry : dossier.history()) {
    history.push_back(json::object{{"seq", entry.seq()},
                                   {"at", time_or_null(entry.at_ms())},
                                   {"actor", entry.actor()},
                                   {"change", entry.change()},
                                   {"reason", entry.reason()},
                                   {"text", entry.text()},
                                   {"to", entry.to()},
                                   {"until", time_or_null(entry.until_ms())},
                                   {"other", text_or_null(entry.other())}});
  }
  return {{"as_of", dossier.as_of_seq()},
          {"header", header(dossier.header())},
          {"content", dossier.has_content() ? json::value(content_json(dossier.content())) : json::value()},
          {"history", std::move(history)},
          {"readable", dossier.readable()},
          {"purpose_needed", dossier.purpose_needed()}};
}

json::object Render::found(const v1::Header& header) const {
  return {{"reference", header.reference()},
          {"bannette", header.bannette()},
          {"unit_label", owner_label(header.bannette())},
          {"state", word(header.state())},
          {"topic", header.topic()},
          {"restricted", header.restricted()},
          {"arrived", time_or_null(header.arrived_ms())},
          {"changed", time_or_null(header.changed_ms())},
          {"outcome", text_or_null(word(header.outcome()))}};
}

json::object Render::classified(const v1::Classified& classified) const {
  json::array topics, candidates;
  for (const auto& each : classified.topics()) {
    topics.push_back(json::object{{"code", each.code()}, {"score", each.score()}});
  }
  for (const auto& each : classified.candidates()) {
    candidates.push_back(json::object{
        {"insee", each.insee()}, {"name", each.name()}, {"unit", each.unit()}, {"reason", each.reason()}});
  }
  return {{"topic", classified.topic()},
          {"topics", std::move(topics)},
          {"urgency", word(classified.urgency())},
          {"danger", classified.danger()},
          {"insee", classified.insee()},
          {"commune_name", classified.commune_name()},
          {"unit", classified.unit()},
          {"bannette", classified.bannette()},
          {"uncertain", classified.uncertain()},
          {"because", because_json(classified.because())},
          {"candidates", std::move(candidates)},
          {"rules_version", classified.rules_version()},
          {"model_version", classified.model_version()}};
}

json::object Render::suggestion(const v1::Suggestion& suggestion) const {
  json::array postal_codes;
  for (const auto& code : suggestion.postal_codes()) postal_codes.emplace_back(code);
  return {{"insee", suggestion.insee()},
          {"commune_name", suggestion.commune_name()},
          {"postal_codes", std::move(postal_codes)},
          {"street", suggestion.street()},
          {"unit", suggestion.unit()}};
}

json::object Render::alike(const v1::Alike& alike) const {
  json::array items;
  for (const auto& each : alike.items()) {
    const bool compared = each.percent() > 0;
    items.push_back(json::object{{"reference", text_or_null(each.reference())},
                                 {"bannette", each.bannette()},
                                 {"unit_label", owner_label(each.bannette())},
                                 {"state", text_or_null(word(each.state()))},
                                 {"topic", text_or_null(each.topic())},
                                 {"arrived", time_or_null(each.arrived_ms())},
                                 {"changed", time_or_null(each.changed_ms())},
                                 {"outcome", text_or_null(word(each.outcome()))},
                                 {"because", because_json(each.because())},
                                 {"percent", compared ? json::value(each.percent()) : json::value()}});
  }
  return {{"contact", text_or_null(alike.contact())},
          {"withheld", alike.withheld()},
          {"partial", alike.partial()},
          {"items", std::move(items)}};
}

json::object Render::receipt(const std::string& key, const v1::Receipt& receipt) const {
  return {{"key", key},
          {"reference", receipt.reference()},
          {"id", id_text(receipt.id())},
          {"seq", receipt.seq()},
          {"bannette", receipt.bannette()},
          {"arrived", time_or_null(receipt.arrived_ms())},
          {"deadline", time_or_null(receipt.deadline_ms())},
          {"durable", true}};
}

json::object Render::recorded(const std::string& key, const v1::Recorded& recorded) const {
  return {{"key", key},
          {"recorded", true},
          {"durable", false},
          {"bannette", recorded.bannette()},
          {"since", time_or_null(recorded.since_ms())}};
}

json::object Render::count(const v1::BannetteCount& count) const {
  return {{"bannette", count.bannette()},
          {"label", bannette_label(count.bannette())},
          {"waiting", count.waiting()},
          {"reserved", count.reserved()},
          {"in_progress", count.in_progress()},
          {"danger", count.danger()},
          {"oldest_waiting", time_or_null(count.oldest_waiting_ms())},
          {"late", count.late()},
          {"next_deadline", time_or_null(count.next_deadline_ms())},
          {"taken", count.taken()},
          {"wait_median_s", seconds_or_null(count.wait_median_s())},
          {"wait_max_s", seconds_or_null(count.wait_max_s())},
          {"on_hold", count.on_hold()},
          {"unacknowledged", count.unacknowledged()},
          {"offered", count.offered()},
          {"starved", count.starved()},
          {"unattended", count.unattended()},
          {"restricted_unattended", count.restricted_unattended()},
          {"restricted", count.restricted()},
          {"unread", count.unread()}};
}

}  // namespace bannette::console
