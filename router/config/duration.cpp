#include "router/config/duration.hpp"

#include <array>
#include <charconv>

namespace bannette::router {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::int64_t kMost = 100'000;

struct Form {
  std::string_view word;
  Delay::Unit unit;
  std::int64_t factor;
};
// text_of() takes the first that is exact.
constexpr std::array<Form, 9> kForms{{{"j", Delay::Unit::working_days, 1},
                                      {"j calendaires", Delay::Unit::calendar_ms, kDay},
                                      {"h", Delay::Unit::calendar_ms, kHour},
                                      {"min", Delay::Unit::calendar_ms, kMinute},
                                      {"h ouvrées", Delay::Unit::working_ms, kHour},
                                      {"min ouvrées", Delay::Unit::working_ms, kMinute},
                                      {"h ouvrees", Delay::Unit::working_ms, kHour},
                                      {"min ouvrees", Delay::Unit::working_ms, kMinute},
                                      {"j ouvrés", Delay::Unit::working_days, 1}}};

}  // namespace

std::optional<Delay> parse_delay(std::string_view text) {
  std::int64_t amount = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc() || amount < 0 || amount > kMost || text.front() == '-') return std::nullopt;
  std::string_view word(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (word.starts_with(' ')) word.remove_prefix(1);
  for (const Form& form : kForms)
    if (word == form.word) return Delay{form.unit, amount * form.factor};
  return std::nullopt;
}

std::string text_of(const Delay& delay) {
  for (const Form& form : kForms)
    if (form.unit == delay.unit && delay.amount % form.factor == 0 &&
        (delay.amount != 0 || form.word == "min"))
      return std::to_string(delay.amount / form.factor) + std::string(form.word);
  return {};
}

}  // namespace bannette::router
