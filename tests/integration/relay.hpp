// Stands between the router and the queue on inproc, where a cable would be: it can be cut, lose what comes
// back, and be plugged in again to a queue that was started anew.
#pragma once
#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <zmq.hpp>

#include "queue/system/wake.hpp"

namespace bannette::test {

class Relay {
 public:
  enum class Pass { all, requests, nothing };

  Relay(zmq::context_t& context, const std::string& listen);  // bound when it returns
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  void pass(Pass what) { pass_ = what; }
  // To be called while the queue is there.
  void plug_in(const std::string& queue);
  // And while it is still there.
  void unplug();

 private:
  void run();
  void forward(zmq::socket_t& from, bool reply);
  void order(std::function<void()> work);

  zmq::context_t& context_;
  zmq::socket_t front_, back_;
  std::string route_;  // of the router's one session
  std::atomic<Pass> pass_{Pass::all};
  std::atomic<bool> stopping_{false};
  system::Wake wake_;
  std::mutex mutex_;
  std::vector<std::packaged_task<void()>> orders_;
  std::thread thread_;
};

}  // namespace bannette::test
