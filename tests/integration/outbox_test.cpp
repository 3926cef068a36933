// What the queue cannot confirm now is kept by the router and sent when it can: in order, each exactly once.
// Router and queue run in this process, so that the queue can go away and come back.
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "queue/broker/broker.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "router/config/load.hpp"
#include "router/config/rules.hpp"
#include "router/service/service.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/relay.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::shared_ptr<const router::Site> sample_site() {
  static const auto site =
      std::make_shared<const router::Site>(router::load_site(site_folder()).site.value());
  return site;
}

[[noreturn]] void broken(const std::string& why) {
  std::fprintf(stderr, "broken: %s\n", why.c_str());
  std::abort();
}

seal::Key master() {
  seal::Key key;
  key.bytes.fill(7);
  return key;
}

constexpr const char* kQueue = "inproc://queue-router";
constexpr const char* kConsole = "inproc://queue-console";
constexpr const char* kIntake = "inproc://intake";

// One machine: its disk stays, its router and its queue come and go.
struct Machine {
  TemporaryFolder folder;
  zmq::context_t context{1};
  std::unique_ptr<journal::Journal> journal;
  Rules rules = rules_of(*sample_site());
  std::optional<broker::Broker> queue;
  std::optional<router::RouterService> router;
  std::unique_ptr<client::Link> console;  // the console's session with the router
  std::unique_ptr<client::Link> watcher;  // and with the queue
  Inbox hints;

  Machine() {
    journal::Options options;
    options.site = sample_site()->code;
    options.master = master();
    journal = journal::open_sqlite(folder.path(), options);
  }
  ~Machine() {
    console.reset();
    stop_queue();
    router.reset();
  }

  void start_router(const std::string& queue_address = kQueue) {
    router::ServiceOptions options;
    options.data = folder.path();
    options.master = master();
    options.listen = kIntake;
    options.queue = queue_address;
    router.emplace(context, options, sample_site(), broken);
    router->start();
    console = session(kIntake);
  }
  void stop_router() {
    console.reset();
    router.reset();
  }
  void start_queue() {
    broker::Options options;
    options.data = folder.path();
    options.console = kConsole;
    options.router = kQueue;
    queue.emplace(context, options, rules, *journal, broken);
    queue->start();
    // The site's own changes (its calendar, at the first start) are hinted too: here only dossiers count.
    watcher = session(kConsole, [take = hints.taker()](v1::Envelope&& each) {
      if (each.deliver().has_header()) take(std::move(each));
    });
    v1::Envelope subscribe;
    subscribe.mutable_subscribe()->set_credit(1'000);
    REQUIRE(ask(*watcher, subscribe).has_subscribed());
  }
  void stop_queue() {
    watcher.reset();
    queue.reset();
  }
  std::unique_ptr<client::Link> session(const char* endpoint, client::Link::Delivery delivery = {}) {
    client::Options options;
    options.endpoint = endpoint;
    auto link = std::make_unique<client::Link>(options, &context);
    if (delivery) link->on_delivery(std::move(delivery));
    link->start();
    REQUIRE(link->wait_up(kPatience));
    return link;
  }

  v1::Envelope log(const v1::Envelope& call) {
    v1::Envelope request = call;
    request.mutable_actor()->set_name("odile");
    request.mutable_actor()->set_role(v1::ROLE_OPERATOR);
    return ask(*console, request);
  }
  v1::OutboxReport outbox() {
    v1::Envelope request;
    request.mutable_outbox_state();
    request.mutable_actor()->set_name("odile");
    request.mutable_actor()->set_role(v1::ROLE_OPERATOR);
    return ask(*console, request).outbox_report();
  }
  // The last letter leaves the outbox after its receipt has come: a moment after its hint.
  void wait_outbox_empty() {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (outbox().waiting() != 0) REQUIRE(std::chrono::steady_clock::now() < until);
  }
  // The note of the dossier that a hint tells of.
  std::string note_of(const v1::Deliver& hint) {
    v1::Envelope request = show(id_text(hint.header().id()));
    request.mutable_actor()->set_name("lea");
    request.mutable_actor()->set_role(v1::ROLE_AGENT);
    request.mutable_actor()->add_units(
        hint.header().bannette().substr(0, hint.header().bannette().find('/')));
    return ask(*watcher, request).dossier().content().note();
  }
  std::size_t dossiers() const { return static_cast<std::size_t>(journal->last_number()); }
};

std::vector<v1::Envelope> calls(std::size_t count) {
  std::vector<v1::Envelope> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(log_call("appel canari numéro " + std::to_string(i)));
  return all;
}

}  // namespace

TEST_CASE(
    "Without a queue calls are recorded; they outlive the router, and reach the bannette once and in order") {
  Machine machine;
  machine.start_router();
  const auto waiting = calls(5);
  for (const auto& each : waiting) {
    const v1::Envelope reply = machine.log(each);
    REQUIRE(reply.has_recorded());  // never a receipt
    CHECK(reply.recorded().bannette().ends_with("/pmi"));
  }
  CHECK(machine.log(waiting[2]).has_recorded());  // said twice, kept once
  CHECK(machine.outbox().waiting() == 5);
  CHECK(!machine.outbox().queue_up());
  v1::Envelope empty = log_call("");
  CHECK(code_of(machine.log(empty)) == "missing");  // a wrong call is refused all the same

  machine.stop_router();
  for (const auto& entry : std::filesystem::directory_iterator(machine.folder.path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    INFO(entry.path().string());
    CHECK(bytes.str().find("canari") == std::string::npos);  // sealed
  }
  machine.start_router();
  CHECK(machine.outbox().waiting() == 5);

  machine.start_queue();
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const v1::Deliver hint = machine.hints.next().deliver();
    CHECK(hint.change() == "submitted");
    CHECK(machine.note_of(hint) == waiting[i].log_call().note());
  }
  machine.wait_outbox_empty();
  // Asked again by the console: now a receipt, and no second dossier.
  for (const auto& each : waiting) CHECK(machine.log(each).has_receipt());
  CHECK(machine.dossiers() == 5);
  CHECK(machine.hints.size() == 0);
}

TEST_CASE("The queue goes away and comes back under the same router") {
  Machine machine;
  Relay relay(machine.context, "inproc://relay", kQueue);
  machine.start_queue();
  relay.plug_in();
  machine.start_router("inproc://relay");
  const auto all = calls(6);
  const v1::Envelope before = machine.log(all[0]);
  REQUIRE(before.has_receipt());
  CHECK(machine.note_of(machine.hints.next().deliver()) == all[0].log_call().note());

  relay.unplug();
  machine.stop_queue();
  for (std::size_t i = 1; i < 5; ++i) REQUIRE(machine.log(all[i]).has_recorded());
  CHECK(machine.outbox().waiting() == 4);
  machine.start_queue();
  relay.plug_in();
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(machine.note_of(machine.hints.next().deliver()) == all[i].log_call().note());
  machine.wait_outbox_empty();
  REQUIRE(machine.log(all[5]).has_receipt());
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(machine.log(all[i]).has_receipt());
  CHECK(machine.log(all[0]).receipt().id() == before.receipt().id());
  CHECK(machine.dossiers() == 6);
  machine.stop_router();  // before the relay
}

TEST_CASE("A receipt that was lost on its way makes no second dossier") {
  Machine machine;
  Relay relay(machine.context, "inproc://relay", kQueue);
  machine.start_queue();
  relay.plug_in();
  machine.start_router("inproc://relay");
  const auto all = calls(3);
  REQUIRE(machine.log(all[0]).has_receipt());
  (void)machine.hints.next();

  relay.pass(Relay::Pass::requests);
  for (std::size_t i = 1; i < 3; ++i) {
    REQUIRE(machine.log(all[i]).has_recorded());  // unknown to the router: kept
    if (i == 1)
      CHECK(machine.note_of(machine.hints.next().deliver()) == all[1].log_call().note());  // and yet there
  }
  relay.pass(Relay::Pass::all);
  machine.wait_outbox_empty();
  CHECK(machine.dossiers() == 3);
  for (const auto& each : all) CHECK(machine.log(each).has_receipt());
  CHECK(machine.dossiers() == 3);
  machine.stop_router();
}

TEST_CASE("A letter that the queue refuses for good is set aside, and the others go on") {
  Machine machine;
  std::erase(machine.rules.bannettes,
             "service:mdie");  // the queue's configuration is older than the router's
  machine.start_router();
  v1::Envelope refused = log_call("appel pour une bannette inconnue de la file");
  refused.mutable_log_call()->set_topic("insertion.rsa");
  REQUIRE(machine.log(refused).recorded().bannette() == "service:mdie");
  const auto good = calls(2);
  for (const auto& each : good) REQUIRE(machine.log(each).has_recorded());
  machine.start_queue();
  for (const auto& each : good)
    CHECK(machine.note_of(machine.hints.next().deliver()) == each.log_call().note());
  machine.wait_outbox_empty();
  CHECK(machine.dossiers() == 2);
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (machine.router->health().outbox_aside != 1) REQUIRE(std::chrono::steady_clock::now() < until);
}
