// Pieces of JSON as text. Boost.JSON writes 1795443666.128 as 1.795443666128E9: right, and read by nobody.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/serialize.hpp>

namespace bannette::telephony {

// Milliseconds as seconds with three decimals, or null.
[[nodiscard]] inline std::string json_seconds(std::optional<std::int64_t> ms) {
  if (!ms) return "null";
  const auto size = *ms < 0 ? -*ms : *ms;
  auto fraction = std::to_string(size % 1'000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return (*ms < 0 ? "-" : "") + std::to_string(size / 1'000) + "." + fraction;
}
[[nodiscard]] inline std::string json_whole(std::optional<std::int64_t> value) {
  return value ? std::to_string(*value) : "null";
}
[[nodiscard]] inline std::string json_text(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text));
}
[[nodiscard]] inline std::string json_text_or_null(std::string_view text) {
  return text.empty() ? "null" : json_text(text);
}
[[nodiscard]] inline std::string json_texts(const std::vector<std::string>& texts) {
  std::string all = "[";
  for (const auto& text : texts) all += (all.size() > 1 ? "," : "") + json_text(text);
  return all + "]";
}

}  // namespace bannette::telephony
