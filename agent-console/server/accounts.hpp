// People and machines that may use the console: DATA/accounts.db. The service only reads it; `bannette user`
// and `bannette token` write it, also while the service runs.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent-console/server/passwords.hpp"
#include "queue/core/authority.hpp"
#include "queue/core/error.hpp"

namespace bannette::console {

struct Account {
  Person person;
  std::string hash;          // people: of the password
  SecretDigest token{};      // machines: of the token
  std::int64_t version = 0;  // another after each change: sessions of an older one end
};

// All accounts as they were at one moment.
struct Register {
  std::map<std::string, Account, std::less<>> people;  // by name
  std::map<SecretDigest, Account> machines;            // by the token's digest
};

class Accounts {
 public:
  // Opens, or makes, the file (mode 0600). Throws std::runtime_error where it cannot.
  explicit Accounts(const std::filesystem::path& data);
  ~Accounts();
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  // As of now: read again when another process has written. Throws std::runtime_error where the file cannot
  // be read.
  [[nodiscard]] std::shared_ptr<const Register> current();

  // Refused: a name that is taken or not 1..64 of letters, digits and ._@-; a role without the units that it
  // needs; a password outside kPasswordMin..kPasswordMax bytes.
  [[nodiscard]] Result<void> add_user(const Person& person, const std::string& password);
  [[nodiscard]] Result<void> set_password(const std::string& name, const std::string& password);
  [[nodiscard]] Result<void> remove_user(const std::string& name);
  // The token itself is given here, once; only its digest is kept.
  [[nodiscard]] Result<std::string> add_token(const Person& person);
  [[nodiscard]] Result<void> remove_token(const std::string& name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The form of a name, a role and its units, without the database.
[[nodiscard]] Result<void> check_person(const Person& person);

}  // namespace bannette::console
