// A PBX as the desk of calls sees it: a port. Its connector gives facts and takes orders.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "queue/core/error.hpp"
#include "router/calls/event.hpp"

namespace bannette::router {

struct PbxState {
  std::string code, kind;  // ami, cti
  bool up = false;
  std::int64_t since_ms = 0;  // Unix time
  std::string trouble;        // French: why it is not up
  std::uint64_t events = 0, malformed = 0, reconnects = 0;
};

class Pbx {
 public:
  using Tell = std::function<void(const calls::Event&)>;
  using Done = std::function<void(Result<void>)>;  // once; the refusal says what the PBX answered

  virtual ~Pbx() = default;
  // All on the desk's thread.
  virtual void start(Tell tell) = 0;
  virtual void stop() = 0;  // twice is harmless; nothing is told any more
  [[nodiscard]] virtual PbxState state() const = 0;
  // From this post (its interface): it rings first, then the number is dialled (as people type it).
  // `not_taken_up`: once at the most, where `done` was told nothing bad and yet the post did not take it up,
  // so that nobody was called.
  virtual void dial(const std::string& interface, const std::string& number, Done done,
                    std::function<void()> not_taken_up) = 0;
  virtual void pause(const std::string& interface, bool paused, const std::string& reason, Done done) = 0;
};

}  // namespace bannette::router
