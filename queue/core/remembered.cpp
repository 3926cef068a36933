#include "queue/core/remembered.hpp"

#include <algorithm>
#include <cstring>

#include "queue/core/limits.hpp"

namespace bannette {
namespace {

constexpr std::int64_t kDayMs = 24LL * 3'600'000;

}  // namespace

std::size_t Remembered::Hash::operator()(const Name& name) const {
  std::uint64_t low = 0;  // the random half of a UUIDv7
  std::memcpy(&low, name.key.bytes.data() + 8, sizeof low);
  low ^= std::uint64_t{name.principal} << 32;
  return (low ^ (low >> 29)) * 0x9E3779B97F4A7C15ULL;  // a client's randomness may be poor
}

void Remembered::add(const Change& change) {
  if (!change.key) return;
  const Name name{*change.key, principals_.index(change.principal)};
  const First first{change.digest, change.seq, static_cast<std::uint32_t>(change.number),
                    static_cast<std::uint32_t>(change.fence)};
  if (days_[uuid7_time_ms(*change.key) / kDayMs].emplace(name, first).second) {
    ++size_;
    ++sizes_[name.principal];
  }
  last_wall_ms_ = std::max(last_wall_ms_, change.at.wall_ms);
}

const Remembered::First* Remembered::find(std::string_view principal, const Uuid& key) const {
  const auto day = days_.find(uuid7_time_ms(key) / kDayMs);
  const auto index = principals_.find(principal);
  if (day == days_.end() || !index) return nullptr;
  const auto found = day->second.find(Name{key, *index});
  return found == day->second.end() ? nullptr : &found->second;
}

std::size_t Remembered::size_of(std::string_view principal) const {
  const auto index = principals_.find(principal);
  const auto found = index ? sizes_.find(*index) : sizes_.end();
  return found == sizes_.end() ? 0 : found->second;
}

void Remembered::forget(const Instant& now) {
  if (moved_.boot_id != now.boot_id) {  // the first call
    moved_ = now;
    horizon_ms_ = days_.empty() ? now.wall_ms : std::min(now.wall_ms, last_wall_ms_);
  }
  horizon_ms_ = std::min(now.wall_ms, horizon_ms_ + std::max<std::int64_t>(0, now.boot_ms - moved_.boot_ms));
  moved_ = now;
  while (!days_.empty() && (days_.begin()->first + 1) * kDayMs < horizon_ms_ - limits::key_age_max) {
    size_ -= days_.begin()->second.size();
    for (const auto& each : days_.begin()->second) --sizes_[each.first.principal];
    days_.erase(days_.begin());
  }
}

}  // namespace bannette
