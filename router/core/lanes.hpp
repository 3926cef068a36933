// Which request to the queue may leave, and when: those of one caller one after the other, in the order in
// which they were logged; those of different callers beside each other. What the outbox keeps are *letters*,
// named by their place; what has just been asked and is not kept (yet) is *live*. Pure: times are given,
// nothing is sent.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bannette::router {

class Lanes {
 public:
  static constexpr std::size_t at_once = 16;            // letters under way, each of another lane
  static constexpr std::int64_t rest_first_ms = 250;    // after a first try in vain; doubled each time ...
  static constexpr std::int64_t rest_most_ms = 30'000;  // ... up to this

  // A live request of this lane comes. `ticket` names it and must be new.
  enum class Entry : std::uint8_t {
    send,  // nothing of its lane is before it
    hold,  // a live one is: ended() says what becomes of this one
    keep,  // letters are: it becomes a letter behind them, at once
  };
  [[nodiscard]] Entry arrive(const std::string& lane, std::uint64_t ticket);

  // A live request that was sent has its answer, or was made a letter (say so first, by letter()). What it
  // held up: the next live one to send, or, behind a letter, all of them to keep.
  struct Followers {
    std::optional<std::uint64_t> send;
    std::vector<std::uint64_t> keep;
  };
  [[nodiscard]] Followers ended(const std::string& lane, std::uint64_t ticket);

  // A letter that waits: at the start, when one is kept, and when one that was set aside is to be sent again:
  // it then has its old place. Twice is harmless.
  void letter(const std::string& lane, std::uint64_t place);
  // The letter with the smallest place among those that may leave now; it is under way from then on.
  [[nodiscard]] std::optional<std::uint64_t> next(std::int64_t now_ms);
  enum class Answer : std::uint8_t {
    settled,  // confirmed, or set aside: the lane goes on
    later,    // nobody took it, or nobody knows: the lane rests, others go on
  };
  void answered(std::uint64_t place, Answer answer, std::int64_t now_ms);
  // The queue was not there and is again: nobody needs to rest any longer.
  void wake();

  [[nodiscard]] std::size_t letters() const { return lane_of_.size(); }
  [[nodiscard]] std::size_t under_way() const { return out_.size(); }
  [[nodiscard]] bool is_under_way(std::uint64_t place) const { return out_.contains(place); }
  [[nodiscard]] std::uint32_t tries(std::uint64_t place) const;  // in vain, in a row; 0 behind another letter
  // When next() is worth asking again; nothing while only an answer can change that.
  [[nodiscard]] std::optional<std::int64_t> next_due_ms() const;

 private:
  struct Lane {
    std::optional<std::uint64_t> live;  // sent, not answered
    std::deque<std::uint64_t> held;     // live ones behind it
    std::set<std::uint64_t> letters;
    std::optional<std::uint64_t> out;  // the letter under way; not the first where one set aside came back
    std::uint32_t tries = 0;
    std::int64_t rests_until_ms = 0;
    std::optional<std::int64_t> due_ms;  // as entered in `due_`
    std::uint64_t due_place = 0;
  };
  using Named = std::map<std::string, Lane>::iterator;

  void enter(Named lane);  // into `due_` where its first letter may leave one day, out of it otherwise
  void leave(Lane& lane);

  std::map<std::string, Lane> lanes_;
  std::map<std::uint64_t, std::string> lane_of_;  // each letter's
  std::set<std::uint64_t> out_;
  // Lanes with nothing under way: those that rest by time, the others by their first place.
  std::set<std::pair<std::int64_t, std::uint64_t>> resting_;
  std::set<std::uint64_t> ready_;
};

}  // namespace bannette::router
