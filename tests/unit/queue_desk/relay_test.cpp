// What is asked of the router passes through: with its sender's name, and under the desk's own number.
#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

v1::Envelope classifying(std::uint64_t id) {
  v1::Envelope envelope = asking(id);
  envelope.mutable_classify()->set_note("bébé qui pleure");
  return envelope;
}

void answered(Office& office, std::uint64_t relay_id) {
  v1::Envelope reply = asking(relay_id);
  reply.mutable_classified()->set_topic("pmi");
  const std::string body = codec::encode(reply);
  office.desk.relayed({codec::kHeader, body});
  office.look();
}

}  // namespace

TEST_CASE("relayed with the sender's principal, answered to the sender alone") {
  Office office;
  office.greet_all();
  office.say(kUnitPeer, kUnitKey, classifying(41));
  office.say(kConsolePeer, kConsoleKey, classifying(41));
  v1::Envelope suggesting = asking(42);
  suggesting.mutable_suggest()->set_query("rou");
  office.say(kUnitPeer, kUnitKey, suggesting);
  const auto relays = office.desk.relays();
  REQUIRE(relays.size() == 3);
  CHECK(relays[2].suggest().query() == "rou");
  CHECK(relays[0].on_behalf_of() == "unit:roubaix");
  CHECK(relays[1].on_behalf_of() == "console");
  CHECK(relays[0].request_id() != relays[1].request_id());
  CHECK(office.desk.relays().empty());
  answered(office, relays[1].request_id());
  REQUIRE(office.sent.size() == 1);
  CHECK(office.sent[0].first == kConsolePeer);
  CHECK(office.last().request_id() == 41);
  CHECK(office.last().classified().topic() == "pmi");
  answered(office, relays[1].request_id());  // twice: nobody waits any more
  CHECK(office.sent.size() == 1);
}

TEST_CASE("no answer from the router is told, once") {
  Office office;
  office.greet_all();
  office.say(kUnitPeer, kUnitKey, classifying(41));
  const auto relays = office.desk.relays();
  CHECK(office.desk.next_tick_boot_ms(office.now) <= office.now.boot_ms + 10'000);
  office.pass(10'000);
  office.desk.tick(office.now);
  office.look();
  CHECK(office.last_code() == "timed_out");
  CHECK(office.last().request_id() == 41);
  office.sent.clear();
  answered(office, relays[0].request_id());
  CHECK(office.sent.empty());
}

TEST_CASE("a request that would not fit with the sender's name is refused, not the end of the server") {
  Office office;
  office.greet_all();
  v1::Envelope large = classifying(41);
  large.mutable_classify()->set_note(std::string(limits::envelope - 20, 'n'));
  CHECK(large.ByteSizeLong() + 4 <= limits::envelope);
  office.say(kUnitPeer, kUnitKey, large);
  CHECK(office.last_code() == "too_large");
  CHECK(office.desk.relays().empty());
}

TEST_CASE("waiting relays are bounded") {
  Office office;
  office.greet_all();
  std::size_t relayed = 0;
  while (office.sent.empty() && relayed < 10'000) {
    office.say(kUnitPeer, kUnitKey, classifying(++relayed));
    relayed -= office.sent.empty() ? 0 : 1;
  }
  CHECK(office.last_code() == "busy");
  CHECK(relayed == 4'096);
}
