// Orders that a PBX has been given and has not brought to their end. No socket, no clock.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/error.hpp"
#include "router/telephony/ami_orders.hpp"
#include "router/telephony/ami_parser.hpp"

namespace bannette::telephony {

namespace limits {
inline constexpr std::size_t orders = 64;  // that a PBX has not brought to their end; beyond: busy
}

struct Answered {  // to an order, by the number that it was given with
  std::uint64_t order = 0;
  std::optional<Refusal> refusal;      // then nothing else counts, and it is the last answer
  DialStep step = DialStep::accepted;  // of a Dial; a Pause is done when it is accepted
  bool last = true;
  bool operator==(const Answered&) const = default;
};
using Answers = std::vector<Answered>;

class OrderBook {
 public:
  struct Patience {                // milliseconds
    std::int64_t answer = 10'000;  // of the PBX to an action
    std::int64_t talk = 120'000;   // from the post's answer to the citizen's
  };
  explicit OrderBook(Patience patience) : patience_(patience) {}

  [[nodiscard]] bool full() const { return open_.size() >= limits::orders; }
  void add(std::uint64_t order, std::string action_id, const Pause& pause, std::int64_t now_ms);
  void add(std::uint64_t order, std::string action_id, const Dial& dial, std::int64_t now_ms);

  // False: the answer is to nobody's order.
  [[nodiscard]] bool answer(const AmiMessage& message, std::int64_t now_ms, Answers& out);
  void event(const AmiMessage& message, std::int64_t now_ms, Answers& out);
  void tick(std::int64_t now_ms, Answers& out);
  // The connection is gone: what was accepted may have happened, what was not, not.
  void drop(Answers& out);
  [[nodiscard]] std::int64_t due_ms() const;  // never: int64's greatest

 private:
  struct Open {
    std::uint64_t order = 0;
    std::string action_id;
    std::int64_t due_ms = 0;
    bool dial = false;
    std::string channel_id;  // of a dial
    std::int64_t ring_ms = 0;
    bool accepted = false, post_answered = false;
    DialStep post = DialStep::post_failed;  // why it was not answered, as far as is known
  };
  // Tells the step; true where it was the last one.
  bool step(Open& open, DialStep step, std::int64_t now_ms, Answers& out);
  template <class Ended>
  void close(Ended ended);

  Patience patience_;
  std::vector<Open> open_;
};

}  // namespace bannette::telephony
