// Notes that say the same are alike, others are not, and a sketch says nothing of a note; what was called
// before is found by number, by commune and likeness, and by the moment.
#include "router/core/recent.hpp"

#include <algorithm>
#include <chrono>

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::router;

namespace {

constexpr std::uint64_t secret = 0x5EC7E7;
constexpr std::int64_t now = 1'790'000'000'000;
constexpr std::int64_t hour = 3'600'000;

const std::string food =
    "Colis alimentaire demandé, frigo vide, deux enfants de 3 et 6 ans, RSA suspendu depuis lundi";

double alike(std::string_view a, std::string_view b) {
  return resemblance(sketch_of(a, secret), sketch_of(b, secret));
}

Seen seen(int which, const std::string& note, std::uint64_t caller = 0, const std::string& insee = "59512",
          const std::string& topic = "social.budget") {
  Seen out;
  out.key = make_uuid7(now + which, {static_cast<std::uint8_t>(which)});
  out.number = static_cast<std::uint64_t>(which);
  out.at_ms = now + which;
  out.caller = caller;
  out.insee = insee;
  out.topic = topic;
  out.bannette = "utpas-roubaix-est/social";
  out.sketch = sketch_of(note, secret);
  return out;
}

Question question(const std::string& note, std::uint64_t caller = 0) {
  return {now + 24 * hour, caller, "59512", "social.budget", sketch_of(note, secret)};
}

}  // namespace

TEST_CASE("a note said again in other order, case, accents and with slips is alike; another matter is not") {
  CHECK(alike(food, food) == 1);
  CHECK(
      alike(
          food,
          "RSA SUSPENDU DEPUIS LUNDI ; deux enfants de 3 et 6 ans, frigo vide : colis alimentaire demande") >
      0.9);
  CHECK(alike(food, "colis alim. demandé, frigo vide, 2 enfants 3 et 6 ans, rsa suspendu lundi") > 0.4);
  CHECK(alike(food,
              "colis alimentire demandé, frigo vdie, deux enfant de 3 et 6 ans, RSA suspendu depuis lundi") >
        0.5);
  CHECK(alike(food, "Demande de renouvellement de carte mobilité inclusion, dossier MDPH déposé en mars") <
        0.1);
  CHECK(alike(food, "Aide alimentaire pour une personne seule, sans ressources après une séparation") < 0.25);
}

TEST_CASE("too little to compare is never alike, and a long note has a bound") {
  CHECK(alike("", "") == 0);
  CHECK(alike("ok", "ok") == 0);
  CHECK(alike("😀😀😀", "😀😀😀") == 0);
  std::string longest;
  for (int i = 0; longest.size() < 20'000; ++i) longest += "mot" + std::to_string(i * 7919) + " ";
  CHECK(sketch_of(longest, secret).features <= sketch_features + 50);
  CHECK(alike(longest, longest) == 1);
}

TEST_CASE("a sketch depends on the secret: without it no word can be tried on it") {
  CHECK_FALSE(sketch_of(food, 1) == sketch_of(food, 2));
  CHECK(resemblance(sketch_of(food, 1), sketch_of(food, 2)) < 0.05);
  CHECK(sketch_of(food, 1) == sketch_of(food, 1));
}

TEST_CASE("the same number comes first and newest first, then what is alike, then the same moment") {
  Recent recent;
  recent.add(seen(1, "Impayé de loyer, risque d'expulsion, courrier du bailleur reçu", 77));
  recent.add(seen(2, food));
  recent.add(
      seen(3, "Carte de transport perdue, duplicata pour la rentrée scolaire", 77, "59599", "mobilite"));
  recent.add(seen(4, "Facture d'électricité impayée, coupure annoncée pour vendredi prochain"));
  recent.add(seen(5, food, 0, "59599"));  // another commune
  auto asked = question("colis alimentaire demandé, frigo vide, 2 enfants de 3 et 6 ans, RSA suspendu", 77);
  asked.now_ms = now + hour / 2;
  const auto found = recent.like(asked, 8);
  REQUIRE(found.size() == 4);
  CHECK(found[0].seen.number == 3);
  CHECK(found[0].same_caller);
  CHECK_FALSE(found[0].same_commune);
  CHECK(found[1].seen.number == 1);
  CHECK(found[2].seen.number == 2);
  CHECK(found[2].percent > 50);
  CHECK(found[2].same_commune);
  CHECK(found[2].same_topic);
  CHECK(found[3].seen.number == 4);  // the same commune and topic, within the hour
  CHECK(found[3].percent < Recent::alike_percent);
  CHECK(recent.like(asked, 2).size() == 2);
}

TEST_CASE(
    "another topic needs more likeness, another commune is never compared, nor is one that is not known") {
  Recent recent;
  recent.add(seen(1, food, 0, "59512", "insertion.rsa"));
  recent.add(seen(2, food, 0, ""));
  CHECK(recent.like(question(food), 8).size() == 1);
  CHECK(
      recent.like(question("colis alim. + autre chose encore, frigo, enfants, lundi peut-être"), 8).empty());
  Question unknown = question(food);
  unknown.insee.clear();
  CHECK(recent.like(unknown, 8).empty());
}

TEST_CASE("what waits in the outbox gets its dossier later; it is one call all the same") {
  Recent recent;
  Seen recorded = seen(1, food, 77);
  recorded.number = 0;
  recent.add(recorded);
  CHECK(recent.like(question("", 77), 8).at(0).seen.number == 0);
  recent.add(seen(1, food, 77));
  CHECK(recent.size() == 1);
  CHECK(recent.like(question("", 77), 8).at(0).seen.number == 1);
  recent.add(recorded);  // told late: what is known stays
  CHECK(recent.like(question("", 77), 8).at(0).seen.number == 1);
}

TEST_CASE("old calls are forgotten, by age and by number, and leave nothing behind") {
  Recent recent;
  recent.add(seen(1, food, 77));
  recent.add(seen(2, food, 77));
  recent.forget(now + 1 + Recent::window_ms);
  CHECK(recent.size() == 2);
  recent.forget(now + 2 + Recent::window_ms);
  CHECK(recent.size() == 1);
  Question late = question(food, 77);
  late.now_ms = now + 3 + Recent::window_ms;
  CHECK(recent.like(late, 8).empty());  // even before it is forgotten
  Seen each = seen(3, food, 78);
  for (std::size_t i = 0; i < Recent::bound + 10; ++i) {
    each.key = make_uuid7(now + static_cast<std::int64_t>(i),
                          {9, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)});
    each.number = i + 3;
    recent.add(each);
  }
  CHECK(recent.size() == Recent::bound);
  CHECK(recent.like(question("", 77), 8).empty());
  CHECK(recent.like(question("", 78), 8).size() == Recent::caller_most);
}
