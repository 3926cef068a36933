#include "router/core/phone.hpp"

#include <array>
#include <utility>

#include "router/core/unicode.hpp"

namespace bannette::router {
namespace {

// National prefixes of overseas départements and collectivities with country codes of their own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> overseas{{
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
}};

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
  return "+" + std::string(digits);
}

}  // namespace

std::optional<std::string> e164(std::string_view text) {
  if (text.size() > 80) return std::nullopt;
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
