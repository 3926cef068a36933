#include "router/learn/train.hpp"

#include <catch2/catch.hpp>

#include "router/core/engine.hpp"
#include "router/learn/evaluate.hpp"
#include "tests/unit/router_core/small_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

// Notes of three files whose words tell the topic, with others between them.
std::vector<LabelledNote> some_notes() {
  const std::vector<std::vector<std::string>> words{{"frappe", "coups", "bleus", "crie"},
                                                    {"facture", "dette", "frigo", "credit"},
                                                    {"mdph", "fauteuil", "aah", "handicap"},
                                                    {"impots", "carte grise", "passeport", "poubelles"}};
  const std::vector<std::string> topics{"danger", "budget", "handicap", "hors-champ"};
  const std::vector<std::string> around{"madame appelle pour ", "il demande ", "bonjour, ", "pb de ",
                                        "vu hier : "};
  std::vector<LabelledNote> notes;
  for (std::size_t i = 0; i < 120; ++i) {
    const auto topic = i % topics.size();
    LabelledNote note;
    note.id = std::to_string(i);
    note.call = {around[i % around.size()] + words[topic][i / 4 % 4] + " et " + words[topic][i / 8 % 4],
                 "Hem", ""};
    note.topic = topics[topic];
    note.accepted = {note.topic};
    note.danger = topic == 0;
    note.urgency = topic == 0 ? Urgency::urgent : Urgency::normal;
    note.insee = "59299";
    note.unit = "hem";
    note.file = "notes-" + std::to_string(i % 3) + ".jsonl";
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace

TEST_CASE("a model is learnt, the same bytes each time, and says what its notes say") {
  auto site = test::small_site();
  const auto notes = some_notes();
  const auto samples = samples_of(notes, site);
  const auto bytes = to_bytes(train_model(samples, site, {}));
  CHECK(to_bytes(train_model(samples_of(notes, site), site, {})) == bytes);
  site.model =
      std::make_shared<const Model>(Model::make(from_bytes(bytes).value(), model_version(bytes)).value());
  const auto figures = evaluate(notes, site);
  CHECK(figures.notes == 120);
  CHECK(figures.accepted.right == 120);
  CHECK(figures.danger_recall.share() == 1);
  CHECK(figures.danger_precision.share() == 1);
  CHECK(figures.urgency.right == 120);
  CHECK(figures.unit.right == 120);
  CHECK(figures.by_topic.at("budget").recall.of == 30);
  CHECK(figures.calibration_error() < 0.2);
}

TEST_CASE("each file is judged by a model that has not seen it") {
  const auto site = test::small_site();
  auto notes = some_notes();
  // One file alone knows a word; its model of the others cannot.
  for (std::size_t i = 0; i < notes.size(); i += 3)
    if (notes[i].topic == "handicap") notes[i].call.note = "xyzzy";
  const auto all = cross_validate(notes, site, {});
  REQUIRE(all.size() == 4);
  CHECK(all[0].first == "notes-0.jsonl");
  CHECK(all[0].second.notes == 40);
  CHECK(all[0].second.by_topic.at("handicap").recall.right == 0);
  CHECK(all[1].second.accepted.right == 40);
  CHECK(all[3].first == "ensemble");
  CHECK(all[3].second.notes == 120);
}

TEST_CASE("what is counted is what is told") {
  Figures figures;
  LabelledNote note;
  note.topic = "budget";
  note.accepted = {"budget", "danger"};
  note.danger = true;
  note.urgency = Urgency::immediate;
  note.insee = "59299";
  Decision decision;
  decision.topic = "danger";
  decision.topics = {{"danger", 0.75}, {"budget", 0.25}};
  decision.urgency = Urgency::normal;
  count(figures, note, decision);
  CHECK(figures.topic.right == 0);
  CHECK(figures.accepted.right == 1);
  CHECK(figures.danger_recall.right == 0);
  CHECK(figures.danger_precision.of == 0);
  CHECK(figures.immediate_as_normal() == 1);
  CHECK(figures.insee.right == 0);
  CHECK(figures.unit.of == 0);
  CHECK(figures.untold.right == 1);
  CHECK(figures.calibration_error() == Approx(0.25));
  CHECK_THAT(report(figures), Catch::Contains("« immediate » répondu « normal » : 1"));
  CHECK_THAT(report_json(figures), Catch::Contains("\"immediate_as_normal\":1"));
}
