// People and machines that may use the console: DATA/accounts.db. Written by the administrator's routes, and
// by `bannette user` and `bannette token`, also while the service runs. Each change and its line of the audit
// are one transaction.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent-console/server/audit.hpp"
#include "agent-console/server/passwords.hpp"
#include "queue/core/authority.hpp"
#include "queue/core/error.hpp"

namespace bannette::console {

struct Account {
  Person person;
  std::string hash;            // people: of the password
  SecretDigest token{};        // machines: of the token
  std::int64_t version = 0;    // another after each change: sessions of an older one end
  std::int64_t changed_s = 0;  // Unix time of the last change
  bool disabled = false;       // people: may not log in
};

// An Argon2id hash of a password that was checked.
struct PasswordHash {
  std::string text;
};
// Refused: outside kPasswordMin..kPasswordMax bytes.
[[nodiscard]] Result<void> check_password(const std::string& password);
// The same, and takes about 20 ms.
[[nodiscard]] Result<PasswordHash> hash_new_password(const std::string& password);

// A token of a PBX: for telling of calls and nothing else.
struct PbxToken {
  std::string name;  // the token's own
  std::string pbx;   // code
  std::int64_t changed_s = 0;
};

// All accounts as they were at one moment. A name is one person's, machine's or PBX token's.
struct Register {
  std::map<std::string, Account, std::less<>> people;  // by name
  std::map<SecretDigest, Account> machines;            // by the token's digest
  std::map<SecretDigest, PbxToken> pbxs;               // by the token's digest
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
  // needs. `by`: for the audit.
  [[nodiscard]] Result<void> add_user(const Person& person, const PasswordHash& hash, const Author& by = {});
  // Role, units, the right to restricted topics, and whether the account is disabled, of the person of this
  // name.
  [[nodiscard]] Result<void> change_user(const Person& person, bool disabled, const Author& by = {});
  [[nodiscard]] Result<void> set_password(const std::string& name, const PasswordHash& hash,
                                          const Author& by = {});
  // By the person. `version`: of the account whose old password was seen to be right; refused (bad_state)
  // where it has changed since.
  [[nodiscard]] Result<void> set_own_password(const std::string& name, std::int64_t version,
                                              const PasswordHash& hash, const Author& by);
  [[nodiscard]] Result<void> remove_user(const std::string& name, const Author& by = {});
  // The token itself is given here, once; only its digest is kept.
  [[nodiscard]] Result<std::string> add_token(const Person& person, const Author& by = {});
  // Of a PBX, for telling of calls and nothing else. `name` is the token's own, `pbx` the PBX's code.
  [[nodiscard]] Result<std::string> add_pbx_token(const std::string& name, const std::string& pbx,
                                                  const Author& by = {});
  [[nodiscard]] Result<void> remove_token(const std::string& name, const Author& by = {});

  [[nodiscard]] Audit& audit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The form of a name, a role and its units, without the database.
[[nodiscard]] Result<void> check_person(const Person& person);

}  // namespace bannette::console
