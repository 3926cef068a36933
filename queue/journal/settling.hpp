// Writes what is pending into the tables derived from records, off the confirming path: in rounds, a round in
// steps, a step in one transaction. A cut at any moment loses nothing: the records beyond settled_seq are
// folded again at the next opening, and rows that a broken-off round has written already are only newer.
#pragma once
#include <cstdint>

#include "queue/journal/pending.hpp"
#include "queue/journal/schema.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

class Settling {
 public:
  Settling(sqlite::Database& db, Pending& pending);
  [[nodiscard]] bool under_way() const { return round_ != nullptr; }
  void begin();

  // Inside the caller's transaction: at most `most` more rows of the round. Then, after its commit: done().
  // Throws sqlite::Error; a step that was rolled back is written again.
  void write(std::size_t most);
  void done();

 private:
  Pending& pending_;
  DossierWriter dossiers_;
  sqlite::Statement contact_, settled_;
  const Pending::Round* round_ = nullptr;
  std::uint64_t number_ = 0;  // of the last dossier that was written
  std::size_t contacts_ = 0;  // written
  struct Step {
    std::uint64_t number = 0;
    std::size_t contacts = 0;
    bool last = false;
  } step_;  // written, and not yet committed
};

}  // namespace bannette::journal
