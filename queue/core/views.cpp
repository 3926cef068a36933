// What may be seen of the bannettes: trays and counts.
#include <algorithm>

#include "queue/core/bannettes.hpp"

namespace bannette {
namespace {

constexpr std::size_t kEnoughWaits = 5;  // fewer say nothing

std::int64_t seconds(std::int64_t ms) {
  return ms / 1000;
}

}  // namespace

Result<std::vector<std::uint32_t>> Bannettes::visible(const Authority& who,
                                                      const std::vector<std::string>& names,
                                                      bool (*may)(const Authority&, std::string_view)) const {
  std::vector<std::uint32_t> indexes;
  for (const auto& [index, tray] : trays_) {
    const std::string& bannette = bannette_names_.text(index);
    const bool asked = names.empty() || std::find(names.begin(), names.end(), bannette) != names.end();
    if (asked && may(who, bannette)) indexes.push_back(index);
  }
  for (const auto& wanted : names) {
    const bool exists = std::any_of(trays_.begin(), trays_.end(), [&](const auto& tray) {
      return bannette_names_.text(tray.first) == wanted;
    });
    if (!exists || !may(who, wanted))
      return Refusal{Code::unknown_bannette, "bannettes",
                     "Bannette inconnue, ou qui n'est pas la vôtre : " + wanted};
  }
  return indexes;
}

Result<TrayPage> Bannettes::tray(const Authority& who, const std::vector<std::string>& bannettes,
                                 std::size_t limit) const {
  auto indexes = visible(who, bannettes, may_list);
  if (indexes.has_error()) return indexes.error();
  TrayPage page;
  std::vector<OrderKey> keys;
  for (auto set : {&Tray::waiting, &Tray::held}) {
    keys.clear();
    const std::size_t room = limit - page.items.size();
    for (auto index : indexes.value()) {
      const auto& one = trays_.at(index).*set;
      page.total += one.size();
      // The first `room` of each are enough for the first `room` of all.
      for (auto at = one.begin(); at != one.end() && std::cmp_less(std::distance(one.begin(), at), room);
           ++at)
        keys.push_back(*at);
    }
    const std::size_t taken = std::min(room, keys.size());
    std::partial_sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(taken), keys.end());
    for (std::size_t i = 0; i < taken; ++i)
      page.items.push_back(opened(keys[i].number, dossiers_.at(keys[i].number)));
  }
  return page;
}

std::vector<BannetteCount> Bannettes::counts(std::int64_t wall_ms) const {
  std::vector<BannetteCount> all;
  all.reserve(trays_.size());
  for (const auto& [index, tray] : trays_) {
    BannetteCount& count = all.emplace_back();
    count.bannette = bannette_names_.text(index);
    count.waiting = tray.waiting.size();
    count.reserved = tray.reserved;
    count.in_progress = tray.held.size() - tray.reserved;
    count.taken = tray.taken;
    for (auto set : {&Tray::waiting, &Tray::held}) {
      for (const OrderKey& key : tray.*set) {
        const Header& h = dossiers_.at(key.number);
        if (h.state == State::in_progress) continue;
        if (h.danger) ++count.danger;
        if (h.state == State::waiting &&
            (count.oldest_waiting_ms == 0 || h.arrived_ms < count.oldest_waiting_ms))
          count.oldest_waiting_ms = h.arrived_ms;
        if (h.deadline_ms == 0) continue;
        if (h.deadline_ms < wall_ms)
          ++count.late;
        else if (count.next_deadline_ms == 0 || h.deadline_ms < count.next_deadline_ms)
          count.next_deadline_ms = h.deadline_ms;
      }
    }
    if (tray.waits_ms.size() >= kEnoughWaits) {
      std::vector<std::int64_t> waits(tray.waits_ms.begin(), tray.waits_ms.end());
      const auto middle = waits.begin() + static_cast<std::ptrdiff_t>(waits.size() / 2);
      std::nth_element(waits.begin(), middle, waits.end());
      count.wait_median_s = seconds(*middle);
      count.wait_max_s = seconds(*std::max_element(waits.begin(), waits.end()));
    }
  }
  return all;
}

}  // namespace bannette
