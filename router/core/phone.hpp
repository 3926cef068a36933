// One key per telephone number, however it was typed.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bannette::router {

// E.164 ("+33612345678") of a number as typed in France: 0X forms, +33, 0033, (0), spaces, dots, hyphens and
// slashes; overseas numbers get their own code (0262... -> +262...); foreign ones need + or 00. Nothing for a
// withheld number
// ("masqué"), a short code (115, 3919) and anything that is no number (ITU-T E.164: at most 15 digits;
// national plan: Arcep decision 2018-0881).
[[nodiscard]] std::optional<std::string> e164(std::string_view text);

}  // namespace bannette::router
