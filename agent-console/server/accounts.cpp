#include "agent-console/server/accounts.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <sodium.h>
#include <sqlite3.h>

#include "queue/core/limits.hpp"

namespace bannette::console {
namespace {

constexpr int kBusy_ms = 3'000;
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

[[noreturn]] void fail(sqlite3* db, const std::string& what) {
  throw std::runtime_error("accounts.db: " + what + ": " + (db ? sqlite3_errmsg(db) : "no memory"));
}

class Statement {
 public:
  Statement(sqlite3* db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql, -1, &it_, nullptr) != SQLITE_OK) fail(db, sql);
  }
  ~Statement() { sqlite3_finalize(it_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& text(int at, std::string_view value) {
    if (sqlite3_bind_text(it_, at, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT) !=
        SQLITE_OK)
      fail(db_, "bind");
    return *this;
  }
  Statement& number(int at, std::int64_t value) {
    if (sqlite3_bind_int64(it_, at, value) != SQLITE_OK) fail(db_, "bind");
    return *this;
  }
  Statement& bytes(int at, const SecretDigest& value) {
    if (sqlite3_bind_blob(it_, at, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT) !=
        SQLITE_OK)
      fail(db_, "bind");
    return *this;
  }
  bool step() {
    const int code = sqlite3_step(it_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(db_, "step");
    return code == SQLITE_ROW;
  }
  // False where a row with this name (or digest) exists.
  bool insert() {
    const int code = sqlite3_step(it_);
    if (code == SQLITE_CONSTRAINT) return false;
    if (code != SQLITE_DONE) fail(db_, "insert");
    return true;
  }
  [[nodiscard]] std::string_view column(int at) const {
    const void* data = sqlite3_column_blob(it_, at);
    return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(it_, at))};
  }
  [[nodiscard]] std::int64_t integer(int at) const { return sqlite3_column_int64(it_, at); }
  void reset() { sqlite3_reset(it_); }

 private:
  sqlite3* db_;
  sqlite3_stmt* it_ = nullptr;
};

void run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db, sql);
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

Result<void> check_password(const std::string& password) {
  if (password.size() < kPasswordMin)
    return Refusal{Code::malformed, "password", "Le mot de passe doit avoir au moins 8 caractères."};
  if (password.size() > kPasswordMax)
    return Refusal{Code::too_large, "password", "Le mot de passe dépasse 1024 octets."};
  return {};
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
  sqlite3* db = nullptr;
  std::unique_ptr<Statement> data_version;
  std::int64_t seen = -1;
  std::shared_ptr<const Register> kept;

  ~Impl() {
    data_version.reset();
    sqlite3_close(db);
  }

  std::shared_ptr<const Register> read() const {
    auto all = std::make_shared<Register>();
    for (Statement row(db, "SELECT name, role, units, version, hash FROM people"); row.step();) {
      Account account = account_of(row);
      account.hash = row.column(4);
      all->people.emplace(account.person.name, account);
    }
    for (Statement row(db, "SELECT name, role, units, version, digest FROM machines"); row.step();) {
      Account account = account_of(row);
      const auto digest = row.column(4);
      if (digest.size() == account.token.size())
        std::memcpy(account.token.data(), digest.data(), digest.size());
      all->machines.emplace(account.token, account);
    }
    return all;
  }

  static Account account_of(const Statement& row) {
    const auto role = parse_role(row.column(1));
    if (!role) throw std::runtime_error("accounts.db: unknown role " + std::string(row.column(1)));
    Account account;
    account.person = {std::string(row.column(0)), *role, split(row.column(2))};
    account.version = row.integer(3);
    return account;
  }

  // True: a row was changed.
  bool changed() const { return sqlite3_changes(db) > 0; }
};

Accounts::Accounts(const std::filesystem::path& data) : impl_(std::make_unique<Impl>()) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start: no source of randomness");
  const std::string path = (data / "accounts.db").string();
  // SQLite gives the log files the mode of the database.
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error(path + ": " + std::generic_category().message(errno));
  ::close(file);
  if (sqlite3_open_v2(path.c_str(), &impl_->db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
    fail(impl_->db, path);
  sqlite3_busy_timeout(impl_->db, kBusy_ms);
  run(impl_->db, "PRAGMA journal_mode=WAL");
  run(impl_->db, "PRAGMA synchronous=FULL");
  run(impl_->db, kSchema.data());
  impl_->data_version = std::make_unique<Statement>(impl_->db, "PRAGMA data_version");
}

Accounts::~Accounts() = default;

std::shared_ptr<const Register> Accounts::current() {
  impl_->data_version->step();
  const std::int64_t now = impl_->data_version->integer(0);
  impl_->data_version->reset();
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
  Statement row(impl_->db,
                "INSERT INTO people(name, role, units, hash, version, changed_s) VALUES(?,?,?,?,?,?)");
  row.text(1, person.name).text(2, bannette::name(person.role)).text(3, join(person.units));
  row.text(4, hash_password(password)).number(5, new_version()).number(6, std::time(nullptr));
  if (!row.insert())
    return Refusal{Code::bad_state, "name", "Le compte « " + person.name + " » existe déjà."};
  impl_->kept.reset();
  return {};
}

Result<void> Accounts::set_password(const std::string& name, const std::string& password) {
  auto checked = check_password(password);
  if (!checked) return checked;
  Statement row(impl_->db, "UPDATE people SET hash = ?, version = ?, changed_s = ? WHERE name = ?");
  row.text(1, hash_password(password)).number(2, new_version()).number(3, std::time(nullptr)).text(4, name);
  row.step();
  if (!impl_->changed()) return Refusal{Code::not_found, "name", "Aucun compte « " + name + " »."};
  impl_->kept.reset();
  return {};
}

Result<void> Accounts::remove_user(const std::string& name) {
  Statement row(impl_->db, "DELETE FROM people WHERE name = ?");
  row.text(1, name).step();
  if (!impl_->changed()) return Refusal{Code::not_found, "name", "Aucun compte « " + name + " »."};
  impl_->kept.reset();
  return {};
}

Result<std::string> Accounts::add_token(const Person& person) {
  if (auto checked = check_person(person); !checked) return checked.error();
  std::string token = "bnt_" + random_secret();
  Statement row(impl_->db,
                "INSERT INTO machines(name, role, units, digest, version, changed_s) VALUES(?,?,?,?,?,?)");
  row.text(1, person.name).text(2, bannette::name(person.role)).text(3, join(person.units));
  row.bytes(4, digest_of(token)).number(5, new_version()).number(6, std::time(nullptr));
  if (!row.insert()) return Refusal{Code::bad_state, "name", "Le jeton « " + person.name + " » existe déjà."};
  impl_->kept.reset();
  return token;
}

Result<void> Accounts::remove_token(const std::string& name) {
  Statement row(impl_->db, "DELETE FROM machines WHERE name = ?");
  row.text(1, name).step();
  if (!impl_->changed()) return Refusal{Code::not_found, "name", "Aucun jeton « " + name + " »."};
  impl_->kept.reset();
  return {};
}

}  // namespace bannette::console
