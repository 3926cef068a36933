#include "queue/journal/schema.hpp"

#include "queue/codec/state.hpp"
#include "queue/journal/chain.hpp"

namespace bannette::journal {
namespace {

constexpr const char* meta_sql = R"sql(
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  site TEXT NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch >= 0),
  recognition BLOB NOT NULL CHECK (length(recognition) = 16),
  verified_seq INTEGER NOT NULL CHECK (verified_seq >= 0),
  verified_hash BLOB NOT NULL CHECK (length(verified_hash) = 32),
  settled_seq INTEGER NOT NULL DEFAULT 0 CHECK (settled_seq >= 0),
  site_seq INTEGER NOT NULL DEFAULT 0 CHECK (site_seq BETWEEN 0 AND settled_seq)
) STRICT)sql";

// Number 0: a change of the site.
constexpr const char* record_sql = R"sql(CREATE TABLE record (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  number INTEGER NOT NULL CHECK (number >= 0),
  body BLOB NOT NULL,
  sealed BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT)sql";
constexpr const char* guards_sql = R"sql(
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
  BEGIN SELECT RAISE(ABORT, 'records are only appended'); END;
CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
  BEGIN SELECT RAISE(ABORT, 'records are only appended'); END;
)sql";

// The CHECKs say the lifecycle's invariants again (queue/core/lifecycle.hpp); `body`: queue/codec/state.hpp.
constexpr const char* dossier_sql = R"sql( (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7),
  urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 4),
  danger INTEGER NOT NULL CHECK (danger IN (0, 1)),
  fence INTEGER NOT NULL CHECK (fence >= 0),
  arrival_seq INTEGER NOT NULL CHECK (arrival_seq > 0),
  changed_seq INTEGER NOT NULL CHECK (changed_seq >= arrival_seq),
  body BLOB NOT NULL,
  CHECK (danger = 0 OR urgency <= 2),
  CHECK (state NOT IN (2, 3, 5) OR fence > 0)
) STRICT)sql";

// 32 bytes: a secret that the key is derived from; 73: a wrapped key, as version 1 wrote them.
constexpr const char* key_sql = R"sql(CREATE TABLE dossier_key (
  number INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL CHECK (length(wrapped) IN (32, 73))
) STRICT)sql";

constexpr const char* contact_sql = R"sql(
CREATE TABLE contact (
  contact_hash BLOB NOT NULL CHECK (length(contact_hash) = 16),
  number INTEGER NOT NULL,
  PRIMARY KEY (contact_hash, number)
) STRICT, WITHOUT ROWID)sql";

constexpr const char* erasures_sql = R"sql(
CREATE TABLE IF NOT EXISTS erasure (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  mark BLOB NOT NULL CHECK (length(mark) = 16)
) STRICT)sql";

bool has_table(sqlite::Database& db, std::string_view name) {
  sqlite::Statement query(db, "SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?");
  return query.bind_text(1, name).step();
}

std::string name_of(std::uint64_t number) {
  return "dossier n° " + std::to_string(number) + " : ";
}

Dossier read_version_1(const sqlite::Statement& row) {
  Dossier d;
  d.number = row.unsigned_integer(0);
  const auto id = uuid_from_bytes(row.blob(1));
  if (!id) throw Damaged(name_of(d.number) + "l'identifiant n'a pas 16 octets");
  d.id = *id;
  d.bannette = row.text(2);
  d.topic = row.text(3);
  d.urgency = static_cast<Urgency>(row.integer(4));
  d.danger = row.integer(5) != 0;
  d.insee = row.text(6);
  d.arrived_ms = row.integer(7);
  d.deadline_ms = row.integer(8);
  d.arrival_seq = row.unsigned_integer(9);
  d.state = static_cast<State>(row.integer(10));
  d.changed_seq = row.unsigned_integer(11);
  d.changed_ms = row.integer(12);
  d.fence = row.unsigned_integer(13);
  d.holder = row.text(14);
  d.lease_ms = row.integer(15);
  d.lease_until_wall_ms = row.integer(16);
  d.lease_until_boot_ms = row.integer(17);
  d.lease_boot_id = row.unsigned_integer(18);
  if (!row.null(19)) d.outcome = static_cast<Outcome>(row.integer(19));
  return d;
}

}  // namespace

std::optional<Meta> read_meta(sqlite::Database& db) {
  if (!has_table(db, "meta")) return std::nullopt;
  Meta meta;
  sqlite::Statement version(db, "SELECT version FROM meta");
  if (!version.step()) throw Damaged("queue.db : la table meta est vide");
  meta.version = version.integer(0);
  if (meta.version < oldest_version || meta.version > schema_version)
    throw CannotOpen("queue.db est à la version " + std::to_string(meta.version) +
                     " ; ce programme connaît les versions jusqu'à la " + std::to_string(schema_version) +
                     ". Installez la version qui l'a écrit");
  const std::string more = meta.version > 1 ? ",settled_seq,site_seq" : "";
  sqlite::Statement row(db, "SELECT site,epoch,recognition,verified_seq,verified_hash" + more + " FROM meta");
  if (!row.step()) throw Damaged("queue.db : la table meta est vide");
  meta.site = row.text(0);
  meta.epoch = row.unsigned_integer(1);
  meta.recognition = row.blob(2);
  meta.verified.seq = row.unsigned_integer(3);
  const auto hash = hash_from_bytes(row.blob(4));
  if (!hash) throw Damaged("queue.db : la table meta est abîmée");
  meta.verified.hash = *hash;
  if (meta.version > 1) {
    meta.settled_seq = row.unsigned_integer(5);
    meta.site_seq = row.unsigned_integer(6);
  }
  return meta;
}

std::string create_dossier(const std::string& name) {
  return "CREATE TABLE " + name + dossier_sql;
}
std::string create_record() {
  return record_sql;
}
std::string create_dossier_key() {
  return key_sql;
}

void create_schema(sqlite::Database& db, const Meta& meta) {
  db.exec(meta_sql);
  db.exec(record_sql);
  db.exec(guards_sql);
  db.exec(create_dossier("dossier").c_str());
  db.exec(key_sql);
  db.exec(contact_sql);
  sqlite::Statement row(db,
                        "INSERT INTO meta(id,version,site,epoch,recognition,verified_seq,verified_hash) "
                        "VALUES(1,?,?,?,?,?,?)");
  row.bind(1, schema_version)
      .bind_text(2, meta.site)
      .bind_unsigned(3, meta.epoch)
      .bind_blob(4, meta.recognition);
  row.bind_unsigned(5, meta.verified.seq)
      .bind_blob(6, std::span<const std::uint8_t>(meta.verified.hash))
      .run();
}

void make_erasures(sqlite::Database& db) {
  db.exec(erasures_sql);
}

bool has_erasures(sqlite::Database& db) {
  return has_table(db, "erasure");
}

const char* dossier_columns(std::int64_t version) {
  return version > 1
             ? "number,state,urgency,danger,fence,arrival_seq,changed_seq,body"
             : "number,id,bannette,topic,urgency,danger,insee,arrived_ms,deadline_ms,arrival_seq,state,"
               "changed_seq,changed_ms,fence,holder,lease_ms,lease_until_wall_ms,lease_until_boot_ms,"
               "lease_boot_id,outcome";
}

Dossier read_dossier(const sqlite::Statement& row, std::int64_t version) {
  if (version == 1) return read_version_1(row);
  Dossier d;
  d.number = row.unsigned_integer(0);
  d.state = static_cast<State>(row.integer(1));
  d.urgency = static_cast<Urgency>(row.integer(2));
  d.danger = row.integer(3) != 0;
  d.fence = row.unsigned_integer(4);
  d.arrival_seq = row.unsigned_integer(5);
  d.changed_seq = row.unsigned_integer(6);
  try {
    codec::decode_state(row.blob(7), d);
  } catch (const codec::BadRecord& e) {
    if (e.newer) throw CannotOpen(name_of(d.number) + e.what());
    throw Damaged(name_of(d.number) + e.what());
  }
  return d;
}

DossierWriter::DossierWriter(sqlite::Database& db, const std::string& table)
    : put_(db,
           "REPLACE INTO " + table +
               "(number,state,urgency,danger,fence,arrival_seq,changed_seq,body) VALUES(?,?,?,?,?,?,?,?)") {}

void DossierWriter::put(const Dossier& d) {
  codec::encode_state(d, body_);
  put_.bind_unsigned(1, d.number)
      .bind(2, static_cast<std::int64_t>(d.state))
      .bind(3, static_cast<std::int64_t>(d.urgency))
      .bind(4, d.danger ? 1 : 0)
      .bind_unsigned(5, d.fence)
      .bind_unsigned(6, d.arrival_seq)
      .bind_unsigned(7, d.changed_seq)
      .bind_blob(8, body_);
  put_.run();
}

}  // namespace bannette::journal
