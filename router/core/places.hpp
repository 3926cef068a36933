// The names of places: what a typed name, short name, code or slip of the fingers may mean.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "router/core/site.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

// What was understood of a typed commune.
struct Found {
  enum class What : std::uint8_t { nothing, commune, several, elsewhere };
  enum class How : std::uint8_t { name, code, postal, alias, abbreviation, inside, slip, sound };
  What what = What::nothing;
  How how = How::name;
  std::vector<std::uint32_t> communes{};  // one for commune, more for several
  std::string place{};                    // elsewhere: its name
  bool weak = false;                      // found, but somebody should look
};

// A name of a place that stands in a text: words [first, last).
struct Mention {
  std::size_t first = 0;
  std::size_t last = 0;
  bool elsewhere = false;
  std::vector<std::uint32_t> communes;  // more than one where several bear the name
  std::string place;
};

class Places {
 public:
  Places(std::vector<Commune> communes, const std::vector<Alias>& aliases,
         const std::vector<Elsewhere>& elsewhere);

  // A commune field as typed: name, short name, INSEE or postal code, with slips.
  [[nodiscard]] Found resolve(std::string_view typed) const;
  // Exact names only, longest first, none inside another.
  [[nodiscard]] std::vector<Mention> mentions(const std::vector<Word>& words) const;

  [[nodiscard]] const Commune& at(std::uint32_t commune) const { return communes_[commune]; }
  [[nodiscard]] std::vector<std::string> key_words(std::uint32_t commune) const;

 private:
  struct Name {
    std::vector<std::string> words;
    std::string compact;  // words without spaces
    std::string sound;
    std::uint32_t target = 0;  // commune, or index into elsewhere_
    bool elsewhere = false;
    bool alias = false;
  };
  void add(std::string_view written, std::uint32_t target, bool elsewhere, bool alias);
  void settle(Found& found, std::vector<const Name*> names) const;
  [[nodiscard]] Found by_code(std::string_view code) const;
  [[nodiscard]] Found by_name(const std::vector<std::string>& words) const;
  [[nodiscard]] Found exact(const std::vector<std::string>& words) const;
  [[nodiscard]] Found abbreviated(const std::vector<std::string>& words) const;
  [[nodiscard]] Found inside(const std::vector<std::string>& words) const;
  [[nodiscard]] Found misspelt(const std::string& compact, int most, bool is_elsewhere) const;
  [[nodiscard]] Found by_sound(const std::vector<std::string>& words) const;

  std::vector<Commune> communes_;
  std::vector<std::string> elsewhere_;
  std::vector<Name> names_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_compact_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_word_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_sound_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_postal_;
  std::unordered_map<std::string, std::uint32_t> by_insee_;
};

}  // namespace bannette::router
