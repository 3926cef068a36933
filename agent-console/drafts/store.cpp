#include "agent-console/drafts/store.hpp"

#include "queue/journal/sqlite.hpp"

namespace bannette::console::drafts {
namespace {

constexpr const char* kSchema = R"sql(
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS draft(
  key TEXT PRIMARY KEY CHECK(length(key) BETWEEN 1 AND 128),
  owner TEXT NOT NULL CHECK(length(owner) BETWEEN 1 AND 64),
  version INTEGER NOT NULL CHECK(version > 0),
  made_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  danger INTEGER NOT NULL CHECK(danger IN (0, 1)),
  offered INTEGER NOT NULL CHECK(offered IN (0, 1)),
  taken_from TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK(bytes >= 0),
  sealed BLOB) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS draft_open ON draft(changed_ms, owner) WHERE sealed IS NOT NULL;
CREATE TABLE IF NOT EXISTS handover(
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  key TEXT NOT NULL,
  taken_from TEXT NOT NULL,
  taken_by TEXT NOT NULL) STRICT;
PRAGMA user_version = 1;
)sql";

constexpr std::int64_t kWalBytes = 4 * 1024 * 1024;
constexpr const char* kHeaders =
    "SELECT key,owner,version,made_ms,changed_ms,danger,offered,taken_from,bytes FROM draft ";
constexpr const char* kColumns =
    "SELECT key,owner,version,made_ms,changed_ms,danger,offered,taken_from,bytes,sealed FROM draft ";

std::string ad_of(const Header& header) {
  return "bannette draft 1 " + header.key + " " + header.owner + " " + std::to_string(header.version);
}

Header header_of(const sqlite::Statement& row) {
  Header header;
  header.key = row.text(0);
  header.owner = row.text(1);
  header.version = row.unsigned_integer(2);
  header.made_ms = row.integer(3);
  header.changed_ms = row.integer(4);
  header.danger = row.integer(5) != 0;
  header.offered = row.integer(6) != 0;
  header.from = row.text(7);
  header.bytes = static_cast<std::size_t>(row.integer(8));
  return header;
}

Refusal not_found() {
  return {Code::not_found, "", "Cette saisie n’existe pas, ou n’est pas la vôtre."};
}
Refusal ended() {
  return {Code::bad_state, "", "Cette saisie est déjà terminée : elle a été envoyée ou abandonnée."};
}

}  // namespace

struct Store::Impl {
  Impl(const std::filesystem::path& file, const seal::Key& its_key, const Bounds& its_bounds)
      : db(file, sqlite::Database::Mode::create), key(its_key), bounds(its_bounds) {
    db.make_durable();
    db.exec(("PRAGMA max_page_count = " + std::to_string(bounds.pages)).c_str());
    db.exec(kSchema);
  }

  sqlite::Database db;
  seal::Key key;
  Bounds bounds;

  struct Row {
    Header header;
    std::optional<std::string> sealed;  // nothing: it was ended
  };
  std::optional<Row> find(const std::string& name) {
    sqlite::Statement select(db, std::string(kColumns) + "WHERE key = ?1");
    sqlite::Rows rows(select.bind_text(1, name));
    if (!rows.next()) return std::nullopt;
    Row row{header_of(select), std::nullopt};
    if (!select.null(9)) row.sealed = std::string(select.blob(9));
    return row;
  }

  // Seals under the header's version and owner, and writes all.
  void write(const Header& header, std::string_view content) {
    const std::string sealed = seal::seal(key, ad_of(header), content);
    sqlite::Statement put(db,
                          "INSERT OR REPLACE INTO draft(key,owner,version,made_ms,changed_ms,danger,offered,"
                          "taken_from,bytes,sealed) VALUES(?,?,?,?,?,?,?,?,?,?)");
    put.bind_text(1, header.key).bind_text(2, header.owner).bind_unsigned(3, header.version);
    put.bind(4, header.made_ms).bind(5, header.changed_ms).bind(6, header.danger ? 1 : 0);
    put.bind(7, header.offered ? 1 : 0).bind_text(8, header.from);
    put.bind(9, static_cast<std::int64_t>(header.bytes)).bind_blob(10, std::string_view(sealed)).run();
  }

  Result<void> room_for_one(const std::string& owner) {
    sqlite::Statement count(
        db, "SELECT count(*), count(*) FILTER (WHERE owner = ?1) FROM draft WHERE sealed IS NOT NULL");
    sqlite::Rows rows(count.bind_text(1, owner));
    rows.next();
    if (count.integer(1) >= static_cast<std::int64_t>(bounds.of_one))
      return Refusal{Code::too_large, "",
                     "Vous avez déjà " + std::to_string(bounds.of_one) +
                         " saisies en cours : terminez-en ou abandonnez-en une."};
    if (count.integer(0) >= static_cast<std::int64_t>(bounds.all))
      return Refusal{Code::busy, "", "Trop de saisies en cours sur ce site."};
    return {};
  }

  Result<std::string> opened(const Row& row) {
    auto content = seal::open(key, ad_of(row.header), *row.sealed);
    if (!content)
      return Refusal{Code::unavailable, "", "Cette saisie est abîmée sur le disque : elle ne se relit plus."};
    return std::move(*content);
  }
};

Store::Store(const std::filesystem::path& file, const seal::Key& key, const Bounds& bounds)
    : impl_(std::make_unique<Impl>(file, key, bounds)) {}
Store::~Store() = default;

Result<Header> Store::put(const std::string& key, const std::string& owner, std::uint64_t base, bool danger,
                          std::string_view content, std::int64_t now_ms) {
  if (content.size() > impl_->bounds.content)
    return Refusal{Code::too_large, "content", "Cette saisie est trop longue pour être gardée."};
  const auto old = impl_->find(key);
  Header header;
  if (old) {
    header = old->header;
    if (header.owner != owner)
      return Refusal{Code::held_by_other, "", header.owner + " a repris cette saisie."};
    if (!old->sealed) return ended();
    if (header.version != base)
      return Refusal{Code::stale_fence, "version", "Cette saisie a été modifiée dans une autre page."};
  } else {
    if (auto room = impl_->room_for_one(owner); room.has_error()) return room.error();
    header.key = key;
    header.owner = owner;
    header.made_ms = now_ms;
    header.version = base;  // erased by its age, and typed on: its page's numbers go on
  }
  ++header.version;
  header.changed_ms = now_ms;
  header.danger = danger;
  header.offered = false;  // who types has it in hand
  header.bytes = content.size();
  impl_->write(header, content);
  return header;
}

Result<Draft> Store::get(const std::string& key, const std::string& owner) {
  const auto row = impl_->find(key);
  if (!row || !row->sealed || row->header.owner != owner) return not_found();
  auto content = impl_->opened(*row);
  if (content.has_error()) return content.error();
  return Draft{row->header, std::move(content.value())};
}

std::vector<Header> Store::open() {
  std::vector<Header> all;
  sqlite::Statement select(impl_->db,
                           std::string(kHeaders) + "WHERE sealed IS NOT NULL ORDER BY changed_ms DESC, key");
  for (sqlite::Rows rows(select); rows.next();) all.push_back(header_of(select));
  return all;
}

Result<Header> Store::offer(const std::string& key, const std::string& owner, bool offered) {
  auto row = impl_->find(key);
  if (!row || row->header.owner != owner) return not_found();
  if (!row->sealed) return ended();
  sqlite::Statement update(impl_->db, "UPDATE draft SET offered = ?2 WHERE key = ?1");
  update.bind_text(1, key).bind(2, offered ? 1 : 0).run();
  row->header.offered = offered;
  return row->header;
}

Result<Draft> Store::take(const std::string& key, const std::string& from, const std::string& taker,
                          std::int64_t now_ms) {
  const auto row = impl_->find(key);
  if (!row) return not_found();
  if (!row->sealed) return ended();
  if (row->header.owner != from || from == taker)
    return Refusal{Code::held_by_other, "", row->header.owner + " a repris cette saisie."};
  auto content = impl_->opened(*row);
  if (content.has_error()) return content.error();
  Header header = row->header;
  header.from = from;
  header.owner = taker;
  header.offered = false;
  ++header.version;
  header.changed_ms = now_ms;
  impl_->write(header, content.value());
  sqlite::Statement trace(impl_->db,
                          "INSERT INTO handover(at_ms,key,taken_from,taken_by) VALUES(?1,?2,?3,?4)");
  trace.bind(1, now_ms).bind_text(2, key).bind_text(3, from).bind_text(4, taker).run();
  return Draft{header, std::move(content.value())};
}

Result<void> Store::end(const std::string& key, const std::string& owner, std::int64_t now_ms) {
  const auto row = impl_->find(key);
  if (!row || row->header.owner != owner) return not_found();
  if (!row->sealed) return {};
  sqlite::Statement update(impl_->db,
                           "UPDATE draft SET sealed = NULL, bytes = 0, danger = 0, offered = 0,"
                           " changed_ms = ?2 WHERE key = ?1");
  update.bind_text(1, key).bind(2, now_ms).run();
  return {};
}

std::vector<Handover> Store::handovers(std::size_t most) {
  std::vector<Handover> all;
  sqlite::Statement select(impl_->db,
                           "SELECT at_ms,key,taken_from,taken_by FROM handover ORDER BY id DESC LIMIT ?1");
  for (sqlite::Rows rows(select.bind(1, static_cast<std::int64_t>(most))); rows.next();)
    all.push_back({select.integer(0), std::string(select.text(1)), std::string(select.text(2)),
                   std::string(select.text(3))});
  return all;
}

std::size_t Store::sweep(std::int64_t now_ms) {
  sqlite::Statement count(impl_->db,
                          "SELECT count(*) FROM draft WHERE sealed IS NOT NULL AND changed_ms < ?1");
  std::size_t erased = 0;
  {
    sqlite::Rows rows(count.bind(1, now_ms - impl_->bounds.age_ms));
    if (rows.next()) erased = static_cast<std::size_t>(count.integer(0));
  }
  sqlite::Statement erase(impl_->db, "DELETE FROM draft WHERE changed_ms < ?1");
  erase.bind(1, now_ms - impl_->bounds.age_ms).run();
  sqlite::Statement forget(
      impl_->db, "DELETE FROM handover WHERE at_ms < ?1 OR id <= (SELECT max(id) FROM handover) - ?2");
  forget.bind(1, now_ms - impl_->bounds.trace_ms)
      .bind(2, static_cast<std::int64_t>(impl_->bounds.traces))
      .run();
  return erased;
}

bool Store::commit_of(void (*run)(void*), void* work) {
  try {
    sqlite::Transaction transaction(impl_->db);
    run(work);
    transaction.commit();
  } catch (const sqlite::Error& error) {
    if (error.full()) return false;
    throw;
  }
  try {  // apart: what is committed stands
    if (impl_->db.wal_bytes() > kWalBytes) impl_->db.checkpoint(sqlite::Database::Checkpoint::truncate, 50);
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;
  }
  return true;
}

Checked check(const std::filesystem::path& file, const seal::Key& key) {
  sqlite::Database db(file, sqlite::Database::Mode::read_only);
  Checked checked;
  sqlite::Statement select(db, std::string(kColumns) + "WHERE sealed IS NOT NULL");
  for (sqlite::Rows rows(select); rows.next();) {
    ++checked.open;
    if (!seal::open(key, ad_of(header_of(select)), select.blob(9))) ++checked.damaged;
  }
  return checked;
}

}  // namespace bannette::console::drafts
