// The journal: what makes "confirmed" mean "durable". A port; its engines pass one conformance suite
// (tests/journal).
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

// What is kept with one change. `content` and `text` are personal: sealed under the dossier's own key, never
// in clear on disk. `contact` (E.164) is kept only as a keyed hash.
struct Entry {
  Persist persist;      // the change, and the dossier that it leaves; of number 0: a change of the site
  std::string content;  // submitted: the serialised bannette.v1.Content
  std::string text;     // noted, handled: what the person wrote
  std::string contact;  // submitted: E.164, or empty
};

struct Past {
  Change change;
  std::string text;     // opened; empty where none was kept
  bool erased = false;  // there was something personal, and its key is gone
};

// The disk is full: nothing of the batch was kept, the service goes on and may try again.
struct DiskFull : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Anything else that a write, a sync or a checkpoint answered. The process must end: nothing was confirmed.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// What was read is not what was written: names the sequence number, or the dossier.
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Another service has the folder, it is another site's, of a later version, or the master key is not its own.
struct CannotOpen : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Since the last batch: another one waits already; none waits; none has come for a second.
enum class Pause { none, brief, lasting };

class Journal {
 public:
  virtual ~Journal() = default;

  // One transaction: all or nothing, synced before it returns. Sequences must follow the head without a gap,
  // as must the numbers of new dossiers; else std::logic_error and nothing is written. At most
  // limits::filling_records. A change of the site (number 0) has no dossier and nothing personal, and its
  // previous_seq is that of the site's last one. Throws
  // - DiskFull: nothing kept, may be tried again. A batch without new dossiers is tried with the space that
  // is
  //   kept for it first (tight());
  // - Damaged: a change's dossier has lost its row, or its text cannot be sealed (the dossier was erased, or
  // its
  //   key was lost or does not open). It names the dossier; nothing of the batch is kept, and the journal
  //   goes on: the head has not moved, a batch without that change goes through;
  // - Broken: unknown; every later call is Broken too.
  virtual Head append(std::span<const Entry> batch) = 0;
  [[nodiscard]] virtual Head head() const = 0;
  [[nodiscard]] virtual std::uint64_t epoch() const = 0;        // grows at every opening for writing
  [[nodiscard]] virtual std::uint64_t last_number() const = 0;  // of the newest dossier

  // At start. Dossiers in order of number; changes that bear a key, younger than `since_wall_ms`, in order of
  // sequence, of each at least what is remembered (key, digest, principal, number, fence, sequence, wall
  // time, kind; of a submission the actor); every change of the site (number 0), in order of sequence.
  virtual void load(const std::function<void(const Dossier&)>& dossier, std::int64_t since_wall_ms,
                    const std::function<void(const Change&)>& keyed,
                    const std::function<void(const Change&)>& site) = 0;

  // The changes after `seq`, in order, at most `most`; fewer only at the end. From any thread, as the reads
  // below.
  [[nodiscard]] virtual std::vector<Change> since(std::uint64_t seq, std::size_t most) = 0;

  // Reading what is durable. Each record is checked before it is given; throws Damaged, Broken. These, head()
  // and sync_head() may be called from another thread than append's.
  [[nodiscard]] virtual std::optional<Dossier> dossier(std::uint64_t number) = 0;  // as of the last commit
  // Nothing: no such dossier, submitted without content, or erased (then erased() says so).
  [[nodiscard]] virtual std::optional<std::string> content(std::uint64_t number) = 0;
  [[nodiscard]] virtual std::vector<Past> history(std::uint64_t number,
                                                  std::size_t most) = 0;  // newest `most`, oldest first
  [[nodiscard]] virtual std::vector<std::uint64_t> by_contact(const std::string& e164,
                                                              std::size_t most) = 0;  // newest first
  [[nodiscard]] virtual bool erased(std::uint64_t number) = 0;

  // Makes what is personal in a dossier unreadable for ever, durably: its key and its contact go, its history
  // and the chain stay, and so does a mark that tells it from a key that was lost. Called on append's thread.
  // No effect on an unknown or erased one.
  virtual void erase(std::uint64_t number) = 0;

  // Work that append() puts off: what is derived from records, copying the log back, the space that is kept
  // for a full disk. The shell calls it on append's thread after each append and while nothing waits; one
  // call takes some milliseconds at the most. Answers whether there is more to do now. `pause` says how long
  // it has been quiet, and how much is worth doing. Throws Broken.
  virtual bool tidy(Pause) { return false; }
  // The space that was kept is in use: no new dossiers are to be taken until it is there again. From any
  // thread.
  [[nodiscard]] virtual bool tight() const { return false; }

  // The shell calls these: once a second; and when idle, to check the whole chain, `most` records at a time.
  // The second answers up to where the chain has been checked since start. They throw Broken, Damaged.
  virtual void sync_head() = 0;
  virtual std::uint64_t verify_some(std::size_t most) = 0;
};

}  // namespace bannette::journal
