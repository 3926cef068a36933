// The streets of a national address file, line by line, in the layout that the Base Adresse Nationale
// publishes (id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;...). Only the columns code_insee and
// nom_voie are read, wherever they stand. Bounded whatever the file holds.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "router/core/street_index.hpp"

namespace bannette::router {

inline constexpr std::size_t address_line_max = 8 * 1024;  // bytes
inline constexpr std::size_t bad_lines_max = 1'000;        // one more ends the import

class AddressLines {
 public:
  struct Bad {
    std::size_t line = 0;  // 1, 2, 3 ...
    std::string what;      // French
  };

  // `communes`: INSEE codes whose streets are wanted.
  explicit AddressLines(const std::vector<std::string>& communes);

  // One line without its end, the header first; `cut`: it was longer than address_line_max. False: the import
  // must end, stopped() says why.
  bool take(std::string_view line, bool cut);

  // Each street once, spelt as the file spells it best ("Rue de l'Église" before "RUE DE L EGLISE").
  [[nodiscard]] std::vector<KnownStreet> streets() const;

  [[nodiscard]] std::size_t lines() const { return line_; }
  [[nodiscard]] std::size_t outside() const { return outside_; }  // lines of other communes
  [[nodiscard]] std::size_t bad_lines() const { return bad_lines_; }
  [[nodiscard]] const std::vector<Bad>& bad() const { return bad_; }  // the first 20
  [[nodiscard]] const std::string& stopped() const { return stopped_; }

 private:
  bool read_header(std::string_view line);
  bool split(std::string_view line);
  bool refuse(std::string what);
  void add(std::string_view insee, std::string_view name);

  std::unordered_set<std::string> communes_;
  std::vector<std::string> cells_;
  std::size_t columns_ = 0, insee_at_ = 0, name_at_ = 0;
  std::size_t line_ = 0, outside_ = 0, bad_lines_ = 0;
  std::vector<Bad> bad_;
  std::string stopped_;
  std::string last_;  // insee and name: an address file goes street by street
  std::unordered_map<std::string, std::string> by_key_;  // insee/folded name: the name
};

}  // namespace bannette::router
