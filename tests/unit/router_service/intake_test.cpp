// From a call as logged to a request of the queue: what the machine proposes, what the human corrected, what
// is refused.
#include "router/service/intake.hpp"

#include <catch2/catch.hpp>

#include "router/config/load.hpp"
#include "router/core/model.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

const Site& sample() {
  static const Loaded loaded = load_site(BANNETTE_SOURCE_DIR "/configs/roubaix-tourcoing");
  REQUIRE(loaded.site);
  return *loaded.site;
}

v1::LogCall budget_call() {
  v1::LogCall call;
  call.set_note("Colis alimentaire demandé, frigo vide, deux enfants");
  call.set_commune("Wasquehal");
  call.mutable_caller()->set_name("N. Delattre");
  call.mutable_caller()->set_phone("06 39 98 12 34");
  return call;
}

bool has_reason(const v1::Content& content, const std::string& code) {
  for (const auto& each : content.because())
    if (each.code() == code) return true;
  return false;
}

Refusal refusal_of(const v1::LogCall& call) {
  auto made = submission(sample(), call);
  REQUIRE(made.has_error());
  return made.error();
}

}  // namespace

TEST_CASE(
    "without corrections the machine's proposal is submitted, with its reasons and the caller's number") {
  auto made = submission(sample(), budget_call());
  REQUIRE(made.has_value());
  const v1::Submit& submit = made.value();
  CHECK(submit.topic() == "social.budget");
  CHECK(submit.bannette() == "utpas-croix-wasquehal/social");
  CHECK(submit.insee() == "59646");
  CHECK(submit.contact() == "+262639981234");  // 0639 is numbered in +262
  CHECK(submit.content().note() == budget_call().note());
  CHECK(submit.content().proposed_topic() == submit.topic());
  CHECK(submit.content().because_size() > 0);
  CHECK(submit.content().rules_version() == sample().rules_version);
  CHECK(submit.content().model_version() == sample().model->version());
  CHECK(submit.content().chosen_insee().empty());
  CHECK_FALSE(has_reason(submit.content(), "operator:topic"));
}

TEST_CASE(
    "a child in danger reaches the CRIP as a copy, wherever the dossier goes; other topics copy nobody") {
  CHECK(submission(sample(), budget_call()).value().copies().empty());
  v1::LogCall call = budget_call();
  call.set_topic("enfance.danger");
  for (const char* chosen : {"", "arbitrage", "service:mdph"}) {
    CAPTURE(chosen);
    call.set_bannette(chosen);
    const v1::Submit submit = submission(sample(), call).value();
    REQUIRE(submit.copies_size() == 1);
    CHECK(submit.copies(0) == "service:crip");
    CHECK(has_reason(submit.content(), "copy"));
  }
  call.set_bannette("service:crip");  // it has it already
  CHECK(submission(sample(), call).value().copies().empty());
}

TEST_CASE("why an operator corrected stands with the reasons, in the site's words; another code is refused") {
  v1::LogCall call = budget_call();
  call.set_topic("social.logement");
  call.set_correction("precise");
  const v1::Submit submit = submission(sample(), call).value();
  REQUIRE(has_reason(submit.content(), "operator:why"));
  for (const auto& each : submit.content().because())
    if (each.code() == "operator:why")
      CHECK(each.text() == "Raison de la correction : La personne a précisé sa demande");
  call.set_correction("humeur");
  CHECK(refusal_of(call).code == Code::unknown_enum);
  CHECK(refusal_of(call).field == "correction");
}

TEST_CASE("a corrected topic moves the dossier, and the proposal is kept beside it") {
  v1::LogCall call = budget_call();
  call.set_topic("pmi.petite-enfance");
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().bannette() == "utpas-croix-wasquehal/pmi");
  CHECK(made.value().content().proposed_topic() == "social.budget");
  CHECK(has_reason(made.value().content(), "operator:topic"));
}

TEST_CASE("a chosen bannette stands over the topic's own") {
  v1::LogCall call = budget_call();
  call.set_bannette("utpas-roubaix-est/social");
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().bannette() == "utpas-roubaix-est/social");
  CHECK(has_reason(made.value().content(), "operator:bannette"));
}

TEST_CASE("a commune chosen among the candidates stands for what was typed") {
  v1::LogCall call = budget_call();
  call.set_commune("59290");
  call.set_insee("59646");
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().insee() == "59646");
  CHECK(made.value().content().commune() == "59290");  // as typed
  CHECK(made.value().content().chosen_insee() == call.insee());
}

TEST_CASE("danger raises the urgency to urgent at least; a contradiction is refused") {
  v1::LogCall call = budget_call();
  call.set_danger(true);
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().danger());
  CHECK(made.value().urgency() <= v1::URGENCY_URGENT);
  CHECK(has_reason(made.value().content(), "operator:danger"));

  call.set_urgency(v1::URGENCY_NORMAL);
  CHECK(refusal_of(call).field == "urgency");
}

TEST_CASE("each wrong field is refused by name, and a topic without a dossier by its own code") {
  struct Case {
    const char* field;
    Code code;
    void (*spoil)(v1::LogCall&);
  };
  const auto case_of = GENERATE(
      Case{"note", Code::missing, [](v1::LogCall& c) { c.set_note(" \n\t "); }},
      Case{"note", Code::too_large, [](v1::LogCall& c) { c.set_note(std::string(20'001, 'a')); }},
      Case{"commune", Code::too_large, [](v1::LogCall& c) { c.set_commune(std::string(201, 'a')); }},
      Case{"address", Code::too_large, [](v1::LogCall& c) { c.set_address(std::string(401, 'a')); }},
      Case{"caller.name", Code::too_large,
           [](v1::LogCall& c) { c.mutable_caller()->set_name(std::string(121, 'a')); }},
      Case{"caller.phone", Code::too_large,
           [](v1::LogCall& c) { c.mutable_caller()->set_phone(std::string(41, '0')); }},
      Case{"topic", Code::unknown_topic, [](v1::LogCall& c) { c.set_topic("social.lune"); }},
      Case{"topic", Code::no_dossier, [](v1::LogCall& c) { c.set_topic("hors-champ"); }},
      Case{"bannette", Code::unknown_bannette, [](v1::LogCall& c) { c.set_bannette("utpas-lune/social"); }},
      Case{"insee", Code::malformed, [](v1::LogCall& c) { c.set_insee("99999"); }});
  v1::LogCall call = budget_call();
  case_of.spoil(call);
  const Refusal refusal = refusal_of(call);
  CHECK(refusal.field == case_of.field);
  CHECK(refusal.code == case_of.code);
  CHECK_FALSE(refusal.detail.empty());
}

TEST_CASE("classify tells where a correction would lead, and keeps the machine's own proposal") {
  v1::Classify ask;
  ask.set_note(budget_call().note());
  ask.set_commune("Wasquehal");
  auto plain = classify(sample(), ask);
  REQUIRE(plain.has_value());
  CHECK(plain.value().bannette() == "utpas-croix-wasquehal/social");
  ask.set_topic("pmi.petite-enfance");
  auto corrected = classify(sample(), ask);
  REQUIRE(corrected.has_value());
  CHECK(corrected.value().topic() == "social.budget");
  CHECK(corrected.value().bannette() == "utpas-croix-wasquehal/pmi");
  ask.set_topic("social.lune");
  CHECK(classify(sample(), ask).has_error());
}

TEST_CASE("a corrected topic brings the urgency that it usually has, in the proposal and in the dossier") {
  v1::LogCall call = budget_call();
  call.set_note("demande de RSA, première ouverture");
  call.set_topic("enfance.danger");
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().urgency() == v1::URGENCY_URGENT);
  v1::Classify ask;
  ask.set_note(call.note());
  ask.set_topic(call.topic());
  auto shown = classify(sample(), ask);
  REQUIRE(shown.has_value());
  CHECK(shown.value().urgency() == v1::URGENCY_URGENT);
  call.set_urgency(v1::URGENCY_NORMAL);  // a human's word stands
  CHECK(submission(sample(), call).value().urgency() == v1::URGENCY_NORMAL);
}

TEST_CASE("a call that the machine did not understand goes to arbitration, never away") {
  v1::LogCall call = budget_call();
  call.set_note("zzz blabla, merci");
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().bannette() == "arbitrage");
}

TEST_CASE("danger never ends without a dossier, whoever says it") {
  v1::LogCall call = budget_call();
  call.set_note("conjoint casse tout là, elle enfermée sdb, 17 appelé");
  call.set_commune("Wattrelos");
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().danger());
  CHECK(made.value().topic() != "hors-champ");

  call = budget_call();
  call.set_topic("hors-champ");
  call.set_danger(true);
  auto said = submission(sample(), call);
  REQUIRE(said.has_value());
  CHECK(said.value().bannette() == "arbitrage");
}

TEST_CASE("a request is linked with the dossiers of its call alone, whoever logged them") {
  const std::string sibling = make_reference(7), foreign = make_reference(8);
  const std::string by_id = to_string(make_dossier_id(0, 9, 1));
  v1::LogCall call = budget_call();
  call.set_call("main:1.1");
  for (const auto& name : {sibling, foreign, by_id}) call.add_linked(name);
  const auto made = submission(sample(), call, {}, {sibling, make_reference(9), make_reference(10)});
  REQUIRE(made.has_value());
  REQUIRE(made.value().linked_size() == 2);  // as they were named, and no others: a retry is the same letter
  CHECK(made.value().linked(0) == sibling);
  CHECK(made.value().linked(1) == by_id);
  CHECK(submission(sample(), call).value().linked().empty());
  call.clear_call();
  CHECK(submission(sample(), call).value().linked().empty());  // taken all the same
  call.set_call("main:1.1");
  call.set_linked(1, "K7F-3MO");
  CHECK(refusal_of(call).field == "linked");
}

TEST_CASE("what has no bound of its own is neither echoed nor passed on") {
  const std::string huge(65'000, 'x');
  v1::LogCall call = budget_call();
  call.mutable_caller()
      ->GetReflection()
      ->MutableUnknownFields(call.mutable_caller())
      ->AddLengthDelimited(99, huge);
  auto made = submission(sample(), call);
  REQUIRE(made.has_value());
  CHECK(made.value().ByteSizeLong() < 10'000);
  for (auto spoil : {+[](v1::Classify& c, const std::string& t) { c.set_topic(t); },
                     +[](v1::Classify& c, const std::string& t) { c.set_insee(t); }}) {
    v1::Classify ask;
    spoil(ask, huge);
    auto refused = classify(sample(), ask);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == Code::too_large);
    CHECK(refused.error().detail.size() < 500);
  }
}
