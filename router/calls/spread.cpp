#include "router/calls/spread.hpp"

#include <algorithm>

namespace bannette::calls {

void Spread::put(std::uint32_t s, std::uint32_t n) {
  const auto at = std::ranges::lower_bound(places_, s, {}, &Place::s);
  if (at != places_.end() && at->s == s)
    at->n += n;
  else
    places_.insert(at, {s, n});
  count_ += n;
}

void Spread::add(std::int64_t duration_ms) {
  const std::int64_t ms = std::clamp<std::int64_t>(duration_ms, 0, std::int64_t{most_s} * 1000);
  put(static_cast<std::uint32_t>((ms + 999) / 1000), 1);
  sum_ms_ += ms;
}

void Spread::merge(const Spread& other) {
  for (const auto& place : other.places_) put(place.s, place.n);
  sum_ms_ += other.sum_ms_;
}

std::uint64_t Spread::within(std::uint32_t seconds) const {
  std::uint64_t out = 0;
  for (const auto& place : places_)
    if (place.s <= seconds) out += place.n;
  return out;
}

std::optional<double> Spread::average_s() const {
  if (count_ == 0) return std::nullopt;
  return static_cast<double>(sum_ms_) / 1000.0 / static_cast<double>(count_);
}

std::optional<std::uint32_t> Spread::percentile_s(std::uint32_t percent) const {
  if (count_ == 0) return std::nullopt;
  const std::uint64_t rank = std::max<std::uint64_t>(1, (count_ * std::min(percent, 100u) + 99) / 100);
  std::uint64_t passed = 0;
  for (const auto& place : places_) {
    passed += place.n;
    if (passed >= rank) return place.s;
  }
  return places_.back().s;
}

}  // namespace bannette::calls
