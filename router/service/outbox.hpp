// The router's outbox: requests that the queue could not confirm, kept durably (DATA/outbox.db) until it
// does. In order, idempotent on the request's key, bounded; what it holds of people is sealed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "queue/core/error.hpp"
#include "queue/core/ids.hpp"
#include "queue/journal/seal.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::router {

struct Letter {
  std::uint64_t place = 0;  // order of arrival
  Uuid key;
  std::int64_t since_ms = 0;  // Unix time
  std::string bannette;
  std::string envelope;  // the serialised request, opened
};

class Outbox {
 public:
  static constexpr std::uint64_t bound = 100'000;  // letters

  // Throws sqlite::Error, which ends the service: nobody knows then what is on the disk.
  Outbox(const std::filesystem::path& file, seal::Key key);

  // Synced when it returns. The same letter again changes nothing. Refused: its key with another content
  // (key_reused), a key that was set aside (unavailable), full (busy), no room on the disk (disk_full).
  Result<void> put(const Letter& letter);
  // The oldest that is not set aside; nothing when there is none. A letter that does not open is set aside
  // and told.
  [[nodiscard]] std::optional<Letter> oldest();
  Result<void> done(std::uint64_t place);  // confirmed by the queue
  Result<void> set_aside(std::uint64_t place,
                         const std::string& why);  // refused for good: kept, for a human to see

  struct State {
    std::uint64_t waiting = 0;
    std::uint64_t aside = 0;
    std::int64_t oldest_ms = 0;  // Unix time; 0: none waits
  };
  [[nodiscard]] State state();

 private:
  std::optional<Result<void>> kept_already(const Letter& letter, const std::string& key);
  template <class Work>
  Result<void> durably(Work&& work);

  sqlite::Database db_;
  seal::Key key_;
};

}  // namespace bannette::router
