// An endpoint on loopback that does as it is told: answers, refuses, or misbehaves in one of the known ways.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bannette::test {

struct Received {
  std::string target;
  std::map<std::string, std::string> headers;  // names in small letters
  std::string body;
};

enum class Manner {
  answer,      // with the status
  close,       // after the request, without an answer
  hang,        // until the other side goes
  drip,        // the head, a byte at a time, for ever
  flood_head,  // a head without an end
  flood_body,  // 200 and a body without an end
  garbage,     // what is not HTTP
  redirect,    // 307 to another path of this endpoint
};

class Receiver {
 public:
  // `certificate` and `key`: PEM files; none: in clear. One connection at a time.
  explicit Receiver(const std::filesystem::path& certificate = {}, const std::filesystem::path& key = {});
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url() const;
  // The next requests are met so, one each; then with 204.
  void script(std::vector<std::pair<Manner, int>> manners);
  // What has come, once there are that many; throws std::runtime_error when the patience is over.
  [[nodiscard]] std::vector<Received> wait(std::size_t at_least);
  [[nodiscard]] std::vector<Received> all();

 private:
  struct Impl;
  void run();

  std::unique_ptr<Impl> impl_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Received> received_;
  std::vector<std::pair<Manner, int>> script_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace bannette::test
