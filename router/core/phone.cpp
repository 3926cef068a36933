#include "router/core/phone.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "router/core/text.hpp"
#include "router/core/unicode.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t longest = 80;  // bytes

// National prefixes of overseas départements and collectivities with country codes of their own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> overseas{{
    {"0262", "+262"},
    {"0263", "+262"},
    {"0269", "+262"},
    {"0692", "+262"},
    {"0693", "+262"},
    {"0639", "+262"},
    {"0590", "+590"},
    {"0690", "+590"},
    {"0691", "+590"},
    {"0594", "+594"},
    {"0694", "+594"},
    {"0596", "+596"},
    {"0696", "+596"},
    {"0697", "+596"},
    {"0708", "+508"},
}};
constexpr std::string_view saint_pierre = "508";  // 0508 and six digits; abroad the six alone

// Countries that write a 0 before the number at home, and whose people write it abroad too ("+32 056 ...").
// Not Italy, where it is part of the number.
constexpr std::array<std::string_view, 14> with_trunk_zero{"262", "590", "594", "596", "508", "32",  "31",
                                                           "44",  "49",  "41",  "43",  "212", "213", "353"};

// What stands where a number would, as people and telephone exchanges write it (folded), and what goes with
// it.
constexpr std::array<std::string_view, 26> hidden{
    "anonyme",      "anonymous",    "masque",    "masquee",    "masked",   "prive",     "privee",
    "private",      "inconnu",      "inconnue",  "unknown",    "cache",    "cachee",    "secret",
    "secrete",      "confidentiel", "restreint", "restricted", "withheld", "invisible", "unavailable",
    "indisponible", "communique",   "refuse",    "absent",     "np"};
constexpr std::array<std::string_view, 22> beside{"numero",   "num",    "no",      "n",   "nr",  "appel",
                                                  "appelant", "call",   "caller",  "id",  "tel", "telephone",
                                                  "identite", "number", "ligne",   "non", "pas", "est",
                                                  "le",       "de",     "invalid", "un"};

template <class List>
bool among(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool says_hidden(std::string_view text) {
  const std::string folded = fold(text);
  bool found = false;
  for (std::string_view rest = folded; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (among(hidden, word))
      found = true;
    else if (!among(beside, word))
      return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return found;
}

struct Digits {
  bool plus = false;
  std::string text;
};

// Digits with the marks that people put between them. "(0)" after a country code is not dialled.
std::optional<Digits> digits_of(std::string_view text) {
  Digits digits;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    if (c >= U'0' && c <= U'9') {
      digits.text += static_cast<char>(c);
    } else if (c == U'+' && digits.text.empty() && !digits.plus) {
      digits.plus = true;
    } else if (c == U'(' && text.substr(at).starts_with("0)") &&
               (digits.plus || digits.text.starts_with("00"))) {
      at += 2;
    } else if (c != U' ' && c != U'.' && c != U'-' && c != U'/' && c != U'(' && c != U')' && c != 0xA0 &&
               c != 0x202F && c != 0x2010 && c != 0x2011 && c != 0x2013 && c != U'\t') {
      return std::nullopt;
    }
    if (digits.text.size() > 20) return std::nullopt;
  }
  return digits;
}

std::optional<std::string> french(std::string_view national) {
  if (national.size() != 9 || national[0] == '0') return std::nullopt;
  if (national.starts_with(saint_pierre))
    return "+" + std::string(saint_pierre) + std::string(national.substr(3));
  const auto with_zero = "0" + std::string(national);
  for (const auto& [prefix, country] : overseas)
    if (with_zero.starts_with(prefix)) return std::string(country) + std::string(national);
  return "+33" + std::string(national);
}

std::optional<std::string> international(std::string_view digits) {
  if (digits.starts_with("33")) {
    digits.remove_prefix(2);
    if (digits.size() == 10 && digits[0] == '0') digits.remove_prefix(1);
    return french(digits);
  }
  if (digits.size() < 7 || digits.size() > 15 || digits[0] == '0') return std::nullopt;
  std::string number = "+" + std::string(digits);
  for (const auto code : with_trunk_zero)
    if (digits.starts_with(code) && digits[code.size()] == '0') number.erase(1 + code.size(), 1);
  if (number.size() == 13 && number.starts_with("+508508")) number.erase(1, 3);
  return number;
}

}  // namespace

Phone read_phone(std::string_view text) {
  if (auto number = e164(text)) return {Phone::Kind::number, std::move(*number)};
  if (text.size() > longest) return {Phone::Kind::unreadable, {}};
  const auto digits = digits_of(text);
  if (!digits) return {says_hidden(text) ? Phone::Kind::withheld : Phone::Kind::unreadable, {}};
  const std::string& all = digits->text;
  if (all.empty()) return {digits->plus ? Phone::Kind::unreadable : Phone::Kind::none, {}};
  if (all.find_first_not_of('0') == std::string::npos && all.size() > 4) return {Phone::Kind::withheld, {}};
  const bool short_one = !digits->plus && all[0] != '0' && all.size() >= 2 && all.size() <= 6;
  return {short_one ? Phone::Kind::short_number : Phone::Kind::unreadable, {}};
}

std::optional<std::string> e164(std::string_view text) {
  if (text.size() > longest) return std::nullopt;
  auto digits = digits_of(text);
  if (!digits) return std::nullopt;
  const std::string_view all = digits->text;
  if (digits->plus) return international(all);
  if (all.starts_with("00")) return international(all.substr(2));
  if (all.size() == 10 && all[0] == '0') return french(all.substr(1));
  if (all.size() == 11 && all.starts_with("33")) return french(all.substr(2));  // the plus was lost
  if (all.size() == 9 && (all[0] == '6' || all[0] == '7'))
    return french(all);  // the zero was lost by a spreadsheet
  return std::nullopt;
}

}  // namespace bannette::router
