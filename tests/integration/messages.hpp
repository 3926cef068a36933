// Requests of the wire as the tests make them, and waiting for what they become.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "queue/client/link.hpp"
#include "tests/integration/process.hpp"

namespace bannette::test {

inline constexpr const char* kEastPmi = "utpas-roubaix-est/pmi";
inline constexpr const char* kEast = "unit:utpas-roubaix-est";
inline constexpr const char* kWest = "unit:utpas-roubaix-ouest";

[[nodiscard]] std::string new_key();  // 16 bytes
[[nodiscard]] std::string id_text(const std::string& bytes);

[[nodiscard]] v1::Envelope submit(const std::string& note, const std::string& bannette = kEastPmi,
                                  v1::Urgency urgency = v1::URGENCY_NORMAL);
[[nodiscard]] v1::Envelope log_call(const std::string& note);
[[nodiscard]] v1::Envelope reserve(const std::string& dossier = {}, std::uint32_t lease_ms = 0);
[[nodiscard]] v1::Envelope accept(const std::string& dossier, std::uint64_t fence);
[[nodiscard]] v1::Envelope note(const std::string& dossier, std::uint64_t fence, const std::string& text);
[[nodiscard]] v1::Envelope handle(const std::string& dossier, std::uint64_t fence);
[[nodiscard]] v1::Envelope show(const std::string& dossier);
[[nodiscard]] v1::Envelope list_tray(const std::string& bannette = {});

// The reply; throws std::runtime_error when the patience is over.
[[nodiscard]] v1::Envelope ask(client::Link& link, v1::Envelope request);
// The code of a refusal; empty where it was none.
[[nodiscard]] std::string code_of(const v1::Envelope& reply);

// A condition that callbacks on other threads bring about.
class Signal {
 public:
  // Runs `change` under the lock and wakes who waits.
  void change(const std::function<void()>& change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }
  // False when the patience is over.
  [[nodiscard]] bool wait(const std::function<bool()>& holds, std::chrono::milliseconds most = kPatience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, most, holds);
  }
  template <class Read>
  auto read(Read what) {
    const std::lock_guard lock(mutex_);
    return what();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

// Envelopes that come by themselves, in order.
class Inbox {
 public:
  [[nodiscard]] client::Link::Delivery taker();
  // The next one; throws std::runtime_error when the patience is over.
  [[nodiscard]] v1::Envelope next();
  [[nodiscard]] std::size_t size();

 private:
  Signal signal_;
  std::deque<v1::Envelope> waiting_;
};

}  // namespace bannette::test
