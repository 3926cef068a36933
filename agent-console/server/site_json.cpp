#include "agent-console/server/site_json.hpp"

#include "agent-console/core/views.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/ids.hpp"

namespace bannette::console {

namespace json = boost::json;

std::string_view step_name(v1::Step step) {
  return v1::Step_IsValid(step) && step != v1::STEP_UNSPECIFIED ? name(static_cast<Step>(step)) : "";
}

json::array slow_json(const v1::Counts& counts) {
  json::array list;
  for (const auto& each : counts.slow()) {
    list.push_back(json::object{{"principal", each.principal()},
                                {"program", each.program()},
                                {"missed", each.missed()},
                                {"since", time_or_null(each.since_ms())}});
  }
  return list;
}

json::array delegations_json(const v1::Counts& counts) {
  json::array list;
  for (const auto& each : counts.delegations()) {
    list.push_back(json::object{{"person", each.person()},
                                {"to", each.to()},
                                {"from", time_or_null(each.from_ms())},
                                {"until", time_or_null(each.until_ms())}});
  }
  return list;
}

json::object event_json(const v1::Event& event) {
  const auto id = uuid_from_bytes(event.dossier());
  const bool urgent = v1::Urgency_IsValid(event.urgency()) && event.urgency() != v1::URGENCY_UNSPECIFIED;
  return {{"seq", event.seq()},
          {"id", event.id()},
          {"at", time_or_null(event.at_ms())},
          {"change", event.change()},
          {"step", text_or_null(step_name(event.step()))},
          {"actor", event.actor()},
          {"reason", event.reason()},
          {"to", event.to()},
          {"bannette", event.bannette()},
          {"dossier", id ? json::value(to_string(*id)) : json::value()},
          {"reference", text_or_null(event.reference())},
          {"topic", text_or_null(event.topic())},
          {"urgency", text_or_null(urgent ? name(static_cast<Urgency>(event.urgency())) : "")},
          {"danger", event.danger()},
          {"deadline", time_or_null(event.deadline_ms())},
          {"by_ms", event.by_ms()},
          {"text", text_or_null(event.text())},
          {"restricted", event.restricted()}};
}

}  // namespace bannette::console
