// Who may connect, and what a key opens.
#include <catch2/catch.hpp>
#include <zmq.hpp>

#include "queue/client/socket.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/monitor.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
using Steady = std::chrono::steady_clock;

namespace {

enum class Handshake { none, succeeded, refused };

// How the server ends a handshake with these keys, or with none.
Handshake handshake(const std::string& endpoint, const std::optional<client::Curve>& curve) {
  zmq::context_t context(1);
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  client::bound_socket(socket);
  if (curve) {
    socket.set(zmq::sockopt::curve_publickey, curve->public_key);
    socket.set(zmq::sockopt::curve_secretkey, curve->secret_key);
    socket.set(zmq::sockopt::curve_serverkey, curve->server_key);
  }
  Monitor monitor(socket);
  socket.connect(endpoint);
  (void)monitor.wait([&] { return monitor.opened + monitor.refused + monitor.closed > 0; });
  if (monitor.opened > 0) return Handshake::succeeded;
  return monitor.refused + monitor.closed > 0 ? Handshake::refused : Handshake::none;
}

}  // namespace

TEST_CASE("Only an authorised key gets through the handshake") {
  Service service;
  service.start();
  const auto bystander = service.link(kEast);
  const auto known = service.key(kWest);
  CHECK(handshake(service.zmq(), service.curve(known)) == Handshake::succeeded);
  CHECK(handshake(service.zmq(), service.curve(service.new_key("stranger"))) == Handshake::refused);
  CHECK(handshake(service.zmq(), std::nullopt) == Handshake::refused);
  // The right key with another's for the server: not our server, says the client, or the server does.
  client::Curve wrong = service.curve(known);
  wrong.server_key = service.curve(service.new_key("stranger")).public_key;
  CHECK(handshake(service.zmq(), wrong) != Handshake::succeeded);
  CHECK(ask(*bystander, list_tray()).has_tray());

  REQUIRE(run({"key", "revoke", "--data", service.data().string(), "--principal", kWest}).code == 0);
  CHECK(handshake(service.zmq(), service.curve(known)) == Handshake::refused);
  CHECK(run({"key", "revoke", "--data", service.data().string(), "--principal", kWest}).code == 1);
  (void)service.key(kWest);  // back again, while the service runs
  CHECK(handshake(service.zmq(), service.curve(known)) == Handshake::succeeded);
}

TEST_CASE("A revoked key's session ends within a second") {
  Service service;
  service.start();
  Signal signal;
  bool down = false;
  Inbox hints;
  const auto revoked = service.quiet_link(kEast, std::chrono::milliseconds{500});
  revoked->on_delivery(hints.taker());
  revoked->on_change([&](bool up) { signal.change([&] { down = down || !up; }); });
  revoked->start();
  REQUIRE(revoked->wait_up(kPatience));
  const auto other = service.link("router");
  v1::Envelope subscribe;
  subscribe.mutable_subscribe()->set_credit(1'000);
  REQUIRE(ask(*revoked, subscribe).has_subscribed());

  const std::string key_file = service.key(kEast).string() + ".pub";
  REQUIRE(run({"key", "revoke", "--data", service.data().string(), "--public", key_file}).code == 0);
  const auto from = Steady::now();
  Steady::time_point last_answer = from;
  // Asks without a pause until the session is gone; the other's go on.
  while (!signal.read([&] { return down; }) && Steady::now() < from + kPatience) {
    if (ask(*revoked, list_tray()).has_tray()) last_answer = Steady::now();
    REQUIRE(ask(*other, submit("pendant")).has_receipt());
  }
  CHECK(down);
  CHECK(last_answer - from < std::chrono::seconds{1});
  const std::size_t heard = hints.size();
  REQUIRE(ask(*other, submit("après")).has_receipt());
  CHECK(code_of(ask(*revoked, list_tray())) == "timed_out");
  CHECK(hints.size() == heard);
}

TEST_CASE("A unit's key opens its own bannettes and no other's") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const auto east = service.link(kEast);
  Inbox hints;
  const auto west = service.quiet_link(kWest);
  west->on_delivery(hints.taker());
  west->start();
  REQUIRE(west->wait_up(kPatience));
  v1::Envelope subscribe;
  subscribe.mutable_subscribe()->set_credit(1'000);
  REQUIRE(ask(*west, subscribe).has_subscribed());

  const v1::Receipt receipt = ask(*router, submit("secret de l'est")).receipt();
  const v1::Header held = ask(*east, reserve(receipt.reference())).done().header();
  for (const std::string& name : {receipt.reference(), id_text(receipt.id())}) {
    CHECK(code_of(ask(*west, show(name))) == "not_found");
    CHECK(code_of(ask(*west, reserve(name))) == "not_found");
    CHECK(code_of(ask(*west, accept(name, held.fence()))) == "not_found");
    CHECK(code_of(ask(*west, note(name, held.fence(), "x"))) == "not_found");
  }
  CHECK(code_of(ask(*west, list_tray(kEastPmi))) == "unknown_bannette");
  CHECK(ask(*west, list_tray()).tray().total() == 0);
  v1::Envelope find, count, other_subscription;
  find.mutable_find()->set_reference(receipt.reference());
  CHECK(code_of(ask(*west, find)) == "forbidden");
  find.mutable_find()->set_contact("+33612345678");
  CHECK(code_of(ask(*west, find)) == "forbidden");
  count.mutable_count();
  const v1::Envelope counted = ask(*west, count);
  CHECK(counted.counts().bannettes_size() == 5);
  for (const auto& each : counted.counts().bannettes())
    CHECK(each.bannette().starts_with("utpas-roubaix-ouest/"));
  other_subscription.mutable_subscribe()->set_credit(10);
  other_subscription.mutable_subscribe()->add_bannettes(kEastPmi);
  CHECK(code_of(ask(*west, other_subscription)) == "unknown_bannette");

  // What it claims to be changes nothing.
  v1::Envelope claim = show(receipt.reference());
  claim.mutable_actor()->set_name("chef");
  claim.mutable_actor()->set_role(v1::ROLE_SUPERVISOR);
  claim.mutable_actor()->add_units("utpas-roubaix-est");
  CHECK(ask(*west, claim).has_error());
  claim = show(receipt.reference());
  claim.set_on_behalf_of("console");
  CHECK(code_of(ask(*west, claim)) == "forbidden");

  REQUIRE(ask(*router, submit("à l'ouest", "utpas-roubaix-ouest/pmi")).has_receipt());
  CHECK(hints.next().deliver().header().bannette() ==
        "utpas-roubaix-ouest/pmi");  // the first that it hears of
}
