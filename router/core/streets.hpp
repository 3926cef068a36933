// Street sectors: which unit a house belongs to, by street, side and number.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/core/site.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

// A street found in a text, and the number of the house where one is told.
struct Address {
  std::string street;  // as the sectors write it
  std::optional<int> number;
};

struct Side {
  std::string unit;
  std::optional<Address> address;  // where a street of the sectors was found
  bool uncertain = false;          // the street is split and no number was told
  std::string other_unit;          // then: the unit that it might be as well
};

class Streets {
 public:
  explicit Streets(std::vector<Sector> sectors);

  // The unit of a commune for an address (or a note) as typed; an empty unit where the commune has none.
  [[nodiscard]] Side unit_of(std::string_view insee, const Words& text) const;
  [[nodiscard]] std::string default_unit(std::string_view insee) const;

  // Is the word at `at` the name of a street ("rue de Roubaix") and not of a place?
  [[nodiscard]] static bool names_street(const std::vector<Word>& words, std::size_t at);
  // Does a street begin there: "rue", "12 bd"?
  [[nodiscard]] static bool begins_street(const std::vector<Word>& words, std::size_t at);

 private:
  struct Street {
    std::string insee;
    std::string name;                // as written
    std::vector<std::string> words;  // kind first, without articles
    std::vector<Sector> rows;
  };
  [[nodiscard]] std::optional<Address> find(const Street& street, const Words& text) const;

  std::vector<Sector> defaults_;
  std::vector<Street> streets_;
};

}  // namespace bannette::router
