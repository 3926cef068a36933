// One key per telephone number, however it was typed.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bannette::router {

// E.164 ("+33612345678") of a number as typed in France: 0X forms, +33, 0033, (0), spaces, dots, hyphens and
// slashes; overseas numbers get their own code (0262... -> +262..., 0508... -> +508 and six digits); foreign
// ones need + or 00. Nothing for a withheld number ("masqué"), a short code (115, 3919) and anything that is
// no number (ITU-T E.164: at most 15 digits; national plan: Arcep decision 2018-0881).
[[nodiscard]] std::optional<std::string> e164(std::string_view text);

// What stands in the field for a number.
struct Phone {
  enum class Kind : std::uint8_t {
    none,          // nothing
    number,        // with its key
    short_number,  // 15, 119, 3919, 118 712: a service, nobody's own
    withheld,      // "masqué", "anonyme", "privé", "inconnu", "Anonymous", 0000000000 ...
    unreadable,    // something else
  };
  Kind kind = Kind::none;
  std::string e164;  // of a number
  bool operator==(const Phone&) const = default;
};
[[nodiscard]] Phone read_phone(std::string_view text);

}  // namespace bannette::router
