// The writing half of the SQLite engine: rows of one batch, inside the caller's transaction.
#pragma once
#include <cstdint>
#include <string>

#include "queue/journal/dossier_seal.hpp"
#include "queue/journal/journal.hpp"
#include "queue/journal/schema.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

class Writer {
 public:
  Writer(sqlite::Database& db, const seal::Key& master, std::string site, std::uint64_t epoch);

  // The record, the dossier's row, its key and its contact; answers the record's checksum. Throws
  // sqlite::Error, and Damaged where the dossier's row is not there, or a text has no key to be sealed under.
  [[nodiscard]] Hash write(const Entry& entry, const Hash& previous);
  void mark_verified(const Head& head);
  void erase(std::uint64_t number);  // marks it, if there was a key

 private:
  void make_key(const Dossier& dossier);
  void find_key(const Dossier& dossier);
  [[noreturn]] void no_key(const Dossier& dossier);
  void write_contact(const Entry& entry);

  std::string site_;
  std::uint64_t epoch_;
  sqlite::Database& db_;
  DossierSeal seal_;
  DossierWriter dossiers_;
  sqlite::Statement record_, key_in_, key_out_, contact_, mark_, erase_key_, erase_contact_, id_,
      mark_erased_, marked_;
  seal::Key key_;                                // of the dossier that is being written
  std::string body_, plain_, sealed_, wrapped_;  // reused from record to record
};

}  // namespace bannette::journal
