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
