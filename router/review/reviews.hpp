// What a person has decided about corrections: DATA/corrections.db, sealed at rest. Nothing else is stored:
// corrections are found in the journal whenever they are asked for, so that an erased dossier's is gone too.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "queue/journal/seal.hpp"
#include "queue/journal/sqlite.hpp"
#include "router/review/correction.hpp"

namespace bannette::router {

enum class Reviewed : std::uint8_t { proposed, accepted, rejected };
[[nodiscard]] std::string_view name(Reviewed reviewed);

struct Review {
  Reviewed status = Reviewed::proposed;
  std::string id;     // of the note, as it is exported: says nothing about the dossier without the key
  std::string basis;  // of what was decided upon; another one means that the dossier went on since
  std::string by;     // who decided
  std::int64_t at_ms = 0;
  Labelled label;  // accepted: what was read, word for word
};

class Reviews {
 public:
  static constexpr std::uint64_t bound = 100'000;

  // Made where there is none. Throws sqlite::Error.
  Reviews(const std::filesystem::path& data, const seal::Key& master);

  // The same for the same dossier, always.
  [[nodiscard]] std::string id_of(const Uuid& dossier) const;
  // Changes with the labels that are proposed and with the note.
  [[nodiscard]] std::string basis_of(const Correction& correction, std::string_view note) const;

  // Nothing where nobody has decided. Throws std::runtime_error where it does not open.
  [[nodiscard]] std::optional<Review> find(std::uint64_t number);
  // Takes the place of an earlier one. Throws std::runtime_error beyond the bound.
  void put(std::uint64_t number, const Review& review);
  void forget(std::uint64_t number);  // its dossier was erased
  [[nodiscard]] std::vector<std::uint64_t> numbers();

 private:
  sqlite::Database db_;
  seal::Key key_;
};

}  // namespace bannette::router
