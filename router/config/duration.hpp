// Delays as people write them in a configuration.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "queue/core/calendar.hpp"

namespace bannette::router {

// "15min", "48h", "7j calendaires": calendar time; "30min ouvrees", "4h ouvrees": opening hours; "5j":
// working days. With or without the accent, a space before the unit or not. A number of 0 to 100,000.
// Nothing: another form.
[[nodiscard]] std::optional<Delay> parse_delay(std::string_view text);

// As it is written, in the largest unit that is exact: "7j calendaires". "" for none.
[[nodiscard]] std::string text_of(const Delay& delay);

}  // namespace bannette::router
