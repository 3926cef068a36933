#include "queue/journal/schema.hpp"

#include <algorithm>

#include "queue/journal/chain.hpp"

namespace bannette::journal {
namespace {

// The CHECKs say the lifecycle's invariants again (queue/core/lifecycle.hpp).
constexpr const char* tables = R"sql(
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  site TEXT NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch >= 0),
  recognition BLOB NOT NULL CHECK (length(recognition) = 16),
  verified_seq INTEGER NOT NULL CHECK (verified_seq >= 0),
  verified_hash BLOB NOT NULL CHECK (length(verified_hash) = 32)
) STRICT;

CREATE TABLE record (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  number INTEGER NOT NULL CHECK (number >= 0),
  body BLOB NOT NULL,
  sealed BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
  BEGIN SELECT RAISE(ABORT, 'records are only appended'); END;
CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record
  BEGIN SELECT RAISE(ABORT, 'records are only appended'); END;

CREATE TABLE dossier (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  id BLOB NOT NULL CHECK (length(id) = 16),
  bannette TEXT NOT NULL,
  topic TEXT NOT NULL,
  urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 4),
  danger INTEGER NOT NULL CHECK (danger IN (0, 1)),
  insee TEXT NOT NULL,
  arrived_ms INTEGER NOT NULL,
  deadline_ms INTEGER NOT NULL,
  arrival_seq INTEGER NOT NULL CHECK (arrival_seq > 0),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  changed_seq INTEGER NOT NULL CHECK (changed_seq >= arrival_seq),
  changed_ms INTEGER NOT NULL,
  fence INTEGER NOT NULL CHECK (fence >= 0),
  holder TEXT NOT NULL,
  lease_ms INTEGER NOT NULL,
  lease_until_wall_ms INTEGER NOT NULL,
  lease_until_boot_ms INTEGER NOT NULL,
  lease_boot_id INTEGER NOT NULL,
  outcome INTEGER CHECK (outcome BETWEEN 1 AND 6),
  CHECK (danger = 0 OR urgency <= 2),
  CHECK ((state = 1) = (holder = '')),
  CHECK (state = 1 OR fence > 0),
  CHECK ((state = 2) = (lease_ms > 0)),
  CHECK (state = 2 OR (lease_until_wall_ms = 0 AND lease_until_boot_ms = 0 AND lease_boot_id = 0)),
  CHECK ((state = 4) = (outcome IS NOT NULL))
) STRICT;

CREATE TABLE dossier_key (
  number INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL CHECK (length(wrapped) = 73)
) STRICT;

CREATE TABLE contact (
  contact_hash BLOB NOT NULL CHECK (length(contact_hash) = 16),
  number INTEGER NOT NULL,
  PRIMARY KEY (contact_hash, number)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* erasures = R"sql(
CREATE TABLE IF NOT EXISTS erasure (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  mark BLOB NOT NULL CHECK (length(mark) = 16)
) STRICT;
)sql";

constexpr const char* insert_sql =
    "INSERT INTO "
    "dossier(number,id,bannette,topic,urgency,danger,insee,arrived_ms,deadline_ms,arrival_seq,state,"
    "changed_seq,changed_ms,fence,holder,lease_ms,lease_until_wall_ms,lease_until_boot_ms,lease_boot_id,"
    "outcome) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)";
constexpr const char* update_sql =
    "UPDATE dossier SET state=?11,changed_seq=?12,changed_ms=?13,fence=?14,holder=?15,lease_ms=?16,"
    "lease_until_wall_ms=?17,lease_until_boot_ms=?18,lease_boot_id=?19,outcome=?20 WHERE number=?1";

void bind_state(sqlite::Statement& to, const Dossier& d) {
  to.bind_unsigned(1, d.number)
      .bind(11, static_cast<std::int64_t>(d.state))
      .bind_unsigned(12, d.changed_seq)
      .bind(13, d.changed_ms)
      .bind_unsigned(14, d.fence)
      .bind_text(15, d.holder)
      .bind(16, d.lease_ms)
      .bind(17, d.lease_until_wall_ms)
      .bind(18, d.lease_until_boot_ms)
      .bind_unsigned(19, d.lease_boot_id);
  if (d.outcome)
    to.bind(20, static_cast<std::int64_t>(*d.outcome));
  else
    to.bind_null(20);
}

bool has_table(sqlite::Database& db, std::string_view name) {
  sqlite::Statement query(db, "SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?");
  return query.bind_text(1, name).step();
}

}  // namespace

std::optional<Meta> read_meta(sqlite::Database& db) {
  if (!has_table(db, "meta")) return std::nullopt;
  sqlite::Statement version(db, "SELECT version FROM meta");
  if (!version.step()) throw Damaged("queue.db : la table meta est vide");
  if (version.integer(0) != schema_version)
    throw CannotOpen("queue.db est à la version " + std::to_string(version.integer(0)) +
                     " ; ce programme connaît la " + std::to_string(schema_version) +
                     ". Installez la version qui l'a écrit");
  sqlite::Statement row(db, "SELECT site,epoch,recognition,verified_seq,verified_hash FROM meta");
  if (!row.step()) throw Damaged("queue.db : la table meta est vide");
  Meta meta;
  meta.site = row.text(0);
  meta.epoch = row.unsigned_integer(1);
  meta.recognition = row.blob(2);
  meta.verified.seq = row.unsigned_integer(3);
  const auto hash = hash_from_bytes(row.blob(4));
  if (!hash) throw Damaged("queue.db : la table meta est abîmée");
  meta.verified.hash = *hash;
  return meta;
}

void create_schema(sqlite::Database& db, const Meta& meta) {
  db.exec(tables);
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
  db.exec(erasures);
}

bool has_erasures(sqlite::Database& db) {
  return has_table(db, "erasure");
}

Dossier read_dossier(const sqlite::Statement& row) {
  Dossier d;
  d.number = row.unsigned_integer(0);
  const auto id = uuid_from_bytes(row.blob(1));
  if (!id) throw Damaged("dossier n° " + std::to_string(d.number) + " : l'identifiant n'a pas 16 octets");
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

DossierWriter::DossierWriter(sqlite::Database& db)
    : db_(db), insert_(db, insert_sql), update_(db, update_sql) {}

void DossierWriter::insert(const Dossier& d) {
  insert_.bind_blob(2, std::span<const std::uint8_t>(d.id.bytes))
      .bind_text(3, d.bannette)
      .bind_text(4, d.topic)
      .bind(5, static_cast<std::int64_t>(d.urgency))
      .bind(6, d.danger ? 1 : 0)
      .bind_text(7, d.insee)
      .bind(8, d.arrived_ms)
      .bind(9, d.deadline_ms)
      .bind_unsigned(10, d.arrival_seq);
  bind_state(insert_, d);
  insert_.run();
}

bool DossierWriter::update(const Dossier& d) {
  bind_state(update_, d);
  update_.run();
  return db_.changes() == 1;
}

}  // namespace bannette::journal
