// Takes out of a note who it is about, so that it can be kept to learn from: names, numbers, addresses,
// e-mails, dates. Conservative: what looks like a name and is no word that call notes use is taken out. A
// person reads what is left before it is used.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "router/core/site.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

class Scrubber {
 public:
  // Names of the site's communes, units, services and topics stay: they say where and what, not who.
  explicit Scrubber(const Site& site);

  // The text with [nom], [numéro], [adresse], [courriel] and [date] in the place of what was taken out. At
  // most text_max bytes are read, and what is beyond is not kept. `hidden`: folded words that go as well.
  [[nodiscard]] std::string scrub(std::string_view text, const std::vector<std::string>& hidden = {}) const;

  [[nodiscard]] bool is_place(std::string_view folded) const { return places_.contains(std::string(folded)); }
  // A word that notes use, or that begins like one: a slip of the fingers, another ending.
  [[nodiscard]] bool is_known(std::string_view folded) const;

 private:
  std::unordered_set<std::string> places_;  // each word of their names
  std::unordered_set<std::string> terms_;   // words of the configuration
  std::unordered_set<std::string> starts_;  // first letters of known words
};

// What is taken out: bytes of the cleaned text.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view instead;
};

namespace scrubbing {
inline constexpr std::string_view name = "[nom]";
inline constexpr std::string_view number = "[numéro]";
inline constexpr std::string_view address = "[adresse]";
inline constexpr std::string_view mail = "[courriel]";
inline constexpr std::string_view date = "[date]";

// Each finds its own kind. `words` are of the cleaned text.
void find_mails(const Words& words, std::vector<Mark>& marks);
void find_numbers(const Words& words, const Scrubber& known, std::vector<Mark>& marks);
void find_addresses(const Words& words, const Scrubber& known, std::vector<Mark>& marks);
void find_names(const Words& words, const Scrubber& known, std::vector<Mark>& marks);

[[nodiscard]] bool is_capitalised(const Words& words, std::size_t at);
[[nodiscard]] bool is_link(std::string_view folded);  // "de", "du", "van" ...
}  // namespace scrubbing

}  // namespace bannette::router
