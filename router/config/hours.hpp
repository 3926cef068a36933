// Hours and dates as people write them in a configuration.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/calendar.hpp"
#include "router/config/finding.hpp"

namespace bannette::router {

inline constexpr std::array<std::string_view, 7> weekdays{"lundi",    "mardi",  "mercredi", "jeudi",
                                                          "vendredi", "samedi", "dimanche"};

// "08:30" in minutes of the day, 0..1440.
[[nodiscard]] std::optional<int> parse_clock(std::string_view text);
// "2026-12-24", a date that exists, of the years 1970 to 2999.
[[nodiscard]] std::optional<date::local_days> parse_date(std::string_view text);

// "08:30-12:30" each; sorted, apart. Reports what is not.
[[nodiscard]] std::vector<OpenSpan> read_spans(const std::vector<Spot>& texts, Findings& findings);
// The same, but "18:00-08:00" lasts until the next morning: the part after midnight goes to `next`. Spans of
// several days may then touch or overlap; tidy() makes them sorted and apart.
void read_night_spans(const std::vector<Spot>& texts, std::vector<OpenSpan>& today,
                      std::vector<OpenSpan>& next, Findings& findings);
void tidy(std::vector<OpenSpan>& spans);

// "08:30-12:30 13:30-17:30", "fermé".
[[nodiscard]] std::string text_of(const std::vector<OpenSpan>& spans);

}  // namespace bannette::router
