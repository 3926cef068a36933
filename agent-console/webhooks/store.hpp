// DATA/webhooks.db: who is told of events, how far each has been told, and what still waits. The command line
// writes the endpoints and its wishes, the service how far it is; both may be open at once.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent-console/core/webhook.hpp"
#include "queue/core/error.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::console::webhook {

struct Endpoint {
  std::int64_t id = 0;  // never given twice
  std::string name;
  std::string url;
  std::vector<std::string> secrets;  // "whsec_...": the newest first; two while one takes the other's place
  bool insecure = false;             // http in clear beyond this machine, as a human has allowed
  bool enabled = true;               // only a human changes it
  std::uint64_t start_seq = 0;       // told of events after this one
};

// What the service has kept of one endpoint.
struct Progress {
  std::uint64_t cursor_seq = 0;  // events up to here are delivered or stand in `deliveries`
  std::uint64_t sent = 0;
  std::uint64_t failures = 0;  // of attempts
  std::int64_t last_ok_ms = 0;
  std::string last_error;
};

// Wishes of the command line: tell again.
struct Wish {
  std::int64_t id = 0;
  std::int64_t endpoint = 0;
  std::optional<std::uint64_t> from_seq;  // nothing: what was parked
};

// One thread. Where SQLite finds no room or the other process writes too long, writing answers disk_full or
// busy and nothing is changed; any other error is thrown as sqlite::Error: nobody knows then what is on the
// disk.
class Store {
 public:
  static constexpr std::size_t endpoints_most = 32;

  // Opens or makes the file (0600). `key`: seal::Use::webhooks.
  Store(const std::filesystem::path& file, const seal::Key& key);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] std::vector<Endpoint> endpoints();  // by name
  // For the command line. Refused: a name that is taken, unknown, or not 1..64 of a-z, 0-9, dash; too many.
  Result<void> add(const Endpoint& endpoint);
  Result<void> remove(const std::string& name);
  Result<void> set_enabled(const std::string& name, bool enabled);
  Result<void> set_secrets(const std::string& name, const std::vector<std::string>& secrets);
  Result<void> wish(const std::string& name, std::optional<std::uint64_t> from_seq);

  // True once after another connection has written.
  [[nodiscard]] bool changed();
  [[nodiscard]] std::vector<Wish> wishes();
  // Of endpoints that are no more.
  Result<void> forget_removed();

  struct Kept {
    Progress progress;
    std::vector<Delivery> deliveries;  // by sequence
  };
  [[nodiscard]] Kept load(const Endpoint& endpoint);
  struct Change {
    std::int64_t endpoint = 0;
    Progress progress;
    std::vector<Delivery> kept;       // as they are now
    std::vector<std::uint64_t> gone;  // delivered
    std::vector<std::int64_t> wishes_done;
  };
  // In one transaction, synced when it returns.
  Result<void> save(const Change& change);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// 1..64 of a-z, 0-9 and dashes.
[[nodiscard]] bool is_endpoint_name(const std::string& name);

}  // namespace bannette::console::webhook
