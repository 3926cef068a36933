// Our broker and our client, in one process as `bannette serve` runs them: over TCP and CURVE, or over
// inproc.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <iostream>
#include <mutex>

#include <fmt/format.h>
#include <zmq.hpp>

#include "queue/journal/master_key.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "tests/bench/our_site.hpp"
#include "tests/bench/system.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;

// Waits until `count` have ended.
class Latch {
 public:
  explicit Latch(int count) : left_(count) {}
  void end_one() {
    const std::lock_guard lock(mutex_);
    if (--left_ == 0) changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return left_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int left_;
};

std::string mark_of(int index) {
  return fmt::format("{:05}", index % 100'000);
}

// Producers and consumers of whole cycles. Each callback runs on its link's thread; what both touch is
// locked.
class Cycles {
 public:
  Cycles(client::Link& producer, client::Link& consumer, std::function<void(v1::Envelope&)> as_agent,
         int count)
      : producer_(producer),
        consumer_(consumer),
        as_agent_(std::move(as_agent)),
        count_(count),
        sent_(static_cast<std::size_t>(count)),
        latch_(kProducers + kConsumers) {}

  Figures run() {
    const auto begin = Clock::now();
    for (int i = 0; i < kProducers; ++i) produce();
    for (int i = 0; i < kConsumers; ++i) consume();
    latch_.wait();
    return figures_of(static_cast<std::size_t>(count_), micros(Clock::now() - begin) / 1e6,
                      std::move(delivered_us_));
  }

  // A dossier came: one of the consumers that found nothing asks again.
  void hinted() {
    {
      const std::lock_guard lock(mutex_);
      ++hints_;
      if (idle_consumers_ == 0) return;
      --idle_consumers_;
    }
    consume();
  }

 private:
  void produce() {
    int index = 0;
    {
      const std::lock_guard lock(mutex_);
      if (submitted_ == count_) return latch_.end_one();
      if (confirmed_ - taken_ >= kBacklog) {
        ++idle_producers_;
        return;
      }
      index = submitted_++;
      sent_[static_cast<std::size_t>(index)] = Clock::now();
    }
    producer_.ask(submission(kRound, mark_of(index)), [this](v1::Envelope&& reply) {
      must(reply);
      {
        const std::lock_guard lock(mutex_);
        ++confirmed_;
      }
      produce();
    });
  }

  void consume() {
    std::uint64_t hints = 0;
    {
      const std::lock_guard lock(mutex_);
      if (taken_ + taking_ >= count_) return latch_.end_one();
      ++taking_;
      hints = hints_;
    }
    auto ask = take_next();
    as_agent_(ask);
    consumer_.ask(std::move(ask), [this, hints](v1::Envelope&& reply) { took(std::move(reply), hints); });
  }

  void took(v1::Envelope reply, std::uint64_t hints) {
    if (reply.has_error()) {
      if (reply.error().code() != "nothing_waiting") must(reply);
      {
        const std::lock_guard lock(mutex_);
        --taking_;
        if (hints == hints_) {  // nothing came meanwhile: the next hint wakes it
          ++idle_consumers_;
          return;
        }
      }
      return consume();
    }
    int idle = 0;
    {
      const std::lock_guard lock(mutex_);
      --taking_;
      ++taken_;
      const auto index = static_cast<std::size_t>(std::stoi(reply.done().header().insee()));
      delivered_us_.push_back(micros(Clock::now() - sent_[index]));
      idle = std::exchange(idle_producers_, 0);
      if (taken_ == count_) {  // those that wait for a hint find that all is done
        for (int i = std::exchange(idle_consumers_, 0); i > 0; --i) latch_.end_one();
      }
    }
    while (idle-- > 0) produce();
    auto ask = handle(reply.done().header());
    as_agent_(ask);
    consumer_.ask(std::move(ask), [this](v1::Envelope&& handled) {
      must(handled);
      consume();
    });
  }

  client::Link& producer_;
  client::Link& consumer_;
  const std::function<void(v1::Envelope&)> as_agent_;
  const int count_;
  std::mutex mutex_;  // of what follows
  std::vector<Clock::time_point> sent_;
  std::vector<double> delivered_us_;
  int submitted_ = 0, confirmed_ = 0, taken_ = 0, taking_ = 0;
  int idle_producers_ = 0, idle_consumers_ = 0;
  std::uint64_t hints_ = 0;
  Latch latch_;
};

class Ours final : public System {
 public:
  Ours(const fs::path& data, bool curve_over_tcp) : tcp_(curve_over_tcp) {
    fs::create_directories(data);
    journal::Options options;
    options.site = "bench";
    options.master = seal::load_or_make_master_key(data);
    journal_ = journal::open_sqlite(data, options);
    broker::Options its;
    its.data = data;
    if (tcp_) its.tcp = "tcp://127.0.0.1:0";
    broker_.emplace(context_, its, site_rules(), *journal_, [](const std::string& why) {
      std::cerr << why << '\n';
      std::_Exit(1);
    });
    broker_->start();
    producer_ = link(data, "router", its.router);
    consumer_ = link(data, "unit:cycle", its.console);
    subscribe();
  }

  std::string name() const override { return tcp_ ? "bannette" : "bannette-inproc"; }
  std::string transport() const override { return tcp_ ? "TCP loopback, CURVE" : "inproc"; }

  Figures submit(int outstanding, int count) override {
    std::vector<double> latencies;
    latencies.reserve(static_cast<std::size_t>(count));
    int started = 0;  // all on the link's thread, but for the first
    Latch latch(outstanding);
    std::function<void()> next = [&] {
      if (started++ >= count) return latch.end_one();
      const auto sent = Clock::now();
      producer_->ask(submission(kHeap, "59512"), [&, sent](v1::Envelope&& reply) {
        must(reply);
        latencies.push_back(micros(Clock::now() - sent));
        next();
      });
    };
    const auto begin = Clock::now();
    // The first answer sets the others going, so that `next` runs on one thread only.
    producer_->ask(submission(kHeap, "59512"), [&](v1::Envelope&& reply) {
      must(reply);
      for (int i = 0; i < outstanding; ++i) next();
    });
    latch.wait();
    return figures_of(latencies.size(), micros(Clock::now() - begin) / 1e6, std::move(latencies));
  }

  Figures paced(int per_s, int count) override {
    std::vector<double> latencies;
    latencies.reserve(static_cast<std::size_t>(count));
    Latch latch(count);
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
      const auto due = begin + std::chrono::microseconds{1'000'000LL * i / per_s};
      wait_until(due);
      producer_->ask(submission(kHeap, "59512"), [&, due](v1::Envelope&& reply) {
        must(reply);
        latencies.push_back(micros(Clock::now() - due));
        latch.end_one();
      });
    }
    latch.wait();
    return figures_of(latencies.size(), micros(Clock::now() - begin) / 1e6, std::move(latencies));
  }

  Figures cycles(int count) override {
    auto& run = *runs_.emplace_back(std::make_unique<Cycles>(*producer_, *consumer_, as_agent(), count));
    {
      const std::lock_guard lock(mutex_);
      running_ = &run;
    }
    Figures figures = run.run();
    const std::lock_guard lock(mutex_);
    running_ = nullptr;
    return figures;
  }

 private:
  std::unique_ptr<client::Link> link(const fs::path& data, const std::string& principal,
                                     const std::string& inproc) {
    client::Options options;
    options.endpoint = tcp_ ? broker_->tcp_endpoint() : inproc;
    if (tcp_) options.curve = key_for(data, principal, broker_->server_key());
    auto made = std::make_unique<client::Link>(options, tcp_ ? nullptr : &context_);
    made->on_delivery([this](v1::Envelope&& hint) { heard(hint); });
    made->start();
    if (!made->wait_up(std::chrono::seconds{10})) std::abort();
    return made;
  }

  // The console's key speaks for a person; a unit's for itself.
  std::function<void(v1::Envelope&)> as_agent() const {
    if (tcp_) return [](v1::Envelope&) {};
    return [](v1::Envelope& envelope) {
      envelope.mutable_actor()->set_name("agent");
      envelope.mutable_actor()->set_role(v1::ROLE_AGENT);
      envelope.mutable_actor()->add_units("cycle");
    };
  }

  void subscribe() {
    v1::Envelope ask;
    ask.mutable_subscribe()->set_credit(kCredit);
    ask.mutable_subscribe()->add_bannettes(kRound);
    must(consumer_->ask(std::move(ask)).get());
  }

  // On the consumer link's thread.
  void heard(const v1::Envelope& hint) {
    if (++used_credit_ == kCredit / 2) {
      v1::Envelope more;
      more.mutable_credit()->set_credit(static_cast<std::uint32_t>(std::exchange(used_credit_, 0)));
      consumer_->ask(std::move(more), [](v1::Envelope&&) {});
    }
    if (hint.deliver().change() != "submitted") return;  // what consumers did themselves
    const std::lock_guard lock(mutex_);
    if (running_ != nullptr) running_->hinted();
  }

  static constexpr int kCredit = 1'000;
  const bool tcp_;
  std::unique_ptr<journal::Journal> journal_;
  zmq::context_t context_{1};
  std::optional<broker::Broker> broker_;
  std::vector<std::unique_ptr<Cycles>> runs_;  // kept: the last callback may still be leaving its run
  std::mutex mutex_;
  Cycles* running_ = nullptr;
  int used_credit_ = 0;
  std::unique_ptr<client::Link> producer_, consumer_;
};

}  // namespace

std::unique_ptr<System> ours(const fs::path& folder, bool curve_over_tcp) {
  return std::make_unique<Ours>(folder, curve_over_tcp);
}

}  // namespace bannette::bench
