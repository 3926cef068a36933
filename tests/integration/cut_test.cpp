// Connections that are cut after every number of bytes: nothing is lost, nothing is made twice, and the
// client finds back by itself.
#include <catch2/catch.hpp>

#include "tests/integration/cable.hpp"
#include "tests/integration/service.hpp"
#include "tests/integration/submitter.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::unique_ptr<client::Link> through(const Cable& cable, Service& service, const std::string& principal) {
  client::Options options;
  options.endpoint = cable.endpoint();
  options.curve = service.curve(service.key(principal));
  options.request_timeout = std::chrono::seconds{120};
  return std::make_unique<client::Link>(options);
}

// Greeting (64 bytes, its signature 10), CURVE's commands, HELLO, and some messages: about 1,300 bytes each
// way.
std::vector<std::uint64_t> places(std::uint64_t step) {
  std::vector<std::uint64_t> all{1, 9, 10, 11, 63, 64, 65};
  for (std::uint64_t at = 100; at < 1'300; at += step) all.push_back(at);
  return all;
}

struct Worked {
  std::string note;
  v1::Receipt receipt;
  v1::Done taken, handled;
};

// One call and one dossier's whole way, over a connection that is cut somewhere in it.
Worked work(client::Link& router, client::Link& unit, const std::string& text) {
  Worked done;
  done.note = text;
  const v1::Envelope receipt = ask(router, submit(text));
  REQUIRE(receipt.has_receipt());
  done.receipt = receipt.receipt();
  v1::Envelope take;
  take.set_idempotency_key(new_key());
  take.mutable_take()->set_dossier(done.receipt.reference());
  const v1::Envelope taken = ask(unit, take);
  REQUIRE(taken.has_done());
  done.taken = taken.done();
  const v1::Envelope handled = ask(unit, handle(done.receipt.reference(), done.taken.header().fence()));
  REQUIRE(handled.has_done());
  done.handled = handled.done();
  return done;
}

void compare(const std::vector<Worked>& all, const Exported& kept) {
  CHECK(kept.check_whole() == 3 * all.size());
  CHECK(kept.dossiers.size() == all.size());
  for (const auto& one : all) {
    INFO(one.note);
    CHECK(kept.with_note(one.note) == 1);
    const ExportedDossier* dossier = kept.find(id_text(one.receipt.id()));
    REQUIRE(dossier != nullptr);
    CHECK(dossier->note == one.note);
    CHECK(dossier->has(one.receipt.seq(), "submitted"));
    CHECK(dossier->has(one.taken.seq(), "taken"));
    CHECK(dossier->has(one.handled.seq(), "handled"));
    CHECK(dossier->state == "handled");
  }
}

void cut_at(const std::vector<std::uint64_t>& places) {
  Service service;
  service.start();
  Cable calls(service.zmq()), units(service.zmq());
  std::vector<Worked> all;
  for (const auto way : {Cable::Way::to_server, Cable::Way::to_client}) {
    for (const std::uint64_t at : places) {
      INFO((way == Cable::Way::to_server ? "to the server: " : "to the client: ") << at);
      calls.cut_once(way, at);
      units.cut_once(way, at);
      const auto router = through(calls, service, "router");
      const auto unit = through(units, service, kEast);
      router->start();
      unit->start();
      all.push_back(work(*router, *unit, "coupure " + std::to_string(all.size())));
    }
  }
  CHECK(calls.cuts() >= all.size() / 2);  // the furthest places lie beyond what was said
  CHECK(units.cuts() >= all.size() / 2);
  compare(all, Exported::of(service.data()));
}

// Subscribes anew whenever its session begins.
class Consumer {
 public:
  explicit Consumer(std::unique_ptr<client::Link> link) : link_(std::move(link)) {
    link_->on_delivery([this](v1::Envelope&&) { signal_.change([this] { ++hints_; }); });
    link_->on_change([this](bool up) {
      if (up) subscribe();
    });
    link_->start();
  }
  [[nodiscard]] bool wait_subscribed(std::size_t times) {
    return signal_.wait([&] { return subscribed_ >= times; });
  }
  [[nodiscard]] std::size_t hints() {
    return signal_.read([this] { return hints_; });
  }
  [[nodiscard]] client::Link& link() { return *link_; }

 private:
  void subscribe() {
    v1::Envelope request;
    request.mutable_subscribe()->set_credit(1'000);
    link_->ask(std::move(request), [this](v1::Envelope&& reply) {
      if (reply.has_subscribed()) signal_.change([this] { ++subscribed_; });
    });
  }
  Signal signal_;
  std::size_t hints_ = 0, subscribed_ = 0;
  std::unique_ptr<client::Link> link_;  // last: its thread ends before what its callbacks touch
};

}  // namespace

TEST_CASE("A connection cut after any number of bytes loses nothing and doubles nothing") {
  cut_at(places(89));
}

TEST_CASE("A connection cut after each third byte loses nothing and doubles nothing", "[.][long]") {
  cut_at(places(3));
}

TEST_CASE("Consumers whose connections break in the middle of their hints find back each time") {
  constexpr std::size_t consumers = 20, breaks = 8;
  Service service;
  service.start();
  Cable cable(service.zmq());
  std::vector<std::unique_ptr<Consumer>> all;
  for (std::size_t i = 0; i < consumers; ++i)
    all.push_back(std::make_unique<Consumer>(through(cable, service, kEast)));
  const auto router = service.link("router");
  const auto most = std::chrono::steady_clock::now() + 2 * kPatience;
  std::size_t submitted = 0;
  for (std::size_t time = 0; time < breaks; ++time) {
    for (auto& each : all) REQUIRE(each->wait_subscribed(time + 1));
    cable.cut_each(40'000 + 7'777 * time);  // some hundred hints, of all together
    while (cable.cuts() <= time) {
      REQUIRE(std::chrono::steady_clock::now() < most);
      const auto load =
          std::make_shared<Submitter>(*router, "load " + std::to_string(submitted / 100), 100, 64);
      load->start();
      REQUIRE(load->wait_receipts(100));
      submitted += 100;
    }
    cable.cut_each(0);
  }
  std::size_t hints = 0;  // of all together: a break may come before the first of one of them
  for (auto& each : all) {
    REQUIRE(each->wait_subscribed(breaks + 1));
    CHECK(ask(each->link(), list_tray()).tray().total() == submitted);
    hints += each->hints();
  }
  CHECK(hints > 0);
  CHECK(Exported::of(service.data()).dossiers.size() == submitted);
}

// libzmq took the pipe away in the middle of a message then, and its assertion ended the process: one run of
// integration_stop in fifteen.
TEST_CASE("A connection that breaks while hundreds of messages wait to be read is no end of the reader") {
  constexpr std::size_t waiting = 600;
  Service service;
  service.start();
  Cable cable(service.zmq());
  Signal signal;
  bool held = true;
  std::size_t heard = 0;
  const auto reader = through(cable, service, kEast);
  reader->on_delivery([&](v1::Envelope&&) {
    (void)signal.wait([&] { return !held; });
    signal.change([&] { ++heard; });
  });
  reader->start();
  v1::Envelope subscribe;
  subscribe.mutable_subscribe()->set_credit(1'000);
  REQUIRE(ask(*reader, subscribe).has_subscribed());
  const auto router = service.link("router");
  const auto load = std::make_shared<Submitter>(*router, "load", waiting, 64);
  load->start();
  REQUIRE(load->wait_receipts(waiting));
  REQUIRE(cable.wait_bytes_to_client(waiting * 100));  // a hint has more
  cable.cut_now();
  REQUIRE(cable.wait_connections(2));  // the break was noticed
  signal.change([&] { held = false; });
  CHECK(signal.wait([&] { return heard >= waiting / 4; }));  // what had arrived
  CHECK(ask(*reader, list_tray()).tray().total() == waiting);
}
