// Tells every endpoint of every event, at least once. A thread of its own; one post at a time to an endpoint,
// and none waits for another. What it has taken and what it has not yet told is durable (Store); where the
// disk is full it goes on from memory, and a restart tells some events again.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent-console/webhooks/event_source.hpp"
#include "agent-console/webhooks/post.hpp"
#include "agent-console/webhooks/store.hpp"

namespace bannette::console::webhook {

struct DispatcherOptions {
  std::filesystem::path file;  // DATA/webhooks.db
  seal::Key key;               // seal::Use::webhooks
  std::string console;         // the console's address as people reach it, for links; may be empty
  PostOptions post;
  std::chrono::milliseconds poll{1'000};      // of the source and of the command line's changes
  std::chrono::milliseconds patience{5'000};  // for one page of the source
  std::size_t page = 100;                     // events
  std::function<std::uint32_t()> random;      // 32 bits, evenly spread
  // Nobody knows what is on the disk, or a task ended: the program should stop. Called on its thread.
  std::function<void(const std::string& why)> failed;
  std::function<void()> changed;  // state() is another one; on its thread. May be empty
};

// Of one endpoint, as of its last change.
struct EndpointState {
  std::string name;
  bool enabled = true;
  std::uint64_t cursor_seq = 0;
  std::size_t waiting = 0;
  std::size_t parked = 0;
  std::int64_t oldest_ms = 0;  // Unix time of the oldest event that waits; 0: none
  std::uint64_t sent = 0;
  std::uint64_t failures = 0;
  std::string last_error;  // empty: the last attempt succeeded
};

class Dispatcher {
 public:
  // Opens the store; see damaged(). Throws sqlite::Error, boost::system::system_error.
  Dispatcher(DispatcherOptions options, std::unique_ptr<EventSource> source);
  ~Dispatcher();  // stops
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  void start();
  // Posts under way are cut (and made again at the next start). Also when never started, and twice.
  void stop();
  void wake();                                             // a hint that there may be events; from any thread
  [[nodiscard]] std::vector<EndpointState> state() const;  // from any thread
  // The store is no database, or its structure is damaged: nobody is told of anything, and the log says so.
  // The rest of the program goes on. From any thread.
  [[nodiscard]] bool damaged() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::console::webhook
