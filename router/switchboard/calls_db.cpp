#include "router/switchboard/calls_db.hpp"

#include <spdlog/spdlog.h>

#include "queue/journal/chain.hpp"

namespace bannette::router {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kWalBytes = 16 * 1024 * 1024;  // then it is copied back even under load
constexpr std::int64_t kIdleWalBytes = 256 * 1024;    // and so much while nothing comes

// Rows are appended; what is erased by retention loses its bytes and keeps its checksum.
constexpr const char* kSchema = R"sql(
PRAGMA secure_delete=ON;
CREATE TABLE meta(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  version INTEGER NOT NULL,
  site TEXT NOT NULL,
  recognition BLOB NOT NULL CHECK(length(recognition) = 16),
  erased_before_day INTEGER NOT NULL CHECK(erased_before_day >= 0),
  fold_from INTEGER NOT NULL CHECK(fold_from >= 1)) STRICT;
CREATE TABLE record(
  seq INTEGER PRIMARY KEY CHECK(seq > 0),
  kind INTEGER NOT NULL CHECK(kind BETWEEN 1 AND 5),
  day INTEGER NOT NULL CHECK(day >= 0),
  call TEXT NOT NULL,
  body BLOB NOT NULL,
  sealed BLOB NOT NULL,
  hash BLOB NOT NULL CHECK(length(hash) = 32)) STRICT;
CREATE INDEX record_callback ON record(day) WHERE kind = 2;
CREATE INDEX record_post_time ON record(day) WHERE kind = 5;
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
  WHEN NEW.seq <> OLD.seq OR NEW.hash <> OLD.hash OR NEW.kind <> OLD.kind OR NEW.day <> OLD.day
    OR NEW.call <> OLD.call OR length(NEW.sealed) > 0 OR NEW.body <> OLD.body
  BEGIN SELECT RAISE(ABORT, 'records are only appended, or emptied'); END;
CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
  BEGIN SELECT RAISE(ABORT, 'records are only appended'); END;
CREATE TABLE day_key(day INTEGER PRIMARY KEY, wrapped BLOB NOT NULL CHECK(length(wrapped) = 73)) STRICT;
CREATE TABLE call(
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES record(seq),
  arrived_ms INTEGER NOT NULL,
  unqualified INTEGER NOT NULL CHECK(unqualified IN (0, 1)),
  caller INTEGER NOT NULL,
  person TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX call_arrived ON call(arrived_ms, id);
CREATE INDEX call_caller ON call(caller) WHERE caller <> 0;
CREATE TABLE link(key BLOB PRIMARY KEY CHECK(length(key) = 16), seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE bound(post TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

void make_tables(sqlite::Database& db, const CallsDbOptions& options) {
  sqlite::Transaction transaction(db);
  db.exec(kSchema);
  const std::string recognition = CallsRows::recognition(options.master, options.site);
  sqlite::Statement insert(db, "INSERT INTO meta VALUES(1, ?1, ?2, ?3, 0, 1)");
  insert.bind(1, kVersion).bind_text(2, options.site).bind_blob(3, std::string_view(recognition)).run();
  transaction.commit();
}

void check_owner(sqlite::Database& db, const CallsDbOptions& options) {
  const CallsMeta meta = CallsRows::meta(db);
  if (meta.version > kVersion)
    throw journal::CannotOpen("calls.db est d'une version plus récente de ce programme");
  if (meta.site != options.site)
    throw journal::CannotOpen("calls.db est du site « " + meta.site + " », pas de « " + options.site + " »");
  if (meta.recognition != CallsRows::recognition(options.master, options.site))
    throw journal::CannotOpen("calls.db : la clé maîtresse n'est pas la sienne");
}

// Beside the tables, so that an older file gets them too.
constexpr const char* kIndexes = R"sql(
CREATE INDEX IF NOT EXISTS record_sealed ON record(day) WHERE length(sealed) > 0;
CREATE INDEX IF NOT EXISTS call_person ON call(person, arrived_ms, id);
CREATE INDEX IF NOT EXISTS call_unqualified ON call(arrived_ms, id) WHERE unqualified = 1;
)sql";

bool is_empty(sqlite::Database& db) {
  sqlite::Statement query(db, "SELECT 1 FROM sqlite_schema WHERE name = 'meta'");
  sqlite::Rows rows(query);
  return !rows.next();
}

Refusal no_room() {
  return {Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};
}

// Before anything of it is trusted: is it ours, and as long as it was?
journal::Head admitted(sqlite::Database& db, CallsRows& rows, const CallsDbOptions& options) {
  const auto told = journal::read_head_file(options.data, "calls");
  db.make_durable();
  db.exec("PRAGMA secure_delete=ON");
  if (is_empty(db)) {
    if (told && told->seq > 0)
      throw journal::Damaged("calls.head va jusqu'à l'enregistrement " + std::to_string(told->seq) +
                             ", et calls.db est vide ou manque");
    make_tables(db, options);
  }
  check_owner(db, options);
  db.exec(kIndexes);
  const journal::Head head = rows.head();
  if (const auto wrong = journal::head_disagreement(
          head, told, [&](std::uint64_t seq) { return rows.hash_at(seq); }, "calls"))
    throw journal::Damaged("calls.db : " + *wrong);
  return head;
}

}  // namespace

CallsDb::CallsDb(const CallsDbOptions& options)
    : options_(options),
      db_(options.data / "calls.db", sqlite::Database::Mode::create, options.vfs),
      rows_(db_, options.master, options.site),
      head_(admitted(db_, rows_, options_)),
      head_file_(options.data, head_, "calls"),
      insert_(db_,
              "INSERT INTO record(seq, kind, day, call, body, sealed, hash)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      erased_before_(CallsRows::meta(db_).erased_before_day) {
  check_tail();
  rows_.each_first([&](const std::string& call, std::uint64_t seq) {
    firsts_.emplace(call, seq);
    first_order_.insert(seq);
  });
}

void CallsDb::check_tail() {
  const std::uint64_t from = head_.seq > tail_most ? head_.seq - tail_most : 0;
  auto before = rows_.hash_at(from);
  std::uint64_t last = from;
  const auto wrong = [](std::uint64_t seq, const char* what) {
    throw journal::Damaged("calls.db, enregistrement " + std::to_string(seq) + " : " + what);
  };
  if (!before) wrong(from, "il manque");
  rows_.each_raw(from, tail_most, [&](const CallsRows::Raw& raw) {
    if (raw.seq != last + 1) wrong(last + 1, "il manque");
    const auto hash = journal::hash_from_bytes(raw.hash);
    if (!hash) wrong(raw.seq, "sa somme de contrôle est illisible");
    const bool emptied = raw.sealed.empty() && raw.day < erased_before_;
    if (!emptied && *hash != next_hash(*before, raw.seq, static_cast<CallRecordKind>(raw.kind), raw.day,
                                       raw.call, raw.clear, raw.sealed))
      wrong(raw.seq, "sa somme de contrôle n'est pas la bonne");
    before = hash;
    last = raw.seq;
  });
}

void CallsDb::forget_closed(const std::function<bool(const std::string&)>& open) {
  std::erase_if(firsts_, [&](const auto& first) {
    if (open(first.first)) return false;
    first_order_.erase(first_order_.find(first.second));
    return true;
  });
}

std::uint64_t CallsDb::fold_from() const {
  return first_order_.empty() ? head_.seq + 1 : *first_order_.begin();
}

const seal::Key& CallsDb::key_for(std::int64_t day) {
  if (const seal::Key* known = rows_.key_of(day)) return *known;
  const seal::Key fresh = seal::random_key();
  const std::string wrapped = rows_.wrapped(day, fresh);
  sqlite::Statement insert(db_, "INSERT INTO day_key(day, wrapped) VALUES(?1, ?2)");
  insert.bind(1, day).bind_blob(2, std::string_view(wrapped)).run();
  rows_.learn(day, fresh);
  return *rows_.key_of(day);
}

// Its latest record, and what lists ask for.
void CallsDb::index_call(const CallRecord& record, std::uint64_t seq) {
  const auto kept = call_of(record.clear, record.hidden);
  if (!kept) throw std::logic_error("a call that cannot be read again");
  const calls::Call& call = kept->call;
  const bool unqualified = call.was_answered() && call.dossiers.empty() && call.outcome.empty() &&
                           call.direction == calls::Direction::inbound;
  sqlite::Statement insert(
      db_,
      "INSERT INTO call(id, seq, arrived_ms, unqualified, caller, person) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT(id) DO UPDATE SET seq = excluded.seq, unqualified = excluded.unqualified");
  insert.bind_text(1, call.id).bind_unsigned(2, seq).bind(3, call.announced.at_ms);
  insert.bind(4, unqualified ? 1 : 0).bind_unsigned(5, kept->caller).bind_text(6, call.person).run();
}

void CallsDb::write(const CallRecord& record) {
  const std::uint64_t seq = head_.seq + 1;
  const std::int64_t day = std::max(day_number(record.at_ms), erased_before_);
  std::string sealed;
  if (!record.hidden.empty()) sealed = seal::seal(key_for(day), rows_.ad_of(seq), record.hidden);
  const journal::Hash hash = next_hash(head_.hash, seq, record.kind, day, record.call, record.clear, sealed);
  insert_.bind_unsigned(1, seq).bind(2, static_cast<std::int64_t>(record.kind)).bind(3, day);
  insert_.bind_text(4, record.call).bind_blob(5, std::string_view(record.clear));
  insert_.bind_blob(6, std::string_view(sealed)).bind_blob(7, journal::bytes_of(hash)).run();
  head_ = {seq, hash};
  if (record.kind == CallRecordKind::call) index_call(record, seq);
  if (record.kind == CallRecordKind::link) {
    const auto link = link_of(record.clear);
    const std::string key = to_bytes(link->key);
    sqlite::Statement change(db_, link->awaited() ? "INSERT OR REPLACE INTO link(key, seq) VALUES(?1, ?2)"
                                                  : "DELETE FROM link WHERE key = ?1 AND ?2 > 0");
    change.bind_blob(1, std::string_view(key)).bind_unsigned(2, seq).run();
  }
  if (!record.seat.empty()) {
    sqlite::Statement change(db_, "INSERT OR REPLACE INTO bound(post, seq) VALUES(?1, ?2)");
    change.bind_text(1, record.seat).bind_unsigned(2, seq).run();
  }
}

Result<void> CallsDb::append(std::span<const CallRecord> batch) {
  if (batch.size() > batch_most) throw std::logic_error("calls.db: a batch beyond its bound");
  const journal::Head before = head_;
  const auto firsts = firsts_;  // of open calls: few
  const auto order = first_order_;
  try {
    sqlite::Transaction transaction(db_);
    for (const CallRecord& each : batch) {
      write(each);
      if (each.call.empty()) continue;
      if (each.kind == CallRecordKind::fact && firsts_.emplace(each.call, head_.seq).second)
        first_order_.insert(head_.seq);
      if (const auto first = firsts_.find(each.call);
          each.kind == CallRecordKind::call && first != firsts_.end()) {
        first_order_.erase(first_order_.find(first->second));
        firsts_.erase(first);
      }
    }
    sqlite::Statement fold(db_, "UPDATE meta SET fold_from = ?1");
    fold.bind_unsigned(1, fold_from()).run();
    transaction.commit();
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;
    head_ = before;
    firsts_ = firsts;
    first_order_ = order;
    rows_.forget_keys();  // one that was made in it is gone
    return no_room();
  }
  head_file_.write(head_);
  return {};
}

Result<std::size_t> CallsDb::forget_before(std::int64_t at_ms) {
  std::int64_t before = day_number(at_ms);
  {
    // An open call's facts are needed at the next start.
    sqlite::Statement oldest(db_, "SELECT min(day) FROM record WHERE seq >= ?1");
    sqlite::Rows rows(oldest.bind_unsigned(1, fold_from()));
    if (rows.next() && !oldest.null(0)) before = std::min(before, oldest.integer(0));
  }
  if (before <= erased_before_) return std::size_t{0};
  std::size_t days = 0;
  try {
    sqlite::Transaction transaction(db_);
    sqlite::Statement keys(db_, "DELETE FROM day_key WHERE day < ?1");
    keys.bind(1, before).run();
    days = static_cast<std::size_t>(db_.changes());
    sqlite::Statement empty(db_, "UPDATE record SET sealed = x'' WHERE day < ?1 AND length(sealed) > 0");
    empty.bind(1, before).run();
    sqlite::Statement mark(db_, "UPDATE meta SET erased_before_day = ?1");
    mark.bind(1, before).run();
    transaction.commit();
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;
    return no_room();
  }
  erased_before_ = before;
  rows_.forget_keys();
  (void)db_.checkpoint(sqlite::Database::Checkpoint::truncate, 100);  // the log has the old pages too
  return days;
}

void CallsDb::tidy(bool idle) {
  try {
    if (db_.wal_bytes() > kWalBytes)
      (void)db_.checkpoint(sqlite::Database::Checkpoint::truncate, 50);
    else if (idle && db_.wal_bytes() > kIdleWalBytes)
      (void)db_.checkpoint(sqlite::Database::Checkpoint::passive);
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;  // what is committed stands in the log
  }
}

}  // namespace bannette::router
