// Whatever is typed, pasted or sent, over REST and over ZeroMQ, in every field of a call: an answer in so
// many words, no crash, and what was taken is shown as it was typed, byte for byte.
#include <catch2/catch.hpp>

#include "queue/core/limits.hpp"
#include "queue/core/utf8.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace json = boost::json;

namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string controls() {
  std::string all = "coupure";
  for (char c = 1; c < 32; ++c) all += c;
  return all + "\x7F\u0080\u0085\u009B fin";
}

struct Text {
  const char* what;
  std::string text;
};

// Taken, and given back as they are.
std::vector<Text> taken() {
  return {
      {"10,000 letters of two bytes", times(10'000, "é")},
      {"a word of 20,000 letters", times(20'000, "a")},
      {"nothing but line ends, and a word", times(9'999, "\r\n") + "x"},
      {"accents without end", "e" + times(9'000, "\u0301")},
      {"Arabic", "امرأة وحدها مع طفلين، لا طعام في البيت"},
      {"Chinese", "一位母亲带着两个孩子，没有食物"},
      {"Russian, Turkish, Romanian, Vietnamese", "женщина İstanbul'lu; fată însărcinată; người mẹ"},
      {"emoji, families and flags", "😀👩‍👩‍👧‍👦🏳️‍🌈🇫🇷 bébé 👶🏿"},
      {"only emoji", "🆘🆘🆘"},
      {"control characters", controls()},
      {"right to left override, BOM, zero width, non-characters",
       "\uFEFFa\u202Etxt.exe\u202C\u200B\u2028\u2029\uFFFE\uFFFF"},
      {"double-encoded UTF-8", "enfant frappÃ© Ã  lâ€™Ã©cole, mÃ¨re inquiÃ¨te"},
      {"SQL", "Robert'); DROP TABLE letter; -- \" OR 1=1 /*"},
      {"HTML", "<script>alert(1)</script></textarea><img src=x onerror=alert(1)>&lt;&#x27;"},
      {"JSON", R"(","danger":true,"topic":"enfance.danger"}{[null)"},
      {"a formula", "=cmd|' /C calc'!A0"},
      {"a terminal's escapes", "\x1B[2J\x1B]0;titre\x07 rouge"},
      {"shells and formats", "~root/.. %s%n%x ${jndi:ldap://x} {{7*7}} `id`"},
      {"spaces around it", "  \t note \n "},
  };
}

v1::LogCall call_with(const std::string& text) {
  v1::LogCall call;
  call.set_note(cut(text, limits::note));
  call.set_commune(cut(text, limits::commune));
  call.set_address(cut(text, limits::address));
  call.mutable_caller()->set_name(cut(text, limits::caller_name));
  call.mutable_caller()->set_phone(cut(text, limits::phone));
  call.set_bannette(std::string(kEast).substr(5) + "/social");
  call.set_topic("social.budget");
  return call;
}

json::object as_json(const v1::LogCall& call) {
  return {{"note", call.note()},
          {"commune", call.commune()},
          {"address", call.address()},
          {"topic", call.topic()},
          {"bannette", call.bannette()},
          {"caller", json::object{{"name", call.caller().name()}, {"phone", call.caller().phone()}}}};
}

void check_content(const v1::Content& content, const v1::LogCall& call) {
  CHECK(content.note() == call.note());
  CHECK(content.commune() == call.commune());
  CHECK(content.address() == call.address());
  CHECK(content.caller().name() == call.caller().name());
  CHECK(content.caller().phone() == call.caller().phone());
}

void check_content(const json::object& content, const v1::LogCall& call) {
  CHECK(content.at("note").as_string() == call.note());
  CHECK(content.at("commune").as_string() == call.commune());
  CHECK(content.at("address").as_string() == call.address());
  CHECK(content.at("caller").at("name").as_string() == call.caller().name());
  CHECK(content.at("caller").at("phone").as_string() == call.caller().phone());
}

std::string token(Service& service, const std::string& name, const Arguments& more) {
  Arguments arguments{"token", "add", "--data", service.data().string(), "--name", name};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = run(arguments);
  REQUIRE(ran.code == 0);
  return ran.out.substr(0, ran.out.find('\n'));
}

// One that runs for all of them: a crash is seen at the end.
struct Desk {
  Service service;
  std::unique_ptr<client::Link> router, unit;
  std::optional<HttpSession> operators, agents;
  Desk() {
    service.start();
    router = service.link("router");
    unit = service.link(kEast);
    operators.emplace(service.http());
    operators->bear(token(service, "accueil", {"--role", "operator"}));
    agents.emplace(service.http());
    agents->bear(token(service, "logiciel", {"--role", "agent", "--unit", std::string(kEast).substr(5)}));
  }
};

struct Wrong {
  const char* what;
  void (*spoil)(v1::LogCall&);
  const char* code;
  const char* field;
};

const Wrong kWrong[] = {
    {"nothing", [](v1::LogCall& c) { c.set_note(""); }, "missing", "note"},
    {"blanks", [](v1::LogCall& c) { c.set_note(" \n\t\r "); }, "missing", "note"},
    {"blanks that are not ASCII's", [](v1::LogCall& c) { c.set_note("\u00A0\u202F\u200B\uFEFF\u3000"); },
     "missing", "note"},
    {"a note too long", [](v1::LogCall& c) { c.set_note(times(10'001, "é")); }, "too_large", "note"},
    {"10,000 emoji", [](v1::LogCall& c) { c.set_note(times(10'000, "😀")); }, "too_large", "note"},
    {"a name too long", [](v1::LogCall& c) { c.mutable_caller()->set_name(times(121, "x")); }, "too_large",
     "caller.name"},
    {"SQL for a topic", [](v1::LogCall& c) { c.set_topic("x' OR 1=1 --"); }, "unknown_topic", "topic"},
    {"HTML for a topic", [](v1::LogCall& c) { c.set_topic("<b>x</b>"); }, "unknown_topic", "topic"},
    {"emoji for a bannette", [](v1::LogCall& c) { c.set_bannette("😀/social"); }, "unknown_bannette",
     "bannette"},
    {"SQL for a bannette", [](v1::LogCall& c) { c.set_bannette("standard'; --"); }, "unknown_bannette",
     "bannette"},
    {"letters for a code INSEE", [](v1::LogCall& c) { c.set_insee("5951é"); }, "", "insee"},
    {"markup for a code INSEE", [](v1::LogCall& c) { c.set_insee("<b>"); }, "malformed", "insee"},
};

}  // namespace

TEST_CASE("Whatever is typed is taken and shown as it was typed, or refused by name") {
  Desk desk;
  std::size_t logged = 0;
  for (const Text& each : taken()) {
    CAPTURE(each.what);
    const v1::LogCall call = call_with(each.text);
    v1::Envelope classify, similar, log = log_call("");
    classify.mutable_classify()->set_note(call.note());
    classify.mutable_classify()->set_commune(call.commune());
    classify.mutable_classify()->set_address(call.address());
    CHECK(ask(*desk.router, classify).has_classified());
    similar.mutable_similar()->set_note(call.note());
    similar.mutable_similar()->set_phone(call.caller().phone());
    CHECK(ask(*desk.router, similar).has_alike());
    *log.mutable_log_call() = call;
    const v1::Envelope by_wire = ask(*desk.router, log);
    INFO(by_wire.ShortDebugString());
    REQUIRE(by_wire.has_receipt());
    check_content(ask(*desk.unit, show(by_wire.receipt().reference())).dossier().content(), call);

    json::object typed{{"note", call.note()}, {"commune", call.commune()}, {"address", call.address()}};
    CHECK(desk.operators->post("/api/v1/classify", typed).status == 200);
    const auto by_rest = desk.operators->post("/api/v1/requests", as_json(call), id_text(new_key()));
    INFO(by_rest.body);
    REQUIRE(by_rest.status == 201);
    const std::string id(by_rest.json().at("id").as_string());
    const auto shown = desk.agents->get("/api/v1/dossiers/" + id);
    REQUIRE(shown.status == 200);
    CHECK(shown.header("Content-Type").starts_with("application/json"));  // never HTML
    check_content(shown.json().at("content").as_object(), call);
    logged += 2;
  }
  for (const Wrong& each : kWrong) {
    CAPTURE(each.what);
    v1::Envelope log = log_call("");
    *log.mutable_log_call() = call_with("une note");
    each.spoil(*log.mutable_log_call());
    const v1::Envelope by_wire = ask(*desk.router, log);
    if (*each.code != '\0') CHECK(code_of(by_wire) == each.code);
    CHECK(by_wire.error().field() == each.field);
    CHECK_FALSE(by_wire.error().detail().empty());
    json::object body = as_json(log.log_call());
    body["insee"] = log.log_call().insee();
    const auto by_rest = desk.operators->post("/api/v1/requests", body, id_text(new_key()));
    CHECK(by_rest.status / 100 == 4);
    if (*each.code != '\0') CHECK(by_rest.json().at("code") == each.code);
    CHECK(by_rest.json().at("field") == each.field);
  }
  // Not UTF-8: no message, in either language.
  json::object broken{{"note", "enfant frapp\xE9"}};
  CHECK(desk.operators->post("/api/v1/requests", broken, id_text(new_key())).json().at("code") ==
        "malformed");
  json::object with_nul{{"note", std::string("a\0b", 3)}};
  CHECK(desk.operators->post("/api/v1/requests", with_nul, id_text(new_key())).json().at("field") == "note");

  const Ran checked = run({"check", "--data", desk.service.data().string()});
  CHECK(checked.code == 0);
  CHECK(ask(*desk.unit, list_tray()).tray().total() == logged);  // all of them, and none of those refused
  CHECK(desk.service.stop() == 0);
}

TEST_CASE("Double-encoded text is understood as what it was meant to be") {
  Service service;
  service.start();
  const auto router = service.link("router");
  v1::Envelope clean, broken;
  clean.mutable_classify()->set_note(
      "enfant frappé à la maison, marques de coups, a peur de rentrer ce soir");
  broken.mutable_classify()->set_note(
      "enfant frappÃ© Ã  la maison, marques de coups, a peur de rentrer ce soir");
  for (auto* each : {&clean, &broken}) each->mutable_classify()->set_commune("Roubaix");
  const auto meant = ask(*router, clean).classified();
  const auto read = ask(*router, broken).classified();
  CHECK(read.danger());
  CHECK(read.topic() == meant.topic());
  CHECK(read.urgency() == meant.urgency());
  CHECK(service.stop() == 0);
}
