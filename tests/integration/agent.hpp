// One agent at work: reserves the next, accepts it, adds a note, handles it, and again, until nothing waits
// or the link ends.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "tests/integration/messages.hpp"

namespace bannette::test {

struct Step {
  v1::Envelope request;
  std::optional<v1::Done> done;
};

// Made by std::make_shared: answers that are still to come keep it alive.
class Agent : public std::enable_shared_from_this<Agent> {
 public:
  explicit Agent(client::Link& link) : link_(link) {}
  void start() { ask(reserve()); }
  [[nodiscard]] std::vector<Step> steps() {
    return signal_.read([this] { return steps_; });
  }
  [[nodiscard]] bool wait_done(std::size_t at_least) {
    return signal_.wait([&] { return done_ >= at_least; });
  }

 private:
  void ask(v1::Envelope request);
  void go_on(const v1::Done& done);

  client::Link& link_;
  Signal signal_;
  std::vector<Step> steps_;
  std::size_t done_ = 0;
};

}  // namespace bannette::test
