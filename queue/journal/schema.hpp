// The tables of queue.db, version 2, and how a dossier's state stands in its row.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "queue/core/dossier.hpp"
#include "queue/journal/journal.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

inline constexpr std::int64_t schema_version = 2;
inline constexpr std::int64_t oldest_version = 1;  // read as it is; migrated when it is opened for writing

// The one row of table meta.
struct Meta {
  std::int64_t version = schema_version;
  std::string site;
  std::uint64_t epoch = 0;
  std::string recognition;        // of the master key: dossier_seal.hpp
  Head verified;                  // up to here the chain was checked by a reading of the file
  std::uint64_t settled_seq = 0;  // up to here the tables that are derived from records are written
  std::uint64_t site_seq = 0;     // of the site's last change up to there; 0: none
};

// Throws CannotOpen where the file is of a later version; nothing: no journal has been made in it.
[[nodiscard]] std::optional<Meta> read_meta(sqlite::Database& db);
// Makes the tables; inside a transaction.
void create_schema(sqlite::Database& db, const Meta& meta);
// The table of marks that erasing leaves came after the others of version 1: made at each opening for writing
// where it is not there.
void make_erasures(sqlite::Database& db);
[[nodiscard]] bool has_erasures(sqlite::Database& db);

// For the migration: statements that make one table, as in a new file.
[[nodiscard]] std::string create_dossier(const std::string& name);
[[nodiscard]] std::string create_record();
[[nodiscard]] std::string create_dossier_key();

// Columns in this order, from a SELECT; of either version.
[[nodiscard]] const char* dossier_columns(std::int64_t version);
// Throws Damaged, CannotOpen (a later version wrote it).
[[nodiscard]] Dossier read_dossier(const sqlite::Statement& row, std::int64_t version = schema_version);

class DossierWriter {
 public:
  explicit DossierWriter(sqlite::Database& db, const std::string& table = "dossier");
  void put(const Dossier& dossier);  // in the place of its row, if there is one

 private:
  sqlite::Statement put_;
  std::string body_;  // reused
};

}  // namespace bannette::journal
