#include "router/core/site.hpp"

#include <algorithm>

#include "router/core/engine.hpp"

namespace bannette::router {
namespace {

template <class List, class Key>
auto* find_in(const List& list, Key key) {
  const auto found = std::find_if(list.begin(), list.end(), key);
  return found == list.end() ? nullptr : &*found;
}

constexpr std::string_view service_prefix = "service:";

}  // namespace

std::vector<std::string> bannettes_of(const Site& site) {
  std::vector<std::string> names{std::string(standard_bannette), std::string(arbitration_bannette)};
  for (const auto& unit : site.units)
    for (const auto& service : unit.services) names.push_back(unit.code + "/" + service);
  for (const auto& service : site.services) names.push_back(std::string(service_prefix) + service.code);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

const Topic* find_topic(const Site& site, std::string_view code) {
  return find_in(site.topics, [&](const Topic& t) { return t.code == code; });
}
const Unit* find_unit(const Site& site, std::string_view code) {
  return find_in(site.units, [&](const Unit& u) { return u.code == code; });
}
const Commune* find_commune(const Site& site, std::string_view insee) {
  return find_in(site.communes, [&](const Commune& c) { return c.insee == insee; });
}
const Service* find_service(const Site& site, std::string_view code) {
  return find_in(site.services, [&](const Service& s) { return s.code == code; });
}

std::string label_of(const Site& site, std::string_view bannette) {
  if (bannette == standard_bannette) return "Standard";
  if (bannette == arbitration_bannette) return "Arbitrage";
  if (bannette.starts_with(service_prefix)) {
    const auto* service = find_service(site, bannette.substr(service_prefix.size()));
    return service == nullptr ? std::string(bannette) : service->name;
  }
  const auto slash = bannette.find('/');
  const auto* unit = find_unit(site, bannette.substr(0, slash));
  if (unit == nullptr || slash == std::string_view::npos)
    return unit == nullptr ? std::string(bannette) : unit->name;
  const auto* service =
      find_in(site.unit_services, [&](const Service& s) { return s.code == bannette.substr(slash + 1); });
  return unit->name + " : " + (service == nullptr ? std::string(bannette.substr(slash + 1)) : service->name);
}

std::string label_of_topic(const Site& site, std::string_view code) {
  const auto* topic = find_topic(site, code);
  return topic == nullptr ? std::string(code) : topic->label;
}

std::string bannette_for(const Site& site, std::string_view topic_code, std::string_view unit_code,
                         std::string_view without_unit) {
  const auto* topic = find_topic(site, topic_code);
  if (topic == nullptr) return std::string(arbitration_bannette);
  switch (topic->destination.kind) {
    case Destination::Kind::none:
      return {};
    case Destination::Kind::service:
      return std::string(service_prefix) + topic->destination.code;
    case Destination::Kind::unit_service:
      break;
  }
  if (unit_code.empty()) return std::string(without_unit);
  const auto* unit = find_unit(site, unit_code);
  const bool served = unit != nullptr && std::find(unit->services.begin(), unit->services.end(),
                                                   topic->destination.code) != unit->services.end();
  return served ? unit->code + "/" + topic->destination.code : std::string(arbitration_bannette);
}

std::string copy_for(const Site& site, std::string_view topic_code) {
  const auto* topic = find_topic(site, topic_code);
  if (topic == nullptr || topic->destination.copy.empty()) return {};
  return std::string(service_prefix) + topic->destination.copy;
}

date::local_days day_of(const Site& site, std::int64_t wall_ms) {
  const date::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds{wall_ms}};
  const auto* zone = site.queue.calendar.zone;
  if (zone == nullptr) return date::local_days{date::floor<date::days>(at).time_since_epoch()};
  return date::floor<date::days>(zone->to_local(at));
}

void prepare(Site& site) {
  site.engine = std::make_shared<const Engine>(site);
}

}  // namespace bannette::router
