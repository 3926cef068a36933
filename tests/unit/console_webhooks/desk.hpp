// A dispatcher at work on a folder of its own, with events that a test hands out.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "agent-console/webhooks/dispatcher.hpp"

namespace bannette::test {

namespace webhook = console::webhook;

struct HookFolder {
  std::filesystem::path path;
  HookFolder();
  ~HookFolder();
  HookFolder(const HookFolder&) = delete;
  HookFolder& operator=(const HookFolder&) = delete;
  [[nodiscard]] std::filesystem::path file() const { return path / "webhooks.db"; }
};

[[nodiscard]] const seal::Key& hook_key();
[[nodiscard]] webhook::Event hook_event(std::uint64_t seq);
[[nodiscard]] webhook::Endpoint hook_endpoint(const std::string& name, const std::string& url);

// What the queue's feed would be: every third sequence is an event.
class Feed {
 public:
  void grow(std::uint64_t up_to_seq);
  void silent(bool silent);
  [[nodiscard]] std::unique_ptr<webhook::EventSource> source();
  [[nodiscard]] static std::size_t events(std::uint64_t up_to_seq) { return up_to_seq / 3; }

 private:
  struct Shared {
    std::mutex mutex;
    std::uint64_t head = 0;
    bool silent = false;
  };
  class Source;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

// A dispatcher's changes, to be waited for.
class Watch {
 public:
  void look();
  // False when the patience is over. Looked at after each change.
  [[nodiscard]] bool until(const std::function<bool()>& holds);

 private:
  std::mutex mutex_;
  std::condition_variable looked_;
  std::uint64_t looks_ = 0;
};

[[nodiscard]] webhook::DispatcherOptions hook_options(const HookFolder& folder, Watch& watch);
[[nodiscard]] webhook::EndpointState state_of(const webhook::Dispatcher& dispatcher, const std::string& name);

}  // namespace bannette::test
