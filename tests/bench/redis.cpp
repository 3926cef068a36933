// Redis streams, each write synced (appendonly yes, appendfsync always): XADD, XREADGROUP, XACK, pipelined
// over a unix socket. One thread drives all connections.
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <functional>
#include <stdexcept>
#include <thread>

#include <hiredis/hiredis.h>
#include <poll.h>

#include <fmt/format.h>

#include "tests/bench/child.hpp"
#include "tests/bench/system.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failed(const std::string& what) {
  throw std::runtime_error("redis: " + what);
}

// Commands go out as the socket takes them; each reply finds the handler of its command.
class Connection {
 public:
  using Handler = std::function<void(const redisReply&)>;

  explicit Connection(const std::string& socket) : context_(redisConnectUnixNonBlock(socket.c_str())) {
    if (context_ == nullptr || context_->err != 0) failed("no connection");
  }
  ~Connection() { redisFree(context_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(const std::vector<std::string_view>& words, Handler handler) {
    std::array<const char*, 16> argv{};
    std::array<std::size_t, 16> lengths{};
    for (std::size_t i = 0; i < words.size(); ++i) {
      argv.at(i) = words[i].data();
      lengths.at(i) = words[i].size();
    }
    redisAppendCommandArgv(context_, static_cast<int>(words.size()), argv.data(), lengths.data());
    handlers_.push_back(std::move(handler));
    written_ = false;
  }
  // Writes what is there; what to poll for next.
  pollfd flush() {
    int done = 1;
    if (!written_ && redisBufferWrite(context_, &done) != REDIS_OK) failed(context_->errstr);
    written_ = done != 0;
    return {context_->fd, static_cast<short>(written_ ? POLLIN : POLLIN | POLLOUT), 0};
  }
  void receive() {
    if (redisBufferRead(context_) != REDIS_OK) failed(context_->errstr);
    for (void* reply = nullptr;;) {
      if (redisGetReplyFromReader(context_, &reply) != REDIS_OK) failed(context_->errstr);
      if (reply == nullptr) return;
      const auto* its = static_cast<redisReply*>(reply);
      if (its->type == REDIS_REPLY_ERROR) failed(its->str);
      const Handler handler = std::move(handlers_.front());
      handlers_.pop_front();
      handler(*its);
      freeReplyObject(reply);
    }
  }

 private:
  redisContext* context_;
  std::deque<Handler> handlers_;
  bool written_ = true;
};

class Connections {
 public:
  Connections(const std::string& socket, int count) {
    for (int i = 0; i < count; ++i) all_.push_back(std::make_unique<Connection>(socket));
  }
  Connection& operator[](int index) { return *all_[static_cast<std::size_t>(index)]; }

  // One look at all of them; waits until `until` at most.
  void poll(Clock::time_point until = Clock::time_point::max()) {
    items_.clear();
    for (auto& each : all_) items_.push_back(each->flush());
    timespec wait{1, 0};
    if (until != Clock::time_point::max()) {
      const auto left = std::max(until - Clock::now(), Clock::duration{0});
      wait = {0, std::chrono::duration_cast<std::chrono::nanoseconds>(left).count() % 1'000'000'000};
    }
    if (::ppoll(items_.data(), items_.size(), &wait, nullptr) < 0 && errno != EINTR) failed("poll");
    for (std::size_t i = 0; i < all_.size(); ++i)
      if ((items_[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0) all_[i]->receive();
  }

 private:
  std::vector<std::unique_ptr<Connection>> all_;
  std::vector<pollfd> items_;
};

std::string payload(int index) {
  std::string text = fmt::format("{:08}", index);
  text.resize(kPayload, 'n');
  return text;
}

class CycleRun {
 public:
  CycleRun(Connections& all, std::string stream, int count)
      : all_(all), stream_(std::move(stream)), count_(count), sent_(static_cast<std::size_t>(count)) {}

  Figures run() {
    const auto begin = Clock::now();
    for (int i = 0; i < kProducers; ++i) produce(i);
    for (int i = 0; i < kConsumers; ++i) consume(kProducers + i);
    while (handled_ < count_) all_.poll();
    return figures_of(static_cast<std::size_t>(count_), micros(Clock::now() - begin) / 1e6, delivered_us_);
  }

 private:
  void produce(int connection) {
    if (submitted_ == count_) return;
    if (confirmed_ - taken_ >= kBacklog) {
      idle_.push_back(connection);
      return;
    }
    const int index = submitted_++;
    sent_[static_cast<std::size_t>(index)] = Clock::now();
    const std::string text = payload(index);
    all_[connection].send({"XADD", stream_, "*", "p", text}, [this, connection](const redisReply&) {
      ++confirmed_;
      produce(connection);
    });
  }
  void consume(int connection) {
    const std::string consumer = fmt::format("c{}", connection);
    all_[connection].send(
        {"XREADGROUP", "GROUP", "g", consumer, "COUNT", "1", "BLOCK", "0", "STREAMS", stream_, ">"},
        [this, connection](const redisReply& reply) {
          took(connection, *reply.element[0]->element[1]->element[0]);
        });
  }
  void took(int connection, const redisReply& entry) {
    ++taken_;
    const auto index = static_cast<std::size_t>(std::stoi(std::string(entry.element[1]->element[1]->str, 8)));
    delivered_us_.push_back(micros(Clock::now() - sent_[index]));
    const std::string id(entry.element[0]->str, entry.element[0]->len);
    all_[connection].send({"XACK", stream_, "g", id}, [this, connection](const redisReply&) {
      ++handled_;
      consume(connection);
    });
    for (int producer : std::exchange(idle_, {})) produce(producer);
  }

  Connections& all_;
  const std::string stream_;
  const int count_;
  std::vector<Clock::time_point> sent_;
  std::vector<double> delivered_us_;
  std::vector<int> idle_;  // producers that wait for the backlog
  int submitted_ = 0, confirmed_ = 0, taken_ = 0, handled_ = 0;
};

class Redis final : public System {
 public:
  Redis(const std::string& program, const fs::path& folder)
      : socket_((folder / "s").string()),
        server_({program, "--port", "0", "--unixsocket", socket_, "--dir", folder.string(), "--save", "",
                 "--appendonly", "yes", "--appendfsync", "always"},
                folder / "log") {
    while (!fs::exists(socket_)) {  // it is made when the server listens
      if (!server_.running()) failed("the server ended, see " + (folder / "log").string());
      std::this_thread::yield();
    }
  }

  std::string name() const override { return "redis"; }
  std::string transport() const override { return "unix socket"; }

  Figures submit(int outstanding, int count) override {
    Connections all(socket_, std::min(outstanding, kProducers));
    std::vector<double> latencies;
    int started = 0;
    std::function<void(int)> next = [&](int connection) {
      if (started >= count) return;
      const std::string text = payload(started++);
      const auto sent = Clock::now();
      all[connection].send({"XADD", "heap", "*", "p", text}, [&, sent, connection](const redisReply&) {
        latencies.push_back(micros(Clock::now() - sent));
        next(connection);
      });
    };
    const auto begin = Clock::now();
    for (int i = 0; i < outstanding; ++i) next(i % std::min(outstanding, kProducers));
    while (latencies.size() < static_cast<std::size_t>(count)) all.poll();
    return figures_of(latencies.size(), micros(Clock::now() - begin) / 1e6, latencies);
  }

  Figures paced(int per_s, int count) override {
    Connections all(socket_, 1);
    std::vector<double> latencies;
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
      const auto due = begin + std::chrono::microseconds{1'000'000LL * i / per_s};
      while (Clock::now() < due) all.poll(due);
      const std::string text = payload(i);
      all[0].send({"XADD", "heap", "*", "p", text},
                  [&, due](const redisReply&) { latencies.push_back(micros(Clock::now() - due)); });
    }
    while (latencies.size() < static_cast<std::size_t>(count)) all.poll();
    return figures_of(latencies.size(), micros(Clock::now() - begin) / 1e6, latencies);
  }

  Figures cycles(int count) override {
    Connections all(socket_, kProducers + kConsumers);
    const std::string stream = fmt::format("cycle{}", runs_++);
    bool made = false;
    all[0].send({"XGROUP", "CREATE", stream, "g", "$", "MKSTREAM"}, [&](const redisReply&) { made = true; });
    while (!made) all.poll();
    return CycleRun(all, stream, count).run();
  }

 private:
  const std::string socket_;
  Child server_;
  int runs_ = 0;
};

}  // namespace

std::unique_ptr<System> redis(const fs::path& folder) {
  const std::string program = find_program("redis-server");
  if (program.empty()) return nullptr;
  fs::create_directories(folder);
  return std::make_unique<Redis>(program, fs::canonical(folder));
}

}  // namespace bannette::bench
