// The writing half of the SQLite engine: the records of one batch and their keys, inside the caller's
// transaction. What is derived from records is written later (settling.hpp).
#pragma once
#include <cstdint>
#include <string>

#include "queue/journal/dossier_seal.hpp"
#include "queue/journal/journal.hpp"
#include "queue/journal/pending.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

class Writer {
 public:
  Writer(sqlite::Database& db, const seal::Key& master, std::string site, std::uint64_t epoch);

  // A batch begins: dossiers beyond `last_number` are new in it.
  void begin(const Pending& pending, std::uint64_t last_number);
  // The record and, of a new dossier, its key; answers the record's checksum. Throws sqlite::Error, and
  // Damaged where the dossier has no row, or a text has no key to be sealed under.
  [[nodiscard]] Hash write(const Entry& entry, const Hash& previous);
  void mark_verified(const Head& head);
  [[nodiscard]] ContactHash contact_hash(const std::string& e164) const { return seal_.contact_hash(e164); }
  void erase(std::uint64_t number, const Uuid& id);  // marks it, if there was a key

 private:
  void require_row(const Pending& pending, std::uint64_t number);
  void find_key(const Dossier& dossier);
  [[noreturn]] void no_key(const Dossier& dossier);

  std::string site_;
  std::uint64_t epoch_;
  sqlite::Database& db_;
  DossierSeal seal_;
  sqlite::Statement record_, row_, key_in_, key_out_, mark_, erase_key_, erase_contact_, mark_erased_,
      marked_;
  const Pending* pending_ = nullptr;
  std::uint64_t last_number_ = 0;
  seal::Key key_;                             // of the dossier that is being written
  std::string body_, plain_, sealed_, kept_;  // reused from record to record
};

}  // namespace bannette::journal
