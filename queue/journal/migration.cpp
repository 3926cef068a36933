#include "queue/journal/migration.hpp"

#include "queue/journal/schema.hpp"

namespace bannette::journal {
namespace {

// Only CHECKs become wider, which changes nothing in the file but the table's text: the procedure that SQLite
// documents for it (lang_altertable.html, "If ... does not affect the on-disk content").
void widen(sqlite::Database& db, const char* table, const std::string& sql) {
  sqlite::Statement update(db, "UPDATE sqlite_schema SET sql=? WHERE type='table' AND name=?");
  update.bind_text(1, sql).bind_text(2, table).run();
  if (db.changes() != 1) throw Damaged(std::string("queue.db : la table ") + table + " manque");
}

void widen_checks(sqlite::Database& db) {
  std::int64_t cookie = 0;
  {
    sqlite::Statement version(db, "PRAGMA schema_version");
    if (version.step()) cookie = version.integer(0);
  }
  db.exec("PRAGMA writable_schema=ON");
  widen(db, "record", create_record());
  widen(db, "dossier_key", create_dossier_key());
  db.exec(("PRAGMA schema_version=" + std::to_string(cookie + 1)).c_str());  // others read the schema again
  db.exec("PRAGMA writable_schema=RESET");                                   // and so does this connection
}

void rewrite_dossiers(sqlite::Database& db, Reader& reader) {
  db.exec(create_dossier("dossier_2").c_str());
  {
    sqlite::Statement rows(db, std::string("SELECT ") + dossier_columns(1) + " FROM dossier ORDER BY number");
    DossierWriter writer(db, "dossier_2");
    while (rows.step()) writer.put(reader.with_history(read_dossier(rows, 1)));
  }
  db.exec("DROP TABLE dossier");
  db.exec("ALTER TABLE dossier_2 RENAME TO dossier");
}

}  // namespace

void migrate(sqlite::Database& db, Reader& reader, const Head& head) {
  sqlite::Transaction transaction(db);
  make_erasures(db);
  rewrite_dossiers(db, reader);
  widen_checks(db);
  db.exec("ALTER TABLE meta ADD COLUMN settled_seq INTEGER NOT NULL DEFAULT 0 CHECK (settled_seq >= 0)");
  db.exec(
      "ALTER TABLE meta ADD COLUMN site_seq INTEGER NOT NULL DEFAULT 0 "
      "CHECK (site_seq BETWEEN 0 AND settled_seq)");
  sqlite::Statement update(db, "UPDATE meta SET version=?,settled_seq=?");
  update.bind(1, schema_version).bind_unsigned(2, head.seq).run();
  transaction.commit();
}

}  // namespace bannette::journal
