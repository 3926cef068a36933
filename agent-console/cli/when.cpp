#include "agent-console/cli/when.hpp"

#include <array>
#include <charconv>
#include <ctime>
#include <string>
#include <utility>

namespace bannette::console {
namespace {

constexpr std::int64_t kLongest = 3'660LL * 24 * 3'600'000;

std::optional<std::int64_t> later(std::string_view text, std::int64_t now_ms) {
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> units{
      {{"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}, {"j", 86'400'000}}};
  std::int64_t amount = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, amount);
  if (error != std::errc{} || amount < 0) return std::nullopt;
  const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  for (const auto& [name, ms] : units)
    if (unit == name && amount <= kLongest / ms) return now_ms + amount * ms;
  return std::nullopt;
}

// Two or four digits at a place; -1 for anything else.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  const char* begin = text.data() + at;
  const auto [stop, error] = std::from_chars(begin, begin + count, value);
  return error == std::errc{} && stop == begin + count && *begin != '-' ? value : -1;
}

bool same(const std::tm& a, const std::tm& b) {
  return a.tm_year == b.tm_year && a.tm_mon == b.tm_mon && a.tm_mday == b.tm_mday && a.tm_hour == b.tm_hour &&
         a.tm_min == b.tm_min && a.tm_sec == b.tm_sec;
}

}  // namespace

std::optional<std::int64_t> parse_when(std::string_view text, std::int64_t now_ms) {
  if (text.starts_with('+')) return later(text.substr(1), now_ms);
  const bool utc = text.ends_with('Z');
  if (utc) text.remove_suffix(1);
  const bool seconds = text.size() == 19 && text[16] == ':';
  if ((text.size() != 16 && !seconds) || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != ' ') || text[13] != ':')
    return std::nullopt;
  const std::array<int, 6> parts{digits(text, 0, 4),  digits(text, 5, 2),  digits(text, 8, 2),
                                 digits(text, 11, 2), digits(text, 14, 2), seconds ? digits(text, 17, 2) : 0};
  for (const int part : parts)
    if (part < 0) return std::nullopt;
  std::tm asked{};
  asked.tm_year = parts[0] - 1900;
  asked.tm_mon = parts[1] - 1;
  asked.tm_mday = parts[2];
  asked.tm_hour = parts[3];
  asked.tm_min = parts[4];
  asked.tm_sec = parts[5];
  asked.tm_isdst = -1;
  std::tm filled = asked;
  const std::time_t at = utc ? timegm(&filled) : std::mktime(&filled);
  if (at < 0 || !same(asked, filled)) return std::nullopt;  // 30 February, or an hour that is left out
  const std::int64_t at_ms = static_cast<std::int64_t>(at) * 1'000;
  return at_ms - now_ms <= kLongest ? std::optional(at_ms) : std::nullopt;
}

}  // namespace bannette::console
