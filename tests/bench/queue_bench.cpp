// ./dev bench: the real broker over TCP and CURVE, with the real client, on a real disk, fsync before each
// confirmation. Prints JSON. Figures, never a pass or a failure.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <zmq.hpp>

#include "queue/broker/broker.hpp"
#include "queue/broker/keys.hpp"
#include "queue/client/link.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "queue/system/random.hpp"

namespace {

using namespace bannette;
namespace fs = std::filesystem;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr int kRuns = 3;            // the median is printed
constexpr std::size_t kNote = 600;  // bytes
constexpr int kProducers = 10;
constexpr int kConsumers = 8;
constexpr const char* kBannette = "unite/social";

double micros(Clock::duration d) {
  return std::chrono::duration<double, std::micro>(d).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

double percentile(std::vector<double>& values, double part) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

std::int64_t rounded(double value) {
  return static_cast<std::int64_t>(value + 0.5);
}

Rules bench_rules() {
  Rules rules;
  rules.site = "bench";
  rules.bannettes = {kBannette, "standard", "arbitrage"};
  rules.topics = {{"social.budget", {Delay::Unit::calendar_ms, 432'000'000}, false}};
  rules.calendar.zone = date::locate_zone("Europe/Paris");
  return rules;
}

client::Curve key_for(const fs::path& data, const std::string& principal, const std::string& server_key) {
  const auto pair = broker::new_key_pair();
  if (broker::add_key(data, principal, pair.public_key).has_error()) std::abort();
  return {pair.public_key, pair.secret_key, server_key};
}

void put_key(v1::Envelope& envelope) {
  const Uuid key = system::new_uuid7();
  envelope.set_idempotency_key(key.bytes.data(), key.bytes.size());
}

v1::Envelope submission() {
  static const std::string note(kNote, 'n');
  v1::Envelope envelope;
  put_key(envelope);
  auto& submit = *envelope.mutable_submit();
  submit.set_bannette(kBannette);
  submit.set_topic("social.budget");
  submit.set_urgency(v1::URGENCY_NORMAL);
  submit.set_insee("59512");
  submit.mutable_content()->set_note(note);
  return envelope;
}

// Waits until `done` of its parts have ended.
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

void must(const v1::Envelope& reply) {
  if (!reply.has_error()) return;
  std::cerr << "refused: " << reply.error().code() << ' ' << reply.error().detail() << '\n';
  std::abort();
}

struct Figures {
  double per_s = 0, p50_us = 0, p99_us = 0;
};

// `outstanding` submissions under way at any moment, `count` in all.
Figures submit_run(client::Link& link, int outstanding, int count) {
  std::vector<double> latencies;
  latencies.reserve(static_cast<std::size_t>(count));
  std::atomic<int> started{0};
  Latch latch(outstanding);
  std::function<void()> next = [&] {
    if (started.fetch_add(1) >= count) return latch.end_one();
    const auto sent = Clock::now();
    link.ask(submission(), [&, sent](v1::Envelope&& reply) {  // all on the link's thread
      must(reply);
      latencies.push_back(micros(Clock::now() - sent));
      next();
    });
  };
  const auto begin = Clock::now();
  for (int i = 0; i < outstanding; ++i) next();
  latch.wait();
  const double seconds = micros(Clock::now() - begin) / 1e6;
  return {static_cast<double>(count) / seconds, percentile(latencies, 0.5), percentile(latencies, 0.99)};
}

// Producers submit, consumers take the next and handle it; all of it durable.
double cycle_run(client::Link& producer, client::Link& consumer, int count) {
  std::atomic<int> submitted{0}, handled{0};
  Latch latch(kProducers + kConsumers);
  std::function<void()> produce = [&] {
    if (submitted.fetch_add(1) >= count) return latch.end_one();
    producer.ask(submission(), [&](v1::Envelope&& reply) {
      must(reply);
      produce();
    });
  };
  std::function<void()> consume = [&] {
    if (handled >= count) return latch.end_one();
    v1::Envelope take;
    put_key(take);
    take.mutable_take();
    consumer.ask(std::move(take), [&](v1::Envelope&& taken) {
      if (taken.has_error()) return consume();  // nothing waits just now
      v1::Envelope handle;
      put_key(handle);
      handle.mutable_handle()->set_dossier(
          make_reference(dossier_number(*uuid_from_bytes(taken.done().header().id()))));
      handle.mutable_handle()->set_fence(taken.done().header().fence());
      handle.mutable_handle()->set_outcome(v1::OUTCOME_ANSWERED);
      consumer.ask(std::move(handle), [&](v1::Envelope&& reply) {
        must(reply);
        ++handled;
        consume();
      });
    });
  };
  const auto begin = Clock::now();
  for (int i = 0; i < kProducers; ++i) produce();
  for (int i = 0; i < kConsumers; ++i) consume();
  latch.wait();
  return static_cast<double>(count) / (micros(Clock::now() - begin) / 1e6);
}

// The disk's own limit, where space is reused.
double fdatasync_us(const fs::path& folder) {
  const fs::path file = folder / "sync.probe";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const std::string page(4096, 'p');
  if (fd < 0 || ::pwrite(fd, page.data(), page.size(), 0) < 0 || ::fsync(fd) != 0) std::abort();
  std::vector<double> each;
  for (int i = 0; i < 300; ++i) {
    const auto begin = Clock::now();
    if (::pwrite(fd, page.data(), page.size(), 0) < 0 || ::fdatasync(fd) != 0) std::abort();
    each.push_back(micros(Clock::now() - begin));
  }
  ::close(fd);
  fs::remove(file);
  return median(each);
}

// A request that changes nothing and needs no disk: two threads, CURVE, the loopback.
double round_trip_us(client::Link& link) {
  std::vector<double> each;
  for (int i = 0; i < 300; ++i) {
    v1::Envelope ask;
    ask.mutable_list_tray()->set_limit(1);
    const auto begin = Clock::now();
    must(link.ask(std::move(ask)).get());
    each.push_back(micros(Clock::now() - begin));
  }
  return median(each);
}

json::object measure(client::Link& producer, client::Link& consumer, const fs::path& data) {
  json::array submit;
  for (const auto& [outstanding, count] :
       std::vector<std::pair<int, int>>{{1, 600}, {10, 6'000}, {64, 20'000}, {256, 30'000}}) {
    std::vector<double> rate, p50, p99;
    for (int run = 0; run < kRuns; ++run) {
      const Figures figures = submit_run(producer, outstanding, count);
      rate.push_back(figures.per_s);
      p50.push_back(figures.p50_us);
      p99.push_back(figures.p99_us);
    }
    submit.push_back({{"outstanding", outstanding},
                      {"confirmed_per_s", rounded(median(rate))},
                      {"p50_us", rounded(median(p50))},
                      {"p99_us", rounded(median(p99))}});
  }
  std::vector<double> cycles;
  for (int run = 0; run < kRuns; ++run) cycles.push_back(cycle_run(producer, consumer, 4'000));
  return {{"fdatasync_us", rounded(fdatasync_us(data))},
          {"round_trip_us", rounded(round_trip_us(consumer))},
          {"submit", std::move(submit)},
          {"cycles_per_s", rounded(median(cycles))}};
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) return 1;
  spdlog::set_level(spdlog::level::warn);
  const fs::path data = fs::path(argc > 1 ? argv[1] : "build") / ("bench-data-" + std::to_string(::getpid()));
  fs::create_directories(data);
  {
    journal::Options options;
    options.site = "bench";
    options.master = seal::load_or_make_master_key(data);
    const auto journal = journal::open_sqlite(data, options);
    zmq::context_t context(1);
    broker::Options broker_options;
    broker_options.data = data;
    broker_options.tcp = "tcp://127.0.0.1:0";
    broker::Broker broker(context, broker_options, bench_rules(), *journal, [](const std::string& why) {
      std::cerr << why << '\n';
      std::_Exit(1);
    });
    broker.start();
    const auto link_to = [&](const std::string& principal) {
      client::Options its;
      its.endpoint = broker.tcp_endpoint();
      its.curve = key_for(data, principal, broker.server_key());
      return std::make_unique<client::Link>(its);
    };
    const auto producer = link_to("router"), consumer = link_to("unit:unite");
    for (const auto* link : {&producer, &consumer}) {
      (*link)->start();
      if (!(*link)->wait_up(std::chrono::seconds{5})) return 1;
    }
    json::object figures = measure(*producer, *consumer, data);
    figures["note_bytes"] = kNote;
    figures["runs"] = kRuns;
    figures["cores"] = static_cast<std::int64_t>(::sysconf(_SC_NPROCESSORS_ONLN));
    figures["fsync"] = "before every confirmation";
    figures["dossiers"] = broker.health().dossiers;
    std::cout << json::serialize(figures) << '\n';
  }
  fs::remove_all(data);
  return 0;
}
