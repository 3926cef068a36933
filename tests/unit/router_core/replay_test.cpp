// Past calls by another configuration.
#include "router/core/replay.hpp"

#include <algorithm>
#include <functional>

#include <catch2/catch.hpp>

#include "router/core/reach.hpp"
#include "tests/unit/router_core/small_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

Site changed(const std::function<void(Site&)>& change) {
  Site site = test::small_site();
  change(site);
  prepare(site);
  return site;
}

// Decided by the small site, and sent as proposed.
PastCall past(const std::string& reference, const std::string& note, const std::string& commune) {
  static const Site before = test::small_site();
  PastCall call;
  call.reference = reference;
  call.call = {note, commune, ""};
  call.then = call.sent = proposed_of(decide(before, call.call));
  return call;
}

Replayed replayed(const Site& site, const std::vector<PastCall>& calls, const Site* before = nullptr) {
  Replay replay(site, before);
  for (const auto& call : calls) replay.add(call);
  return replay.finish();
}

const std::vector<PastCall>& calls() {
  static const std::vector<PastCall> all{past("A", "facture impayée", "Hem"),
                                         past("B", "il frappe son fils", "Hem"),
                                         past("C", "dossier mdph", "Roubaix")};
  return all;
}

}  // namespace

TEST_CASE("the same configuration changes nothing") {
  const Site site = test::small_site();
  const auto out = replayed(site, calls());
  CHECK(out.compared == 3);
  CHECK(out.dropped_count + out.raised_count + out.moved_count + out.topics_count == 0);
  CHECK(out.by_bannette.at("hem/social").before == 1);
  CHECK(out.by_bannette.at("hem/social").after == 1);
  CHECK(out.uncovered.empty());
}

TEST_CASE("a commune that changes its unit moves its calls, with the reason and without a word of the note") {
  const Site site = changed([](Site& s) {
    for (auto& sector : s.sectors)
      if (sector.insee == "59299") sector.unit = "roubaix-est";
  });
  const auto out = replayed(site, calls());
  REQUIRE(out.moved.size() == 2);
  CHECK(out.moved[0].reference == "A");
  CHECK(out.moved[0].before == "Hem : Service social");
  CHECK(out.moved[0].after == "Roubaix-Est : Service social");
  CHECK(out.moved[0].why == "territoire : Hem → Roubaix-Est");
  CHECK(out.by_unit.at("hem").before == 2);
  CHECK(out.by_unit.at("hem").after == 0);
  CHECK(out.by_unit.at("roubaix-est").after == 2);
  CHECK(out.topics_count == 0);
  CHECK(out.dropped_count == 0);
}

TEST_CASE("another destination of a topic moves its calls") {
  const Site site =
      changed([](Site& s) { s.topics[1].destination = {Destination::Kind::service, "mdph", ""}; });
  const auto out = replayed(site, calls());
  REQUIRE(out.moved.size() == 1);
  CHECK(out.moved[0].why == "destination du motif Budget");
  CHECK(out.by_bannette.at("service:mdph").before == 1);
  CHECK(out.by_bannette.at("service:mdph").after == 2);
}

TEST_CASE(
    "an urgency that drops is told apart from one that rises; a danger that goes is a drop in any case") {
  const Site site = changed([](Site& s) {
    Safety safety = test::small_safety();
    SafetyRule rule;
    rule.id = "mdph";
    rule.urgency = Urgency::priority;
    rule.when = test::spots({"mdph"});
    safety.rules.push_back(rule);
    s.safety = std::make_shared<const SafetyLexicon>(std::move(safety));
  });
  const auto rises = replayed(site, calls());
  CHECK(rises.dropped_count == 0);
  REQUIRE(rises.raised.size() == 1);
  CHECK(rises.raised[0].before == "normale");
  CHECK(rises.raised[0].after == "prioritaire");

  auto graver = calls()[2];
  graver.then.urgency = graver.sent.urgency = Urgency::urgent;
  graver.then.danger = graver.sent.danger = true;
  const auto drops = replayed(site, {graver});
  REQUIRE(drops.dropped.size() == 1);
  CHECK(drops.dropped[0].before == "urgente, danger");
  CHECK(drops.dropped[0].after == "prioritaire");

  auto danger = calls()[2];
  danger.then.danger = true;
  const auto goes = replayed(site, {danger});
  CHECK(goes.dropped_count == 1);
  CHECK(goes.raised_count == 0);
}

TEST_CASE("what an operator had decided stays, and is said") {
  auto topic = calls()[0];
  topic.sent.topic = "handicap";
  topic.sent.bannette = "service:mdph";
  auto bannette = calls()[0];
  bannette.reference = "D";
  bannette.sent.bannette = "standard";
  const Site site = changed([](Site& s) {
    for (auto& sector : s.sectors)
      if (sector.insee == "59299") sector.unit = "roubaix-est";
  });
  const auto out = replayed(site, {topic, bannette});
  REQUIRE(out.moved.size() == 2);  // machine against machine
  CHECK(out.moved[0].human == "décidé par l'opérateur : motif Handicap");
  CHECK(out.moved[1].human == "décidé par l'opérateur : bannette Standard");
  CHECK(out.by_bannette.at("service:mdph").after == 1);
  CHECK(out.by_bannette.at("standard").after == 1);
  CHECK_FALSE(out.by_bannette.contains("roubaix-est/social"));
}

TEST_CASE("communes that lose their unit are told first, with their calls") {
  const Site before = test::small_site();
  const Site site = changed([](Site& s) {
    std::erase_if(s.sectors,
                  [](const auto& sector) { return sector.insee == "59299" || sector.insee == "59598"; });
  });
  auto elsewhere = past("E", "facture", "Lille");
  const auto recorded = replayed(site, {calls()[0], calls()[1], elsewhere});
  REQUIRE(recorded.uncovered.size() == 2);
  CHECK(recorded.uncovered[0].name == "Hem");
  CHECK(recorded.uncovered[0].calls == 2);
  CHECK(recorded.uncovered[0].unit_before == "hem");
  CHECK(recorded.uncovered[1].name == "Lille");
  CHECK(recorded.uncovered[1].unit_before.empty());
  // Against a configuration, those without a call are known too.
  const auto against = replayed(site, {calls()[0]}, &before);
  REQUIRE(against.uncovered.size() == 2);
  CHECK(against.uncovered[1].name == "Toufflers");
  CHECK(against.uncovered[1].calls == 0);
}

TEST_CASE("against another configuration its decisions count, not what was recorded") {
  auto call = calls()[0];
  call.then.bannette = "roubaix-ouest/social";
  const Site site = test::small_site();
  CHECK(replayed(site, {call}).moved_count == 1);
  CHECK(replayed(site, {call}, &site).moved_count == 0);
}

TEST_CASE("rows, units, bannettes and topics that nothing reaches are named") {
  using Parity = Sector::Parity;
  CHECK(unreachable(test::small_site()) == std::vector<Unreachable>{});
  const Site site = changed([](Site& s) {
    s.sectors.push_back({"hem", "59299", "Rue de Lille", Parity::even, {}, 100, {}, {}});
    s.sectors.push_back({"hem", "59299", "rue de lille", Parity::odd, {}, 99, {}, {}});
    s.sectors.push_back(
        {"roubaix-est", "59299", "Rue de Lille", Parity::both, 20, 60, {}, {}});  // both sides are taken
    s.sectors.push_back(
        {"roubaix-est", "59299", "Rue de Lille", Parity::both, 20, 101, {}, {}});  // 101 is left
    const date::local_days day{date::year{2027} / 1 / 1};  // the same houses, on other days
    s.sectors.push_back({"hem", "59299", "Rue X", Parity::even, {}, {}, {}, day});
    s.sectors.push_back({"roubaix-est", "59299", "Rue X", Parity::even, {}, {}, day + date::days{1}, {}});
    s.units.push_back({"vide", "Vide", {"social"}});
    s.unit_services.push_back({"logement", "Logement"});
    s.services.push_back({"mdie", "MDIE"});
    s.services.push_back({"crip", "CRIP"});
    s.topics.push_back(
        {"muet", "autre", "Muet", "", Urgency::normal, {}, false, {Destination::Kind::none, "", ""}});
  });
  std::vector<std::string> what;
  for (const auto& each : unreachable(site)) what.push_back(each.what);
  CHECK(what == std::vector<std::string>{"sectorisation : Hem, Rue de Lille de 20 à 60 (roubaix-est)",
                                         "unité vide", "service d'unité logement", "service:mdie",
                                         "motif muet"});
}

TEST_CASE(
    "a safety rule that another makes superfluous is named; one that raises more or heeds less is not") {
  const auto named = [](const std::function<void(Safety&)>& change) {
    const Site site = changed([&](Site& s) {
      Safety safety = test::small_safety();
      change(safety);
      s.safety = std::make_shared<const SafetyLexicon>(std::move(safety));
    });
    std::vector<std::string> what;
    for (const auto& each : unreachable(site)) what.push_back(each.what);
    return what;
  };
  const auto copy_of = [](const Safety& safety, const std::string& id) {
    SafetyRule rule = *std::find_if(safety.rules.begin(), safety.rules.end(),
                                    [](const SafetyRule& each) { return each.id == "faim"; });
    rule.id = id;
    return rule;
  };
  CHECK(named([](Safety&) {}).empty());
  CHECK(named([&](Safety& s) { s.rules.push_back(copy_of(s, "encore")); }) ==
        std::vector<std::string>{"règle de sécurité encore"});
  CHECK(named([&](Safety& s) {
          s.rules.push_back(copy_of(s, "large"));
          s.rules.back().with.clear();
        }) == std::vector<std::string>{"règle de sécurité faim"});
  const std::vector<std::function<void(SafetyRule&)>> useful{
      [](SafetyRule& rule) { rule.danger = true; }, [](SafetyRule& rule) { rule.urgency = Urgency::urgent; },
      [](SafetyRule& rule) { rule.topic = "budget"; },
      [](SafetyRule& rule) { rule.when = test::spots({"plus rien a manger"}); },
      [](SafetyRule& rule) {
        rule.without = test::spots({"demain"});
        rule.urgency = Urgency::urgent;
      }};
  for (const auto& change : useful) {
    const auto what = named([&](Safety& s) {
      s.rules.push_back(copy_of(s, "utile"));
      change(s.rules.back());
    });
    CHECK(std::find(what.begin(), what.end(), "règle de sécurité utile") == what.end());
  }
}
