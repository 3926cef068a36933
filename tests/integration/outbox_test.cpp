// What the queue cannot confirm now is kept by the router and sent when it can: of each caller in order, each
// exactly once; what it refuses for good waits for a person. Router and queue run in this process, so that
// the queue can go away and come back.
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/integration/machine.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

// Of one caller: their order counts.
std::vector<v1::Envelope> some_calls(std::size_t count) {
  std::vector<v1::Envelope> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(log_call("appel canari numéro " + std::to_string(i)));
    all.back().mutable_log_call()->mutable_caller()->set_phone("06 12 34 56 78");
  }
  return all;
}

v1::Envelope by_odile(v1::Envelope call) {
  call.mutable_actor()->set_name("odile");
  call.mutable_actor()->set_role(v1::ROLE_OPERATOR);
  return call;
}

}  // namespace

TEST_CASE(
    "Without a queue calls are recorded; they outlive the router, and reach the bannette once and in order") {
  Machine machine;
  machine.start_router();
  const auto waiting = some_calls(5);
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
  for (const auto& entry : std::filesystem::directory_iterator(machine.folder)) {
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
  machine.start_queue();
  machine.start_router();
  const auto all = some_calls(6);
  const v1::Envelope before = machine.log(all[0]);
  REQUIRE(before.has_receipt());
  CHECK(machine.note_of(machine.hints.next().deliver()) == all[0].log_call().note());

  machine.stop_queue();
  for (std::size_t i = 1; i < 5; ++i) REQUIRE(machine.log(all[i]).has_recorded());
  CHECK(machine.outbox().waiting() == 4);
  machine.start_queue();
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(machine.note_of(machine.hints.next().deliver()) == all[i].log_call().note());
  machine.wait_outbox_empty();
  REQUIRE(machine.log(all[5]).has_receipt());
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(machine.log(all[i]).has_receipt());
  CHECK(machine.log(all[0]).receipt().id() == before.receipt().id());
  CHECK(machine.dossiers() == 6);
}

TEST_CASE("A receipt that was lost on its way makes no second dossier") {
  Machine machine;
  machine.start_queue();
  machine.start_router();
  const auto all = some_calls(3);
  REQUIRE(machine.log(all[0]).has_receipt());
  (void)machine.hints.next();

  machine.cable->pass(Relay::Pass::requests);
  for (std::size_t i = 1; i < 3; ++i) {
    REQUIRE(machine.log(all[i]).has_recorded());  // unknown to the router: kept
    if (i == 1)
      CHECK(machine.note_of(machine.hints.next().deliver()) == all[1].log_call().note());  // and yet there
  }
  machine.cable->pass(Relay::Pass::all);
  machine.wait_outbox_empty();
  CHECK(machine.dossiers() == 3);
  for (const auto& each : all) CHECK(machine.log(each).has_receipt());
  CHECK(machine.dossiers() == 3);
}

TEST_CASE("A caller's later call never overtakes an earlier one; other callers are not held up") {
  Machine machine;
  machine.start_queue();
  machine.start_router();
  const auto all = some_calls(4);
  v1::Envelope another = log_call("un autre appelant");
  another.mutable_log_call()->mutable_caller()->set_phone("03 20 00 00 01");
  const v1::Envelope withheld = log_call("numéro masqué");

  machine.cable->pass(Relay::Pass::nothing);  // the session stands, and nothing arrives
  auto first = machine.console->ask(by_odile(all[0]));
  auto second = machine.console->ask(by_odile(all[1]));  // behind the first, which nobody has answered
  REQUIRE(first.get().has_recorded());
  REQUIRE(second.get().has_recorded());
  CHECK(machine.letters().items_size() == 2);
  machine.cable->pass(Relay::Pass::all);
  const v1::Envelope third = machine.log(all[2]);  // recorded behind the others, or confirmed after them
  REQUIRE((third.has_recorded() || third.has_receipt()));
  CHECK(machine.log(another).has_receipt());
  CHECK(machine.log(withheld).has_receipt());
  machine.wait_outbox_empty();
  CHECK(machine.log(all[3]).has_receipt());
  std::vector<std::string> of_caller;
  for (int i = 0; i < 6; ++i) {
    const std::string note = machine.note_of(machine.hints.next().deliver());
    if (note.starts_with("appel canari")) of_caller.push_back(note);
  }
  REQUIRE(of_caller.size() == 4);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(of_caller[i] == all[i].log_call().note());
}

TEST_CASE("The same key with another text is refused while the first waits in the outbox") {
  Machine machine;
  machine.start_router();
  const v1::Envelope call = some_calls(1)[0];
  REQUIRE(machine.log(call).has_recorded());
  v1::Envelope other = call;
  other.mutable_log_call()->set_note("un autre texte");
  CHECK(code_of(machine.log(other)) == "key_reused");
  CHECK(machine.letters().items(0).key() == call.idempotency_key());
}

TEST_CASE(
    "A letter that the queue refuses for good is set aside, and the others go on; an administrator settles "
    "it") {
  Machine machine;
  std::erase(machine.rules.bannettes,
             "service:mdie");  // the queue's configuration is older than the router's
  machine.start_router();
  v1::Envelope refused = log_call("appel pour une bannette inconnue de la file");
  refused.mutable_log_call()->set_topic("insertion.rsa");
  v1::Envelope refused_too = refused;
  refused_too.set_idempotency_key(new_key());
  REQUIRE(machine.log(refused).recorded().bannette() == "service:mdie");
  REQUIRE(machine.log(refused_too).has_recorded());
  const auto good = some_calls(2);
  for (const auto& each : good) REQUIRE(machine.log(each).has_recorded());
  const auto shown = machine.letters();
  REQUIRE(shown.items_size() == 4);
  CHECK(shown.report().waiting() == 4);
  CHECK(shown.items(0).since_ms() <= shown.at_ms());
  CHECK(shown.items(0).bannette() == "service:mdie");
  CHECK(shown.items(0).urgency() != v1::URGENCY_UNSPECIFIED);
  machine.start_queue();
  for (const auto& each : good)
    CHECK(machine.note_of(machine.hints.next().deliver()) == each.log_call().note());
  machine.wait_outbox_empty();
  CHECK(machine.dossiers() == 2);
  REQUIRE(machine.outbox().aside() == 2);
  REQUIRE(machine.letters().items_size() == 2);
  const auto aside = machine.letters().items(0);
  CHECK(aside.aside() == "unknown_bannette");

  v1::Envelope retry, discard;
  retry.mutable_retry_letter()->set_place(aside.place());
  discard.mutable_discard_letter()->set_place(machine.letters().items(1).place());
  CHECK(code_of(machine.as("simon", v1::ROLE_SUPERVISOR, retry)) == "forbidden");
  CHECK(code_of(machine.as("odile", v1::ROLE_OPERATOR, discard)) == "forbidden");
  CHECK(code_of(machine.as("adele", v1::ROLE_ADMIN, discard)) == "missing");  // without a reason
  discard.mutable_discard_letter()->set_text("doublon de l'appel précédent");
  REQUIRE(machine.as("adele", v1::ROLE_ADMIN, discard).has_letter_settled());
  CHECK(code_of(machine.as("adele", v1::ROLE_ADMIN, discard)) == "not_found");

  machine.stop_queue();  // its configuration is brought up to date
  machine.rules = rules_of(*sample_site());
  machine.stop_router();
  machine.start_router();
  CHECK(machine.outbox().aside() == 1);
  machine.start_queue();
  REQUIRE(machine.as("adele", v1::ROLE_ADMIN, retry).letter_settled().letter().aside().empty());
  CHECK(machine.hints.next().deliver().header().bannette() == "service:mdie");
  machine.wait_outbox_empty();
  CHECK(machine.dossiers() == 3);
  CHECK(machine.outbox().aside() == 0);
  CHECK(machine.log(refused).has_receipt());

  const auto acts = machine.letters(true).acts();
  REQUIRE(acts.size() == 4);
  CHECK(acts[0].act() == "retried");
  CHECK(acts[1].act() == "discarded");
  CHECK(acts[1].actor() == "adele");
  CHECK(acts[1].text() == "doublon de l'appel précédent");
  CHECK(acts[3].act() == "aside");
}
