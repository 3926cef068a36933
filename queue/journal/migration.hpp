// From version 1 of the tables to version 2.
#pragma once
#include "queue/journal/journal.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

// In one transaction: a cut at any moment leaves the file as it was. Records stay as they are, byte for byte,
// as do wrapped keys; dossiers' rows are written anew. `head`: of the journal, whose rows are all as of it.
// About 3 s and, for a while, 250 bytes of disk for each million dossiers and dossier. Throws Damaged where a
// row cannot be read (nothing is changed), sqlite::Error.
void migrate(sqlite::Database& db, const Head& head);

}  // namespace bannette::journal
