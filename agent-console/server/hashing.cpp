#include "agent-console/server/hashing.hpp"

#include <new>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "agent-console/server/passwords.hpp"
#include "queue/async/answer.hpp"

namespace bannette::console {

struct Hashing::Threads {
  explicit Threads(std::size_t count) : pool(count) {}
  asio::thread_pool pool;
};

Hashing::Hashing(const Limits& limits)
    : most_(limits.hashes_waiting),
      nobody_(hash_password(random_secret())),
      threads_(std::make_unique<Threads>(limits.hashing_threads)) {}

Hashing::~Hashing() {
  stop();
}

void Hashing::stop() {
  threads_->pool.join();
}

template <class Work>
asio::awaitable<std::invoke_result_t<Work>> Hashing::run(Work work) {
  using Given = std::invoke_result_t<Work>;
  ++waiting_;
  auto start = [this, &work](auto done) {
    asio::post(threads_->pool, [done, work = std::move(work)]() mutable { done(work()); });
  };
  auto given = co_await answer_of<Given>(start);
  --waiting_;
  co_return given;
}

asio::awaitable<std::optional<bool>> Hashing::verify(std::string hash, std::string password) {
  if (waiting_ >= most_) {
    forget(password);
    co_return std::nullopt;
  }
  auto work = [hash = std::move(hash), password = std::move(password)]() mutable {
    const bool same = verify_password(hash, password);
    forget(password);
    return same;
  };
  const bool same = co_await run(std::move(work));
  co_return same;
}

asio::awaitable<std::optional<PasswordHash>> Hashing::hash(std::string password) {
  if (waiting_ >= most_) {
    forget(password);
    co_return std::nullopt;
  }
  auto work = [password = std::move(password)]() mutable -> std::optional<PasswordHash> {
    try {
      PasswordHash hash{hash_password(password)};
      forget(password);
      return hash;
    } catch (const std::bad_alloc&) {  // no thread ends for it
      forget(password);
      return std::nullopt;
    }
  };
  auto hash = co_await run(std::move(work));
  co_return hash;
}

}  // namespace bannette::console
