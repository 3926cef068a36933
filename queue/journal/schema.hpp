// The tables of queue.db, version 1, and how a dossier's state stands in its row.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "queue/core/dossier.hpp"
#include "queue/journal/journal.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

inline constexpr std::int64_t schema_version = 1;

// The one row of table meta.
struct Meta {
  std::string site;
  std::uint64_t epoch = 0;
  std::string recognition;  // of the master key: dossier_seal.hpp
  Head verified;            // up to here the chain was checked by a reading of the file
};

// Throws CannotOpen where the file is of a later version; nothing: no journal has been made in it.
[[nodiscard]] std::optional<Meta> read_meta(sqlite::Database& db);
// Makes the tables; inside a transaction.
void create_schema(sqlite::Database& db, const Meta& meta);
// The table of marks that erasing leaves came after the others: made at each opening for writing where it is
// not there.
void make_erasures(sqlite::Database& db);
[[nodiscard]] bool has_erasures(sqlite::Database& db);

// Columns in this order: for SELECT and INSERT.
inline constexpr const char* dossier_columns =
    "number,id,bannette,topic,urgency,danger,insee,arrived_ms,deadline_ms,arrival_seq,state,changed_seq,"
    "changed_ms,"
    "fence,holder,lease_ms,lease_until_wall_ms,lease_until_boot_ms,lease_boot_id,outcome";
[[nodiscard]] Dossier read_dossier(const sqlite::Statement& row);

// The row's first insertion, and what later changes touch.
class DossierWriter {
 public:
  explicit DossierWriter(sqlite::Database& db);
  void insert(const Dossier& dossier);
  // False: no such row.
  bool update(const Dossier& dossier);

 private:
  sqlite::Database& db_;
  sqlite::Statement insert_;
  sqlite::Statement update_;
};

}  // namespace bannette::journal
