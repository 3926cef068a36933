// Password hashing off the server's thread, with a bounded number of waiting logins.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "agent-console/server/accounts.hpp"
#include "agent-console/server/options.hpp"
#include "queue/async/tasks.hpp"

namespace bannette::console {

class Hashing {
 public:
  explicit Hashing(const Limits& limits);
  ~Hashing();
  void stop();  // waits for what is being hashed; also twice

  // Nothing: too many wait. The password is overwritten.
  [[nodiscard]] asio::awaitable<std::optional<bool>> verify(std::string hash, std::string password);
  // Of a new password of ours. Nothing: too many wait, or memory is short.
  [[nodiscard]] asio::awaitable<std::optional<PasswordHash>> hash(std::string password);
  // A hash that no password matches: for names that do not exist, so that they take the same time.
  [[nodiscard]] const std::string& nobody() const { return nobody_; }

 private:
  struct Threads;
  // What `work` gives, computed by one of the threads.
  template <class Work>
  asio::awaitable<std::invoke_result_t<Work>> run(Work work);

  std::size_t most_;
  std::size_t waiting_ = 0;
  std::string nobody_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace bannette::console
