#include "agent-console/webhooks/body.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace bannette::console::webhook {

std::string rfc3339(std::int64_t at_ms) {
  std::int64_t seconds = at_ms / 1'000, milliseconds = at_ms % 1'000;
  if (milliseconds < 0) {
    --seconds;
    milliseconds += 1'000;
  }
  const std::time_t time = seconds;
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  std::array<char, 32> day{}, all{};
  std::strftime(day.data(), day.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(all.data(), all.size(), "%s.%03dZ", day.data(), static_cast<int>(milliseconds));
  return all.data();
}

std::string body_of(const Event& event, const std::string& console) {
  boost::json::object data{{"id", event.id}, {"seq", event.seq}, {"kind", event.kind}, {"site", event.site}};
  const auto put = [&](const char* name, const std::string& text) {
    if (!text.empty()) data[name] = text;
  };
  put("step", event.step);
  put("reason", event.reason);
  put("reference", event.reference);
  put("bannette", event.bannette);
  put("topic", event.topic);
  put("urgency", event.urgency);
  data["at"] = rfc3339(event.at_ms);
  if (event.deadline_ms != 0) data["deadline"] = rfc3339(event.deadline_ms);
  if (!console.empty() && !event.reference.empty()) data["link"] = console + "/#dossier/" + event.reference;
  const boost::json::object body{
      {"type", "bannette." + event.kind}, {"timestamp", rfc3339(event.at_ms)}, {"data", data}};
  return boost::json::serialize(body);
}

}  // namespace bannette::console::webhook
