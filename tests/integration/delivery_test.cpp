// Live hints: whoever subscribes with credit is told of each durable change, in order; without credit nothing
// comes, and what was missed is said when credit comes again.
#include <catch2/catch.hpp>

#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

v1::Envelope subscribe(std::uint32_t credit, const std::string& bannette = {}) {
  v1::Envelope envelope;
  envelope.mutable_subscribe()->set_credit(credit);
  if (!bannette.empty()) envelope.mutable_subscribe()->add_bannettes(bannette);
  return envelope;
}

v1::Envelope credit(std::uint32_t more) {
  v1::Envelope envelope;
  envelope.mutable_credit()->set_credit(more);
  return envelope;
}

// Credit is not answered: what the session says next tells that it was heard.
void give(client::Link& link, std::uint32_t more) {
  link.ask(credit(more), [](v1::Envelope&&) {});
}

}  // namespace

TEST_CASE("A subscriber hears of each change, in order, with the dossier as it was left") {
  Service service;
  service.start();
  Inbox hints;
  const auto watcher = service.quiet_link(kEast);
  watcher->on_delivery(hints.taker());
  watcher->start();
  REQUIRE(watcher->wait_up(kPatience));
  REQUIRE(ask(*watcher, subscribe(100)).has_subscribed());
  const auto router = service.link("router");
  const auto agent = service.link(kEast);

  const std::string dossier = ask(*router, submit("vive")).receipt().reference();
  REQUIRE(ask(*router, submit("ailleurs", "utpas-roubaix-ouest/pmi")).has_receipt());
  std::uint64_t fence = ask(*agent, reserve(dossier)).done().header().fence();
  v1::Envelope renew, release, take;
  for (auto* each : {&renew, &release, &take}) each->set_idempotency_key(new_key());
  renew.mutable_renew()->set_dossier(dossier);
  renew.mutable_renew()->set_fence(fence);
  REQUIRE(ask(*agent, renew).has_done());
  release.mutable_release()->set_dossier(dossier);
  release.mutable_release()->set_fence(fence);
  REQUIRE(ask(*agent, release).has_done());
  take.mutable_take()->set_dossier(dossier);
  fence = ask(*agent, take).done().header().fence();
  REQUIRE(ask(*agent, note(dossier, fence, "x")).has_done());
  REQUIRE(ask(*agent, handle(dossier, fence)).has_done());

  std::uint64_t last = 0;
  const std::vector<std::pair<std::string, v1::State>> expected{
      {"submitted", v1::STATE_WAITING}, {"reserved", v1::STATE_RESERVED}, {"renewed", v1::STATE_RESERVED},
      {"released", v1::STATE_WAITING},  {"taken", v1::STATE_IN_PROGRESS}, {"noted", v1::STATE_IN_PROGRESS},
      {"handled", v1::STATE_HANDLED}};
  for (const auto& [change, state] : expected) {
    const v1::Deliver hint = hints.next().deliver();
    CHECK(hint.change() == change);
    CHECK(hint.header().state() == state);
    CHECK(hint.header().reference() == dossier);
    CHECK(hint.header().changed_seq() == hint.seq());
    CHECK(hint.seq() > last);
    last = hint.seq();
  }
  CHECK(hints.size() == 0);
}

TEST_CASE("Without credit nothing comes; with new credit comes first the word to pull") {
  Service service;
  service.start();
  Inbox hints;
  const auto watcher = service.quiet_link(kEast, std::chrono::milliseconds{200});
  watcher->on_delivery(hints.taker());
  watcher->start();
  REQUIRE(watcher->wait_up(kPatience));
  const auto router = service.link("router");
  const auto submitted = [&] { return ask(*router, submit("comptée")).receipt(); };

  (void)submitted();
  CHECK(ask(*watcher, list_tray()).has_tray());
  CHECK(hints.size() == 0);  // not subscribed
  CHECK(code_of(ask(*watcher, subscribe(0))) == "malformed");
  CHECK(code_of(ask(*watcher, subscribe(1'001))) == "malformed");

  REQUIRE(ask(*watcher, subscribe(2, kEastPmi)).has_subscribed());
  const std::uint64_t first = submitted().seq(), second = submitted().seq();
  const std::uint64_t missed = submitted().seq();
  CHECK(hints.next().deliver().seq() == first);
  CHECK(hints.next().deliver().seq() == second);
  REQUIRE(ask(*watcher, list_tray()).has_tray());  // replies come in order: nothing was under way before it
  CHECK(hints.size() == 0);

  give(*watcher, 10);
  const v1::Envelope pull = hints.next();
  REQUIRE(pull.has_subscribed());
  CHECK(pull.subscribed().as_of_seq() >= missed);
  CHECK(ask(*watcher, list_tray(kEastPmi)).tray().total() == 4);
  const std::uint64_t after = submitted().seq();
  CHECK(hints.next().deliver().seq() == after);

  give(*watcher, 10);  // nothing was missed: nothing is said
  const std::uint64_t last = submitted().seq();
  CHECK(hints.next().deliver().seq() == last);
}

TEST_CASE("A subscriber that does not read is no burden for the others") {
  Service service;
  service.start();
  Signal signal;
  bool held = true, reached = false;
  const auto stuck = service.quiet_link(kEast);
  stuck->on_delivery([&](v1::Envelope&&) {
    signal.change([&] { reached = true; });
    (void)signal.wait([&] { return !held; });
  });
  stuck->start();
  REQUIRE(stuck->wait_up(kPatience));
  REQUIRE(ask(*stuck, subscribe(1'000)).has_subscribed());
  const auto router = service.link("router");
  REQUIRE(ask(*router, submit("première")).has_receipt());
  CHECK(signal.wait([&] { return reached; }));
  for (int i = 0; i < 1'500; ++i) REQUIRE(ask(*router, submit("suite")).has_receipt());
  signal.change([&] { held = false; });
  CHECK(ask(*stuck, list_tray()).has_tray());
}
