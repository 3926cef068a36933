// Past calls looked at again beside the running service: replayed with another configuration, and where
// people decided otherwise kept as notes to learn from.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "queue/core/ids.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr const char* kPersonal =
    "Mme Vandeputte Ginette, tel 06 12 34 56 78, 12 rue de Lannoy : colis alimentaire pour le petit Kévin 5 "
    "ans";

std::string all_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// As the router would have sent it, with a proposal of the test's own.
v1::Envelope proposed(const std::string& note, const std::string& bannette, v1::Urgency urgency,
                      bool danger) {
  v1::Envelope envelope = submit(note, bannette, urgency);
  auto& made = *envelope.mutable_submit();
  made.set_danger(danger);
  auto& content = *made.mutable_content();
  content.set_insee("59512");
  content.set_unit(bannette.substr(0, bannette.find('/')));
  content.set_proposed_topic(made.topic());
  content.set_proposed_urgency(urgency);
  content.set_proposed_danger(danger);
  content.set_proposed_bannette(bannette);
  return envelope;
}

std::string reference_of(const v1::Envelope& reply) {
  REQUIRE(reply.has_receipt());
  return reply.receipt().reference();
}

Ran corrections(const Service& service, const std::string& verb, Arguments more = {}) {
  Arguments arguments{"corrections",           verb,       "--data",
                      service.data().string(), "--config", site_folder().string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments);
}

std::vector<json::object> lines_of(const Ran& ran) {
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  std::vector<json::object> all;
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line).as_object());
  return all;
}

void check_scrubbed(const std::string& text) {
  for (const char* personal : {"Vandeputte", "Ginette", "06 12", "Lannoy", "Kévin", "12 rue"})
    CHECK(text.find(personal) == std::string::npos);
}

// A unit finds that it is not its topic, and the other accepts.
void redirect(client::Link& unit, const std::string& id, const std::string& to) {
  v1::Envelope take;
  take.set_idempotency_key(new_key());
  take.mutable_take()->set_dossier(id);
  const auto taken = ask(unit, std::move(take));
  REQUIRE(code_of(taken).empty());
  v1::Envelope propose;
  propose.set_idempotency_key(new_key());
  propose.mutable_propose()->set_dossier(id);
  propose.mutable_propose()->set_fence(taken.done().header().fence());
  propose.mutable_propose()->set_to(to);
  propose.mutable_propose()->set_why(v1::WHY_WRONG_TOPIC);
  REQUIRE(code_of(ask(unit, std::move(propose))).empty());
  v1::Envelope accepted;
  accepted.set_idempotency_key(new_key());
  accepted.mutable_accept_proposal()->set_dossier(id);
  const auto reply = ask(unit, std::move(accepted));
  INFO(code_of(reply));
  REQUIRE(code_of(reply).empty());
}

}  // namespace

TEST_CASE("Past calls are replayed: what moves, what drops and must be acknowledged, what nothing reaches") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const auto east = service.link(kEast);
  v1::Envelope call = log_call("Colis alimentaire, frigo vide, deux enfants");
  call.mutable_log_call()->clear_topic();
  call.mutable_log_call()->set_commune("Wasquehal");
  const std::string moving = reference_of(ask(*east, std::move(call)));
  const std::string dropping = reference_of(
      ask(*router, proposed("Demande les horaires de la PMI", kEastPmi, v1::URGENCY_IMMEDIATE, true)));
  REQUIRE(code_of(ask(*router, submit("sans proposition"))).empty());

  const TemporaryFolder folder;
  const fs::path config = folder.path() / "config";
  fs::copy(site_folder(), config, fs::copy_options::recursive);
  std::string sectors = all_of(config / "sectorisation.csv");
  const std::string row = "utpas-croix-wasquehal;59646;;;;";
  sectors.replace(sectors.find(row), row.size(), "utpas-wattrelos-leers;59646;;;;");
  std::ofstream(config / "sectorisation.csv") << sectors;

  const Arguments replay{"replay", "--config", config.string(), "--data", service.data().string()};
  const auto with = [&](Arguments more) {
    more.insert(more.begin(), replay.begin(), replay.end());
    return run(more);
  };
  const Ran told = with({});
  INFO(told.out + told.err);
  CHECK(told.code == 1);
  CHECK(told.err.find("--accept-drops") != std::string::npos);
  CHECK(told.out.find("appels rejoués : 2") != std::string::npos);
  CHECK(told.out.find("sans proposition du routeur : 1") != std::string::npos);
  CHECK(told.out.find("URGENCES OU DANGERS QUI BAISSENT : 1\n  " + dropping) != std::string::npos);
  CHECK(told.out.find("immédiate, danger → normale") != std::string::npos);
  CHECK(told.out.find(moving) != std::string::npos);
  CHECK(told.out.find("territoire : ") != std::string::npos);
  CHECK(told.out.find("frigo vide") == std::string::npos);

  const Ran as_json = with({"--json", "--accept-drops", "--show-notes"});
  CHECK(as_json.code == 0);
  const auto report = json::parse(as_json.out).as_object();
  CHECK(report.at("dropped").to_number<int>() == 1);
  CHECK(report.at("drops").at(0).at("reference").as_string() == dropping);
  CHECK(report.at("drops").at(0).at("note").as_string() == "Demande les horaires de la PMI");

  // Against a configuration what was recorded does not count, and the same changes nothing.
  const Ran same = with({"--against", config.string()});
  CHECK(same.code == 0);
  CHECK(same.out.find("bannette : 0\n") != std::string::npos);
  fs::remove(config / "units.toml");
  CHECK(with({}).code == 1);
  CHECK(run({"replay", "--config", config.string(), "--data", folder.path().string()}).code == 2);
  CHECK(service.stop() == 0);
}

TEST_CASE("Corrections are found, scrubbed, reviewed and exported; what is kept of them is sealed") {
  Service service;
  service.start();
  const auto router = service.link("router");
  const auto east = service.link(kEast);
  v1::Envelope call = log_call(kPersonal);
  call.mutable_log_call()->set_topic("autonomie.habitat");
  const std::string by_operator = reference_of(ask(*east, std::move(call)));
  const auto sent = ask(*router, proposed("Demande un logement", kEastPmi, v1::URGENCY_NORMAL, false));
  const std::string by_unit = reference_of(sent);
  redirect(*east, id_text(sent.receipt().id()), "utpas-roubaix-est/social");
  static_cast<void>(
      ask(*router, proposed("Pesée du bébé", kEastPmi, v1::URGENCY_NORMAL, false)));  // as proposed

  const auto found = lines_of(corrections(service, "list", {"--json"}));
  REQUIRE(found.size() == 2);
  CHECK(found[0].at("dossier").as_string() == by_operator);
  CHECK(found[0].at("source").as_string() == "operator");
  CHECK(found[0].at("motif").as_string() == "autonomie.habitat");
  CHECK(found[0].at("commune").as_string() == "Roubaix");
  check_scrubbed(json::serialize(found[0]));
  CHECK(found[0].at("note").as_string().find("5 ans") != json::string::npos);
  CHECK(found[1].at("dossier").as_string() == by_unit);
  CHECK(found[1].at("source").as_string() == "unit");
  CHECK(found[1].at("motif").as_string().empty());  // several lead to the other bannette
  CHECK(found[1].at("motifs_ok").as_array().size() > 3);

  const Ran unclear = corrections(service, "accept", {"--dossier", by_unit});
  CHECK(unclear.code == 1);
  CHECK(unclear.err.find("social.logement") != std::string::npos);
  CHECK(corrections(service, "accept", {"--dossier", by_unit, "--motif", "social.logement"}).code == 0);
  CHECK(
      corrections(service, "accept", {"--dossier", by_operator, "--hide", "colis", "--by", "simone"}).code ==
      0);
  const Ran none = corrections(service, "show", {"--dossier", make_reference(99)});
  CHECK(none.code == 1);
  CHECK(none.err.find("not_found") != std::string::npos);

  const TemporaryFolder folder;
  const fs::path file = folder.path() / "corrections.jsonl";
  CHECK(corrections(service, "export", {"--to", file.string()}).code == 0);
  const auto exported = lines_of(corrections(service, "export"));
  REQUIRE(exported.size() == 2);
  CHECK(all_of(file) == json::serialize(exported[0]) + "\n" + json::serialize(exported[1]) + "\n");
  CHECK(exported[0].at("id").as_string().starts_with("c-"));
  CHECK(exported[0].at("note").as_string().find("colis") == json::string::npos);
  CHECK(exported[1].at("motif").as_string() == "social.logement");
  CHECK(exported[1].at("address").as_string().empty());
  check_scrubbed(json::serialize(exported[0]));
  CHECK_FALSE(exported[0].contains("dossier"));

  for (const char* name : {"corrections.db", "corrections.db-wal"})
    for (const char* clear : {"alimentaire", "habitat", "simone", "accepted"})
      CHECK(all_of(service.data() / name).find(clear) == std::string::npos);
  CHECK(service.stop() == 0);
}
