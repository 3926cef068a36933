#include "agent-console/webhooks/store.hpp"

#include <algorithm>

#include <sqlite3.h>

#include "queue/journal/sqlite.hpp"

namespace bannette::console::webhook {
namespace {

constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS endpoint(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK(length(name) BETWEEN 1 AND 64),
  url TEXT NOT NULL,
  secrets BLOB NOT NULL,
  insecure INTEGER NOT NULL CHECK(insecure IN (0, 1)),
  enabled INTEGER NOT NULL CHECK(enabled IN (0, 1)),
  start_seq INTEGER NOT NULL CHECK(start_seq >= 0)) STRICT;
CREATE TABLE IF NOT EXISTS wish(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  endpoint INTEGER NOT NULL,
  from_seq INTEGER CHECK(from_seq >= 0)) STRICT;
CREATE TABLE IF NOT EXISTS progress(
  endpoint INTEGER PRIMARY KEY,
  cursor_seq INTEGER NOT NULL CHECK(cursor_seq >= 0),
  sent INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  last_ok_ms INTEGER NOT NULL,
  last_error TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS delivery(
  endpoint INTEGER NOT NULL,
  seq INTEGER NOT NULL CHECK(seq > 0),
  event_id TEXT NOT NULL CHECK(length(event_id) > 0),
  body TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL CHECK(attempts >= 0),
  status INTEGER NOT NULL,
  error TEXT NOT NULL,
  parked INTEGER NOT NULL CHECK(parked IN (0, 1)),
  PRIMARY KEY(endpoint, seq)) STRICT, WITHOUT ROWID;
)sql";

constexpr std::int64_t kWalBytes = 4 * 1024 * 1024;

std::string ad_of(const std::string& name) {
  return "bannette webhook 1 " + name;
}

std::string joined(const std::vector<std::string>& secrets) {
  std::string all;
  for (const auto& each : secrets) all += (all.empty() ? "" : " ") + each;
  return all;
}

std::vector<std::string> split(std::string_view all) {
  std::vector<std::string> parts;
  while (!all.empty()) {
    const auto end = std::min(all.find(' '), all.size());
    if (end > 0) parts.emplace_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return parts;
}

Refusal unknown(const std::string& name) {
  return {Code::not_found, "name", "Pas de destinataire « " + name + " »."};
}

}  // namespace

bool is_endpoint_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

struct Store::Impl {
  Impl(const std::filesystem::path& file, const seal::Key& its_key)
      : db(file, sqlite::Database::Mode::create), key(its_key) {
    db.make_durable();
    db.exec(kSchema);
  }

  sqlite::Database db;
  seal::Key key;
  std::int64_t seen = -1;

  template <class Work>
  Result<void> durably(Work&& work) {
    try {
      sqlite::Transaction transaction(db);
      Result<void> done = work();
      if (done.has_error()) return done;  // rolled back
      transaction.commit();
    } catch (const sqlite::Error& error) {
      if (error.full()) return Refusal{Code::disk_full, "", "Le disque est plein : rien n'a été enregistré."};
      if ((error.code & 0xff) == SQLITE_BUSY)
        return Refusal{Code::busy, "", "webhooks.db est occupé par une autre commande : recommencez."};
      throw;
    }
    try {  // apart: what is committed stands
      if (db.wal_bytes() > kWalBytes) db.checkpoint(sqlite::Database::Checkpoint::truncate, 50);
    } catch (const sqlite::Error& error) {
      if (!error.full()) throw;
    }
    return {};
  }

  template <class Bind>
  Result<void> change_one(const char* sql, const std::string& name, Bind&& bind) {
    return durably([&]() -> Result<void> {
      sqlite::Statement update(db, sql);
      update.bind_text(1, name);
      bind(update);
      update.run();
      if (db.changes() == 0) return unknown(name);
      return {};
    });
  }
  void keep(std::int64_t endpoint, const Delivery& each);
};

Store::Store(const std::filesystem::path& file, const seal::Key& key)
    : impl_(std::make_unique<Impl>(file, key)) {}
Store::~Store() = default;

std::vector<Endpoint> Store::endpoints() {
  std::vector<Endpoint> all;
  sqlite::Statement select(
      impl_->db, "SELECT id,name,url,secrets,insecure,enabled,start_seq FROM endpoint ORDER BY name");
  for (sqlite::Rows rows(select); rows.next();) {
    Endpoint one;
    one.id = select.integer(0);
    one.name = select.text(1);
    one.url = select.text(2);
    if (auto opened = seal::open(impl_->key, ad_of(one.name), select.blob(3))) {
      one.secrets = split(*opened);
      seal::wipe(*opened);
    }
    one.insecure = select.integer(4) != 0;
    one.enabled = select.integer(5) != 0;
    one.start_seq = select.unsigned_integer(6);
    all.push_back(std::move(one));
  }
  return all;
}

Result<void> Store::add(const Endpoint& endpoint) {
  if (!is_endpoint_name(endpoint.name))
    return Refusal{Code::malformed, "name",
                   "Le nom a de 1 à 64 lettres minuscules sans accent, chiffres et tirets."};
  return impl_->durably([&]() -> Result<void> {
    sqlite::Statement count(impl_->db, "SELECT count(*), count(*) FILTER (WHERE name = ?1) FROM endpoint");
    {
      sqlite::Rows rows(count.bind_text(1, endpoint.name));
      rows.next();
      if (count.integer(1) > 0)
        return Refusal{Code::bad_state, "name", "Le destinataire « " + endpoint.name + " » existe déjà."};
      if (count.integer(0) >= static_cast<std::int64_t>(endpoints_most))
        return Refusal{Code::too_large, "name", "32 destinataires au plus."};
    }
    const std::string sealed = seal::seal(impl_->key, ad_of(endpoint.name), joined(endpoint.secrets));
    sqlite::Statement insert(
        impl_->db, "INSERT INTO endpoint(name,url,secrets,insecure,enabled,start_seq) VALUES(?,?,?,?,?,?)");
    insert.bind_text(1, endpoint.name).bind_text(2, endpoint.url).bind_blob(3, std::string_view(sealed));
    insert.bind(4, endpoint.insecure ? 1 : 0).bind(5, endpoint.enabled ? 1 : 0);
    insert.bind_unsigned(6, endpoint.start_seq).run();
    return {};
  });
}

Result<void> Store::remove(const std::string& name) {
  return impl_->change_one("DELETE FROM endpoint WHERE name=?1", name, [](sqlite::Statement&) {});
}

Result<void> Store::set_enabled(const std::string& name, bool enabled) {
  return impl_->change_one("UPDATE endpoint SET enabled=?2 WHERE name=?1", name,
                           [&](sqlite::Statement& update) { update.bind(2, enabled ? 1 : 0); });
}

Result<void> Store::set_secrets(const std::string& name, const std::vector<std::string>& secrets) {
  const std::string sealed = seal::seal(impl_->key, ad_of(name), joined(secrets));
  return impl_->change_one("UPDATE endpoint SET secrets=?2 WHERE name=?1", name,
                           [&](sqlite::Statement& update) { update.bind_blob(2, std::string_view(sealed)); });
}

Result<void> Store::wish(const std::string& name, std::optional<std::uint64_t> from_seq) {
  return impl_->change_one("INSERT INTO wish(endpoint,from_seq) SELECT id,?2 FROM endpoint WHERE name=?1",
                           name, [&](sqlite::Statement& insert) {
                             if (from_seq)
                               insert.bind_unsigned(2, *from_seq);
                             else
                               insert.bind_null(2);
                           });
}

bool Store::changed() {
  sqlite::Statement version(impl_->db, "PRAGMA data_version");
  sqlite::Rows rows(version);
  if (!rows.next() || version.integer(0) == impl_->seen) return false;
  impl_->seen = version.integer(0);
  return true;
}

std::vector<Wish> Store::wishes() {
  std::vector<Wish> all;
  sqlite::Statement select(impl_->db, "SELECT id,endpoint,from_seq FROM wish ORDER BY id");
  for (sqlite::Rows rows(select); rows.next();) {
    Wish one{select.integer(0), select.integer(1), std::nullopt};
    if (!select.null(2)) one.from_seq = select.unsigned_integer(2);
    all.push_back(one);
  }
  return all;
}

Result<void> Store::forget_removed() {
  return impl_->durably([&]() -> Result<void> {
    for (const char* sql : {"DELETE FROM progress WHERE endpoint NOT IN (SELECT id FROM endpoint)",
                            "DELETE FROM delivery WHERE endpoint NOT IN (SELECT id FROM endpoint)",
                            "DELETE FROM wish WHERE endpoint NOT IN (SELECT id FROM endpoint)"})
      impl_->db.exec(sql);
    return {};
  });
}

Store::Kept Store::load(const Endpoint& endpoint) {
  Kept kept;
  kept.progress.cursor_seq = endpoint.start_seq;
  const sqlite::Transaction snapshot(impl_->db, sqlite::Transaction::Kind::read);
  sqlite::Statement progress(
      impl_->db, "SELECT cursor_seq,sent,failures,last_ok_ms,last_error FROM progress WHERE endpoint=?1");
  if (sqlite::Rows rows(progress.bind(1, endpoint.id)); rows.next()) {
    kept.progress.cursor_seq = progress.unsigned_integer(0);
    kept.progress.sent = progress.unsigned_integer(1);
    kept.progress.failures = progress.unsigned_integer(2);
    kept.progress.last_ok_ms = progress.integer(3);
    kept.progress.last_error = progress.text(4);
  }
  sqlite::Statement select(impl_->db,
                           "SELECT seq,event_id,body,at_ms,attempts,status,error,parked FROM delivery"
                           " WHERE endpoint=?1 ORDER BY seq");
  for (sqlite::Rows rows(select.bind(1, endpoint.id)); rows.next();) {
    Delivery one;
    one.seq = select.unsigned_integer(0);
    one.id = select.text(1);
    one.body = select.text(2);
    one.at_ms = select.integer(3);
    one.attempts = static_cast<std::uint32_t>(select.integer(4));
    one.status = static_cast<int>(select.integer(5));
    one.error = select.text(6);
    one.parked = select.integer(7) != 0;
    kept.deliveries.push_back(std::move(one));
  }
  return kept;
}

void Store::Impl::keep(std::int64_t endpoint, const Delivery& each) {
  sqlite::Statement put(
      db,
      "INSERT OR REPLACE INTO delivery(endpoint,seq,event_id,body,at_ms,attempts,status,error,"
      "parked) VALUES(?,?,?,?,?,?,?,?,?)");
  put.bind(1, endpoint).bind_unsigned(2, each.seq).bind_text(3, each.id).bind_text(4, each.body);
  put.bind(5, each.at_ms).bind(6, each.attempts).bind(7, each.status).bind_text(8, each.error);
  put.bind(9, each.parked ? 1 : 0).run();
}

Result<void> Store::save(const Change& change) {
  return impl_->durably([&]() -> Result<void> {
    const Progress& now = change.progress;
    sqlite::Statement progress(impl_->db,
                               "INSERT OR REPLACE INTO progress(endpoint,cursor_seq,sent,failures,last_ok_ms,"
                               "last_error) VALUES(?,?,?,?,?,?)");
    progress.bind(1, change.endpoint).bind_unsigned(2, now.cursor_seq).bind_unsigned(3, now.sent);
    progress.bind_unsigned(4, now.failures).bind(5, now.last_ok_ms).bind_text(6, now.last_error).run();
    sqlite::Statement remove(impl_->db, "DELETE FROM delivery WHERE endpoint=?1 AND seq=?2");
    for (const std::uint64_t seq : change.gone) remove.bind(1, change.endpoint).bind_unsigned(2, seq).run();
    for (const auto& each : change.kept) impl_->keep(change.endpoint, each);
    sqlite::Statement done(impl_->db, "DELETE FROM wish WHERE id=?1");
    for (const std::int64_t id : change.wishes_done) done.bind(1, id).run();
    return {};
  });
}

}  // namespace bannette::console::webhook
