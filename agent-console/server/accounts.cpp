#include "agent-console/server/accounts.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <optional>
#include <span>
#include <stdexcept>

#include <sodium.h>
#include <sqlite3.h>

#include "queue/core/limits.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::console {
namespace {

constexpr std::string_view kSchema = R"sql(
CREATE TABLE IF NOT EXISTS people(
  name TEXT PRIMARY KEY CHECK(length(name) BETWEEN 1 AND 64),
  role TEXT NOT NULL CHECK(role IN ('operator','agent','manager','supervisor','admin','auditor')),
  units TEXT NOT NULL,
  hash TEXT NOT NULL CHECK(hash LIKE '$argon2id$%'),
  version INTEGER NOT NULL,
  changed_s INTEGER NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK(disabled IN (0, 1)),
  restricted INTEGER NOT NULL DEFAULT 0 CHECK(restricted IN (0, 1))) STRICT;
CREATE TABLE IF NOT EXISTS machines(
  name TEXT PRIMARY KEY CHECK(length(name) BETWEEN 1 AND 64),
  role TEXT NOT NULL CHECK(role IN ('operator','agent','manager','supervisor','admin','auditor')),
  units TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE CHECK(length(digest) = 32),
  version INTEGER NOT NULL,
  changed_s INTEGER NOT NULL,
  restricted INTEGER NOT NULL DEFAULT 0 CHECK(restricted IN (0, 1))) STRICT;
CREATE TABLE IF NOT EXISTS pbxs(
  name TEXT PRIMARY KEY CHECK(length(name) BETWEEN 1 AND 64),
  pbx TEXT NOT NULL CHECK(length(pbx) BETWEEN 1 AND 64),
  digest BLOB NOT NULL UNIQUE CHECK(length(digest) = 32),
  changed_s INTEGER NOT NULL) STRICT;
)sql";

// What a file of an earlier version has not got yet.
struct Column {
  const char* table;
  const char* name;
  const char* definition;
};
constexpr Column kLaterColumns[]{
    {"people", "disabled", "INTEGER NOT NULL DEFAULT 0 CHECK(disabled IN (0, 1))"},
    // The right to restricted topics: nobody of an earlier version has it.
    {"people", "restricted", "INTEGER NOT NULL DEFAULT 0 CHECK(restricted IN (0, 1))"},
    {"machines", "restricted", "INTEGER NOT NULL DEFAULT 0 CHECK(restricted IN (0, 1))"}};

void add_later_columns(sqlite::Database& db) {
  sqlite::Transaction whole(db);  // another process may be at it
  for (const Column& column : kLaterColumns) {
    sqlite::Statement there(db, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    there.bind_text(1, column.table).bind_text(2, column.name);
    if (sqlite::Rows rows(there); rows.next()) continue;
    const std::string add = std::string("ALTER TABLE ") + column.table + " ADD COLUMN " + column.name + " ";
    db.exec((add + column.definition).c_str());
  }
  whole.commit();
}

std::string join(const std::vector<std::string>& units) {
  std::string all;
  for (const auto& unit : units) all += (all.empty() ? "" : " ") + unit;
  return all;
}

std::vector<std::string> split(std::string_view all) {
  std::vector<std::string> units;
  while (!all.empty()) {
    const auto end = std::min(all.find(' '), all.size());
    if (end > 0) units.emplace_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return units;
}

std::int64_t new_version() {
  std::int64_t version = 0;
  randombytes_buf(&version, sizeof version);
  return version;
}

bool all_of(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           also.find(c) != std::string_view::npos;
  });
}

Refusal taken(const std::string& name) {
  return {Code::bad_state, "name", "Le nom « " + name + " » existe déjà : un compte ou un jeton le porte."};
}

// To the insertion of a row, whose name is ?1: whom a line of the history or of the audit names must not
// depend on where it is.
std::string if_free(std::string_view insertion) {
  const std::string held = "(SELECT 1 FROM ", is = " WHERE name = ?1)";
  return std::string(insertion) + " WHERE NOT EXISTS" + held + "people" + is + " AND NOT EXISTS" + held +
         "machines" + is + " AND NOT EXISTS" + held + "pbxs" + is;
}

Refusal absent(const char* what, const std::string& name) {
  return {Code::not_found, "name", std::string(what) + " « " + name + " »."};
}

std::string rights_of(const Person& person) {
  return std::string("rôle ") + std::string(bannette::name(person.role)) +
         (person.units.empty() ? "" : ", unités " + join(person.units)) +
         (person.restricted ? ", habilité" : "");
}

}  // namespace

Result<void> check_password(const std::string& password) {
  if (password.size() < kPasswordMin)
    return Refusal{Code::malformed, "password", "Le mot de passe doit avoir au moins 8 caractères."};
  if (password.size() > kPasswordMax)
    return Refusal{Code::too_large, "password", "Le mot de passe dépasse 1024 octets."};
  return {};
}

Result<PasswordHash> hash_new_password(const std::string& password) {
  if (auto checked = check_password(password); !checked) return checked.error();
  return PasswordHash{hash_password(password)};
}

Result<void> check_person(const Person& person) {
  if (person.name.empty() || person.name.size() > limits::code || !all_of(person.name, "._@-")) {
    return Refusal{
        Code::malformed, "name",
        "Le nom doit avoir de 1 à 64 lettres sans accent, chiffres, points, tirets, « _ » ou « @ »."};
  }
  if (person.units.size() > limits::actor_units)
    return Refusal{Code::too_large, "unit", "Au plus 16 unités par compte."};
  for (const auto& unit : person.units) {
    if (unit.empty() || unit.size() > limits::code || !all_of(unit, "._:-")) {
      return Refusal{Code::malformed, "unit", "« " + unit + " » n’est pas un code d’unité."};
    }
  }
  if ((person.role == Role::agent || person.role == Role::manager) && person.units.empty()) {
    return Refusal{Code::missing, "unit", "Ce rôle a besoin d’au moins une unité (--unit)."};
  }
  if (person.restricted && person.role != Role::agent) {
    return Refusal{
        Code::malformed, "restricted",
        "L’habilitation aux demandes confidentielles est celle d’un agent : un responsable l’a d’office, "
        "les autres rôles ne les lisent pas."};
  }
  return {};
}

struct Accounts::Impl {
  explicit Impl(const std::filesystem::path& file) : db(file, sqlite::Database::Mode::create) {}

  sqlite::Database db;
  std::optional<Audit> audit;
  std::optional<sqlite::Statement> data_version;  // tells whether another connection has written
  std::int64_t seen = -1;
  std::shared_ptr<const Register> kept;

  std::int64_t data_version_now() {
    sqlite::Rows rows(*data_version);
    return rows.next() ? data_version->integer(0) : -1;
  }

  std::shared_ptr<const Register> read() {
    auto all = std::make_shared<Register>();
    sqlite::Transaction snapshot(db, sqlite::Transaction::Kind::read);
    sqlite::Statement people(
        db, "SELECT name, role, units, version, changed_s, restricted, hash, disabled FROM people");
    for (sqlite::Rows rows(people); rows.next();) {
      Account account = account_of(people);
      account.hash = people.text(6);
      account.disabled = people.integer(7) != 0;
      all->people.emplace(account.person.name, account);
    }
    sqlite::Statement machines(
        db, "SELECT name, role, units, version, changed_s, restricted, digest FROM machines");
    for (sqlite::Rows rows(machines); rows.next();) {
      Account account = account_of(machines);
      account.token = digest_in(machines, 6);
      all->machines.emplace(account.token, account);
    }
    sqlite::Statement pbxs(db, "SELECT name, pbx, changed_s, digest FROM pbxs");
    for (sqlite::Rows rows(pbxs); rows.next();)
      all->pbxs.emplace(digest_in(pbxs, 3),
                        PbxToken{std::string(pbxs.text(0)), std::string(pbxs.text(1)), pbxs.integer(2)});
    return all;
  }

  static SecretDigest digest_in(const sqlite::Statement& row, int column) {
    SecretDigest token{};
    const std::string_view digest = row.blob(column);
    if (digest.size() != token.size()) throw std::runtime_error("accounts.db: a token's digest is damaged");
    std::memcpy(token.data(), digest.data(), digest.size());
    return token;
  }

  static Account account_of(const sqlite::Statement& row) {
    const auto role = parse_role(row.text(1));
    if (!role) throw std::runtime_error("accounts.db: unknown role " + std::string(row.text(1)));
    Account account;
    account.person = {std::string(row.text(0)), *role, split(row.text(2)), row.integer(5) != 0};
    account.version = row.integer(3);
    account.changed_s = row.integer(4);
    return account;
  }

  // Runs a writing statement and, where it changed a row, puts down who did it: both or neither. The log is
  // kept short. False: no row was there, or the name (or the digest) is taken.
  bool write(sqlite::Statement& statement, const AuditEntry& entry) {
    sqlite::Transaction both(db);
    try {
      statement.run();
    } catch (const sqlite::Error& error) {
      constexpr int primary = 0xff;
      if ((error.code & primary) == SQLITE_CONSTRAINT) return false;
      throw;
    }
    if (db.changes() == 0) return false;
    audit->append(entry);
    both.commit();
    kept.reset();
    db.checkpoint(sqlite::Database::Checkpoint::passive);
    return true;
  }
};

Accounts::Accounts(const std::filesystem::path& data) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start: no source of randomness");
  impl_ = std::make_unique<Impl>(data / "accounts.db");
  impl_->db.exec("PRAGMA journal_mode=WAL");
  impl_->db.exec("PRAGMA synchronous=FULL");
  impl_->db.exec(kSchema.data());
  add_later_columns(impl_->db);
  impl_->audit.emplace(impl_->db);
  impl_->data_version.emplace(impl_->db, "PRAGMA data_version");
}

Accounts::~Accounts() = default;

std::shared_ptr<const Register> Accounts::current() {
  const std::int64_t now = impl_->data_version_now();
  if (now != impl_->seen || !impl_->kept) {
    impl_->kept = impl_->read();
    impl_->seen = now;
  }
  return impl_->kept;
}

Audit& Accounts::audit() {
  return *impl_->audit;
}

Result<void> Accounts::add_user(const Person& person, const PasswordHash& hash, const Author& by) {
  if (auto checked = check_person(person); !checked) return checked;
  const std::string units = join(person.units);
  sqlite::Statement row(impl_->db,
                        if_free("INSERT INTO people(name, role, units, hash, version, changed_s, restricted) "
                                "SELECT ?1,?2,?3,?4,?5,?6,?7"));
  row.bind_text(1, person.name).bind_text(2, bannette::name(person.role)).bind_text(3, units);
  row.bind_text(4, hash.text)
      .bind(5, new_version())
      .bind(6, std::time(nullptr))
      .bind(7, person.restricted ? 1 : 0);
  if (!impl_->write(row,
                    {.act = "account_added", .by = by, .subject = person.name, .detail = rights_of(person)}))
    return taken(person.name);
  return {};
}

Result<void> Accounts::change_user(const Person& person, bool disabled, const Author& by) {
  if (auto checked = check_person(person); !checked) return checked;
  const std::string units = join(person.units);
  sqlite::Statement row(impl_->db,
                        "UPDATE people SET role = ?, units = ?, disabled = ?, version = ?, changed_s = ?, "
                        "restricted = ? WHERE name = ?");
  row.bind_text(1, bannette::name(person.role)).bind_text(2, units).bind(3, disabled ? 1 : 0);
  row.bind(4, new_version()).bind(5, std::time(nullptr)).bind(6, person.restricted ? 1 : 0);
  row.bind_text(7, person.name);
  const std::string detail = rights_of(person) + (disabled ? ", désactivé" : "");
  if (!impl_->write(row, {.act = "account_changed", .by = by, .subject = person.name, .detail = detail}))
    return absent("Aucun compte", person.name);
  return {};
}

Result<void> Accounts::set_password(const std::string& name, const PasswordHash& hash, const Author& by) {
  sqlite::Statement row(impl_->db, "UPDATE people SET hash = ?, version = ?, changed_s = ? WHERE name = ?");
  row.bind_text(1, hash.text).bind(2, new_version()).bind(3, std::time(nullptr)).bind_text(4, name);
  if (!impl_->write(row, {.act = "password_reset", .by = by, .subject = name}))
    return absent("Aucun compte", name);
  return {};
}

Result<void> Accounts::set_own_password(const std::string& name, std::int64_t version,
                                        const PasswordHash& hash, const Author& by) {
  sqlite::Statement row(
      impl_->db, "UPDATE people SET hash = ?, version = ?, changed_s = ? WHERE name = ? AND version = ?");
  row.bind_text(1, hash.text).bind(2, new_version()).bind(3, std::time(nullptr)).bind_text(4, name);
  row.bind(5, version);
  if (!impl_->write(row, {.act = "password_changed", .by = by, .subject = name}))
    return Refusal{Code::bad_state, "", "Ce compte vient d’être modifié : reconnectez-vous."};
  return {};
}

Result<void> Accounts::remove_user(const std::string& name, const Author& by) {
  sqlite::Statement row(impl_->db, "DELETE FROM people WHERE name = ?");
  row.bind_text(1, name);
  if (!impl_->write(row, {.act = "account_removed", .by = by, .subject = name}))
    return absent("Aucun compte", name);
  return {};
}

Result<std::string> Accounts::add_token(const Person& person, const Author& by) {
  if (auto checked = check_person(person); !checked) return checked.error();
  std::string token = "bnt_" + random_secret();
  const std::string units = join(person.units);
  const SecretDigest digest = digest_of(token);
  sqlite::Statement row(impl_->db,
                        if_free("INSERT INTO machines(name, role, units, digest, version, changed_s, "
                                "restricted) SELECT ?1,?2,?3,?4,?5,?6,?7"));
  row.bind_text(1, person.name).bind_text(2, bannette::name(person.role)).bind_text(3, units);
  row.bind_blob(4, std::span<const std::uint8_t>(digest)).bind(5, new_version()).bind(6, std::time(nullptr));
  row.bind(7, person.restricted ? 1 : 0);
  if (!impl_->write(row,
                    {.act = "token_added", .by = by, .subject = person.name, .detail = rights_of(person)}))
    return taken(person.name);
  return token;
}

Result<std::string> Accounts::add_pbx_token(const std::string& name, const std::string& pbx,
                                            const Author& by) {
  if (auto checked = check_person({name, Role::operator_, {}}); !checked) return checked.error();
  if (pbx.empty() || pbx.size() > limits::code || !all_of(pbx, "._-"))
    return Refusal{Code::malformed, "pbx", "« " + pbx + " » n’est pas un code d’autocommutateur."};
  std::string token = "bnt_" + random_secret();
  const SecretDigest digest = digest_of(token);
  sqlite::Statement row(impl_->db,
                        if_free("INSERT INTO pbxs(name, pbx, digest, changed_s) SELECT ?1,?2,?3,?4"));
  row.bind_text(1, name).bind_text(2, pbx).bind_blob(3, std::span<const std::uint8_t>(digest));
  row.bind(4, std::time(nullptr));
  if (!impl_->write(row, {.act = "token_added", .by = by, .subject = name, .detail = "pbx " + pbx}))
    return taken(name);
  return token;
}

Result<void> Accounts::remove_token(const std::string& name, const Author& by) {
  bool removed = false;
  for (const char* sql : {"DELETE FROM machines WHERE name = ?", "DELETE FROM pbxs WHERE name = ?"}) {
    sqlite::Statement row(impl_->db, sql);
    row.bind_text(1, name);
    removed |= impl_->write(row, {.act = "token_removed", .by = by, .subject = name});
  }
  if (!removed) return absent("Aucun jeton", name);
  return {};
}

}  // namespace bannette::console
