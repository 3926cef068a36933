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
  changed_s INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS machines(
  name TEXT PRIMARY KEY CHECK(length(name) BETWEEN 1 AND 64),
  role TEXT NOT NULL CHECK(role IN ('operator','agent','manager','supervisor','admin','auditor')),
  units TEXT NOT NULL,
  digest BLOB NOT NULL UNIQUE CHECK(length(digest) = 32),
  version INTEGER NOT NULL,
  changed_s INTEGER NOT NULL) STRICT;
)sql";

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

Result<void> check_password(const std::string& password) {
  if (password.size() < kPasswordMin)
    return Refusal{Code::malformed, "password", "Le mot de passe doit avoir au moins 8 caractères."};
  if (password.size() > kPasswordMax)
    return Refusal{Code::too_large, "password", "Le mot de passe dépasse 1024 octets."};
  return {};
}

Refusal taken(const char* what, const std::string& name) {
  return {Code::bad_state, "name", std::string(what) + " « " + name + " » existe déjà."};
}

Refusal absent(const char* what, const std::string& name) {
  return {Code::not_found, "name", std::string(what) + " « " + name + " »."};
}

}  // namespace

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
  return {};
}

struct Accounts::Impl {
  explicit Impl(const std::filesystem::path& file) : db(file, sqlite::Database::Mode::create) {}

  sqlite::Database db;
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
    sqlite::Statement people(db, "SELECT name, role, units, version, hash FROM people");
    for (sqlite::Rows rows(people); rows.next();) {
      Account account = account_of(people);
      account.hash = people.text(4);
      all->people.emplace(account.person.name, account);
    }
    sqlite::Statement machines(db, "SELECT name, role, units, version, digest FROM machines");
    for (sqlite::Rows rows(machines); rows.next();) {
      Account account = account_of(machines);
      const std::string_view digest = machines.blob(4);
      if (digest.size() != account.token.size())
        throw std::runtime_error("accounts.db: a token's digest is damaged");
      std::memcpy(account.token.data(), digest.data(), digest.size());
      all->machines.emplace(account.token, account);
    }
    return all;
  }

  static Account account_of(const sqlite::Statement& row) {
    const auto role = parse_role(row.text(1));
    if (!role) throw std::runtime_error("accounts.db: unknown role " + std::string(row.text(1)));
    Account account;
    account.person = {std::string(row.text(0)), *role, split(row.text(2))};
    account.version = row.integer(3);
    return account;
  }

  // Runs a writing statement and tells how many rows it changed; the log is kept short.
  std::int64_t write(sqlite::Statement& statement) {
    statement.run();
    const std::int64_t changed = db.changes();
    kept.reset();
    db.checkpoint(sqlite::Database::Checkpoint::passive);
    return changed;
  }

  // False: the name (or the digest) is taken.
  bool insert(sqlite::Statement& statement) {
    try {
      write(statement);
    } catch (const sqlite::Error& error) {
      constexpr int primary = 0xff;
      if ((error.code & primary) == SQLITE_CONSTRAINT) return false;
      throw;
    }
    return true;
  }
};

Accounts::Accounts(const std::filesystem::path& data) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start: no source of randomness");
  impl_ = std::make_unique<Impl>(data / "accounts.db");
  impl_->db.exec("PRAGMA journal_mode=WAL");
  impl_->db.exec("PRAGMA synchronous=FULL");
  impl_->db.exec(kSchema.data());
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

Result<void> Accounts::add_user(const Person& person, const std::string& password) {
  auto checked = check_person(person);
  if (checked) checked = check_password(password);
  if (!checked) return checked;
  const std::string units = join(person.units);
  const std::string hash = hash_password(password);
  sqlite::Statement row(
      impl_->db, "INSERT INTO people(name, role, units, hash, version, changed_s) VALUES(?,?,?,?,?,?)");
  row.bind_text(1, person.name).bind_text(2, bannette::name(person.role)).bind_text(3, units);
  row.bind_text(4, hash).bind(5, new_version()).bind(6, std::time(nullptr));
  if (!impl_->insert(row)) return taken("Le compte", person.name);
  return {};
}

Result<void> Accounts::set_password(const std::string& name, const std::string& password) {
  auto checked = check_password(password);
  if (!checked) return checked;
  const std::string hash = hash_password(password);
  sqlite::Statement row(impl_->db, "UPDATE people SET hash = ?, version = ?, changed_s = ? WHERE name = ?");
  row.bind_text(1, hash).bind(2, new_version()).bind(3, std::time(nullptr)).bind_text(4, name);
  if (impl_->write(row) == 0) return absent("Aucun compte", name);
  return {};
}

Result<void> Accounts::remove_user(const std::string& name) {
  sqlite::Statement row(impl_->db, "DELETE FROM people WHERE name = ?");
  row.bind_text(1, name);
  if (impl_->write(row) == 0) return absent("Aucun compte", name);
  return {};
}

Result<std::string> Accounts::add_token(const Person& person) {
  if (auto checked = check_person(person); !checked) return checked.error();
  std::string token = "bnt_" + random_secret();
  const std::string units = join(person.units);
  const SecretDigest digest = digest_of(token);
  sqlite::Statement row(
      impl_->db, "INSERT INTO machines(name, role, units, digest, version, changed_s) VALUES(?,?,?,?,?,?)");
  row.bind_text(1, person.name).bind_text(2, bannette::name(person.role)).bind_text(3, units);
  row.bind_blob(4, std::span<const std::uint8_t>(digest)).bind(5, new_version()).bind(6, std::time(nullptr));
  if (!impl_->insert(row)) return taken("Le jeton", person.name);
  return token;
}

Result<void> Accounts::remove_token(const std::string& name) {
  sqlite::Statement row(impl_->db, "DELETE FROM machines WHERE name = ?");
  row.bind_text(1, name);
  if (impl_->write(row) == 0) return absent("Aucun jeton", name);
  return {};
}

}  // namespace bannette::console
