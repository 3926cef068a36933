// From version 1 of the tables to version 2.
#pragma once
#include "queue/journal/journal.hpp"
#include "queue/journal/reader.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

// In one transaction: a cut at any moment leaves the file as it was. Records stay as they are, byte for byte,
// as do wrapped keys. Dossiers' rows are written anew, from their histories: a state has more to it than in
// version 1. `head`: of the journal, whose rows are all as of it. About 40 µs, and for a while 250 bytes of
// disk, a dossier. Throws Damaged where a row cannot be read (nothing is changed), sqlite::Error.
void migrate(sqlite::Database& db, Reader& reader, const Head& head);

}  // namespace bannette::journal
