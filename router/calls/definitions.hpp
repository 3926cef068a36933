// What each figure about calls means: its code, its French name, its definition, its version. One table,
// which REST, metrics and screens read, so that a figure means the same wherever it stands. A definition that
// changes gets the next version: figures of two versions must not be compared as if they were one.
//
// Service level, by the two formulas that the field uses most (ICMI, Service Level Calculations, 2002:
// formula 3, and its variant that leaves short abandons out of the denominator). Wait, handling and wrap-up
// as in Gans, Koole and Mandelbaum, Telephone Call Centers: Tutorial, Review and Research Prospects, MSOM
// 5(2), 2003. Percentiles by nearest rank (Hyndman and Fan, Sample Quantiles in Statistical Packages, The
// American Statistician 50(4), 1996: type 1).
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace bannette::calls {

enum class Unit : std::uint8_t {
  count,
  seconds,
  share,  // 0 to 1
};

// To which time a figure belongs.
enum class Span : std::uint8_t {
  period,  // a half hour, a day, or several: of the calls that arrived in it, or the time that passed in it
  now,     // the moment of asking
};

struct Definition {
  std::string_view code;  // lasts; [a-z0-9_]
  std::uint32_t version = 0;
  Unit unit = Unit::count;
  Span span = Span::period;
  std::string_view name;  // French
  std::string_view text;  // French, whole sentences
};

// In the order in which to show them.
[[nodiscard]] std::span<const Definition> definitions();
// Null where there is no such figure.
[[nodiscard]] const Definition* definition_of(std::string_view code);

// "count", "seconds", "share"; "period", "now".
[[nodiscard]] std::string_view name(Unit unit);
[[nodiscard]] std::string_view name(Span span);

}  // namespace bannette::calls
