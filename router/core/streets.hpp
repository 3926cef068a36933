// Street sectors: which unit a house belongs to, by street, side and number, and from which day to which.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "router/core/site.hpp"
#include "router/core/street_index.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

// A street found in a text, and the number of the house where one is told.
struct Address {
  std::string street;  // as the sectors or the address file write it
  std::optional<int> number;
  bool slip = false;  // it was not written exactly so
};

struct Side {
  std::string unit;
  std::optional<Address> address;  // where a street was found that a sector or the address file names
  // The street is split and the number was not told: what it might be as well, and for which numbers.
  struct Other {
    std::string unit;
    std::string numbers;  // French: "côté pair", "à partir du n° 200"
    bool operator==(const Other&) const = default;
  };
  std::vector<Other> others;
  std::string unknown;  // a street as typed that the commune does not have; only where its streets are known
  [[nodiscard]] bool uncertain() const { return !others.empty(); }
};

class Streets {
 public:
  // `known`: the streets that exist, or null.
  explicit Streets(std::vector<Sector> sectors, std::shared_ptr<const StreetIndex> known = nullptr);

  // The unit of a commune on a day for an address (or a note) as typed; an empty unit where the commune has
  // none.
  [[nodiscard]] Side unit_of(std::string_view insee, const Words& text, date::local_days day,
                             bool is_address = true) const;
  [[nodiscard]] std::string default_unit(std::string_view insee, date::local_days day) const;
  // Is it divided by street, on that day?
  [[nodiscard]] bool is_split(std::string_view insee, date::local_days day) const;

  // Communes that have exactly the street which an address names, at most `most`; empty where no address file
  // was loaded or more have it.
  [[nodiscard]] std::vector<std::string> communes_with(const Words& address, std::size_t most) const;
  [[nodiscard]] const StreetIndex* known() const { return known_.get(); }
  // The streets that exist, or where they are not known those of the sectors.
  [[nodiscard]] const StreetIndex& all() const { return known_ == nullptr ? of_sectors_ : *known_; }

  // Is the word at `at` the name of a street ("rue de Roubaix") and not of a place? In an address also
  // "résidence de la Lys", which in a note is where somebody lives.
  [[nodiscard]] static bool names_street(const std::vector<Word>& words, std::size_t at,
                                         bool is_address = false);
  // Does a street begin there: "rue", "12 bd"?
  [[nodiscard]] static bool begins_street(const std::vector<Word>& words, std::size_t at);

 private:
  struct Found {
    StreetIndex::Hit hit;
    const StreetIndex* in = nullptr;
    std::optional<int> number;
  };
  [[nodiscard]] std::optional<Found> find(std::string_view insee, const Words& text, bool is_address,
                                          std::string& unknown) const;
  void by_number(Side& side, const std::vector<const Sector*>& rows) const;
  [[nodiscard]] std::vector<const Sector*> rows_of(std::string_view insee, std::string_view street,
                                                   date::local_days day) const;

  std::vector<Sector> sectors_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_commune_;  // insee: rows without a street
  std::unordered_map<std::string, std::vector<std::size_t>> by_street_;   // insee/folded street
  StreetIndex of_sectors_;
  std::shared_ptr<const StreetIndex> known_;
};

// Is a row of the sectors in force on that day?
[[nodiscard]] bool in_force(const Sector& sector, date::local_days day);
// "côté pair", "du n° 1 au n° 99"; "" for the whole street.
[[nodiscard]] std::string numbers_in_french(const Sector& sector);

}  // namespace bannette::router
