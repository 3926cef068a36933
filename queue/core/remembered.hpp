// The idempotency keys that were used, with what they led to. By the day of the key's own time (RFC 9562,
// UUIDv7): a key is refused by that time once it is too old, so a whole day can be forgotten at once.
#pragma once
#include <cstdint>
#include <map>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "queue/core/change.hpp"
#include "queue/core/interned.hpp"

namespace bannette {

class Remembered {
 public:
  struct First {
    Digest digest{};
    std::uint64_t seq = 0;
    std::uint32_t number = 0;  // 0: a change of the site
    std::uint32_t fence = 0;
  };

  void add(const Change& change);  // nothing where it bears no key
  [[nodiscard]] const First* find(std::string_view principal, const Uuid& key) const;
  // Forgets keys that would be refused by their age. Wall time alone is not believed: a clock that jumps
  // ahead and back must not make a key usable twice, so the horizon moves no faster than boot time does.
  void forget(const Instant& now);
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t size_of(std::string_view principal) const;

 private:
  struct Name {
    Uuid key;
    std::uint32_t principal = 0;
    bool operator==(const Name&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Name& name) const;
  };
  using Day = boost::unordered_flat_map<Name, First, Hash>;

  std::map<std::int64_t, Day> days_;  // by day of Unix time
  Interned principals_;
  std::map<std::uint32_t, std::size_t> sizes_;  // by principal
  std::size_t size_ = 0;
  std::int64_t last_wall_ms_ = 0;  // of the newest key's change
  std::int64_t horizon_ms_ = 0;    // wall time that is surely not ahead
  Instant moved_;
};

}  // namespace bannette
