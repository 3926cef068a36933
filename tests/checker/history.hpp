// What clients asked, and what they were told: the record that check() judges. In the manner of Jepsen's
// total-queue (Kingsbury, github.com/jepsen-io/jepsen): an answer that never came is neither a yes nor a no.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bannette::checker {

enum class Kind {
  submit,   // a new dossier, which bears `token`
  hold,     // reserve or take of a chosen dossier: a new fence
  next,     // reserve or take of the next one in `bannettes`
  renew,    // the holder's lease starts again
  accept,   // the holder's lease ends, and the dossier stays theirs
  act,      // what only the holder may do, and stays the holder after: a note, a pause
  give_up,  // after it somebody else may hold it: release, handle, return, hand over, move
};
[[nodiscard]] std::string_view name(Kind kind);

inline constexpr std::int64_t kForGood = std::numeric_limits<std::int64_t>::max();

// Texts are whatever names the thing uniquely; only equality counts.
struct Operation {
  std::string who = {};
  Kind kind = Kind::submit;
  std::string key = {};      // idempotency key: operations of one key are one, tried again; empty: by itself
  std::string token = {};    // submit: what the dossier can be told by, once only in a history
  std::string dossier = {};  // all but submit and next
  std::uint64_t fence = 0;   // renew, accept, act, give_up; 0: not the holder's (a supervisor's move)
  std::int64_t lasts =
      0;  // hold, next, renew: the holder is alone for so long, kForGood when taken, 0: unsaid
  std::vector<std::string> bannettes = {};  // next: of which
};

// The order of service, first to last. A deadline of 0 is the last of its class.
struct Place {
  int urgency = 0;
  std::int64_t deadline_ms = 0;
  std::uint64_t arrival = 0;
  [[nodiscard]] std::strong_ordering operator<=>(const Place& other) const;
  bool operator==(const Place&) const = default;
};

// What an ok said. Fields left empty are not checked.
struct Told {
  std::string dossier = {};
  std::uint64_t seq = 0;      // of the change
  std::uint64_t fence = 0;    // hold, next
  std::string bannette = {};  // submit: where it waits
  Place place = {};           // submit
};

// One client's, or one thread's: add() puts them together. Times of all on one clock that never goes back, in
// any unit, `lasts` in the same.
class History {
 public:
  enum class End { pending, ok, fail, unknown };
  struct Row {
    Operation asked;
    Told told;
    End end = End::pending;
    std::int64_t invoked_at = 0;
    std::int64_t ended_at = kForGood;
    std::string why;
  };
  struct Found {
    std::string token, dossier;
  };

  // Gives the operation's number in this history.
  std::size_t invoke(std::int64_t at, Operation asked);
  // An operation ends once, as one of these; std::logic_error otherwise. One that never ends is unknown.
  void ok(std::int64_t at, std::size_t operation, Told told);
  void fail(std::int64_t at, std::size_t operation, std::string why = {});  // refused: it did not happen
  void unknown(std::int64_t at, std::size_t operation);                     // a timeout, a broken connection

  // The last reading, when all has ended and nothing fails: every dossier that is there, each once.
  void found(std::string token, std::string dossier) {
    found_.push_back({std::move(token), std::move(dossier)});
  }

  void add(const History& other);

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<Found>& found() const { return found_; }

 private:
  Row& ending(std::size_t operation, std::int64_t at, End end);

  std::vector<Row> rows_;
  std::vector<Found> found_;
};

}  // namespace bannette::checker
