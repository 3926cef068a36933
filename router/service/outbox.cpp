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
    "CREATE TABLE IF NOT EXISTS act("
    " number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " at_ms INTEGER NOT NULL,"
    " act TEXT NOT NULL CHECK(act IN ('aside', 'retried', 'discarded')),"
    " place INTEGER NOT NULL,"
    " key BLOB NOT NULL CHECK(length(key) = 16),"
    " since_ms INTEGER NOT NULL,"
    " bannette TEXT NOT NULL,"
    " actor TEXT NOT NULL,"
    " text TEXT NOT NULL) STRICT;"
    "PRAGMA user_version = 2;";

constexpr const char* kColumns = "SELECT place, key, since_ms, bannette, sealed, aside FROM letter ";
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
  count();
}

void Outbox::count() {
  sqlite::Statement select(db_,
                           "SELECT count(*) FILTER (WHERE aside IS NULL),"
                           " count(*) FILTER (WHERE aside IS NOT NULL) FROM letter");
  sqlite::Rows rows(select);
  (void)rows.next();
  waiting_ = select.unsigned_integer(0);
  aside_ = select.unsigned_integer(1);
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

std::optional<Letter> Outbox::read(sqlite::Statement& select) {
  if (!select.step()) return std::nullopt;
  Letter letter;
  letter.place = select.unsigned_integer(0);
  letter.key = uuid_from_bytes(select.blob(1)).value_or(Uuid{});
  letter.since_ms = select.integer(2);
  letter.bannette = select.text(3);
  letter.envelope = seal::open(key_, ad_of(letter.key), select.blob(4)).value_or("");
  if (!select.null(5)) letter.aside = select.text(5);
  return letter;
}

void Outbox::each_waiting(const std::function<void(const Letter&)>& take, std::int64_t now_ms) {
  std::vector<std::uint64_t> damaged;
  {
    sqlite::Statement select(db_, std::string(kColumns) + "WHERE aside IS NULL ORDER BY place");
    const sqlite::Rows reset(select);
    while (const auto letter = read(select)) {
      if (letter->envelope.empty())
        damaged.push_back(letter->place);
      else
        take(*letter);
    }
  }
  for (const std::uint64_t place : damaged) {
    spdlog::error("outbox: letter {} does not open; set aside", place);
    (void)set_aside(place, "damaged", {now_ms, "router", ""});
  }
}

std::optional<Letter> Outbox::at(std::uint64_t place) {
  sqlite::Statement select(db_, std::string(kColumns) + "WHERE place = ?1");
  const sqlite::Rows reset(select.bind_unsigned(1, place));
  return read(select);
}

std::optional<Result<Letter>> Outbox::waiting(const Letter& letter) {
  const std::string key = to_bytes(letter.key);
  sqlite::Statement select(db_, std::string(kColumns) + "WHERE key = ?1");
  const sqlite::Rows reset(select.bind_blob(1, std::string_view(key)));
  auto kept = read(select);
  if (!kept || !kept->aside.empty()) return std::nullopt;
  if (kept->envelope == letter.envelope) return std::move(*kept);
  return Refusal{Code::key_reused, "idempotency_key", "Cette clé a déjà servi pour une autre demande."};
}

Result<std::uint64_t> Outbox::put(const Letter& letter) {
  if (const auto kept = waiting(letter)) {
    if (kept->has_error()) return kept->error();
    return kept->value().place;
  }
  const std::string key = to_bytes(letter.key);
  {
    sqlite::Statement select(db_, "SELECT aside FROM letter WHERE key = ?1");
    sqlite::Rows rows(select.bind_blob(1, std::string_view(key)));
    if (rows.next())
      return Refusal{Code::unavailable, "idempotency_key",
                     "Cette demande a été mise de côté (" + std::string(select.text(0)) +
                         ") : prévenez l'administrateur."};
  }
  if (waiting_ + aside_ >= bound)
    return Refusal{Code::busy, "",
                   "Trop de demandes attendent d'être transmises : prévenez l'administrateur."};
  const std::string sealed = seal::seal(key_, ad_of(letter.key), letter.envelope);
  std::uint64_t place = 0;
  auto kept = durably([&] {
    sqlite::Statement insert(db_,
                             "INSERT INTO letter(key, since_ms, bannette, sealed) VALUES(?1, ?2, ?3, ?4)"
                             " RETURNING place");
    insert.bind_blob(1, std::string_view(key)).bind(2, letter.since_ms).bind_text(3, letter.bannette);
    insert.bind_blob(4, std::string_view(sealed));
    sqlite::Rows rows(insert);
    (void)rows.next();
    place = insert.unsigned_integer(0);
  });
  if (kept.has_error()) return kept.error();
  ++waiting_;
  return place;
}

Result<void> Outbox::done(std::uint64_t place) {
  auto ok = durably([&] {
    sqlite::Statement remove(db_, "DELETE FROM letter WHERE place = ?1");
    remove.bind_unsigned(1, place).run();
  });
  if (ok) --waiting_;
  return ok;
}

void Outbox::trace(const Letter& letter, const char* act, const Deed& deed) {
  const std::string key = to_bytes(letter.key);
  sqlite::Statement insert(db_,
                           "INSERT INTO act(at_ms, act, place, key, since_ms, bannette, actor, text)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  insert.bind(1, deed.at_ms).bind_text(2, act).bind_unsigned(3, letter.place);
  insert.bind_blob(4, std::string_view(key)).bind(5, letter.since_ms).bind_text(6, letter.bannette);
  insert.bind_text(7, deed.actor).bind_text(8, deed.text).run();
  sqlite::Statement forget(db_, "DELETE FROM act WHERE number <= (SELECT max(number) FROM act) - ?1");
  forget.bind_unsigned(1, acts_bound).run();
}

Result<void> Outbox::set_aside(std::uint64_t place, const std::string& why, const Deed& deed) {
  const auto letter = at(place);
  if (!letter || !letter->aside.empty()) return {};
  auto ok = durably([&] {
    sqlite::Statement update(db_, "UPDATE letter SET aside = ?2 WHERE place = ?1");
    update.bind_unsigned(1, place).bind_text(2, why).run();
    trace(*letter, "aside", deed);
  });
  if (ok) {
    --waiting_;
    ++aside_;
  }
  return ok;
}

Result<Letter> Outbox::aside_at(std::uint64_t place) {
  auto letter = at(place);
  if (!letter) return Refusal{Code::not_found, "place", "Aucune demande à cette place."};
  if (letter->aside.empty())
    return Refusal{Code::bad_state, "place", "Cette demande attend : elle partira d'elle-même."};
  return std::move(*letter);
}

Result<Letter> Outbox::retry(std::uint64_t place, const Deed& deed) {
  auto letter = aside_at(place);
  if (letter.has_error()) return letter;
  if (letter.value().envelope.empty())
    return Refusal{Code::bad_state, "place", "Cette demande est illisible : elle ne peut pas partir."};
  auto ok = durably([&] {
    sqlite::Statement update(db_, "UPDATE letter SET aside = NULL WHERE place = ?1");
    update.bind_unsigned(1, place).run();
    trace(letter.value(), "retried", deed);
  });
  if (ok.has_error()) return ok.error();
  ++waiting_;
  --aside_;
  return letter;
}

Result<Letter> Outbox::discard(std::uint64_t place, const Deed& deed) {
  auto letter = aside_at(place);
  if (letter.has_error()) return letter;
  auto ok = durably([&] {
    sqlite::Statement remove(db_, "DELETE FROM letter WHERE place = ?1");
    remove.bind_unsigned(1, place).run();
    trace(letter.value(), "discarded", deed);
  });
  if (ok.has_error()) return ok.error();
  --aside_;
  return letter;
}

std::vector<Letter> Outbox::list(std::uint64_t after_place, std::size_t limit) {
  sqlite::Statement select(db_, std::string(kColumns) + "WHERE place > ?1 ORDER BY place LIMIT ?2");
  const sqlite::Rows reset(select.bind_unsigned(1, after_place).bind_unsigned(2, limit));
  std::vector<Letter> all;
  while (auto letter = read(select)) all.push_back(std::move(*letter));
  return all;
}

std::vector<OutboxAct> Outbox::acts(std::size_t limit) {
  sqlite::Statement select(db_,
                           "SELECT at_ms, act, place, key, since_ms, bannette, actor, text FROM act"
                           " ORDER BY number DESC LIMIT ?1");
  sqlite::Rows rows(select.bind_unsigned(1, limit));
  std::vector<OutboxAct> all;
  while (rows.next())
    all.push_back({select.integer(0), std::string(select.text(1)), select.unsigned_integer(2),
                   uuid_from_bytes(select.blob(3)).value_or(Uuid{}), select.integer(4),
                   std::string(select.text(5)), std::string(select.text(6)), std::string(select.text(7))});
  return all;
}

Outbox::State Outbox::state() {
  State state{waiting_, aside_, 0};
  if (waiting_ == 0) return state;
  sqlite::Statement select(db_, "SELECT since_ms FROM letter WHERE aside IS NULL ORDER BY place LIMIT 1");
  sqlite::Rows rows(select);
  if (rows.next()) state.oldest_ms = select.integer(0);
  return state;
}

}  // namespace bannette::router
