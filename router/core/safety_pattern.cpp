#include "router/core/safety_pattern.hpp"

#include <algorithm>
#include <charconv>

namespace bannette::router {
namespace {

constexpr int classes_deep = 4;
constexpr int numbers_max = 200;

Refusal wrong(std::string what) {
  return {Code::malformed, "pattern", std::move(what)};
}

std::string quoted(std::string_view text) {
  return "« " + std::string(text.substr(0, 60)) + " »";
}

// "2..90" or "0-12": both ends, 0..9999.
bool read_range(std::string_view text, std::string_view between, int& low, int& high) {
  const auto at = text.find(between);
  if (at == std::string_view::npos) return false;
  const auto read = [](std::string_view digits, int& out) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return error == std::errc() && end == digits.data() + digits.size() && out >= 0 && out <= 9'999;
  };
  return read(text.substr(0, at), low) && read(text.substr(at + between.size()), high) && low <= high &&
         high - low < numbers_max;
}

std::string numbers(int low, int high) {
  std::string out = "(?:";
  for (int n = low; n <= high; ++n) out += (n == low ? "" : "|") + std::to_string(n);
  return out + ")";
}

std::string age(int low, int high) {
  const bool one = low <= 1 && high >= 1;
  return "(?:" + numbers(low, high) + " (?:ans?|a|annees?)" + (one ? "|une? an(?:nee)?" : "") + ")";
}

struct Writer {
  const WordClasses& classes;
  std::string out;
  std::string fault;

  bool fail(std::string what) {
    if (fault.empty()) fault = std::move(what);
    return false;
  }
  bool brace(std::string_view inside, int deep) {
    int low = 0, high = 0;
    if (inside.starts_with("age ")) {
      if (!read_range(inside.substr(4), "-", low, high))
        return fail(quoted(inside) + " n'est pas un intervalle d'âges");
      out += age(low, high);
      return true;
    }
    if (inside.find("..") != std::string_view::npos) {
      if (!read_range(inside, "..", low, high))
        return fail(quoted(inside) + " n'est pas un intervalle de 200 nombres au plus");
      out += numbers(low, high);
      return true;
    }
    const auto found = classes.find(inside);
    if (found == classes.end()) return fail("la classe de mots " + quoted(inside) + " n'existe pas");
    if (deep >= classes_deep)
      return fail("la classe de mots " + quoted(inside) + " se contient elle-même ou de trop loin");
    out += "(?:";
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      if (i > 0) out += '|';
      if (!run(found->second[i].text, deep + 1)) return false;
    }
    out += ')';
    return true;
  }
  // " ~3 " between two parts.
  bool gap(std::string_view text, std::size_t& at) {
    int most = 0;
    const auto* from = text.data() + at + 2;
    const auto [end, error] = std::from_chars(from, text.data() + text.size(), most);
    const auto after = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || most < 1 || most > safety_gap_max || after >= text.size() ||
        text[after] != ' ')
      return fail("« ~ » : il faut « A ~3 B », de 1 à " + std::to_string(safety_gap_max) +
                  " mots entre deux parties");
    out += ",? (?:[^ .]+ ){0," + std::to_string(most) + "}";
    at = after;
    return true;
  }
  bool run(std::string_view text, int deep) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (out.size() > safety_pattern_max) return fail("le motif dépasse 8 Kio une fois écrit en entier");
      if (static_cast<unsigned char>(c) >= 0x80 ||
          (c >= 'A' && c <= 'Z' && (at == 0 || text[at - 1] != '\\')))
        return fail("le texte lu est en minuscules sans accents : une majuscule ou un accent n'y est jamais");
      if (c == ' ' && text.substr(at).starts_with(" ~")) {
        if (!gap(text, at)) return false;
      } else if (c == '{' && (at + 1 == text.size() || text[at + 1] < '0' || text[at + 1] > '9')) {
        const auto close = text.find('}', at);
        if (close == std::string_view::npos) return fail("accolade « { » qui n'est pas fermée");
        if (!brace(text.substr(at + 1, close - at - 1), deep)) return false;
        at = close;
      } else if (c == '{' && text.substr(at, text.find('}', at) - at).find("..") != std::string_view::npos) {
        const auto close = text.find('}', at);
        if (close == std::string_view::npos || !brace(text.substr(at + 1, close - at - 1), deep))
          return fail("accolade « { » qui n'est pas fermée");
        at = close;
      } else {
        out += c;
      }
    }
    return out.size() <= safety_pattern_max || fail("le motif dépasse 8 Kio une fois écrit en entier");
  }
};

}  // namespace

Result<std::string> write_out(std::string_view pattern, const WordClasses& classes) {
  Writer writer{classes, {}, {}};
  if (!writer.run(pattern, 0)) return wrong(writer.fault);
  return writer.out;
}

bool denies(std::string_view written_out) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t at = 0; at < written_out.size();) {
    if (written_out[at] == '\\') {  // "\b", "\w"
      at += 2;
      continue;
    }
    auto end = at;
    while (end < written_out.size() && letter(written_out[end])) ++end;
    const auto word = written_out.substr(at, end - at);
    for (const std::string_view denial :
         {"pas", "plus", "jamais", "jms", "aucun", "aucune", "sans", "ss", "ni", "rien"})
      if (word == denial) return true;
    at = std::max(end, at + 1);
  }
  return false;
}

}  // namespace bannette::router
