#include "queue/journal/backup.hpp"

#include <memory>

#include <sqlite3.h>

#include "queue/journal/head_file.hpp"
#include "queue/journal/reader.hpp"
#include "queue/journal/schema.hpp"

namespace bannette::journal {
namespace {

constexpr int pages_a_step = 256;

struct Finish {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

}  // namespace

void copy_database(const std::filesystem::path& from, const std::filesystem::path& to) {
  sqlite::Database source(from, sqlite::Database::Mode::read_only);
  sqlite::Database target(to, sqlite::Database::Mode::create);
  target.exec("PRAGMA journal_mode=OFF");  // a copy that was cut short is thrown away
  target.exec("PRAGMA synchronous=OFF");
  // One transaction around all steps: else each would see what was written since, and the copy begin anew.
  const sqlite::Transaction snapshot(source, sqlite::Transaction::Kind::read);
  sqlite::Statement begin(source, "SELECT count(*) FROM sqlite_schema");
  begin.step();
  begin.reset();
  std::unique_ptr<sqlite3_backup, Finish> backup(
      sqlite3_backup_init(target.handle(), "main", source.handle(), "main"));
  if (!backup) target.fail(sqlite3_errcode(target.handle()), to.c_str());
  int rc = SQLITE_OK;
  while (rc == SQLITE_OK) rc = sqlite3_backup_step(backup.get(), pages_a_step);
  const int finished = sqlite3_backup_finish(backup.release());
  if (rc != SQLITE_DONE) target.fail(rc, from.c_str());
  if (finished != SQLITE_OK) target.fail(finished, to.c_str());
}

JournalCopy copy_journal(const std::filesystem::path& data_dir, const std::filesystem::path& to_dir) {
  copy_database(data_dir / "queue.db", to_dir / "queue.db");
  JournalCopy copy;
  {
    sqlite::Database db(to_dir / "queue.db", sqlite::Database::Mode::read_only);
    const auto meta = read_meta(db);
    if (!meta) throw CannotOpen((data_dir / "queue.db").string() + " : ce n'est pas un journal");
    copy.site = meta->site;
    copy.epoch = meta->epoch;
    copy.schema = schema_version;
  }
  copy.head = read_head(to_dir);
  const HeadFile head_file(to_dir, copy.head);
  return copy;
}

void begin_restored(const std::filesystem::path& data_dir, std::uint64_t least) {
  sqlite::Database db(data_dir / "queue.db", sqlite::Database::Mode::read_write);
  db.make_durable();
  sqlite::Transaction transaction(db);
  sqlite::Statement update(db, "UPDATE meta SET epoch=max(epoch,?)");
  update.bind_unsigned(1, least).run();
  transaction.commit();
  db.checkpoint(sqlite::Database::Checkpoint::truncate, 500);
}

}  // namespace bannette::journal
