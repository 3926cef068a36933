#include "router/core/spelling.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bannette::router {
namespace {

constexpr std::size_t longest = 64;

// Longest first. What French writes in several ways and says in one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 36> sounds{{
    {"eaux", "o"},   {"eau", "o"}, {"aux", "o"}, {"oeu", "U"}, {"euil", "Ul"},  {"ueil", "Ul"},
    {"ouill", "ul"}, {"ain", "2"}, {"ein", "2"}, {"aim", "2"}, {"tion", "si3"}, {"ch", "C"},
    {"ph", "f"},     {"gn", "N"},  {"qu", "k"},  {"cq", "k"},  {"ck", "k"},     {"au", "o"},
    {"ou", "u"},     {"oi", "W"},  {"oy", "W"},  {"ai", "E"},  {"ei", "E"},     {"ay", "E"},
    {"ey", "E"},     {"ee", "E"},  {"eu", "U"},  {"ce", "se"}, {"ci", "si"},    {"cy", "si"},
    {"ge", "je"},    {"gi", "ji"}, {"c", "k"},   {"q", "k"},   {"y", "i"},      {"z", "s"},
}};

bool vowel(char c) {
  return std::string_view("aeiouEUWo").find(c) != std::string_view::npos;
}

std::string written_as_said(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == 'h') {
      ++at;
    } else if (text[at] == 'w') {  // wattrelos, ouatrelos
      out += 'u';
      ++at;
    } else if (const auto rest = text.substr(at);
               rest.size() > 1 && (rest[0] == 'e' || rest[0] == 'a' || rest[0] == 'i' || rest[0] == 'u') &&
               (rest[1] == 'n' || rest[1] == 'm') && (rest.size() == 2 || !vowel(rest[2])) &&
               !(rest.size() == 2 && rest[1] == 'm') && !(rest.size() > 2 && rest[2] == rest[1])) {
      out += rest[0] == 'i' || rest[0] == 'u' ? '2' : '1';
      at += 2;
    } else {
      const auto found = std::find_if(sounds.begin(), sounds.end(), [&](const auto& s) {
        const bool nasal_before_vowel =
            s.second == "2" && rest.size() > 3 && vowel(rest[3]);  // "aime" is no "aim"
        return rest.starts_with(s.first) && !nasal_before_vowel;
      });
      if (found == sounds.end()) {
        out += text[at++];
      } else {
        out += found->second;
        at += found->first.size();
      }
    }
  }
  return out;
}

}  // namespace

int distance(std::string_view a, std::string_view b, int most) {
  if (a.size() > longest || b.size() > longest) return a == b ? 0 : most + 1;
  const auto gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (static_cast<int>(gap) > most) return most + 1;
  std::array<std::array<int, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& before = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int same = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + same});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], most + 1);
}

bool abridges(std::string_view typed, std::string_view name) {
  if (typed.empty() || name.empty() || typed[0] != name[0]) return false;
  std::size_t at = 0;
  for (const char c : name) at += at < typed.size() && typed[at] == c ? 1 : 0;
  return at == typed.size();
}

int slips_allowed(std::size_t letters) {
  return letters <= 3 ? 0 : letters <= 5 ? 1 : 2;
}

std::string sound_of(std::string_view folded) {
  const auto said = written_as_said(folded.substr(0, longest));
  std::string out;
  std::size_t heard = 0;  // a consonant before a mute "e" is: "Marquette" does not sound like "Marcq"
  for (std::size_t i = 0; i < said.size(); ++i) {
    const char c = said[i];
    if (c == 'e') {
      if (out.empty()) out += 'E';  // heard at the beginning, mute or nearly so elsewhere
      heard = out.size();
    } else if (out.empty() || out.back() != c) {
      out += c;
    }
  }
  while (out.size() > std::max<std::size_t>(3, heard) &&
         std::string_view("sxtdp").find(out.back()) != std::string_view::npos)
    out.pop_back();
  return out;
}

}  // namespace bannette::router
