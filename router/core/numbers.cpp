#include "router/core/numbers.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace bannette::router {
namespace {

constexpr std::array<std::pair<std::string_view, int>, 28> names{{
    {"zero", 0},     {"deux", 2},      {"trois", 3},      {"quatre", 4},    {"cinq", 5},      {"six", 6},
    {"sept", 7},     {"huit", 8},      {"neuf", 9},       {"dix", 10},      {"onze", 11},     {"douze", 12},
    {"treize", 13},  {"quatorze", 14}, {"quinze", 15},    {"seize", 16},    {"vingt", 20},    {"vingts", 20},
    {"trente", 30},  {"quarante", 40}, {"cinquante", 50}, {"soixante", 60}, {"septante", 70}, {"octante", 80},
    {"nonante", 90}, {"cent", 100},    {"cents", 100},    {"mille", 1000},
}};

int value_of(std::string_view word) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == word; });
  return found == names.end() ? -1 : found->second;
}

int digits_of(std::string_view word) {
  if (word.empty() || word.size() > 4) return -1;
  int value = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// How `next` continues a number of which `sum` is read: the new sum, or -1 where it begins another number.
int joined(int sum, int last, int next) {
  if (next == 20 && last == 4) return sum + 76;                   // quatre-vingt
  if (next == 100) return sum >= 2 && sum <= 9 ? sum * 100 : -1;  // deux cents
  if (next == 1000) return sum >= 2 && sum <= 9 ? sum * 1000 : -1;
  if (next == 10 && last == 20 && sum % 100 == 80) return sum + 10;  // quatre-vingt-dix
  const bool after_tens = (last >= 20 && last < 100) || (last == 10 && sum > 10 && next >= 7 && next <= 9);
  const bool seventy = last == 60 || (last == 20 && sum % 100 == 80);  // soixante-douze, quatre-vingt-treize
  if (after_tens && next < (seventy ? 20 : 10)) return sum + next;
  if (last == 10 && next >= 7 && next <= 9) return sum + next;         // dix-huit
  if ((last == 100 || last == 1000) && next < 100) return sum + next;  // cent douze
  return -1;
}

// Reads a number in words that begins at `from`: its value, and the word after it.
std::pair<int, std::size_t> read_at(const std::vector<Word>& words, std::size_t from) {
  int sum = value_of(words[from].text);
  if (sum < 0) return {-1, from};
  int last = sum;
  auto at = from + 1;
  while (at < words.size() && words[at].clause == words[from].clause) {
    const auto& word = words[at].text;
    const bool and_one = word == "et" && at + 1 < words.size() && last >= 20 && last < 100;
    if (and_one && (words[at + 1].text == "un" || words[at + 1].text == "onze")) {
      sum += words[at + 1].text == "un" ? 1 : 11;
      return {sum, at + 2};
    }
    const int next = (word == "un" || word == "une") && last >= 20 ? 1 : value_of(word);
    const int together = next <= 0 ? -1 : joined(sum, last, next);
    if (together < 0) break;
    sum = together;
    last = next;
    ++at;
  }
  return {sum, at};
}

}  // namespace

void read_numbers(std::vector<Word>& words) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < words.size();) {
    if (const int value = digits_of(words[at].text); value >= 0) {
      words[at].number = value;
      if (kept != at) words[kept] = std::move(words[at]);
      ++kept;
      ++at;
      continue;
    }
    const auto [value, after] = read_at(words, at);
    if (kept != at) words[kept] = std::move(words[at]);
    if (value >= 0) {
      words[kept].text = std::to_string(value);
      words[kept].number = value;
      words[kept].end = words[after - 1 > at ? after - 1 : kept].end;
      at = after;
    } else {
      ++at;
    }
    ++kept;
  }
  words.resize(kept);
}

}  // namespace bannette::router
