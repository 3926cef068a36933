// How good the lexicon is, on the notes that it was not made from (notes-6). Prints the figures; holds
// floors.
#include <chrono>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "router/core/decision.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

struct Figures {
  double notes = 0, topic = 0, top3 = 0, urgency = 0, insee = 0, unit = 0;
  double danger_found = 0, danger_missed = 0, danger_false = 0;
  int immediate = 0, immediate_right = 0, immediate_as_normal = 0;
  double us = 0;
};

bool accepted(const boost::json::object& note, const std::string& topic) {
  for (const auto& good : note.at("motifs_ok").as_array())
    if (good.as_string() == topic) return true;
  return false;
}

void count(Figures& f, const boost::json::object& note, const Decision& decision) {
  const auto text = [&](const char* key) { return std::string(note.at(key).as_string()); };
  f.notes += 1;
  f.topic += accepted(note, decision.topic);
  f.top3 += accepted(note, decision.topics[0].code) || accepted(note, decision.topics[1].code) ||
            accepted(note, decision.topics[2].code);
  f.urgency += text("urgency") == name(decision.urgency);
  f.insee += text("insee") == decision.insee;
  f.unit += text("unit") == decision.unit;
  const bool danger = note.at("danger").as_bool();
  f.danger_found += danger && decision.danger;
  f.danger_missed += danger && !decision.danger;
  f.danger_false += !danger && decision.danger;
  if (text("urgency") != "immediate") return;
  ++f.immediate;
  f.immediate_right += decision.urgency == Urgency::immediate;
  f.immediate_as_normal += decision.urgency == Urgency::normal;
}

Figures measure(const std::string& file) {
  Figures figures;
  const auto& site = test::sample_site();
  std::ifstream in(test::sample_folder() / "notes" / file);
  for (std::string line; std::getline(in, line);) {
    const auto note = boost::json::parse(line).as_object();
    const auto text = [&](const char* key) { return std::string(note.at(key).as_string()); };
    const auto from = std::chrono::steady_clock::now();
    const auto decision = decide(site, {text("note"), text("commune"), text("address")});
    figures.us += std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - from).count();
    count(figures, note, decision);
  }
  return figures;
}

void print(const std::string& file, const Figures& f) {
  std::cout << file << ": notes " << f.notes << ", topic accepted " << f.topic / f.notes
            << ", in the first three " << f.top3 / f.notes << ", urgency " << f.urgency / f.notes
            << ", insee " << f.insee / f.notes << ", unit " << f.unit / f.notes << ", danger recall "
            << f.danger_found / (f.danger_found + f.danger_missed) << " precision "
            << f.danger_found / (f.danger_found + f.danger_false) << ", immediate " << f.immediate_right
            << "/" << f.immediate << " (as normal: " << f.immediate_as_normal << "), " << f.us / f.notes
            << " us a decision\n";
}

}  // namespace

TEST_CASE("figures on the notes kept aside") {
  for (const auto* file : {"notes-1.jsonl", "notes-3.jsonl", "notes-4.jsonl", "notes-5.jsonl"})
    print(file, measure(file));
  const auto aside = measure("notes-6.jsonl");
  print("notes-6.jsonl (kept aside)", aside);
  REQUIRE(aside.notes == 300);
  CHECK(aside.topic / aside.notes >= 0.78);
  CHECK(aside.top3 / aside.notes >= 0.94);
  CHECK(aside.urgency / aside.notes >= 0.83);
  CHECK(aside.insee / aside.notes >= 0.97);
  CHECK(aside.unit / aside.notes >= 0.97);
  // The safety rules alone: they must say little that is not so.
  CHECK(aside.danger_found / (aside.danger_found + aside.danger_missed) >= 0.74);
  CHECK(aside.danger_found / (aside.danger_found + aside.danger_false) >= 0.73);
  CHECK(aside.immediate_as_normal <= 2);
}
