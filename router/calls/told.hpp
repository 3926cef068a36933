// Inside of the ledger: one event while it is applied, and what its parts share.
#pragma once
#include <deque>
#include <string>
#include <string_view>

#include "router/calls/ledger.hpp"

namespace bannette::calls {

struct Ledger::Told {
  const Event& event;
  Moment at;
  Pbx& pbx;
  Changes& changes;
  bool fresh = false;  // the call begins with it
};

[[nodiscard]] std::string key_of(std::string_view pbx, std::string_view id);

// A moment is told: the earliest of what is told about it stays. Whether that is other than before.
bool tell(Moment& moment, const Moment& at);
bool tell_last(Moment& moment, const Moment& at);  // the same with the latest

// Late events of what has ended must not begin it again.
template <class Map, class Set>
void remember(Map& channels, Set& over, std::deque<std::string>& order, std::string key) {
  channels.erase(key);
  if (!over.insert(key).second) return;
  order.push_back(std::move(key));
  if (order.size() <= limits::finished) return;
  over.erase(order.front());
  order.pop_front();
}

}  // namespace bannette::calls
