// An Asterisk's busy hour, and the service killed three times in the middle of it: each caller who stood in
// the queue is in the ledger once, and what was linked to a call stays so.
#include <algorithm>
#include <fstream>
#include <map>
#include <string>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "queue/core/ids.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/pbx_client.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr const char* kPassword = "un mot de passe long";
constexpr double kSpeed = 20;
constexpr int kKills = 3;
constexpr std::int64_t kSecond = 1'000;

fs::path site_with_asterisk(const fs::path& folder, std::uint16_t port) {
  fs::copy(site_folder(), folder / "site", fs::copy_options::recursive);
  std::ofstream out(folder / "site" / "telephonie.toml");
  out << "[[standard]]\ncode = \"main\"\nadresse = \"127.0.0.1\"\nport = " << port
      << "\nutilisateur = \"accueil\"\nsecret = \"main.secret\"\n\n[[file]]\ncode = \"premier-contact\"\n";
  for (int post = 1001; post <= 1009; ++post)
    out << "\n[[poste]]\ncode = \"p" << post << "\"\ninterface = \"PJSIP/" << post << "\"\n";
  return folder / "site";
}

// Of each caller in the queue ("QUEUE UNIQUEID NTH"): how it ended.
using Passages = std::map<std::string, std::string>;

struct Passage {
  std::string outcome;
  std::int64_t from_ms = 0, to_ms = 0;  // of the script; by whole seconds
};

std::map<std::string, Passage> of_queue_log(const Script& script) {
  std::ifstream in(capture("70-busy-hour", ".queue_log"));
  std::map<std::string, Passage> out;
  std::map<std::string, int> times;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> part;
    std::stringstream fields(line);
    for (std::string field; std::getline(fields, field, '|');) part.push_back(field);
    const std::string who = part.at(2) + " " + part.at(1);
    const auto passage = [&] { return who + " " + std::to_string(times[who]); };
    const std::int64_t at_ms = std::stoll(part.at(0)) * 1'000 - script.began_ms;
    const std::string& what = part.at(4);
    if (what == "ENTERQUEUE") {
      ++times[who];
      out[passage()] = {"open", at_ms, at_ms};
    }
    if (what == "CONNECT") out[passage()].outcome = "answered";
    if (what == "ABANDON") out[passage()].outcome = "abandoned";
    if (what == "ABANDON" || what.starts_with("COMPLETE")) out[passage()].to_ms = at_ms;
  }
  return out;
}

Passages of_ledger(const std::string& lines) {
  Passages out;
  std::stringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto leg = json::parse(line).as_object();
    const auto text = [&](const char* key) { return std::string(leg.at(key).as_string()); };
    std::string passage = text("queue") + " " + text("uniqueid") + " ";
    for (int nth = 1;; ++nth) {
      const std::string key = passage + std::to_string(nth);
      if (out.emplace(key, text("outcome")).second) break;
    }
  }
  return out;
}

struct Hour {
  Hour()
      : script(Script::of(capture("70-busy-hour"))),
        server(thread.tasks, thread.context.get_executor(), script, manners()),
        service({false, {}, site_with_asterisk(folder.path(), server.port()), {}}) {
    std::ofstream(service.data() / "main.secret") << "essai-accueil\n";
    fs::permissions(service.data() / "main.secret", fs::perms::owner_read | fs::perms::owner_write);
    service.start();
    for (const char* role : {"operator", "supervisor"})
      REQUIRE(run({"user", "add", "--data", service.data().string(), "--name", role, "--role", role,
                   "--password-stdin"},
                  std::string(kPassword) + "\n")
                  .code == 0);
  }
  static Manners manners() {
    Manners out;
    out.speed = kSpeed;
    return out;
  }
  [[nodiscard]] json::object now() const {
    HttpSession session(service.http());
    REQUIRE(session.login("supervisor", kPassword) == 200);
    return session.get("/api/v1/calls/now").json();
  }
  // Somebody who talks now; "" = nobody.
  [[nodiscard]] std::string talking() const {
    const auto all = now();
    for (const auto& call : all.at("calls").as_array())
      if (call.at("state") == "talking") return std::string(call.at("id").as_string());
    return {};
  }
  [[nodiscard]] bool anybody_there() const {
    const auto all = now();
    for (const auto& call : all.at("calls").as_array())
      if (call.at("state") != "wrap_up") return true;
    return false;
  }

  TemporaryFolder folder;
  OneThread thread;
  Script script;
  PbxServer server;
  Service service;
};

}  // namespace

TEST_CASE("killed in the middle of Asterisk's calls: none is lost, none is there twice, and links stay",
          "[.][long]") {
  Hour hour;
  const std::int64_t whole = hour.script.scenes.back().at_ms;
  std::string linked, reference;
  std::vector<std::pair<std::int64_t, std::int64_t>> away;  // of the script: when nobody listened
  for (int kills = 1; kills <= kKills; ++kills) {
    REQUIRE(hour.thread.until([&] { return hour.server.pbx().now_ms() >= kills * whole / (kKills + 1); }));
    std::string call;
    REQUIRE(hour.thread.until([&] { return !(call = hour.talking()).empty(); }));
    if (linked.empty()) {
      linked = call;
      HttpSession person(hour.service.http());
      REQUIRE(person.login("supervisor", kPassword) == 200);
      const auto logged = person.post("/api/v1/requests",
                                      {{"note", "Demande de rendez-vous pour un nourrisson"},
                                       {"commune", "Roubaix"},
                                       {"topic", "pmi.petite-enfance"},
                                       {"call", linked}},
                                      to_string(make_uuid7(system::now().wall_ms, {1})));
      INFO(logged.body);
      REQUIRE(logged.status == 201);
      reference = logged.json().at("reference").as_string();
    }
    const std::int64_t killed_ms = hour.server.pbx().now_ms();
    hour.service.kill();
    hour.service.start();
    REQUIRE(
        hour.thread.until([&] { return hour.server.pbx().logins == static_cast<std::size_t>(kills + 1); }));
    away.emplace_back(killed_ms - kSecond, hour.server.pbx().now_ms() + kSecond);
  }
  REQUIRE(hour.thread.until([&] { return hour.server.pbx().over() && !hour.anybody_there(); }));
  HttpSession person(hour.service.http());
  REQUIRE(person.login("supervisor", kPassword) == 200);
  const auto call = person.get("/api/v1/calls/" + linked).json();
  CHECK(std::string(call.at("dossiers").at(0).as_string()) == reference);
  REQUIRE(hour.service.stop() == 0);

  const Ran ledger = run({"calls", "--data", hour.service.data().string(), "--json"});
  INFO(ledger.err);
  REQUIRE(ledger.code == 0);
  const auto ours = of_ledger(ledger.out);
  const auto theirs = of_queue_log(hour.script);
  REQUIRE(theirs.size() == 40);
  std::size_t unknown = 0;  // whose end came with the kill itself, or while nobody listened
  std::size_t unheard = 0;  // who came and went while nobody listened
  for (const auto& [name, passage] : theirs) {
    INFO(name << " from " << passage.from_ms << " to " << passage.to_ms);
    if (!ours.contains(name)) {
      ++unheard;
      CHECK(std::any_of(away.begin(), away.end(), [&](const auto& gap) {
        return passage.from_ms >= gap.first - kSecond && passage.to_ms <= gap.second + kSecond;
      }));
    } else if (ours.at(name) == "unknown") {
      ++unknown;
    } else {
      CHECK(ours.at(name) == passage.outcome);
    }
  }
  CHECK(ours.size() + unheard == theirs.size());  // none twice, and none that the PBX does not know
  CHECK(unheard + unknown < theirs.size() / 2);
  const Ran checked = run({"check", "--data", hour.service.data().string()});
  INFO(checked.out << checked.err);
  CHECK(checked.code == 0);
}
