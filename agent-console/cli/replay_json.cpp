#include "agent-console/cli/replay_json.hpp"

#include <boost/json.hpp>

#include "agent-console/core/views.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

json::array otherwise_json(const std::vector<router::Otherwise>& all, bool notes, std::size_t most) {
  json::array list;
  for (const auto& each : all) {
    if (list.size() == most) break;
    json::object one{{"reference", each.reference},
                     {"arrived", iso8601(each.arrived_ms)},
                     {"before", each.before},
                     {"after", each.after},
                     {"why", each.why},
                     {"human", each.human}};
    if (notes) one["note"] = each.note;
    list.push_back(std::move(one));
  }
  return list;
}

json::array loads_json(const std::map<std::string, router::Load>& loads) {
  json::array list;
  for (const auto& [name, load] : loads)
    list.push_back({{"name", name}, {"before", load.before}, {"after", load.after}});
  return list;
}

}  // namespace

json::object json_of(const router::Replayed& replayed, const std::vector<router::Unreachable>& unreachable,
                     const router::PastTally& tally, bool notes, std::size_t most) {
  json::array uncovered, never;
  for (const auto& each : replayed.uncovered)
    uncovered.push_back({{"insee", each.insee},
                         {"name", each.name},
                         {"unit_before", each.unit_before},
                         {"calls", each.calls}});
  for (const auto& each : unreachable) never.push_back({{"what", each.what}, {"why", each.why}});
  return {{"compared", replayed.compared},
          {"erased", tally.erased},
          {"damaged", tally.damaged},
          {"without_proposal", tally.without_proposal},
          {"dropped", replayed.dropped_count},
          {"raised", replayed.raised_count},
          {"moved", replayed.moved_count},
          {"topics", replayed.topics_count},
          {"drops", otherwise_json(replayed.dropped, notes, most)},
          {"raises", otherwise_json(replayed.raised, notes, most)},
          {"moves", otherwise_json(replayed.moved, notes, most)},
          {"topic_changes", otherwise_json(replayed.topics, notes, most)},
          {"units", loads_json(replayed.by_unit)},
          {"bannettes", loads_json(replayed.by_bannette)},
          {"uncovered", std::move(uncovered)},
          {"unreachable", std::move(never)}};
}

}  // namespace bannette::console
