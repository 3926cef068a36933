#include "agent-console/server/json_parts.hpp"

#include "agent-console/core/views.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::console {

namespace json = boost::json;

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value time_or_null(std::int64_t unix_ms) {
  return unix_ms > 0 ? json::value(iso8601(unix_ms)) : json::value();
}

json::array because_json(const google::protobuf::RepeatedPtrField<v1::Reason>& reasons) {
  json::array list;
  for (const auto& each : reasons) list.push_back(json::object{{"code", each.code()}, {"text", each.text()}});
  return list;
}

json::object content_json(const v1::Content& content) {
  const auto urgency = static_cast<Urgency>(content.proposed_urgency());
  const bool proposed = content.proposed_urgency() != v1::URGENCY_UNSPECIFIED;
  return {{"note", content.note()},
          {"commune", content.commune()},
          {"address", content.address()},
          {"caller", json::object{{"name", content.caller().name()}, {"phone", content.caller().phone()}}},
          {"insee", content.insee()},
          {"unit", content.unit()},
          {"because", because_json(content.because())},
          {"proposed", json::object{{"topic", content.proposed_topic()},
                                    {"urgency", proposed ? name(urgency) : std::string_view()},
                                    {"danger", content.proposed_danger()},
                                    {"bannette", content.proposed_bannette()}}},
          {"rules_version", text_or_null(content.rules_version())},
          {"model_version", text_or_null(content.model_version())}};
}

}  // namespace bannette::console
