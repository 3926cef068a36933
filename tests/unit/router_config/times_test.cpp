// What site.toml says of time: delays, exceptional openings, on-call periods; and each way to write it wrong.
#include <algorithm>

#include <catch2/catch.hpp>

#include "router/config/describe.hpp"
#include "router/config/duration.hpp"
#include "router/config/hours.hpp"
#include "router/config/rules.hpp"
#include "tests/unit/queue_core/paris.hpp"
#include "tests/unit/router_config/folder.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace date::literals;
using bannette::test::paris;

namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

const char* const kTimes = R"(
[ouvertures]
"2026-12-19" = ["09:00-12:00"]
"2026-05-01" = ["08:30-12:30", "13:30-17:30"]
[delais]
immediate = "10min"
urgent = "2h ouvrées"
priority = "24h"
normal = "10j"
proposition = "1j"
proposition_danger = "20min"
palier_immediate = "4min"
palier_urgent = "20min"
attente_max = "15j calendaires"
sans_surveillance = "30min ouvrees"
fermer_apres = "14j calendaires"
[[astreinte]]
nom = "Astreinte de direction"
telephone = "03 20 00 00 00"
personnes = ["cadre.astreinte", "directrice"]
[[astreinte]]
nom = "Nuits de fin de semaine"
personnes = ["educateur"]
vendredi = ["17:30-08:00"]
samedi = ["20:00-08:00", "07:00-09:00"]
dimanche = ["22:00-06:00"]
[[astreinte]]
nom = "Noël"
personnes = ["cadre.noel"]
du = "2026-12-24 17:30"
au = "2026-12-27"
)";

struct Mistake {
  std::string added;    // to site.toml, whose last line is the 13th
  std::string place;    // "line:column"
  std::string said;     // part of the message
  std::string instead;  // part of what to write instead
};

std::string delais(const std::string& line) {
  return "[delais]\n" + line + "\n";
}
std::string astreinte(const std::string& lines) {
  return "[[astreinte]]\nnom = \"A\"\npersonnes = [\"a\"]\n" + lines + "\n";
}

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all{
      {delais("urgent = \"vite\""), "16:10", "« vite »", "4h ouvrées"},
      {delais("urgent = \"-4h\""), "16:10", "mal formé", "de 1min"},
      {delais("urgent = 4"), "16:10", "« urgent » n'a pas la bonne forme", "urgent ="},
      {delais("urgent = \"0h ouvrees\""), "16:10", "hors de ses bornes", "de 1min"},
      {delais("urgent = \"1001j\""), "16:10", "hors de ses bornes", "1000j calendaires"},
      {delais("urgent = \"999999999999999999999h\""), "16:10", "mal formé", ""},
      {delais("urgent = \"\""), "16:10", "bonne forme", ""},
      {delais("urgente = \"4h\""), "16:1", "inconnue « urgente »", "urgent"},
      {delais("priority = \"48 heures\""), "16:12", "« priority »", "48h"},
      {delais("normal = \"0j\""), "16:10", "« normal »", "10j"},
      {delais("immediate = \"aussitôt\""), "16:13", "« immediate »", "0min"},
      {delais("proposition = \"61j\""), "16:15", "« proposition »", "60j calendaires"},
      {delais("proposition_danger = \"15min ouvrees\""), "16:22", "« proposition_danger »",
       "temps calendaire"},
      {delais("palier_immediate = \"5h ouvrees\""), "16:20", "« palier_immediate »", "temps calendaire"},
      {delais("palier_urgent = \"25h\""), "16:17", "« palier_urgent »", "1j calendaires"},
      {delais("attente_max = \"10j\""), "16:15", "« attente_max »", "10j calendaires"},
      {delais("sans_surveillance = \"15min\""), "16:21", "« sans_surveillance »", "heures d'ouverture"},
      {delais("fermer_apres = \"7j\""), "16:16", "« fermer_apres »", "7j calendaires"},
      {delais("fermer_apres = \"366j calendaires\""), "16:16", "hors de ses bornes", "365j calendaires"},
      {"[ouvertures]\n\"2026-02-30\" = [\"09:00-12:00\"]\n", "16:1", "ouverture « 2026-02-30 »",
       "AAAA-MM-JJ"},
      {"[ouvertures]\nsamedi = [\"09:00-12:00\"]\n", "16:1", "« samedi » qui n'existe pas", "AAAA-MM-JJ"},
      {"[ouvertures]\n\"2026-12-24\" = [\"09:00-12:00\"]\n", "16:1", "aussi dans « fermetures »",
       "l'un des deux"},
      {"[ouvertures]\n\"2026-12-19\" = []\n", "16:1", "sans horaires", "09:00-12:00"},
      {"[ouvertures]\n\"2026-12-19\" = \"09:00-12:00\"\n", "16:16", "bonne forme", "["},
      {"[ouvertures]\n\"2026-12-19\" = [\"09:00-9h\"]\n", "16:17", "plage horaire", "08:30-12:30"},
      {"[ouvertures]\n\"2026-12-19\" = [\"20:00-08:00\"]\n", "16:17", "plage horaire",
       "le début avant la fin"},
      {"[astreinte]\nnom = \"A\"\n", "15:1", "bonne forme", "[[astreinte]]"},
      {"[[astreinte]]\npersonnes = [\"a\"]\n", "15:1", "« nom » manque", ""},
      {"[[astreinte]]\nnom = \"A\"\n", "15:1", "« personnes » manque", ""},
      {"[[astreinte]]\nnom = \"A\"\npersonnes = []\n", "15:1", "sans personne", "nom-de-compte"},
      {"[[astreinte]]\nnom = \"A\"\npersonnes = [\"Zoé B\"]\n", "17:14",
       "« Zoé B » n'est pas un nom de compte", "64"},
      {"[[astreinte]]\nnom = \"A\"\npersonnes = [\"a\", \"a\"]\n", "17:19", "« a » en double", "une fois"},
      {"[[astreinte]]\nnom = \"" + std::string(121, 'A') + "\"\npersonnes = [\"a\"]\n", "16:7", "trop long",
       "120"},
      {astreinte("telephone = \"appeler Zoé\""), "18:13", "téléphone mal formé", "03 20"},
      {astreinte("telephone = \"" + std::string(41, '0') + "\""), "18:13", "téléphone mal formé", "03 20"},
      {astreinte("courriel = \"a@b\""), "18:1", "inconnue « courriel »", "nom"},
      {astreinte("lundi = [\"17:30\"]"), "18:10", "plage horaire", "jusqu'au lendemain"},
      {astreinte("lundi = [\"08:00-08:00\"]"), "18:10", "plage horaire", "jusqu'au lendemain"},
      {astreinte("lundi = [\"24:00-08:00\"]"), "18:10", "plage horaire", "jusqu'au lendemain"},
      {astreinte("du = \"2026-08-01\""), "18:6", "par un seul bord", "« du » et « au »"},
      {astreinte("au = \"2026-08-01\""), "18:6", "par un seul bord", "« du » et « au »"},
      {astreinte("du = \"2026-08-01\"\nau = \"2026-07-31\""), "19:6", "avant de commencer", "après"},
      {astreinte("du = \"2026-08-32\"\nau = \"2026-09-31\""), "18:6", "« 2026-08-32 » mal formée",
       "AAAA-MM-JJ"},
      {astreinte("du = \"2026-08-01\"\nau = \"2026-09-01T12:00\""), "19:6", "mal formée", "AAAA-MM-JJ HH:MM"},
      {astreinte("du = 2026-08-01\nau = \"2026-09-01\""), "18:6", "bonne forme", "du ="}};
  return all;
}

}  // namespace

TEST_CASE("what a site says of time reaches the queue") {
  const router::test::Folder folder;
  folder.change("site.toml", "", kTimes);
  folder.write("site.toml", "reorientations_max = 3\nalsace_moselle = true\n" +
                                router::test::small_files().at("site.toml") + kTimes);
  const auto loaded = folder.load();
  for (const auto& finding : loaded.findings) FAIL_CHECK(to_string(finding));
  REQUIRE(loaded.site);
  const Rules rules = rules_of(*loaded.site);
  CHECK(rules.urgency_delays.immediate == Delay{Delay::Unit::calendar_ms, 10 * kMinute});
  CHECK(rules.urgency_delays.urgent == Delay{Delay::Unit::working_ms, 2 * kHour});
  CHECK(rules.urgency_delays.priority == Delay{Delay::Unit::calendar_ms, 24 * kHour});
  CHECK(rules.urgency_delays.normal == Delay{Delay::Unit::working_days, 10});
  CHECK(rules.proposal_delay == Delay{Delay::Unit::working_days, 1});
  CHECK(rules.proposal_delay_danger_ms == 20 * kMinute);
  CHECK(rules.step_immediate_ms == 4 * kMinute);
  CHECK(rules.step_urgent_ms == 20 * kMinute);
  CHECK(rules.starvation_ms == 15 * kDay);
  CHECK(rules.unattended_ms == 30 * kMinute);
  CHECK(rules.close_after_ms == 14 * kDay);
  CHECK(rules.max_hops == 3);
  CHECK(rules.calendar.alsace_moselle);
  REQUIRE(rules.calendar.openings.size() == 2);
  CHECK(rules.calendar.openings[0].day == date::local_days{2026_y / 5 / 1});
  CHECK(rules.calendar.openings[1].spans == std::vector<OpenSpan>{{540, 720}});
  REQUIRE(rules.on_call.size() == 3);
  CHECK(rules.on_call[0].who ==
        OnCallContact{"Astreinte de direction", "03 20 00 00 00", {"cadre.astreinte", "directrice"}});
  CHECK(rules.on_call[1].week[4] == std::vector<OpenSpan>{{1050, 1440}});
  CHECK(rules.on_call[1].week[5] ==
        std::vector<OpenSpan>{{0, 540}, {1200, 1440}});  // Friday's end and 7 to 9
  CHECK(rules.on_call[1].week[6] == std::vector<OpenSpan>{{0, 480}, {1320, 1440}});
  CHECK(rules.on_call[1].week[0] == std::vector<OpenSpan>{{0, 360}});
  CHECK(rules.on_call[2].from_ms == paris(2026_y / 12 / 24, 17, 30));
  CHECK(rules.on_call[2].to_ms == paris(2026_y / 12 / 28, 0));  // the last day is in it
}

TEST_CASE("what a site says of time is read back") {
  const router::test::Folder folder;
  folder.change("site.toml", "", kTimes);
  const auto site = folder.load().site.value();
  const std::vector<std::string> expected{
      "horaires : lundi 08:30-12:30 13:30-17:30 ; mardi fermé ; mercredi fermé ; jeudi fermé ; vendredi "
      "fermé ; "
      "samedi fermé ; dimanche fermé",
      "jours fermés : onze jours fériés, 1 fermeture, 2 ouvertures exceptionnelles",
      "prise en charge : immédiate 10min, urgente 2h ouvrées, prioritaire 1j calendaires, normale 10j ; le "
      "plus court de "
      "ce délai et de celui du motif",
      "danger non acquitté : un palier toutes les 4min (immédiat), toutes les 20min (urgent)",
      "proposition sans réponse : 1j, en danger 20min ; au-delà de 2 réorientations, un superviseur décide",
      "alarmes : dossier qui attend depuis 15j calendaires, bannette sans surveillance pendant 30min ouvrées",
      "clôture : 14j calendaires après le traitement ; réservation : 60 s",
      "astreinte « Astreinte de direction » : dès que le service est fermé ; cadre.astreinte, directrice ; "
      "03 20 00 00 00",
      "astreinte « Nuits de fin de semaine » : lundi 00:00-06:00 ; vendredi 17:30-24:00 ; samedi 00:00-09:00 "
      "20:00-24:00 ; "
      "dimanche 00:00-08:00 22:00-24:00 ; educateur",
      "astreinte « Noël » : dès que le service est fermé ; du 24/12/2026 17:30 au 28/12/2026 00:00, à la "
      "place des "
      "astreintes sans dates ; cadre.noel"};
  CHECK(describe_times(site.queue) == expected);
  CHECK(describe_times(router::test::Folder().load().site->queue).back() == "astreinte : aucune");
}

TEST_CASE("without a word the delays are those of the design") {
  const Rules rules = rules_of(router::test::Folder().load().site.value());
  const Rules standard;
  CHECK(rules.urgency_delays == standard.urgency_delays);
  CHECK(rules.proposal_delay == Delay{Delay::Unit::working_ms, 4 * kHour});
  CHECK(rules.proposal_delay_danger_ms == 15 * kMinute);
  CHECK(rules.step_immediate_ms == 5 * kMinute);
  CHECK(rules.step_urgent_ms == 30 * kMinute);
  CHECK(rules.close_after_ms == 7 * kDay);
  CHECK(rules.starvation_ms == 10 * kDay);
  CHECK(rules.unattended_ms == 15 * kMinute);
  CHECK(rules.max_hops == 2);
  CHECK(rules.on_call.empty());
}

TEST_CASE("each mistake about time is found at its place") {
  for (const auto& mistake : mistakes()) {
    const router::test::Folder folder;
    folder.change("site.toml", "", mistake.added);
    const auto loaded = folder.load();
    std::string all;
    for (const auto& f : loaded.findings) all += to_string(f) + "\n";
    CAPTURE(mistake.added, mistake.place, mistake.said, mistake.instead, all);
    CHECK(std::any_of(loaded.findings.begin(), loaded.findings.end(), [&](const Finding& f) {
      return f.file == "site.toml" &&
             std::to_string(f.line) + ":" + std::to_string(f.column) == mistake.place &&
             f.message.find(mistake.said) != std::string::npos &&
             f.instead.find(mistake.instead) != std::string::npos;
    }));
    CHECK_FALSE(loaded.site);
  }
}

TEST_CASE("too many on call, too many people, and flags that contradict each other") {
  const auto errors = [](const std::string& from, const std::string& to) {
    const router::test::Folder folder;
    folder.change("site.toml", from, to);
    std::string all;
    for (const auto& finding : folder.load().findings) all += to_string(finding) + "\n";
    return all;
  };
  std::string many, people;
  for (int i = 0; i < 65; ++i) many += astreinte("");
  CHECK(errors("", many).find("plus de 64 astreintes") != std::string::npos);
  for (int i = 0; i < 17; ++i) people += (i == 0 ? "\"p" : ", \"p") + std::to_string(i) + "\"";
  CHECK(
      errors("", "[[astreinte]]\nnom = \"A\"\npersonnes = [" + people + "]\n").find("plus de 16 personnes") !=
      std::string::npos);
  CHECK(errors("jours_feries = true", "jours_feries = false\nalsace_moselle = true")
            .find("ne ferme aucun jour") != std::string::npos);
  CHECK(errors("bail_s = 60", "reorientations_max = 21").find("0 à 20") != std::string::npos);
  CHECK(errors("", "[delais]\npalier_immediate = \"40min\"\n")
            .find("avertissement: un danger immédiat monte") != std::string::npos);
}

TEST_CASE("delays: written, read, written again") {
  const std::pair<const char*, Delay> rows[] = {{"0min", {Delay::Unit::calendar_ms, 0}},
                                                {"90min", {Delay::Unit::calendar_ms, 90 * kMinute}},
                                                {"47h", {Delay::Unit::calendar_ms, 47 * kHour}},
                                                {"2j calendaires", {Delay::Unit::calendar_ms, 48 * kHour}},
                                                {"90min ouvrées", {Delay::Unit::working_ms, 90 * kMinute}},
                                                {"4h ouvrées", {Delay::Unit::working_ms, 4 * kHour}},
                                                {"5j", {Delay::Unit::working_days, 5}}};
  for (const auto& [text, delay] : rows) {
    CAPTURE(text);
    CHECK(parse_delay(text) == delay);
    CHECK(router::text_of(delay) == text);
  }
  CHECK(parse_delay("4 h ouvrees") == Delay{Delay::Unit::working_ms, 4 * kHour});
  CHECK(router::text_of(Delay{}).empty());
  for (const char* bad : {"", "j", "5", "5 ", " 5j", "5  j", "5jj", "5J", "-5j", "-0j", "+5j", "0x5j", "5.5j",
                          "100001j", "5j calendaire", "99999999999999999999j"}) {
    CAPTURE(bad);
    CHECK(parse_delay(bad) == std::nullopt);
  }
}

TEST_CASE("a night that ends at midnight leaves the next day alone") {
  const router::test::Folder folder;
  folder.change("site.toml", "", astreinte("mardi = [\"18:00-00:00\"]\ndimanche = [\"18:00-01:00\"]"));
  const auto duty = folder.load().site.value().queue.on_call.at(0);
  CHECK(duty.week[1] == std::vector<OpenSpan>{{1080, 1440}});
  CHECK(duty.week[2].empty());
  CHECK(duty.week[0] == std::vector<OpenSpan>{{0, 60}});  // Sunday's night is Monday's
}

TEST_CASE("dates and hours that exist") {
  CHECK(parse_date("2028-02-29") == date::local_days{2028_y / 2 / 29});
  for (const char* bad : {"2027-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026/01/01",
                          "1969-12-31", "3000-01-01", "2026-01-01 ", ""})
    CHECK(parse_date(bad) == std::nullopt);
  CHECK(parse_clock("24:00") == 1440);
  CHECK(parse_clock("0:05") == 5);
  for (const char* bad : {"25:01", "13:60", "-1:00", "12", "13:5", "13:005", ":30", "12:", "", "1 :30"})
    CHECK(parse_clock(bad) == std::nullopt);
}
