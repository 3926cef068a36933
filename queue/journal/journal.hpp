// The journal: what makes "confirmed" mean "durable". A port; its engines pass one conformance suite (tests/journal).
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "queue/core/change.hpp"
#include "queue/core/command.hpp"

namespace bannette::journal {

using Hash = std::array<std::uint8_t, 32>;

// The end of the chain: the last change's number and checksum.
struct Head {
  std::uint64_t seq = 0;
  Hash hash{};
  bool operator==(const Head&) const = default;
};

// What is kept with one change. `content` and `text` are personal: sealed under the dossier's own key, never in clear
// on disk. `contact` (E.164) is kept only as a keyed hash.
struct Entry {
  Persist persist;      // the change, and the dossier that it leaves
  std::string content;  // submitted: the serialised bannette.v1.Content
  std::string text;     // noted, handled: what the person wrote
  std::string contact;  // submitted: E.164, or empty
};

struct Past {
  Change change;
  std::string text;     // opened; empty where none was kept
};

// The disk is full: nothing of the batch was kept, the service goes on and may try again.
struct DiskFull : std::runtime_error { using std::runtime_error::runtime_error; };
// Anything else that a write, a sync or a checkpoint answered. The process must end: nothing was confirmed.
struct Broken : std::runtime_error { using std::runtime_error::runtime_error; };
// What was read is not what was written: names the sequence number.
struct Damaged : std::runtime_error { using std::runtime_error::runtime_error; };

class Journal {
 public:
  virtual ~Journal() = default;

  // One transaction: all or nothing, synced before it returns. Sequences must follow the head without a gap.
  virtual Head append(std::span<const Entry> batch) = 0;
  [[nodiscard]] virtual Head head() const = 0;
  [[nodiscard]] virtual std::uint64_t epoch() const = 0;        // grows at every opening for writing
  [[nodiscard]] virtual std::uint64_t last_number() const = 0;  // of the newest dossier

  // At start. Dossiers in order of number; changes that bear a key, younger than `since_wall_ms`, in order of sequence.
  virtual void load(const std::function<void(const Dossier&)>& dossier, std::int64_t since_wall_ms,
                    const std::function<void(const Change&)>& keyed) = 0;

  // Reading what is durable. Each record is checked before it is given; throws Damaged. These may be called from
  // another thread than append's.
  [[nodiscard]] virtual std::optional<std::string> content(std::uint64_t number) = 0;
  [[nodiscard]] virtual std::vector<Past> history(std::uint64_t number, std::size_t most) = 0;  // newest `most`, oldest first
  [[nodiscard]] virtual std::vector<std::uint64_t> by_contact(const std::string& e164, std::size_t most) = 0;  // newest first
};

}  // namespace bannette::journal
