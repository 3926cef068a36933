// The broker on a disk that does not answer.
#include <filesystem>

#include <catch2/catch.hpp>
#include <date/tz.h>
#include <zmq.hpp>

#include "queue/broker/broker.hpp"
#include "queue/client/link.hpp"
#include "queue/system/random.hpp"
#include "tests/unit/queue_broker/held_journal.hpp"

using namespace bannette;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

v1::Envelope submission() {
  v1::Envelope envelope;
  const Uuid key = system::new_uuid7();
  envelope.set_idempotency_key(key.bytes.data(), key.bytes.size());
  auto& submit = *envelope.mutable_submit();
  submit.set_bannette("standard");
  submit.set_topic("social.budget");
  submit.set_urgency(v1::URGENCY_NORMAL);
  return envelope;
}

struct Running {
  Running() {
    std::string name = (fs::temp_directory_path() / "bannette-slow-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    options.data = name;
    Rules rules;
    rules.site = "essai";
    rules.bannettes = {"standard", "arbitrage"};
    rules.topics = {{"social.budget", {}, false}};
    rules.calendar.zone = date::locate_zone("Europe/Paris");
    broker = std::make_unique<broker::Broker>(context, options, rules, journal,
                                              [](const std::string&) { std::abort(); });
    broker->start();
  }
  ~Running() {
    broker->stop();
    fs::remove_all(options.data);
  }
  std::unique_ptr<client::Link> link(const std::string& endpoint) {
    client::Options its;
    its.endpoint = endpoint;
    its.request_timeout = 30s;
    auto made = std::make_unique<client::Link>(its, &context);
    made->start();
    REQUIRE(made->wait_up(10s));
    return made;
  }

  test::HeldJournal journal;
  zmq::context_t context{1};
  broker::Options options;
  std::unique_ptr<broker::Broker> broker;
};

}  // namespace

TEST_CASE("A commit that does not end keeps nobody else from being heard, and its answer waits for it") {
  Running running;
  const auto router = running.link(running.options.router);
  REQUIRE(router->ask(submission()).get().has_receipt());
  const std::thread::id committer = running.journal.appended_by;
  // One alone is committed where it is, by the broker's thread, unless the journal is at other work just
  // then.
  std::promise<void> disk;
  std::future<v1::Envelope> waits;
  for (int i = 0; i < 100; ++i) {
    auto begun = running.journal.hold_append(disk.get_future().share());
    waits = router->ask(submission());
    begun.wait();
    if (running.journal.appended_by != committer) break;
    std::exchange(disk, {}).set_value();
    REQUIRE(waits.get().has_receipt());
  }
  REQUIRE(running.journal.appended_by != committer);

  const auto console = running.link(running.options.console);  // a session opens, its heartbeats are answered
  const auto loop = running.broker->health().loop_boot_ms;
  while (running.broker->health().loop_boot_ms == loop) std::this_thread::yield();
  CHECK(waits.wait_for(0s) == std::future_status::timeout);
  disk.set_value();
  CHECK(waits.get().has_receipt());
  CHECK(router->ask(submission()).get().has_receipt());
}
