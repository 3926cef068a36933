// What scripts build on: JSON Lines in and out, exit codes, environment variables, refusals that say what to
// do.
#include <cstdlib>
#include <fstream>

#include <sys/wait.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace json = boost::json;

namespace {

json::object parsed(const std::string& line) {
  return json::parse(line).as_object();
}

std::vector<json::object> lines_of(const std::string& text) {
  std::vector<json::object> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(parsed(line));
  return all;
}

bool is_receipt(const json::object& line) {
  for (const char* each : {"key", "reference", "id", "seq", "bannette"})
    if (!line.contains(each)) return false;
  return line.contains("durable") && line.at("durable").as_bool();
}

}  // namespace

TEST_CASE("submit: a receipt or an error for each line, in order") {
  Service service;
  service.start();
  const std::string key = id_text(new_key());
  const std::string good =
      R"({"key":")" + key +
      R"(","note":"Grossesse, cherche une sage-femme","commune":"Roubaix",)"
      R"("address":"12 rue de Lannoy","caller":{"name":"Mme Ahmadi","phone":"0612345678"}})";
  const std::string input = good + "\n" + R"({"note":"","commune":"Roubaix"})" + "\n" + "pas du JSON\n" +
                            R"({"note":"x","urgence":"urgent"})" + "\n" +
                            R"({"note":"x","urgency":"demain"})" + "\n" + R"({"key":"1234","note":"x"})" +
                            "\n" + R"({"note":"Impayé de loyer, risque d'expulsion","commune":"Tourcoing"})" +
                            "\n" + good + "\n" + R"({"key":")" + key +
                            R"(","note":"Grossesse, cherche une puéricultrice","commune":"Roubaix"})" + "\n";
  const Ran ran = run(service.verb("submit", "router"), input);
  INFO(ran.out << ran.err);
  CHECK(ran.code == 1);
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 9);
  const auto code = [&](std::size_t i) { return std::string(lines[i].at("error").at("code").as_string()); };
  const auto field = [&](std::size_t i) { return std::string(lines[i].at("error").at("field").as_string()); };
  CHECK(is_receipt(lines[0]));
  CHECK(lines[0].at("key").as_string() == key);
  CHECK(code(1) == "missing");
  CHECK(field(1) == "note");
  CHECK(code(2) == "malformed");
  CHECK(code(3) == "malformed");
  CHECK(field(3) == "urgence");
  CHECK(code(4) == "unknown_enum");
  CHECK(field(4) == "urgency");
  CHECK(field(5) == "key");
  CHECK(is_receipt(lines[6]));
  CHECK(lines[7] == lines[0]);  // the same key: the same receipt
  CHECK(code(8) == "key_reused");
  for (std::size_t i : {1U, 2U, 3U, 4U, 5U, 8U}) {
    CHECK(lines[i].contains("key"));
    CHECK(!lines[i].at("error").at("detail").as_string().empty());
  }
  const Ran all_good = run(service.verb("submit", "router"), good + "\n");
  CHECK(all_good.code == 0);
  CHECK(lines_of(all_good.out).front() == lines[0]);
}

TEST_CASE("submit: each answer is flushed while the pipe stays open") {
  Service service;
  service.start();
  Process submit(service.verb("submit", "router"));
  for (int i = 0; i < 3; ++i) {
    submit.write(R"({"note":"Demande de puéricultrice","commune":"Roubaix"})"
                 "\n");
    CHECK(is_receipt(parsed(submit.line())));
    submit.write("{}\n");
    CHECK(parsed(submit.line()).contains("error"));
  }
  submit.close_input();
  CHECK(submit.wait() == 1);
}

TEST_CASE("outbox: what is not confirmed is told, and settling it asks who and why") {
  Service service;
  service.start();
  const Ran listed = run(service.verb("outbox", "console", {"--json"}));
  INFO(listed.out << listed.err);
  REQUIRE(listed.code == 0);
  CHECK(parsed(listed.out).at("waiting") == 0);
  CHECK(parsed(listed.out).at("queue_up").as_bool());
  CHECK(run(service.verb("outbox", "console")).out.find("la file répond") != std::string::npos);
  CHECK(run(service.verb("outbox", kEast)).code == 1);  // a unit's key: forbidden
  const auto settle = [&](const char* verb, const Arguments& more) {
    Arguments arguments = service.verb(verb, "console", more);
    arguments.insert(arguments.begin(), "outbox");
    return run(arguments);
  };
  CHECK(settle("retry", {"7"}).code == 2);
  CHECK(settle("discard", {"7", "--actor", "adele"}).code == 2);
  const Ran unknown = settle("discard", {"7", "--actor", "adele", "--text", "doublon"});
  CHECK(unknown.code == 1);
  CHECK(unknown.err.find("not_found") != std::string::npos);
  CHECK(settle("retry", {"7", "--actor", "simon", "--role", "supervisor"}).err.find("forbidden") !=
        std::string::npos);
}

TEST_CASE("Environment variables repeat the long options") {
  Service service;
  service.start();
  const Environment environment{{"BANNETTE_ZMQ", service.zmq()},
                                {"BANNETTE_KEY", service.key(kEast).string()},
                                {"BANNETTE_SERVER_KEY", (service.data() / "endpoints.json").string()},
                                {"BANNETTE_UNIT", "utpas-roubaix-est"},
                                {"BANNETTE_DATA", service.data().string()},
                                {"BANNETTE_CONFIG", site_folder().string()}};
  CHECK(run({"tray"}, {}, environment).code == 0);
  CHECK(run({"head"}, {}, environment).code == 0);
  CHECK(run({"export"}, {}, environment).code == 0);
  CHECK(run({"classify"}, "{\"id\":\"1\",\"note\":\"Impayé de loyer\"}\n", environment).code == 0);
  // An option says more than the environment.
  const Ran other = run({"tray", "--unit", "utpas-roubaix-ouest"}, {}, environment);
  CHECK(other.code == 1);
  CHECK(other.err.find("forbidden") != std::string::npos);
}

TEST_CASE("An option that is written out wins over the environment, in each subcommand") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const auto stranger = service.new_key("stranger");
  const auto file = service.new_key("other");
  const Environment wrong{{"BANNETTE_ZMQ", "tcp://127.0.0.1:1"},
                          {"BANNETTE_KEY", stranger.string()},
                          {"BANNETTE_SERVER_KEY", stranger.string()},
                          {"BANNETTE_UNIT", "utpas-roubaix-ouest"},
                          {"BANNETTE_ACTOR", "personne"},
                          {"BANNETTE_DATA", "/nonexistent"},
                          {"BANNETTE_CONFIG", "/nonexistent"},
                          {"BANNETTE_NAME", "autre"},
                          {"BANNETTE_ROLE", "auditor"}};
  const std::string data = service.data().string();
  const auto done = [&](const Arguments& arguments, const std::string& input = {}) {
    const Ran ran = run(arguments, input, wrong);
    INFO(arguments.front() << ": " << ran.out << ran.err);
    CHECK(ran.code == 0);
    return ran.out;
  };
  const Arguments as_lea{"--unit", "utpas-roubaix-est", "--actor", "lea"};
  const auto work = [&](const std::string& verb, Arguments arguments = {}) {
    arguments.insert(arguments.end(), as_lea.begin(), as_lea.end());
    return done(service.verb(verb, kEast, arguments));
  };
  const std::string first = ask(*router, submit("une")).receipt().reference();
  const std::string second = ask(*router, submit("deux")).receipt().reference();
  work("tray");
  work("reserve", {first});
  work("renew", {first});
  work("release", {first});
  work("reserve", {first});
  work("accept", {first});
  work("note", {first, "--text", "x"});
  work("handle", {first, "--outcome", "answered"});
  work("take", {second});
  const std::string shown = work("show", {first, "--json"});
  CHECK(shown.find("unit:utpas-roubaix-est/lea") != std::string::npos);
  CHECK(shown.find("personne") == std::string::npos);
  done(service.verb("submit", "router", {"--unit", "utpas-roubaix-est", "--actor", "lea"}),
       R"({"note":"Impayé de loyer","commune":"Roubaix"})");

  const Arguments account{"--data", data, "--name", "rose"};
  const auto with_account = [&](Arguments arguments, const Arguments& more = {}) {
    arguments.insert(arguments.end(), account.begin(), account.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return done(arguments, "correct cheval pile agrafe\n");
  };
  const Arguments role{"--role", "agent", "--unit", "utpas-roubaix-est"};
  with_account({"user", "add", "--password-stdin"}, role);
  with_account({"user", "grant-restricted"});
  with_account({"user", "withdraw-restricted"});
  with_account({"user", "password", "--password-stdin"});
  with_account({"user", "remove"});
  with_account({"token", "add"}, role);
  with_account({"token", "revoke"});
  done({"key", "add", "--data", data, "--principal", "unit:utpas-roubaix-est", "--public",
        file.string() + ".pub"});
  CHECK(done({"key", "list", "--data", data}).find("unit:utpas-roubaix-est") != std::string::npos);
  done({"key", "revoke", "--data", data, "--public", file.string() + ".pub"});
  done({"head", "--data", data});
  done({"export", "--data", data});
  done({"classify", "--config", site_folder().string()}, R"({"id":"1","note":"Impayé de loyer"})");
}

TEST_CASE("Exit code 2 for wrong use, 1 for what was refused or failed") {
  Service service;
  service.start();
  const auto code = [](const Arguments& arguments) { return run(arguments).code; };
  CHECK(code({}) == 2);
  CHECK(code({"bannette"}) == 2);
  CHECK(code({"tray", "--nothing"}) == 2);
  CHECK(code({"tray"}) == 2);  // where, with which key?
  CHECK(code({"serve", "--data", service.data().string()}) == 2);
  CHECK(code({"check"}) == 2);
  CHECK(code({"export", "--data", "/nonexistent"}) == 2);
  CHECK(code(service.verb("handle", kEast, {"X", "--outcome", "oublié"})) == 2);
  CHECK(code(service.verb("note", kEast, {"--text", "x"})) == 2);
  CHECK(code(service.verb("reserve", kEast, {"--request-key", "x"})) == 2);
  CHECK(code(service.verb("show", kEast, {"K7F-3MX"})) == 1);
  CHECK(code(service.verb("reserve", kEast)) == 1);  // nothing waits
  CHECK(code({"--version"}) == 0);
  CHECK(code({"--help"}) == 0);
  const Ran no_key = run({"tray", "--zmq", service.zmq()});
  CHECK(no_key.err.find("--key") != std::string::npos);
}

TEST_CASE("A key that was not added is told so, in time") {
  Service service;
  service.start();
  const auto stranger = service.new_key("stranger");
  const Ran ran = run({"tray", "--zmq", service.zmq(), "--key", stranger.string(), "--server-key",
                       (service.data() / "endpoints.json").string()});
  CHECK(ran.code == 1);
  CHECK(ran.err.find("clé") != std::string::npos);
  CHECK(run({"key", "add", "--data", service.data().string(), "--principal", "personne", "--public",
             stranger.string() + ".pub"})
            .code == 2);
  CHECK(run({"key", "new", "--out", stranger.string()}).code == 1);  // never overwritten
}

TEST_CASE("check and key revoke: what is written out wins; both, or both by the environment, is wrong use") {
  Service service;
  service.start();
  const std::string data = service.data().string(), config = site_folder().string();
  const Environment folders{{"BANNETTE_DATA", data}, {"BANNETTE_CONFIG", config}};
  const Ran by_config = run({"check", "--config", config}, {}, {{"BANNETTE_DATA", "/nonexistent"}});
  CHECK(by_config.code == 0);
  CHECK(by_config.out.find("communes") != std::string::npos);
  const Ran by_data = run({"check", "--data", data}, {}, {{"BANNETTE_CONFIG", "/nonexistent"}});
  CHECK(by_data.out.find("Journal") != std::string::npos);
  CHECK(run({"check"}, {}, {{"BANNETTE_CONFIG", config}}).code == 0);
  CHECK(run({"check", "--config", config, "--data", data}).code == 2);
  const Ran both = run({"check"}, {}, folders);
  CHECK(both.code == 2);
  CHECK(both.err.find("--config") != std::string::npos);

  const auto key = service.key("unit:utpas-roubaix-ouest").string() + ".pub";
  const Ran neither = run({"key", "revoke", "--data", data});
  CHECK(neither.code == 2);
  CHECK(neither.err.find("--principal") != std::string::npos);
  CHECK(neither.err.find("--public") != std::string::npos);
  CHECK(
      run({"key", "revoke", "--data", data, "--public", key}, {}, {{"BANNETTE_PRINCIPAL", "router"}}).code ==
      0);
}

TEST_CASE("Every long option is shown with its variable, and the variable works") {
  const std::vector<std::pair<Arguments, std::vector<std::string>>> shown{
      {{"reserve"}, {"LEASE", "REQUEST_KEY", "JSON", "KEY"}},
      {{"accept"}, {"FENCE"}},
      {{"note"}, {"TEXT"}},
      {{"handle"}, {"OUTCOME"}},
      {{"tray"}, {"LIMIT"}},
      {{"key", "new"}, {"OUT"}},
      {{"key", "add"}, {"PRINCIPAL", "PUBLIC", "DATA"}},
      {{"key", "revoke"}, {"PRINCIPAL", "PUBLIC"}},
      {{"check"}, {"CONFIG", "DATA"}},
      {{"user", "add"}, {"PASSWORD_STDIN", "ROLE", "UNIT", "RESTRICTED"}},
      {{"audit"}, {"DOSSIER", "PERSON", "IN_UNIT", "FROM", "AFTER"}},
      {{"demo"}, {"PER_HOUR", "CALLS", "NOTES"}},
      {{"serve"}, {"BEHIND_PROXY", "DEMO", "TLS_CERT"}}};
  for (auto [command, variables] : shown) {
    command.emplace_back("--help");
    const Ran help = run(command);
    CHECK(help.code == 0);
    for (const auto& each : variables) {
      INFO(command.front() << ' ' << each << '\n' << help.out);
      CHECK(help.out.find("BANNETTE_" + each + ")") != std::string::npos);
    }
  }
  Service service;
  service.start();
  const auto router = service.link("router");
  const std::string reference = ask(*router, submit("une")).receipt().reference();
  const Ran taken = run(service.verb("take", kEast), {}, {{"BANNETTE_JSON", "1"}});
  CHECK(parsed(taken.out).at("reference").as_string() == reference);
  const Ran handled =
      run(service.verb("handle", kEast, {reference}), {},
          {{"BANNETTE_OUTCOME", "answered"}, {"BANNETTE_TEXT", "réglé"}, {"BANNETTE_LIMIT", "no number"}});
  INFO(handled.err);
  CHECK(handled.code == 0);
  CHECK(run(service.verb("show", kEast, {reference})).out.find("« réglé »") != std::string::npos);
}

TEST_CASE("Wrong use is told before anything is asked or made") {
  Service service;
  service.start();
  const std::string data = service.data().string();
  const auto stranger = service.new_key("stranger");
  for (const char* seconds : {"0", "4", "3601", "4294968", "-5"})
    CHECK(run(service.verb("reserve", kEast, {"--lease", seconds})).code == 2);
  CHECK(run(service.verb("reserve", kEast), {}, {{"BANNETTE_LEASE", "4294968"}}).code == 2);
  const auto add = [&](const std::string& principal, const std::string& file) {
    return run({"key", "add", "--data", data, "--principal", principal, "--public", file});
  };
  CHECK(add("foo:bar", stranger.string() + ".pub").code == 2);
  const Ran missing = add("unit:utpas-roubaix-est", "/nonexistent.pub");
  CHECK(missing.code == 2);
  CHECK(missing.err.find("fichier introuvable") != std::string::npos);
  const std::string nowhere = data + "/nowhere";
  CHECK(run({"user", "add", "--data", nowhere, "--name", "a", "--role", "agent", "--password-stdin"},
            "correct cheval pile agrafe\n")
            .code == 2);
  CHECK(!std::filesystem::exists(nowhere));
  for (const char* endpoint : {"tcp://127.0.0.1", "tcp://:5570", "tcp://127.0.0.1:0", "tcp://127.0.0.1:70000",
                               "tcp://127.0.0.1:x", "tcp://*:5570", "ipc:///tmp/x", "127.0.0.1:5570"}) {
    INFO(endpoint);
    const Ran ran = run(
        {"tray", "--zmq", endpoint, "--key", stranger.string(), "--server-key", stranger.string() + ".pub"});
    CHECK(ran.code == 2);
    CHECK(ran.err.find("--zmq") != std::string::npos);
  }
}

TEST_CASE("submit: without a service each line still gets its answer; blank lines get none") {
  Service service;
  const auto key = service.new_key("stranger");
  const Ran ran = run(
      {"submit", "--zmq", "tcp://127.0.0.1:1", "--key", key.string(), "--server-key", key.string() + ".pub"},
      "{\"note\":\"x\"}\n\n   \npas du JSON\n{\"note\":\"caf\xE9\"}\n");
  CHECK(ran.code == 1);
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].at("error").at("code").as_string() == "unavailable");
  CHECK(!lines[0].at("key").as_string().empty());
  CHECK(lines[1].at("error").at("code").as_string() == "malformed");
  CHECK(lines[2].at("error").at("code").as_string() == "malformed");
}

TEST_CASE("What cannot be written to standard output is a failure") {
  const std::string check = program() + " check --config " + site_folder().string();
  const auto code = [](const std::string& command) {
    const int status = std::system(("{ " + command + "; } 2>/dev/null").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  CHECK(code(check + " >/dev/null") == 0);
  CHECK(code(check + " >/dev/full") == 1);
  CHECK(code(check + " >&-") == 1);
  // A reader that goes away: the endless input ends with it.
  const std::string classify = program() + " classify --config " + site_folder().string();
  CHECK(code("yes '{\"note\":\"loyer\"}' | { { " + classify +
             "; echo $? >&3; } | head -n 1 >/dev/null; } 3>&1 | grep -qx 1") == 0);
}
