// One PBX kept connected: joined, logged in, listened to, and joined again when the line is lost. All on the
// executor's one thread; nothing blocks. Several stand beside each other, each with its own state.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "queue/async/tasks.hpp"
#include "queue/core/clock.hpp"
#include "router/telephony/ami_session.hpp"
#include "router/telephony/ami_wire.hpp"
#include "router/telephony/backoff.hpp"

namespace bannette::telephony {

namespace limits {
inline constexpr std::size_t unsent = 256 * 1024;  // bytes that a PBX does not take: it is given up
}

struct AmiOptions {
  std::string pbx;  // code in the configuration
  AmiAddress address;
  AmiAccount account;
  AmiTimes times;
  Backoff backoff;
  std::int64_t connect_ms = 5'000;        // from the name's resolution to the end of TLS's handshake
  std::function<Instant()> now;           // the machine's clocks
  std::function<std::uint32_t()> random;  // for the backoff alone
};

struct AmiState {
  std::string pbx;
  bool up = false;            // logged in, and its lists have come
  std::int64_t since_ms = 0;  // Unix time; of `up`
  std::string trouble;        // French: why it is not up, or why nothing comes; no secrets, no numbers
  std::string version;        // of AMI
  AmiSession::Counts counts;
  std::uint64_t events = 0;      // facts that were told
  std::uint64_t attempts = 0;    // to join it
  std::uint64_t reconnects = 0;  // logins after the first
};

class AmiConnection {
 public:
  using Tell = std::function<void(calls::Event)>;
  using Changed = std::function<void()>;  // state() is other than before, in more than its counts
  using Answer = std::function<void(const Answered&)>;

  // `tasks` outlives what it runs; the connection itself may go at any time.
  AmiConnection(Tasks& tasks, asio::any_io_executor executor, AmiOptions options, Tell tell, Changed changed);
  ~AmiConnection();  // stop()
  AmiConnection(const AmiConnection&) = delete;
  AmiConnection& operator=(const AmiConnection&) = delete;

  void start();
  // Tells pbx_down, answers what waits, and tells nothing more. Twice is harmless, and so is one that never
  // began.
  void stop();

  // After stop() nothing. `answer` comes once for a Pause, up to three times for a Dial: until
  // Answered::last.
  void dial(const Dial& dial, Answer answer);
  void pause(const Pause& pause, Answer answer);

  [[nodiscard]] AmiState state() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace bannette::telephony
