// telephonie.toml: what it may say, and each way to write it wrong.
#include "router/core/telephony.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "router/config/difference.hpp"
#include "tests/unit/router_config/folder.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

const std::string kPbx =
    "[[standard]]\ncode = \"main\"\nadresse = \"127.0.0.1\"\nutilisateur = \"accueil\"\nsecret = "
    "\"main.secret\"\n";
const std::string kFar =
    "[[standard]]\ncode = \"main\"\nutilisateur = \"accueil\"\nsecret = \"main.secret\"\nadresse = "
    "\"pbx.exemple.fr\"\n";
const std::string kPost = kPbx + "[[poste]]\ncode = \"p1\"\ninterface = \"PJSIP/1001\"\n";
const std::string kCti = "[[standard]]\ncode = \"autre\"\ntype = \"cti\"\n";

Loaded load(const test::Folder& folder, const std::string& text) {
  folder.write("telephonie.toml", text);
  return folder.load();
}

std::string queue(const std::string& code, const std::string& pbx) {
  return "[[file]]\ncode = \"" + code + "\"\nstandard = \"" + pbx + "\"\n";
}
std::string post(const std::string& code, const std::string& interface) {
  return "[[poste]]\ncode = \"" + code + "\"\ninterface = \"" + interface + "\"\n";
}
template <class Make>
std::string many(int count, Make make) {
  std::string out;
  for (int i = 1; i <= count; ++i) out += make(std::to_string(i));
  return out;
}

struct Mistake {
  std::string text;
  std::string place;    // "line:column"
  std::string said;     // part of the message
  std::string instead;  // part of what to write instead
};

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all{
      {"abandon_court_s = 61\n" + kPbx, "1:19", "« abandon_court_s »", "de 0 à 60"},
      {"niveau_de_service_s = 0\n" + kPbx, "1:23", "« niveau_de_service_s »", "de 1 à 600"},
      {"[rappels]\nessais = 0\n" + kPbx, "2:10", "« essais »", "de 1 à 20"},
      {"[rappels]\nessai = 2\n" + kPbx, "2:1", "inconnue « essai »", "essais"},
      {"[[poste]]\ncode = \"a\"\ninterface = \"PJSIP/1\"\n", "1:1", "« standard » manque", ""},
      {"[[standard]]\ncode = \"Main\"\ntype = \"cti\"\n", "2:8", "« Main » mal formé", "minuscules"},
      {"[[standard]]\ncode = \"main\"\ntype = \"sip\"\n", "3:8", "type inconnu", "\"ami\""},
      {"[[standard]]\ncode = \"main\"\n", "1:1", "« adresse » manque", ""},
      {"[[standard]]\ncode = \"main\"\nadresse = \"127.0.0.1:5038\"\nutilisateur = \"a\"\nsecret = "
       "\"s\"\nport = 0\n",
       "6:8", "« port »", "1 à 65535"},
      {kCti + kCti, "5:8", "en double", "pas déjà pris"},
      {kPbx + "secret_en_clair = \"essai\"\n", "6:1", "inconnue « secret_en_clair »", ""},
      {kFar, "5:11", "TLS", "sans_chiffrement"},
      {kFar + "tls = true\nempreinte = \"AA:BB\"\n", "7:13", "empreinte", "64 chiffres"},
      {kFar + "tls = true\nautorite = \"ca.pem\"\n", "7:12", "« ca.pem » absent", ""},
      {kFar + "tls = true\nautorite = \"cle.pem\"\n", "7:12", "n'est pas un fichier de certificats", "PEM"},
      {kFar + "tls = true\nautorite = \"/etc/ca.pem\"\n", "7:12", "n'est pas un nom de fichier", ".."},
      {kPbx + "empreinte = \"" + std::string(64, 'a') + "\"\n", "1:1", "qu'avec TLS", "tls = true"},
      {"[[standard]]\ncode = \"main\"\nadresse = \"::1\"\nutilisateur = \"a\"\nsecret = \"../s\"\n", "5:10",
       "nom de fichier", "pbx.secret"},
      {"[[standard]]\ncode = \"main\"\nadresse = \"::1\"\nutilisateur = \"a\\r\\nAction: Command\"\nsecret = "
       "\"s\"\n",
       "4:15", "caractère de commande", ""},
      {kPbx + "authentification = \"sha\"\n", "6:20", "inconnue « sha »", "\"md5\""},
      {kPbx + "evenements = [\"call\", \"agents\"]\n", "6:23", "inconnue « agents »", "agent"},
      {kPbx + "evenements = [\"call\"]\n", "6:14", "sans la classe « agent »", "\"agent\""},
      {kPbx + "jonctions = [\"PJSIP/\\n\"]\n", "6:14", "caractère de commande", ""},
      {kPbx + "[standard.rappel]\nsonnerie_s = 10\n", "6:1", "« contexte » manque", ""},
      {kPbx + "[standard.rappel]\ncontexte = \"a,b\"\n", "7:12", "« a,b » mal formé", ""},
      {kPbx + "[standard.rappel]\ncontexte = \"interne\"\nprefixe = \"+33\"\n", "8:11", "« +33 »",
       "chiffres"},
      {kPbx + "[standard.rappel]\ncontexte = \"interne\"\nsonnerie_s = 4\n", "8:14", "« sonnerie_s »",
       "5 à 120"},
      {kPost + "[[poste]]\ncode = \"p1\"\ninterface = \"PJSIP/1002\"\n", "10:8", "poste « p1 » en double",
       ""},
      {kPost + "[[poste]]\ncode = \"p2\"\ninterface = \"PJSIP/1001\"\n", "11:13", "a déjà un poste", ""},
      {kPbx + "[[poste]]\ncode = \"p1\"\ninterface = \"PJSIP/1001&PJSIP/1002\"\n", "8:13", "mal formée",
       "PJSIP/1001"},
      {kPbx + "[[poste]]\ncode = \"p1\"\nstandard = \"ailleurs\"\ninterface = \"PJSIP/1\"\n", "8:12",
       "inconnu « ailleurs »", "main"},
      {kPbx + kCti + "[[poste]]\ncode = \"p1\"\ninterface = \"PJSIP/1\"\n", "9:1", "« standard » manque", ""},
      {kPbx + "[[file]]\ncode = \"a\"\ndeborde = \"b\"\n", "8:11", "file inconnue « b »", "plus haut"},
      {kPbx + "[[file]]\ncode = \"a\"\n[[file]]\ncode = \"a\"\n", "9:8", "file « a » en double", ""},
      {kPbx + kCti + queue("a", "main") + queue("a", "autre"), "13:8", "file « a » en double",
       "autre autocommutateur"},
      {kPbx + many(33, [](const auto& n) { return queue("f" + n, "main"); }), "103:8", "plus de 32", ""},
      {kPbx + many(65, [](const auto& n) { return post("p" + n, "PJSIP/" + n); }), "199:8", "plus de 64", ""},
      {many(16, [](const auto& n) { return "[[standard]]\ncode = \"s" + n + "\"\ntype = \"cti\"\n"; }),
       "47:8", "plus de 15", ""},
      {"conserver_j = 20\n[rappels]\ngarder_j = 21\n" + kPbx, "3:12", "sans leur numéro", "conserver_j"},
      {kPbx + "[[pause]]\ncode = \"Café\"\n", "7:8", "« Café » mal formé", ""},
      {"[[standard]\n", "1:12", "illisible", ""},
  };
  return all;
}

}  // namespace

TEST_CASE("without the file there is no telephony, and an empty one tells what is missing") {
  const test::Folder folder;
  REQUIRE(folder.load().site);
  CHECK(folder.load().site->telephony == nullptr);
  CHECK_FALSE(load(folder, "").site);
}

TEST_CASE("the sample site's telephony") {
  const auto& site = test::sample_site();
  REQUIRE(site.telephony);
  const auto& t = *site.telephony;
  REQUIRE(t.pbxs.size() == 1);
  CHECK_FALSE(t.pbxs[0].active);
  CHECK(t.pbxs[0].mask == "system,call,agent,user");
  CHECK(t.pbxs[0].context == "interne");
  CHECK(t.pbxs[0].ring_ms == 15'000);
  REQUIRE(t.queues.size() == 2);
  CHECK(t.queues[1].overflow_of == "premier-contact");
  CHECK(t.posts.size() == 10);
  CHECK(t.posts[9] == Telephony::Post{"teletravail", "Télétravail", "main", "Local/1010@poste-distant/n"});
  CHECK(t.pauses.size() == 3);
  CHECK(t.short_ms == 5'000);
  CHECK(t.callback_tries == 3);
}

TEST_CASE("TLS far away, two PBXs, a pinned certificate as openssl prints it") {
  const test::Folder folder;
  folder.write("ca.pem", "-----BEGIN CERTIFICATE-----\n");
  std::string pin;
  for (int i = 0; i < 32; ++i) pin += i == 0 ? "AB" : ":AB";
  const auto loaded =
      load(folder, kFar + "tls = true\nautorite = \"ca.pem\"\nempreinte = \"" + pin + "\"\n" + kCti +
                       "[[poste]]\ncode = \"p1\"\nstandard = \"main\"\ninterface = \"PJSIP/1\"\n");
  for (const auto& finding : loaded.findings) FAIL_CHECK(to_string(finding));
  REQUIRE(loaded.site);
  const auto& pbx = loaded.site->telephony->pbxs[0];
  CHECK(pbx.tls);
  CHECK(pbx.authorities == "-----BEGIN CERTIFICATE-----\n");  // its text: no file is needed later
  CHECK(pbx.pin.size() == 64);
  CHECK(pbx.pin.find_first_not_of("ab") == std::string::npos);
  CHECK(loaded.site->telephony->pbxs[1].kind == Telephony::Pbx::Kind::cti);
}

TEST_CASE("each mistake is told with its place and what to write instead") {
  const test::Folder folder;
  folder.write("cle.pem", "-----BEGIN PRIVATE KEY-----\n");
  for (const auto& mistake : mistakes()) {
    CAPTURE(mistake.text);
    const auto loaded = load(folder, mistake.text);
    CHECK_FALSE(loaded.site);
    std::string all;
    const bool found = std::any_of(loaded.findings.begin(), loaded.findings.end(), [&](const Finding& each) {
      all += to_string(each) + "\n";
      return each.file == "telephonie.toml" && each.severity == Severity::error &&
             std::to_string(each.line) + ":" + std::to_string(each.column) == mistake.place &&
             each.message.find(mistake.said) != std::string::npos &&
             each.instead.find(mistake.instead) != std::string::npos;
    });
    CAPTURE(all, mistake.place);
    CHECK(found);
  }
}

TEST_CASE("without the class call an abandon is not told from a timeout: a warning") {
  const test::Folder folder;
  const auto loaded = load(folder, kPbx + "evenements = [\"system\", \"agent\"]\n");
  REQUIRE(loaded.site);
  REQUIRE(loaded.findings.size() == 1);
  CHECK(loaded.findings[0].severity == Severity::warning);
  CHECK(loaded.findings[0].message.find("abandon") != std::string::npos);
}

TEST_CASE("numbers that are kept for less than a callback's time end callbacks with them") {
  const test::Folder folder;
  CHECK(load(folder, "conserver_j = 10\n" + kPbx).site->telephony->callback_keep_ms == 10LL * 24 * 3'600'000);
  CHECK(load(folder, kPbx).site->telephony->callback_keep_ms == 30LL * 24 * 3'600'000);
}

TEST_CASE("a reload tells what is other") {
  const test::Folder folder;
  const auto before = *load(folder, kPost).site;
  const auto same = *load(folder, kPost).site;
  CHECK(differences(before, same).empty());
  const auto other = *load(folder, kPost + "nom = \"Accueil\"\n").site;
  CHECK(differences(before, other) ==
        std::vector<std::string>{"téléphonie : poste p1 : Accueil, PJSIP/1001, avant p1, PJSIP/1001"});
  const auto secret = *load(folder, "conserver_j = 90\n" + kPost).site;
  CHECK(differences(before, secret) == std::vector<std::string>{"téléphonie : d'autres réglages"});
}
