// "Has this call been made before?", asked of a router and a queue that run: by number, by likeness, over a
// restart, while the first call still waits in the outbox; and never more of a restricted topic than where it
// stands.
#include <fstream>
#include <sstream>

#include "tests/integration/machine.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

const std::string kFood =
    "Colis alimentaire demandé, frigo vide, deux enfants de 3 et 6 ans, RSA suspendu depuis lundi";
const std::string kFoodAgain =
    "colis alim. demandé, frigo vide, 2 enfants de 3 et 6 ans, rsa suspendu lundi, canari";

v1::Envelope call_of(const std::string& note, const std::string& topic, const std::string& phone) {
  v1::Envelope call = log_call(note);
  call.mutable_log_call()->set_topic(topic);
  call.mutable_log_call()->mutable_caller()->set_phone(phone);
  return call;
}

v1::Alike similar(Machine& machine, const std::string& note, const std::string& topic,
                  const std::string& phone) {
  v1::Envelope request;
  request.mutable_similar()->set_note(note);
  request.mutable_similar()->set_commune("Roubaix");
  request.mutable_similar()->set_topic(topic);
  request.mutable_similar()->set_phone(phone);
  const v1::Envelope reply = machine.as("odile", v1::ROLE_OPERATOR, request);
  INFO(reply.ShortDebugString());
  REQUIRE(reply.has_alike());
  return reply.alike();
}

std::string codes(const v1::Likeness& item) {
  std::string all;
  for (const auto& each : item.because()) all += (all.empty() ? "" : " ") + each.code();
  return all;
}

}  // namespace

TEST_CASE(
    "A second call shows the first: by its number however typed, and by its note, with where it stands") {
  Machine machine;
  machine.start_queue();
  machine.start_router();
  const auto food = machine.log(call_of(kFood, "social.budget", "06 12 34 56 78")).receipt();
  REQUIRE_FALSE(food.reference().empty());
  const auto other = machine
                         .log(call_of("Carte mobilité inclusion perdue, duplicata", "autonomie.mdph",
                                      "+33 (0)6.12.34.56.78"))
                         .receipt();

  const auto by_number = similar(machine, "", "", "0033 6 12 34 56 78");
  CHECK(by_number.contact() == "+33612345678");
  CHECK_FALSE(by_number.partial());
  REQUIRE(by_number.items_size() == 2);  // the newest first
  CHECK(by_number.items(0).reference() == other.reference());
  CHECK(by_number.items(0).because(0).text() == "même numéro");
  CHECK(by_number.items(1).state() == v1::STATE_WAITING);
  CHECK(by_number.items(1).bannette() == food.bannette());
  CHECK(by_number.items(1).arrived_ms() == food.arrived_ms());

  const auto by_note = similar(machine, kFoodAgain, "social.budget", "masqué");
  CHECK(by_note.withheld());
  CHECK(by_note.contact().empty());
  REQUIRE(by_note.items_size() == 1);
  CHECK(by_note.items(0).reference() == food.reference());
  CHECK(codes(by_note.items(0)) == "same_commune same_topic like_notes");
  CHECK(by_note.items(0).percent() >= 40);
  CHECK(by_note.items(0).because(2).text() ==
        "notes semblables à " + std::to_string(by_note.items(0).percent()) + " %");
  CHECK(similar(machine, kFoodAgain, "social.budget", "06 12 34 56 78").items(0).reference() ==
        other.reference());
  CHECK(similar(machine, "Mode de garde, place en crèche pour septembre, premier enfant",
                "pmi.petite-enfance", "")
            .items_size() == 0);

  machine.stop_router();  // what it remembers outlives it, and holds no word of anybody
  for (const auto& entry : std::filesystem::directory_iterator(machine.folder)) {
    if (!entry.path().filename().string().starts_with("recent.db")) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    for (const char* word : {"frigo", "alimentaire", "612345678", "social.budget", "59512"})
      CHECK(bytes.str().find(word) == std::string::npos);
  }
  machine.start_router();
  CHECK(similar(machine, kFoodAgain, "social.budget", "").items(0).reference() == food.reference());
  CHECK(machine.dossiers() == 2);  // nothing was merged, nothing was made
}

TEST_CASE("A call that still waits in the outbox is shown, and has its reference later") {
  Machine machine;
  machine.start_router();
  const auto call = call_of(kFood, "social.budget", "06 12 34 56 78");
  REQUIRE(machine.log(call).has_recorded());
  const auto waiting = similar(machine, kFoodAgain, "social.budget", "06 12 34 56 78");
  CHECK(waiting.partial());  // the queue cannot be asked
  REQUIRE(waiting.items_size() == 1);
  CHECK(waiting.items(0).reference().empty());
  CHECK(waiting.items(0).state() == v1::STATE_UNSPECIFIED);
  CHECK(codes(waiting.items(0)) == "same_number same_commune same_topic like_notes");
  machine.start_queue();
  machine.wait_outbox_empty();
  const auto receipt = machine.log(call).receipt();
  const auto there = similar(machine, kFoodAgain, "social.budget", "06 12 34 56 78");
  REQUIRE(there.items_size() == 1);
  CHECK(there.items(0).reference() == receipt.reference());
  CHECK_FALSE(there.partial());
}

TEST_CASE("Of a restricted topic only where it stands is told; who may not find is told nothing") {
  Machine machine;
  machine.start_queue();
  machine.start_router();
  const auto receipt = machine.log(call_of(kFood, "enfance.danger", "06 12 34 56 78")).receipt();
  const auto by_note = similar(machine, kFood, "enfance.danger", "");
  REQUIRE(by_note.items_size() == 1);
  for (const auto& item : {by_note.items(0), similar(machine, "", "", "06 12 34 56 78").items(0)}) {
    CHECK(item.reference() == receipt.reference());
    CHECK(item.bannette() == receipt.bannette());
    CHECK(item.state() == v1::STATE_WAITING);
    CHECK(item.topic().empty());
    CHECK(item.percent() == 0);
    CHECK(item.outcome() == v1::OUTCOME_UNSPECIFIED);
  }
  CHECK(codes(by_note.items(0)) == "like_call");
  CHECK(codes(similar(machine, kFood, "enfance.danger", "06 12 34 56 78").items(0)) == "same_number");
  v1::Envelope request;
  request.mutable_similar()->set_note(kFood);
  CHECK(code_of(machine.as("lea", v1::ROLE_AGENT, request)) == "forbidden");
  CHECK(code_of(machine.as("adele", v1::ROLE_ADMIN, request)) == "forbidden");
}

TEST_CASE("A damaged memory is begun anew, and no call is refused for it") {
  Machine machine;
  std::ofstream(machine.folder / "recent.db") << std::string(9'000, 'x');
  machine.start_queue();
  machine.start_router();
  REQUIRE(machine.log(call_of(kFood, "social.budget", "")).has_receipt());
  CHECK(similar(machine, kFood, "social.budget", "").items_size() == 1);
}
