#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

v1::Envelope subscription(std::uint32_t credit, std::vector<std::string> bannettes = {}) {
  v1::Envelope envelope = asking(8);
  envelope.mutable_subscribe()->set_credit(credit);
  for (auto& each : bannettes) envelope.mutable_subscribe()->add_bannettes(std::move(each));
  return envelope;
}

std::size_t delivered(const Office& office, const session::Peer& peer) {
  std::size_t count = 0;
  for (const auto& [to, envelope] : office.sent) count += to == peer && envelope.has_deliver() ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("hints go to those who asked, of what they may list, once it is durable") {
  Office office;
  office.greet_all();
  office.say(kUnitPeer, kUnitKey, subscription(10));
  office.say(kOtherPeer, kOtherKey, subscription(10));
  CHECK(office.last().has_subscribed());
  office.sent.clear();
  office.say(kRouterPeer, kRouter, office.submission("roubaix/pmi"));
  CHECK(office.sent.empty());
  office.commit();
  CHECK(delivered(office, kUnitPeer) == 1);
  CHECK(delivered(office, kOtherPeer) == 0);
  const auto& deliver = office.sent[0].second.deliver();
  CHECK(deliver.seq() == 1);
  CHECK(deliver.change() == "submitted");
  CHECK(deliver.header().bannette() == "roubaix/pmi");
}

TEST_CASE("without credit no hint; with credit again, word to pull") {
  Office office;
  office.greet_all();
  office.say(kUnitPeer, kUnitKey, subscription(1));
  for (int i = 0; i < 3; ++i) office.submit();
  CHECK(delivered(office, kUnitPeer) == 1);
  CHECK(office.desk.tally().deliveries == 1);
  CHECK(office.desk.tally().hints_missed == 2);
  office.sent.clear();
  v1::Envelope credit;
  credit.mutable_credit()->set_credit(5);
  office.say(kUnitPeer, kUnitKey, credit);
  REQUIRE(office.sent.size() == 1);
  CHECK(office.last().request_id() == 0);
  CHECK(office.last().subscribed().as_of_seq() == 3);
  office.submit();
  CHECK(delivered(office, kUnitPeer) == 1);
}

TEST_CASE("a hint of what did not happen is not sent, and its credit comes back") {
  Office office;
  office.greet_all();
  office.say(kUnitPeer, kUnitKey, subscription(1));
  office.say(kRouterPeer, kRouter, office.submission());
  office.fail();
  CHECK(delivered(office, kUnitPeer) == 0);
  office.pass(1'000);
  office.submit();
  CHECK(delivered(office, kUnitPeer) == 1);
}

TEST_CASE("who may subscribe to what") {
  Office office;
  office.greet_all();
  for (const char* bannette : {"lille/pmi", "nulle/part"}) {
    office.say(kUnitPeer, kUnitKey, subscription(1, {bannette}));
    CHECK(office.last_code() == "unknown_bannette");
  }
  office.say(kUnitPeer, kUnitKey, subscription(0));
  CHECK(office.last_code() == "malformed");
  office.say(kUnitPeer, kUnitKey, subscription(1'001));
  CHECK(office.last_code() == "malformed");
  office.say(kConsolePeer, kConsoleKey, subscription(1, {"lille/pmi", "roubaix/pmi"}));
  CHECK(office.last().has_subscribed());
}

TEST_CASE("a restricted danger: who may not read it does not end its climb, and somebody always can") {
  for (const char* name : {"marc", "sophie", "habilitee"}) {
    CAPTURE(name);
    Office office;
    office.greet_all();
    v1::Envelope subscribing = asking(3);
    subscribing.mutable_subscribe()->set_credit(100);
    office.say(kConsolePeer, kConsoleKey, subscribing);
    v1::Envelope submission = office.submission();
    submission.mutable_submit()->set_topic("danger");
    submission.mutable_submit()->set_urgency(v1::URGENCY_IMMEDIATE);
    submission.mutable_submit()->set_danger(true);
    office.say(kRouterPeer, kRouter, submission);
    office.commit();
    const auto steps = [&] {
      std::vector<v1::Step> told;
      for (const auto& [peer, envelope] : office.sent)
        if (envelope.deliver().change() == "escalated") told.push_back(envelope.deliver().step());
      return told;
    };
    const auto five_minutes = [&] {
      for (int i = 0; i < 30; ++i) {
        v1::Envelope alive;
        alive.mutable_heartbeat();
        office.pass(10'000);
        office.say(kConsolePeer, kConsoleKey, alive);
        office.desk.tick(office.now);
        office.commit();
      }
    };
    std::string reference;
    for (const auto& [peer, envelope] : office.sent)
      if (envelope.has_receipt()) reference = envelope.receipt().reference();
    const auto acknowledging = [&](v1::Envelope envelope) {
      envelope.set_idempotency_key(office.key());
      envelope.mutable_acknowledge()->set_dossier(reference);
      return envelope;
    };
    office.say(kConsolePeer, kConsoleKey, by("rene", v1::ROLE_AGENT, acknowledging(asking(4)), "roubaix"));
    office.commit();
    CHECK(office.last_code() == "forbidden");
    five_minutes();
    CHECK(steps() == std::vector{v1::STEP_UNIT, v1::STEP_MANAGER});  // its manager may read it, and is told
    v1::Envelope acknowledge = by(name, v1::ROLE_AGENT, acknowledging(asking(5)), "roubaix");
    acknowledge.mutable_actor()->set_restricted(true);
    if (name == std::string("marc")) acknowledge.mutable_actor()->set_role(v1::ROLE_MANAGER);
    if (name == std::string("sophie")) {
      five_minutes();
      CHECK(steps().back() == v1::STEP_SUPERVISORS);
      acknowledge.mutable_actor()->set_role(v1::ROLE_SUPERVISOR);
      acknowledge.mutable_actor()->clear_units();
    }
    office.say(kConsolePeer, kConsoleKey, acknowledge);
    office.commit();
    REQUIRE(office.last().has_done());
    CHECK(office.last().done().header().climb().acknowledged_by() == name);
    const auto before = steps().size();
    for (int i = 0; i < 3; ++i) five_minutes();
    CHECK(steps().size() == before);
  }
}
