#include "router/telephony/ours.hpp"

#include <algorithm>

#include "router/telephony/ami_orders.hpp"

namespace bannette::telephony {
namespace {

bool begins(const std::vector<std::string>& beginnings, const std::string& text) {
  return beginnings.empty() || std::any_of(beginnings.begin(), beginnings.end(),
                                           [&](const auto& each) { return text.starts_with(each); });
}

}  // namespace

bool Ours::take(calls::Event& event) const {
  const bool others_queue = !event.queue.empty() && !queues_.empty() &&
                            std::find(queues_.begin(), queues_.end(), event.queue) == queues_.end();
  if (others_queue && event.kind == calls::Kind::snapshot_channel) {
    event.queue.clear();
    event.reason.clear();
    return true;
  }
  if (others_queue) return false;
  if (event.kind != calls::Kind::announced || event.uniqueid != event.linkedid) return true;
  // Made by the PBX, for whoever told it to.
  if (event.reason == "Down") return event.uniqueid.starts_with(our_channels);
  // A telephone that rings another, or a caller of another service: none of ours before it is in one of our
  // queues.
  return begins(trunks_, event.channel) && (event.place.empty() || begins(entries_, event.place));
}

}  // namespace bannette::telephony
