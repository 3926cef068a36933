// Who logged in, and who administered what, when: for the auditor (CNIL, recommendation on logging, 14
// October 2021). Rows are added and read; the table itself refuses a change, and forgets what is older than
// kKept. What people read and do in dossiers is in the queue's journal, not here.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "queue/journal/sqlite.hpp"

namespace bannette::console {

// Who does it: an account's name, and the address that it came from.
struct Author {
  std::string name = "ligne de commande";
  std::string address{};
};

struct AuditEntry {
  std::int64_t number = 0;  // 1, 2, 3 ... in order of recording
  std::int64_t at_ms = 0;   // Unix time; 0 when appended: now
  std::string act{};        // login, account_added, configuration_activated ... (openapi.json, "AuditEntry")
  Author by{};
  std::string subject{};   // the account, token, configuration ... that it was done to
  std::string detail{};    // French; never a password, a token or anything of a caller
  std::int64_t times = 1;  // that it happened, when rows were put together
};

class Audit {
 public:
  static constexpr std::int64_t kKeptDays = 366;
  static constexpr std::size_t kPage = 200;

  // Makes the table where it is not there yet.
  explicit Audit(sqlite::Database& db);
  // Inside the caller's transaction where there is one. Texts are cut at 300 bytes. Throws sqlite::Error.
  void append(const AuditEntry& entry);
  struct Wanted {
    std::int64_t before = 0;   // a number: older ones only; 0: from the newest
    std::size_t most = kPage;  // 1..kPage
    std::string about;         // an account: what it did, and what was done to it; empty: all
  };
  // Newest first.
  [[nodiscard]] std::vector<AuditEntry> page(const Wanted& wanted);
  // When each account last logged in, Unix time in milliseconds.
  struct LastLogin {
    std::string account;
    std::int64_t at_ms = 0;
  };
  [[nodiscard]] std::vector<LastLogin> last_logins();
  [[nodiscard]] std::int64_t last_login(const std::string& account);  // of one; 0: never

 private:
  void forget_old(std::int64_t now_ms);

  sqlite::Database& db_;
  std::int64_t forgotten_ms_ = 0;  // when old rows were last looked for
};

}  // namespace bannette::console
