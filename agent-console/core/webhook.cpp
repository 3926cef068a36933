#include "agent-console/core/webhook.hpp"

#include <algorithm>
#include <utility>

namespace bannette::console::webhook {

std::string signed_text(std::string_view id, std::int64_t timestamp_s, std::string_view body) {
  std::string text(id);
  text.append(".").append(std::to_string(timestamp_s)).append(".").append(body);
  return text;
}

Verdict verdict_of(int status) {
  if (status >= 200 && status < 300) return Verdict::delivered;
  const bool later = status == 408 || status == 425 || status == 429;
  return status >= 400 && status < 500 && !later ? Verdict::refused : Verdict::failing;
}

std::int64_t delay_ms(std::uint32_t failures, std::uint32_t random) {
  if (failures == 0) return 0;
  constexpr std::uint32_t doublings = 9;  // 512 s: beyond the longest
  const std::int64_t whole = std::min(kLongestDelay, kFirstDelay << std::min(failures - 1, doublings));
  return whole - static_cast<std::int64_t>((static_cast<std::uint64_t>(whole / 2) * random) >> 32);
}

void Lane::add(Delivery delivery) {
  const auto [place, fresh] = items_.try_emplace(delivery.seq);
  if (!fresh && !place->second.delivery.parked) return;
  if (!delivery.parked) ++waiting_;
  place->second = Item{std::move(delivery)};
}

std::vector<std::uint64_t> Lane::unpark_all() {
  std::vector<std::uint64_t> again;
  for (auto& [seq, item] : items_) {
    if (!item.delivery.parked) continue;
    item = Item{std::move(item.delivery)};
    item.delivery.parked = false;
    item.delivery.attempts = 0;
    ++waiting_;
    again.push_back(seq);
  }
  return again;
}

const Delivery* Lane::next(std::int64_t now_ms) const {
  if (now_ms < gate_ms_) return nullptr;
  for (const auto& [seq, item] : items_)
    if (!item.delivery.parked && item.due_ms <= now_ms) return &item.delivery;
  return nullptr;
}

std::optional<std::int64_t> Lane::next_ms() const {
  std::optional<std::int64_t> first;
  for (const auto& [seq, item] : items_)
    if (!item.delivery.parked && (!first || item.due_ms < *first)) first = item.due_ms;
  if (first) first = std::max(*first, gate_ms_);
  return first;
}

void Lane::delivered(std::map<std::uint64_t, Item>::iterator place) {
  items_.erase(place);
  --waiting_;
  failures_ = 0;
  gate_ms_ = 0;
  for (auto& [seq, item] : items_)
    if (item.unreached) item.due_ms = 0;  // what could not get through can now
}

Lane::Fate Lane::answered(std::uint64_t seq, const Answer& answer, std::int64_t now_ms,
                          std::uint32_t random) {
  const auto place = items_.find(seq);
  if (place == items_.end() || place->second.delivery.parked) return Fate::again;
  if (answer.verdict == Verdict::delivered) {
    delivered(place);
    return Fate::delivered;
  }
  Item& item = place->second;
  Delivery& delivery = item.delivery;
  ++delivery.attempts;
  delivery.status = answer.status;
  delivery.error = answer.error;
  item.unreached = answer.verdict == Verdict::unreachable;
  const bool refused = answer.verdict == Verdict::refused;
  item.refusals = refused ? item.refusals + 1 : 0;
  failures_ = refused ? 0 : failures_ + 1;  // an endpoint that refuses one event may take the next
  const std::int64_t asked = std::clamp<std::int64_t>(answer.retry_after_ms, 0, kLongestDelay);
  const std::int64_t wait = std::max(asked, delay_ms(refused ? item.refusals : failures_, random));
  gate_ms_ = now_ms + (refused ? kFirstDelay : wait);
  const bool in_the_way = answer.verdict == Verdict::failing && delivery.attempts >= kInTheWay;
  item.due_ms = now_ms + (in_the_way ? 2 * wait : wait);
  const bool over = refused ? item.refusals >= kRefusalsMost : delivery.attempts >= kAttemptsMost;
  if (!over || parked() >= kParkedMost) return Fate::again;
  delivery.parked = true;
  --waiting_;
  return Fate::parked;
}

const Delivery* Lane::find(std::uint64_t seq) const {
  const auto place = items_.find(seq);
  return place == items_.end() ? nullptr : &place->second.delivery;
}

std::int64_t Lane::oldest_ms() const {
  std::int64_t oldest = 0;
  for (const auto& [seq, item] : items_)
    if (!item.delivery.parked && (oldest == 0 || item.delivery.at_ms < oldest)) oldest = item.delivery.at_ms;
  return oldest;
}

}  // namespace bannette::console::webhook
