// The names of places: what a typed name, short name, code or slip of the fingers may mean.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
  // The commune meant comes first. For several, and where weak, those that it may be as well follow.
  std::vector<std::uint32_t> communes{};
  std::string place{};  // elsewhere: its name
  bool weak = false;    // found, but somebody should look
};

// A name of a place that stands in a text: words [first, last).
struct Mention {
  std::size_t first = 0;
  std::size_t last = 0;
  bool elsewhere = false;
  std::vector<std::uint32_t> communes;  // more than one where several bear the name
  std::string place;
  bool likely = false;       // the first of several is most likely meant
  std::string short_name{};  // where it stands for several names: "Marquette", "Boulogne"
};

class Places {
 public:
  // `sectors` tell which communes the site serves: of two readings of a slip, theirs is the likelier one.
  Places(std::vector<Commune> communes, const std::vector<Alias>& aliases,
         const std::vector<Elsewhere>& elsewhere, const std::vector<Sector>& sectors = {});

  // A commune field as typed: name, short name, INSEE or postal code, with slips.
  [[nodiscard]] Found resolve(std::string_view typed) const;
  // Names as they are written, longest first, none inside another; "Comines en Belgique" is elsewhere. Short
  // forms ("à Marquette") count only with a capital, behind "à", "de" and the like.
  [[nodiscard]] std::vector<Mention> mentions(const Words& text) const;
  // Where the name of a place must stand ("vit à tout flers"): what its first words were meant to be. Only
  // what is clear and served.
  [[nodiscard]] std::optional<Mention> misspelt_at(const Words& text, std::size_t at) const;

  // Communes that what is typed may become, best first: by the beginning of a name, an alias or a code, in
  // any order of words, or nearly so. At most `most`, and 50.
  [[nodiscard]] std::vector<std::uint32_t> complete(std::string_view typed,
                                                    std::size_t most) const;  // completion.cpp

  [[nodiscard]] const Commune& at(std::uint32_t commune) const { return communes_[commune]; }
  [[nodiscard]] std::vector<std::string> key_words(std::uint32_t commune) const;
  [[nodiscard]] std::optional<std::uint32_t> by_insee(const std::string& insee) const;
  [[nodiscard]] bool serves(std::uint32_t commune) const { return served_.contains(commune); }

 private:
  struct Name {
    std::vector<std::string> words;
    std::string compact;  // words without spaces
    std::string sound;
    std::string sound_by_word;
    std::uint32_t target = 0;  // commune, or index into elsewhere_
    bool elsewhere = false;
    bool alias = false;
    std::uint32_t letters = 0;  // which of a..z it holds, a bit each
  };
  struct Typed {
    std::string compact;
    std::string sounds[2];  // as one word, and word by word
    std::uint32_t letters = 0;
  };
  struct Slips {
    double counted = 0;
    bool by_sound = false;
  };
  void add(std::string_view written, std::uint32_t target, bool elsewhere, bool alias);
  void settle(Found& found, std::vector<const Name*> names) const;
  [[nodiscard]] bool likeliest_first(std::vector<std::uint32_t>& communes) const;
  [[nodiscard]] Found by_code(std::string_view code) const;
  [[nodiscard]] Found by_name(const std::vector<std::string>& words) const;
  [[nodiscard]] Found exact(const std::vector<std::string>& words) const;
  [[nodiscard]] Found abbreviated(const std::vector<std::string>& words) const;
  [[nodiscard]] Found begun(const std::string& letters) const;
  [[nodiscard]] Found inside(const std::vector<std::string>& words) const;
  [[nodiscard]] Found misspelt(const std::vector<std::string>& words, int most) const;  // likeness.cpp
  [[nodiscard]] std::optional<Slips> slips_to(const Name& name, const Typed& typed, int most) const;
  [[nodiscard]] double commonness(const Name& name) const;
  [[nodiscard]] std::optional<Mention> exact_at(const Words& text, std::size_t at) const;  // mentions.cpp
  [[nodiscard]] std::optional<Mention> short_name_at(const Words& text,
                                                     std::size_t at) const;  // mentions.cpp

  std::vector<Commune> communes_;
  std::vector<std::string> elsewhere_;
  std::vector<Name> names_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_compact_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_word_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_postal_;
  std::unordered_map<std::string, std::vector<std::uint32_t>>
      by_stem_;  // "marquette" of "marquette lez lille"
  std::unordered_map<std::string, std::uint32_t> by_insee_;
  std::unordered_set<std::uint32_t> served_;
  double population_ = 1;
};

}  // namespace bannette::router
