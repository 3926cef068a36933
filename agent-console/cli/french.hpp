// French words of the wire's codes, as a person reads them on a terminal. A code without a word stays itself.
#pragma once
#include <string_view>

namespace bannette::console {

[[nodiscard]] std::string_view french_state(std::string_view code);
[[nodiscard]] std::string_view french_step(std::string_view code);  // whom a danger has reached
[[nodiscard]] std::string_view french_urgency(std::string_view code);
[[nodiscard]] std::string_view french_change(std::string_view code);
[[nodiscard]] std::string_view french_reason(std::string_view code);  // outcomes too

}  // namespace bannette::console
