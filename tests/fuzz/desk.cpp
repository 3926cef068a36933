#include "queue/codec/frame.hpp"
#include "tests/fuzz/requests.hpp"
#include "tests/fuzz/targets.hpp"

namespace bannette::fuzz {
namespace {

constexpr std::size_t kSteps = 96;
constexpr std::array<std::int64_t, 8> kPauses{0, 250, 1'000, 6'000, 20'000, 121'000, 3'600'000, 86'400'000};
constexpr std::array<std::int64_t, 4> kJumps{3'600'000, -3'600'000, 31LL * 86'400'000, -86'400'000};

class Day {
 public:
  explicit Day(Input in) : in_(in) {}

  void run() {
    office_.greet_all();
    for (const char* bannette : {"utpas-roubaix-est/pmi", "lille/pmi", "service:mdph"})
      submit(bannette, false);
    submit("utpas-roubaix-est/pmi", true);
    (void)office_.commit(false);
    for (std::size_t i = 0; i < kSteps && !in_.empty(); ++i) step();
    office_.end();
  }

 private:
  void step() {
    switch (in_.below(16)) {
      case 0:
        return pause();
      case 1:
        return repeat();
      case 2:
        return rarely();
      case 3:
        return router();
      case 4:
        return (void)office_.commit(true);
      case 5:
      case 6:
        return (void)office_.commit(false);
      case 7:
        return office_.greet(caller());
      default:
        return ask();
    }
  }

  void rarely() {
    switch (in_.below(8)) {
      case 0:
        return restart();
      case 1:
        return office_.set_clock(in_.one_of(kJumps));
      case 2:
        return office_.low_space(in_.one_in(2));
      case 3:
        return office_.revoke(caller());
      default:
        return damaged();
    }
  }

  // Something to work on, from the router.
  void submit(const char* bannette, bool danger) {
    v1::Envelope envelope;
    envelope.set_request_id(++number_);
    std::array<std::uint8_t, 10> chance{};
    chance[9] = static_cast<std::uint8_t>(number_);
    envelope.set_idempotency_key(to_bytes(make_uuid7(office_.now().wall_ms, chance)));
    auto& submit = *envelope.mutable_submit();
    submit.set_bannette(bannette);
    submit.set_topic(danger ? "danger" : "aide");
    submit.set_urgency(danger ? v1::URGENCY_URGENT : v1::URGENCY_NORMAL);
    submit.set_danger(danger);
    submit.mutable_content()->set_note(bannette);
    const std::string bytes = codec::encode(envelope);
    office_.say(1, {codec::kHeader, bytes});
  }

  void restart() {
    office_.restart();
    if (!in_.one_in(8)) office_.greet_all();
  }

  void pause() {
    office_.pass(in_.one_of(kPauses));
    if (!in_.one_in(8)) office_.greet_all();
  }

  std::size_t caller() { return in_.below(Office::callers().size()); }

  void ask() {
    const Said said = request(in_, ++number_, office_);
    // Beyond 64 KiB it is refused for that, and is no less a message for it.
    said_ = said.envelope.SerializeAsString();
    by_ = said.caller;
    office_.say(by_, {codec::kHeader, said_});
  }

  // The same bytes again, perhaps from another.
  void repeat() {
    if (!said_.empty()) office_.say(in_.one_in(4) ? caller() : by_, {codec::kHeader, said_});
  }

  void damaged() {
    if (said_.empty()) return;
    for (std::size_t flips = 1 + in_.below(3); flips > 0; --flips)
      said_[in_.number(2) % said_.size()] ^= static_cast<char>(1 + in_.below(255));
    said_.resize(said_.size() - std::min(said_.size(), in_.below(4)));
    repeat();
  }

  void router() {
    v1::Envelope reply = request(in_, ++number_, office_).envelope;
    if (!office_.seen().relays.empty()) reply.set_request_id(in_.one_of(office_.seen().relays));
    const std::string bytes = reply.SerializeAsString();
    office_.router_says({codec::kHeader, bytes});
  }

  Input in_;
  Office office_;
  std::uint64_t number_ = 1;
  std::string said_;  // last
  std::size_t by_ = 0;
};

}  // namespace

void desk(std::span<const std::uint8_t> input) {
  Day(Input(input)).run();
}

}  // namespace bannette::fuzz
