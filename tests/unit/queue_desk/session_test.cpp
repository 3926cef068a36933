#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("WELCOME tells who, which protocol, epoch, site and the durable head") {
  Office office;
  office.greet(kRouterPeer, kRouter);
  office.submit();
  office.sent.clear();
  v1::Envelope hello = asking(9);
  hello.mutable_hello()->set_protocol(1);
  hello.mutable_hello()->set_heartbeat_ms(2'000);
  office.say(kUnitPeer, kUnitKey, hello);
  REQUIRE(office.sent.size() == 1);
  CHECK(office.sent[0].first == kUnitPeer);
  CHECK(office.last().request_id() == 9);
  const auto& welcome = office.last().welcome();
  CHECK(welcome.principal() == "unit:roubaix");
  CHECK(welcome.protocol() == 1);
  CHECK(welcome.epoch() == 1);
  CHECK(welcome.heartbeat_ms() == 2'000);
  CHECK(welcome.head_seq() == 1);
  CHECK(welcome.site() == "essai");
}

TEST_CASE("nothing is answered without HELLO but not_authenticated, and nothing changes") {
  Office office;
  office.say(kRouterPeer, kRouter, office.submission());
  CHECK(office.last_code() == "not_authenticated");
  CHECK(office.last().request_id() == 1);
  v1::Envelope beat = asking(0);
  beat.mutable_heartbeat();
  office.say(kRouterPeer, kRouter, beat);
  CHECK(office.last_code() == "not_authenticated");
  CHECK_FALSE(office.commit());
  CHECK(office.desk.bannettes().size() == 0);
}

TEST_CASE("another key on the same route is not the session's") {
  Office office;
  office.greet(kUnitPeer, kUnitKey);
  v1::Envelope list = asking();
  list.mutable_list_tray();
  office.say(kUnitPeer, kOtherKey, list);
  CHECK(office.last_code() == "not_authenticated");
}

TEST_CASE("a heartbeat is answered at once, and keeps the session") {
  Office office;
  office.greet_all();
  office.pass(15'000);
  v1::Envelope beat = asking(0);
  beat.mutable_heartbeat();
  office.say(kUnitPeer, kUnitKey, beat);
  CHECK(office.last().has_heartbeat());
  office.pass(1);
  office.desk.tick(office.now);
  CHECK(office.desk.sessions().size() == 1);
  office.say(kOtherPeer, kOtherKey, beat);
  CHECK(office.last_code() == "not_authenticated");
}

TEST_CASE("a bad message is refused, counted by its sender, and harms nobody") {
  Office office;
  office.greet_all();
  office.desk.receive(kUnitPeer, kUnitKey, {"BN"}, office.now);
  office.desk.receive(kUnitPeer, kUnitKey, {codec::kHeader, "\xff\xff"}, office.now);
  office.look();
  REQUIRE(office.sent.size() == 2);
  CHECK(office.last_code() == "malformed");
  CHECK(office.last().request_id() == 0);
  CHECK(office.desk.tally().malformed == 2);
  CHECK(office.desk.tally().malformed_by.at("unit:roubaix") == 2);
  CHECK(office.desk.sessions().size() == 4);
}

TEST_CASE("on_behalf_of is the server's own: refused from everybody") {
  Office office;
  office.greet_all();
  v1::Envelope envelope = office.submission();
  envelope.set_on_behalf_of("console");
  office.say(kRouterPeer, kRouter, envelope);
  CHECK(office.last_code() == "forbidden");
  CHECK(office.last().error().field() == "on_behalf_of");
  CHECK_FALSE(office.commit());
}

TEST_CASE("a message that is no request, and a request without a number, are refused") {
  Office office;
  office.greet_all();
  v1::Envelope receipt = asking(3);
  receipt.mutable_receipt()->set_seq(1);
  office.say(kUnitPeer, kUnitKey, receipt);
  CHECK(office.last_code() == "malformed");
  CHECK(office.last().request_id() == 3);
  v1::Envelope unnumbered = office.submission();
  unnumbered.set_request_id(0);
  office.say(kRouterPeer, kRouter, unnumbered);
  CHECK(office.last_code() == "missing");
  CHECK(office.last().error().field() == "request_id");
  CHECK(office.desk.bannettes().size() == 0);
}

TEST_CASE("what waited for the disk does not leave to a session that ended meanwhile") {
  Office office;
  office.greet_all();
  office.say(kRouterPeer, kRouter, office.submission());
  office.say(kUnitPeer, kUnitKey, office.submission());
  office.desk.forget(kUnitPeer);  // its key is revoked
  REQUIRE(office.commit());
  REQUIRE(office.sent.size() == 1);  // the change stands all the same
  CHECK(office.sent[0].first == kRouterPeer);
  CHECK(office.journal.head().seq == 2);
}
