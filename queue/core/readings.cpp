#include "queue/core/readings.hpp"

#include "queue/core/limits.hpp"

namespace bannette {

bool Readings::told(std::uint64_t number, const std::string& reader, const std::string& why,
                    std::int64_t boot_ms) const {
  const auto found = last_.find({number, reader});
  return found != last_.end() && found->second.why == why &&
         boot_ms - found->second.boot_ms < limits::reading;
}

void Readings::forget_above(std::uint64_t seq) {
  std::erase_if(last_, [seq](const auto& each) { return each.second.seq > seq; });
}

void Readings::add(std::uint64_t number, const std::string& reader, std::string why, std::int64_t boot_ms,
                   std::uint64_t seq) {
  Who who{number, reader};
  last_[who] = {boot_ms, std::move(why), seq};
  order_.emplace_back(boot_ms, std::move(who));
  while (order_.size() > limits::readings || boot_ms - order_.front().first >= limits::reading) {
    const auto& [at, oldest] = order_.front();
    const auto found = last_.find(oldest);
    if (found != last_.end() && found->second.boot_ms == at) last_.erase(found);
    order_.pop_front();
  }
}

}  // namespace bannette
