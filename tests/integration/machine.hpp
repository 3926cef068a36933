// Router and queue in the test's own process, so that each can go away and come back over one disk.
#pragma once
#include <memory>
#include <optional>

#include <catch2/catch.hpp>

#include "queue/broker/broker.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "router/config/load.hpp"
#include "router/config/rules.hpp"
#include "router/service/service.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/relay.hpp"
#include "tests/integration/service.hpp"

namespace bannette::test {

inline std::shared_ptr<const router::Site> sample_site() {
  static const auto site =
      std::make_shared<const router::Site>(router::load_site(site_folder()).site.value());
  return site;
}

[[noreturn]] inline void broken(const std::string& why) {
  std::fprintf(stderr, "broken: %s\n", why.c_str());
  std::abort();
}

inline seal::Key master() {
  seal::Key key;
  key.bytes.fill(7);
  return key;
}

// One machine: its disk stays, its router and its queue come and go.
struct Machine {
  TemporaryFolder own;
  std::filesystem::path folder;  // of the router: outbox and what it remembers
  std::uint64_t free_space_mark;
  zmq::context_t context{1};
  std::unique_ptr<journal::Journal> journal;
  Rules rules = rules_of(*sample_site());
  std::optional<broker::Broker> queue;
  std::optional<Relay> cable;  // from the router to the queue: plugged in once the hints are subscribed to
  std::optional<router::RouterService> router;
  std::unique_ptr<client::Link> console;  // the console's session with the router
  std::unique_ptr<client::Link> watcher;  // and with the queue
  Inbox hints;
  std::string queue_address;
  int addresses = 0;

  // Another for each socket: libzmq lets go of one a while after it was closed.
  std::string address(const char* name) {
    return std::string("inproc://") + name + std::to_string(++addresses);
  }

  // The router on a disk of its own where a folder is given.
  explicit Machine(std::filesystem::path on = {},
                   std::uint64_t mark = router::ServiceOptions{}.free_space_mark)
      : folder(on.empty() ? own.path() : std::move(on)), free_space_mark(mark) {
    journal::Options options;
    options.site = sample_site()->code;
    options.master = master();
    journal = journal::open_sqlite(own.path(), options);
  }
  ~Machine() {
    stop_queue();
    stop_router();
  }

  void start_router() {
    const std::string here = address("cable"), intake = address("intake");
    cable.emplace(context, here);
    if (queue) cable->plug_in(queue_address);
    router::ServiceOptions options;
    options.data = folder;
    options.master = master();
    options.listen = intake;
    options.queue = here;
    options.free_space_mark = free_space_mark;
    router.emplace(context, options, sample_site(), broken);
    router->start();
    console = session(intake);
  }
  void stop_router() {
    console.reset();
    router.reset();
    cable.reset();
  }
  void start_queue() {
    broker::Options options;
    options.data = own.path();
    options.console = address("console");
    options.router = queue_address = address("queue");
    queue.emplace(context, options, rules, *journal, broken);
    queue->start();
    // What else happens (a calendar, a danger that climbs) is hinted too: here only arrivals count.
    watcher = session(options.console, [take = hints.taker()](v1::Envelope&& each) {
      if (each.deliver().change() == "submitted") take(std::move(each));
    });
    v1::Envelope subscribe;
    subscribe.mutable_subscribe()->set_credit(1'000);
    REQUIRE(ask(*watcher, subscribe).has_subscribed());
    if (cable) cable->plug_in(queue_address);
  }
  void stop_queue() {
    if (cable) cable->unplug();
    watcher.reset();
    queue.reset();
  }
  std::unique_ptr<client::Link> session(const std::string& endpoint, client::Link::Delivery delivery = {}) {
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
  v1::Envelope as(const char* who, v1::Role role, v1::Envelope request) {
    request.mutable_actor()->set_name(who);
    request.mutable_actor()->set_role(role);
    return ask(*console, request);
  }
  v1::OutboxReport outbox() {
    v1::Envelope request;
    request.mutable_outbox_state();
    return as("odile", v1::ROLE_OPERATOR, request).outbox_report();
  }
  v1::OutboxLetters letters(bool trace = false) {
    v1::Envelope request;
    request.mutable_list_outbox()->set_trace(trace);
    return as("simon", v1::ROLE_SUPERVISOR, request).outbox_letters();
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

}  // namespace bannette::test
