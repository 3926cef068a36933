#include "agent-console/server/hashing.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "agent-console/server/passwords.hpp"

namespace bannette::console {

struct Hashing::Threads {
  explicit Threads(std::size_t count) : pool(count) {}
  asio::thread_pool pool;
};

Hashing::Hashing(const Limits& limits, asio::any_io_executor executor)
    : most_(limits.hashes_waiting),
      executor_(std::move(executor)),
      nobody_(hash_password(random_secret())),
      threads_(std::make_unique<Threads>(limits.hashing_threads)) {}

Hashing::~Hashing() {
  stop();
}

void Hashing::stop() {
  threads_->pool.join();
}

asio::awaitable<std::optional<bool>> Hashing::verify(std::string hash, std::string password) {
  if (waiting_ >= most_) {
    forget(password);
    co_return std::nullopt;
  }
  ++waiting_;
  auto start = [this, &hash, &password](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    asio::post(threads_->pool,
               [this, shared, hash = std::move(hash), password = std::move(password)]() mutable {
                 const bool same = verify_password(hash, password);
                 forget(password);
                 asio::post(executor_, [this, shared, same] {
                   --waiting_;
                   std::move (*shared)(same);
                 });
               });
  };
  const bool same =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(start, asio::use_awaitable);
  co_return same;
}

}  // namespace bannette::console
