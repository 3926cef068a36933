#include "router/service/outbox.hpp"

#include <spdlog/spdlog.h>

namespace bannette::router {
namespace {

constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS letter("
    " place INTEGER PRIMARY KEY AUTOINCREMENT,"
    " key BLOB NOT NULL UNIQUE CHECK(length(key) = 16),"
    " since_ms INTEGER NOT NULL,"
    " bannette TEXT NOT NULL,"
    " aside TEXT,"  // why it was refused for good; NULL: it waits
    " sealed BLOB NOT NULL) STRICT;"
    "PRAGMA user_version = 1;";

constexpr std::int64_t kWalBytes = 4 * 1024 * 1024;

// A letter sealed for one key does not open under another.
std::string ad_of(const Uuid& key) {
  return "bannette outbox 1 " + to_string(key);
}

Refusal no_room() {
  return {Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};
}

}  // namespace

Outbox::Outbox(const std::filesystem::path& file, seal::Key key)
    : db_(file, sqlite::Database::Mode::create), key_(key) {
  db_.make_durable();
  db_.exec(kSchema);
}

// One transaction, synced. A full disk is a refusal and leaves things as they were; anything else is thrown.
template <class Work>
Result<void> Outbox::durably(Work&& work) {
  try {
    sqlite::Transaction transaction(db_);
    work();
    transaction.commit();
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;
    return no_room();
  }
  try {  // apart: what is committed stands, even where there is no room to copy it back now
    if (db_.wal_bytes() > kWalBytes) db_.checkpoint(sqlite::Database::Checkpoint::truncate, 50);
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;
  }
  return {};
}

// The same key again: the same letter is kept already; another one, or one that was refused for good, is
// told.
std::optional<Result<void>> Outbox::kept_already(const Letter& letter, const std::string& key) {
  sqlite::Statement select(db_, "SELECT aside, sealed FROM letter WHERE key = ?1");
  sqlite::Rows rows(select.bind_blob(1, std::string_view(key)));
  if (!rows.next()) return std::nullopt;
  if (!select.null(0))
    return Refusal{Code::unavailable, "idempotency_key",
                   "Cette demande a été mise de côté (" + std::string(select.text(0)) +
                       ") : prévenez l'administrateur."};
  const auto opened = seal::open(key_, ad_of(letter.key), select.blob(1));
  if (opened && *opened == letter.envelope) return Result<void>{};
  return Refusal{Code::key_reused, "idempotency_key", "Cette clé a déjà servi pour une autre demande."};
}

Result<void> Outbox::put(const Letter& letter) {
  if (state().waiting >= bound)
    return Refusal{Code::busy, "",
                   "Trop de demandes attendent d'être transmises : prévenez l'administrateur."};
  const std::string key = to_bytes(letter.key);
  if (const auto kept = kept_already(letter, key)) return *kept;
  const std::string sealed = seal::seal(key_, ad_of(letter.key), letter.envelope);
  return durably([&] {
    sqlite::Statement insert(db_,
                             "INSERT INTO letter(key, since_ms, bannette, sealed) VALUES(?1, ?2, ?3, ?4)");
    insert.bind_blob(1, std::string_view(key)).bind(2, letter.since_ms).bind_text(3, letter.bannette);
    insert.bind_blob(4, std::string_view(sealed));
    insert.run();
  });
}

std::optional<Letter> Outbox::oldest() {
  for (;;) {
    Letter letter;
    std::string sealed;
    {
      sqlite::Statement select(db_,
                               "SELECT place, key, since_ms, bannette, sealed FROM letter"
                               " WHERE aside IS NULL ORDER BY place LIMIT 1");
      if (!select.step()) return std::nullopt;
      letter.place = select.unsigned_integer(0);
      letter.key = uuid_from_bytes(select.blob(1)).value_or(Uuid{});
      letter.since_ms = select.integer(2);
      letter.bannette = select.text(3);
      sealed = select.blob(4);
      select.reset();
    }
    if (auto opened = seal::open(key_, ad_of(letter.key), sealed)) {
      letter.envelope = std::move(*opened);
      return letter;
    }
    spdlog::error("outbox: letter {} does not open; set aside", letter.place);
    if (set_aside(letter.place, "damaged").has_error()) return std::nullopt;
  }
}

Result<void> Outbox::done(std::uint64_t place) {
  return durably([&] {
    sqlite::Statement remove(db_, "DELETE FROM letter WHERE place = ?1");
    remove.bind_unsigned(1, place).run();
  });
}

Result<void> Outbox::set_aside(std::uint64_t place, const std::string& why) {
  return durably([&] {
    sqlite::Statement update(db_, "UPDATE letter SET aside = ?2 WHERE place = ?1");
    update.bind_unsigned(1, place).bind_text(2, why).run();
  });
}

Outbox::State Outbox::state() {
  sqlite::Statement select(
      db_,
      "SELECT count(*) FILTER (WHERE aside IS NULL), count(*) FILTER (WHERE aside IS NOT NULL),"
      " coalesce(min(since_ms) FILTER (WHERE aside IS NULL), 0) FROM letter");
  select.step();
  State state{select.unsigned_integer(0), select.unsigned_integer(1), select.integer(2)};
  select.reset();
  return state;
}

}  // namespace bannette::router
