// The router's outbox: requests that the queue could not confirm, kept durably (DATA/outbox.db) until it
// does. Idempotent on the request's key, bounded; what it holds of people is sealed. What leaves when is said
// by router/core/lanes.hpp. Those refused for good are set aside for a person; what becomes of them leaves a
// trace.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

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
  std::string envelope;  // the serialised request, opened; empty where it does not open
  std::string aside;     // the code of its refusal; empty: it waits
};

// What became of a letter that was set aside.
struct OutboxAct {
  std::int64_t at_ms = 0;
  std::string act;  // aside, retried, discarded
  std::uint64_t place = 0;
  Uuid key;
  std::int64_t since_ms = 0;
  std::string bannette;
  std::string actor;
  std::string text;
};

// Who acts, when and why.
struct Deed {
  std::int64_t at_ms = 0;  // Unix time
  std::string actor;
  std::string text;
};

class Outbox {
 public:
  static constexpr std::uint64_t bound = 100'000;      // letters
  static constexpr std::uint64_t acts_bound = 10'000;  // the newest are kept

  // Throws sqlite::Error, which ends the service: nobody knows then what is on the disk.
  Outbox(const std::filesystem::path& file, seal::Key key);

  // Each that waits, oldest first. One that does not open is set aside and told.
  void each_waiting(const std::function<void(const Letter&)>& take, std::int64_t now_ms);
  // Synced when it returns: its place. The same letter again changes nothing. Refused: its key with another
  // content (key_reused), a key that was set aside (unavailable), full (busy), no room on the disk
  // (disk_full).
  Result<std::uint64_t> put(const Letter& letter);
  // A letter with this key that waits: is it this one? Nothing where there is none.
  [[nodiscard]] std::optional<Result<Letter>> waiting(const Letter& letter);
  [[nodiscard]] std::optional<Letter> at(std::uint64_t place);
  Result<void> done(std::uint64_t place);  // confirmed by the queue
  // Refused for good: kept, for a person to see.
  Result<void> set_aside(std::uint64_t place, const std::string& why, const Deed& deed);
  // Of one that was set aside: it waits again, in its old place; it is given up. Refused: no such letter
  // (not_found), one that waits (bad_state), to retry one that does not open (bad_state), no room
  // (disk_full). The letter as it was.
  Result<Letter> retry(std::uint64_t place, const Deed& deed);
  Result<Letter> discard(std::uint64_t place, const Deed& deed);

  // Oldest first, waiting and aside alike; at most `limit`.
  [[nodiscard]] std::vector<Letter> list(std::uint64_t after_place, std::size_t limit);
  [[nodiscard]] std::vector<OutboxAct> acts(std::size_t limit);  // newest first

  struct State {
    std::uint64_t waiting = 0;
    std::uint64_t aside = 0;
    std::int64_t oldest_ms = 0;  // Unix time; 0: none waits
  };
  [[nodiscard]] State state();

 private:
  std::optional<Letter> read(sqlite::Statement& select);
  Result<Letter> aside_at(std::uint64_t place);
  void trace(const Letter& letter, const char* act, const Deed& deed);
  void count();
  template <class Work>
  Result<void> durably(Work&& work);

  sqlite::Database db_;
  seal::Key key_;
  std::uint64_t waiting_ = 0;
  std::uint64_t aside_ = 0;
};

}  // namespace bannette::router
