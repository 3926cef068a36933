// A unit's whole way by the command line: tray, reserve, renew, release, accept, note, handle, show.
#include <algorithm>
#include <regex>
#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace json = boost::json;

namespace {

class Unit {
 public:
  Unit(Service& service, std::string principal, Arguments more = {})
      : service_(service), principal_(std::move(principal)), more_(std::move(more)) {}

  Ran run_verb(const std::string& verb, Arguments arguments = {}, const std::string& input = {}) {
    arguments.insert(arguments.end(), more_.begin(), more_.end());
    return run(service_.verb(verb, principal_, arguments), input);
  }
  json::object done(const std::string& verb, Arguments arguments = {}, const std::string& input = {}) {
    arguments.push_back("--json");
    const Ran ran = run_verb(verb, arguments, input);
    INFO(verb << ": " << ran.err);
    REQUIRE(ran.code == 0);
    return json::parse(ran.out).as_object();
  }
  // The code of the refusal.
  std::string refused(const std::string& verb, const Arguments& arguments = {}) {
    const Ran ran = run_verb(verb, arguments);
    CHECK(ran.code == 1);
    const auto open = ran.err.find('(');
    return open == std::string::npos ? ran.err
                                     : ran.err.substr(open + 1, ran.err.find_first_of(",)", open) - open - 1);
  }

 private:
  Service& service_;
  std::string principal_;
  Arguments more_;
};

std::string text(const json::object& object, const char* name) {
  return std::string(object.at(name).as_string());
}

}  // namespace

TEST_CASE("The whole way of a dossier from the command line") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const std::string normal = ask(*router, submit("normale")).receipt().reference();
  const std::string urgent =
      ask(*router, submit("urgente", kEastPmi, v1::URGENCY_URGENT)).receipt().reference();
  const std::string elsewhere =
      ask(*router, submit("ailleurs", "utpas-roubaix-ouest/pmi")).receipt().reference();

  Unit agent(service, kEast, {"--unit", "utpas-roubaix-est", "--actor", "lea"});
  Unit colleague(service, kEast, {"--actor", "omar"});
  Unit west(service, kWest);

  const json::object tray = agent.done("tray");
  REQUIRE(tray.at("total").to_number<int>() == 2);
  CHECK(text(tray.at("items").at(0).as_object(), "reference") == urgent);
  CHECK(text(tray.at("items").at(1).as_object(), "reference") == normal);
  const Ran readable = agent.run_verb("tray");
  CHECK(readable.code == 0);
  CHECK(readable.out.find(urgent) < readable.out.find(normal));
  CHECK(readable.out.find("2 dossiers ouverts") != std::string::npos);
  CHECK(agent.done("tray", {"--limit", "1"}).at("items").as_array().size() == 1);

  const json::object reserved = agent.done("reserve");
  CHECK(text(reserved, "reference") == urgent);  // the next is the urgent one
  CHECK(text(reserved, "state") == "reserved");
  const std::string fence = std::to_string(reserved.at("fence").to_number<int>());
  CHECK(agent.done("renew", {urgent, "--lease", "600"}).at("fence") == reserved.at("fence"));
  CHECK(text(agent.done("release", {urgent}), "state") == "waiting");
  CHECK(agent.refused("accept", {urgent, "--fence", fence}) == "stale_fence");

  const json::object chosen = agent.done("reserve", {urgent, "--lease", "60"});
  CHECK(chosen.at("fence").to_number<int>() == reserved.at("fence").to_number<int>() + 1);
  CHECK(agent.refused("accept", {urgent, "--fence", fence}) == "stale_fence");
  CHECK(colleague.refused("reserve", {urgent}) == "held_by_other");
  CHECK(colleague.refused("accept", {urgent}) == "held_by_other");
  CHECK(agent.refused("handle", {urgent, "--outcome", "answered"}) == "bad_state");

  CHECK(text(agent.done("accept", {urgent}), "state") == "in_progress");
  agent.done("note", {urgent, "--text", "Rappelée, absente"});
  agent.done("note", {urgent, "--text", "-"}, "Rappelée, rendez-vous pris\n");
  CHECK(text(agent.done("handle", {urgent, "--outcome", "appointment", "--text", "Le 3 à 10 h"}), "state") ==
        "handled");
  CHECK(agent.refused("handle", {urgent, "--outcome", "answered"}) == "bad_state");

  const json::object shown = agent.done("show", {urgent});
  CHECK(shown.at("content").at("note").as_string() == "urgente");
  std::vector<std::string> changes;
  for (const auto& each : shown.at("history").as_array()) changes.emplace_back(each.at("change").as_string());
  CHECK(changes == std::vector<std::string>{"submitted", "reserved", "renewed", "released", "reserved",
                                            "accepted", "noted", "noted", "handled"});
  const auto& last_note = shown.at("history").at(7);
  CHECK(last_note.at("actor").as_string() == "unit:utpas-roubaix-est/lea");
  CHECK(last_note.at("text").as_string().starts_with("Rappelée, rendez-vous pris"));
  const Ran page = agent.run_verb("show", {urgent});
  CHECK(page.out.find("Appelante urgente") != std::string::npos);

  SECTION("take is reserve and accept in one; a repeated key is the same change") {
    const std::string key = id_text(new_key());
    const json::object taken = agent.done("take", {"--request-key", key});
    CHECK(text(taken, "reference") == normal);
    CHECK(text(taken, "state") == "in_progress");
    const json::object again = agent.done("take", {"--request-key", key});
    CHECK(again.at("seq") == taken.at("seq"));
    CHECK(again.at("fence") == taken.at("fence"));
    CHECK(agent.refused("take") == "nothing_waiting");
  }
  SECTION("another unit's dossiers are not there, by whatever name") {
    CHECK(west.done("tray").at("total").to_number<int>() == 1);
    for (const char* verb : {"show", "reserve", "take", "accept", "renew", "release"})
      CHECK(west.refused(verb, {normal}) == "not_found");
    CHECK(west.refused("note", {normal, "--fence", "1", "--text", "x"}) == "not_found");
    CHECK(west.refused("handle", {normal, "--fence", "1", "--outcome", "answered"}) == "not_found");
    CHECK(west.refused("tray", {"--unit", "utpas-roubaix-est"}) == "forbidden");
    CHECK(agent.refused("show", {elsewhere}) == "not_found");
  }
}

TEST_CASE("What people read: French words, times, apart columns, and nothing that steers the terminal") {
  Service service;
  service.start();
  const auto router = service.link("router");
  v1::Envelope call = submit(
      "titre \x1b]0;pris\x07 et \xC2\x9B"
      "31m\nligne deux\x7F");
  call.mutable_submit()->mutable_content()->mutable_caller()->set_name("Mme \x1b[2J Noël");
  const std::string reference = ask(*router, std::move(call)).receipt().reference();
  Unit agent(service, kEast,
             {"--actor",
              "l\xC3\xA9"
              "a\x1b[31m-avec-un-nom-bien-plus-long-que-sa-colonne"});
  agent.done("take", {reference});
  agent.done("note", {reference, "--text", "une\r\n  9  01/01 00:00  traité\x1b[A"});
  const Ran page = agent.run_verb("show", {reference});
  INFO(page.out);
  REQUIRE(page.code == 0);
  for (const char c : page.out) {
    const auto byte = static_cast<unsigned char>(c);
    CHECK((c == '\n' || (byte >= 0x20 && byte != 0x7F)));
  }
  CHECK(page.out.find("\xC2\x9B") == std::string::npos);
  for (const char* told : {"Noël", "\nligne deux", "Arrivée  : ", "Échéance : ", "pris en charge  ",
                           "enregistré", "note ajoutée", "]0;pris", "\n              9  01/01"})
    CHECK(page.out.find(told) != std::string::npos);
  // Each line of the history: number, day and time, change, actor.
  const std::regex line(R"( +[0-9]+  [0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}  \S.*  \S.*)");
  std::istringstream history(page.out.substr(page.out.find("Historique :\n") + 14));
  std::string first;
  std::getline(history, first);
  CHECK(std::regex_match(first, line));
  CHECK(page.out.find("colonne  ") != std::string::npos);
  CHECK(agent.run_verb("tray").out.find("pris en charge  ") != std::string::npos);
}

TEST_CASE("Text that is not UTF-8 is refused at once, by name") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const std::string reference = ask(*router, submit("une")).receipt().reference();
  Unit agent(service, kEast);
  REQUIRE(agent.run_verb("take", {reference}).code == 0);
  const std::string bad = "caf\xE9";
  const auto field = [&](const std::string& verb, const Arguments& arguments, const std::string& input = {}) {
    const Ran ran = agent.run_verb(verb, arguments, input);
    CHECK(ran.code == 1);
    return ran.err.substr(0, ran.err.find(')') + 1);
  };
  CHECK(field("note", {reference, "--text", bad}) == "refus (malformed, --text)");
  CHECK(field("note", {reference, "--text", "-"}, bad) == "refus (malformed, --text)");
  CHECK(field("handle", {reference, "--outcome", "answered", "--text", bad}) == "refus (malformed, --text)");
  CHECK(field("show", {bad}) == "refus (malformed, dossier)");
  CHECK(field("reserve", {bad}) == "refus (malformed, dossier)");
  CHECK(field("take", {bad}) == "refus (malformed, dossier)");
  CHECK(field("tray", {"--actor", bad}) == "refus (malformed, --actor)");
  CHECK(field("tray", {"--unit", bad}) == "refus (malformed, --unit)");
}

TEST_CASE("A dossier's later life from the command line: hold, redirect, copy, close") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const std::string one = ask(*router, submit("une")).receipt().reference();
  const std::string two = ask(*router, submit("deux")).receipt().reference();
  Unit lea(service, kEast, {"--actor", "lea"});
  Unit omar(service, kEast, {"--actor", "omar"});
  Unit west(service, kWest, {"--actor", "ines"});
  const char* west_pmi = "utpas-roubaix-ouest/pmi";
  for (const auto& each : {one, two}) lea.done("take", {each});

  CHECK(lea.run_verb("hold", {one, "--why", "awaiting_person", "--until", "demain"}).code == 2);
  CHECK(lea.run_verb("hold", {one, "--why", "patience", "--until", "+2h"}).code == 2);
  CHECK(lea.refused("hold", {one, "--why", "awaiting_person", "--until", "2020-01-01T10:00"}) == "malformed");
  CHECK(lea.refused("hold", {one, "--why", "other", "--until", "+2h"}) == "missing");  // words are needed
  const json::object held = lea.done("hold", {one, "--why", "awaiting_person", "--until", "+3j"});
  CHECK(text(held, "state") == "on_hold");
  const std::string page = lea.run_verb("tray").out;
  CHECK(page.find("suspendu") != std::string::npos);
  CHECK(page.find("(en attente de la personne)") != std::string::npos);
  CHECK(text(lea.done("resume", {one}), "state") == "in_progress");

  const Arguments proposal{one, "--to", west_pmi, "--why", "wrong_territory"};
  lea.done("propose", proposal);
  CHECK(lea.refused("propose", proposal) == "proposal_open");
  lea.done("withdraw", {one});
  CHECK(west.refused("accept-proposal", {one}) == "not_found");
  lea.done("propose", proposal);
  CHECK(text(west.done("tray").at("offered").at(0).as_object(), "reference") == one);
  CHECK(west.run_verb("tray").out.starts_with("Proposés, en attente de votre réponse :\n" + one));
  west.done("refuse-proposal", {one, "--why", "no_capacity"});
  lea.done("propose", proposal);
  const json::object theirs = west.done("accept-proposal", {one});
  CHECK(text(theirs.at("header").as_object(), "bannette") == west_pmi);

  west.done("take", {one});
  west.done("copy", {one, "--to", kEastPmi});
  CHECK(text(lea.done("tray").at("copies").at(0).as_object(), "reference") == one);
  CHECK(text(west.done("return", {one, "--why", "incomplete"}).at("header").as_object(), "bannette") ==
        "standard");

  SECTION("an absent person's dossiers are another's for a time") {
    const Arguments away{"--person", "unit:utpas-roubaix-est/lea"};
    CHECK(omar.refused("note", {two, "--text", "x"}) == "held_by_other");
    Arguments asked = away;
    asked.insert(asked.end(), {"--to", "unit:utpas-roubaix-est/omar", "--until", "+1j"});
    CHECK(lea.done("delegate", asked).at("seq").to_number<int>() > 0);
    omar.done("note", {two, "--text", "je remplace"});
    lea.done("end-delegation", away);
    CHECK(omar.refused("note", {two, "--text", "x"}) == "held_by_other");
  }
  SECTION("duplicates, reopening, closing") {
    const std::string three = ask(*router, submit("trois")).receipt().reference();
    lea.done("take", {three});
    CHECK(text(lea.done("merge", {three, "--into", two}), "state") == "merged");
    lea.done("handle", {two, "--outcome", "answered"});
    CHECK(text(lea.done("reopen", {two, "--text", "rappel"}), "state") == "in_progress");
    lea.done("handle", {two, "--outcome", "answered"});
    CHECK(text(lea.done("close", {two}), "state") == "closed");
    CHECK(lea.refused("reopen", {two}) == "bad_state");
  }
}

TEST_CASE("Danger, and what managers and supervisors decide, from the command line") {
  Service service;
  service.start();
  const auto router = service.link("router");
  v1::Envelope call = submit("danger", kEastPmi, v1::URGENCY_URGENT);
  call.mutable_submit()->set_danger(true);
  const std::string danger = ask(*router, std::move(call)).receipt().reference();
  Unit nobody(service, kEast);
  Unit lea(service, kEast, {"--actor", "lea"});
  Unit head(service, kEast, {"--actor", "maud", "--role", "manager"});
  Unit sam(service, "console", {"--actor", "sam", "--role", "supervisor"});
  CHECK(lea.run_verb("tray", {"--role", "chef"}).code == 2);

  CHECK(lea.run_verb("tray").out.find("danger non acquitté, signalé : ") != std::string::npos);
  CHECK(nobody.refused("acknowledge", {danger}) == "missing");
  const json::object climb = lea.done("acknowledge", {danger}).at("header").at("climb").as_object();
  CHECK(text(climb, "acknowledged_by") == "unit:utpas-roubaix-est/lea");

  const auto events = [&](const Arguments& more) {
    Arguments arguments = more;
    arguments.emplace_back("--json");
    const Ran ran = sam.run_verb("events", arguments);
    REQUIRE(ran.code == 0);
    std::vector<json::object> all;
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line).as_object());
    return all;
  };
  std::uint64_t last = 0;
  std::vector<std::string> changes;
  for (const auto& each : events({})) {
    if (each.at("reference").is_null() || text(each, "reference") != danger) continue;
    changes.push_back(text(each, "change"));
    last = each.at("seq").to_number<std::uint64_t>();
  }
  REQUIRE(changes.size() >= 2);
  CHECK(changes.front() == "escalated");
  CHECK(changes.back() == "acknowledged");
  CHECK(events({"--after", std::to_string(last)}).empty());
  CHECK(sam.run_verb("events").out.find("danger acquitté") != std::string::npos);
  CHECK(lea.refused("events") == "forbidden");

  CHECK(lea.refused("reassign", {danger, "--to", "x", "--why", "absence"}) == "forbidden");
  const json::object given =
      head.done("reassign", {danger, "--to", "unit:utpas-roubaix-est/omar", "--why", "absence"});
  CHECK(text(given.at("header").as_object(), "holder") == "unit:utpas-roubaix-est/omar");
  const Arguments to_west{danger, "--to", "utpas-roubaix-ouest/pmi", "--why", "wrong_territory"};
  CHECK(head.refused("move", to_west) == "forbidden");
  CHECK(text(sam.done("move", to_west), "state") == "waiting");
}

TEST_CASE("The CRIP reads the copy of a child in danger, and the history says that it did") {
  Service service;
  service.start();
  const auto office = service.link("console");
  v1::Envelope call = log_call("Un enfant de 4 ans est frappé par son père, la voisine l'entend crier.");
  call.mutable_log_call()->set_commune("Hem");
  call.mutable_log_call()->set_topic("enfance.danger");
  call.mutable_actor()->set_name("odile");
  call.mutable_actor()->set_role(v1::ROLE_OPERATOR);
  const v1::Envelope reply = ask(*office, std::move(call));
  REQUIRE(reply.has_receipt());
  const std::string reference = reply.receipt().reference();
  CHECK(reply.receipt().bannette() == "utpas-hem-lannoy/protection-enfance");
  Unit crip(service, "service:crip", {"--actor", "carole"});
  Unit mdph(service, "service:mdph", {"--actor", "max"});
  const json::object tray = crip.done("tray");
  CHECK(tray.at("total").to_number<int>() == 0);
  REQUIRE(tray.at("copies").as_array().size() == 1);
  CHECK(text(tray.at("copies").at(0).as_object(), "reference") == reference);
  crip.done("show", {reference});
  const json::object shown = crip.done("show", {reference});
  CHECK(text(shown.at("content").as_object(), "note").starts_with("Un enfant de 4 ans"));
  const auto& history = shown.at("history").as_array();
  CHECK(std::any_of(history.begin(), history.end(), [](const json::value& each) {
    return each.at("change") == "read" && each.at("actor") == "service:crip/carole";
  }));
  Unit aude(service, "console", {"--actor", "aude"});
  const Ran audit = aude.run_verb("audit", {"--person", "service:crip/carole"});
  CHECK(audit.code == 0);
  CHECK(audit.out.find(reference) != std::string::npos);
  CHECK(audit.out.find("par une copie") != std::string::npos);
  CHECK(audit.out == aude.run_verb("audit", {"--dossier", reference}).out);
  CHECK(aude.run_verb("audit", {"--person", "quelqu'un"}).out.empty());
  CHECK(aude.run_verb("audit", {"--from", "hier"}).code == 2);
  CHECK(mdph.refused("audit", {"--role", "agent"}) == "forbidden");
  CHECK(crip.refused("take", {reference}) == "not_found");  // to read is not to work
  CHECK(mdph.refused("show", {reference}) == "not_found");
}
