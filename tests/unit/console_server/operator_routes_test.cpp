// For operators: what to ask and whom to call; and calls that are still being typed: what is answered is on
// the disk, sealed; no page overwrites another silently; whose screen has fallen silent can be relieved, and
// that leaves a trace.
#include <fstream>
#include <future>
#include <set>

#include <catch2/catch.hpp>

#include "agent-console/drafts/keeper.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;
namespace fs = std::filesystem;

namespace {

constexpr const char* kCall = "main:1773738090.15";
constexpr const char* kTarget = "/api/v1/drafts/main:1773738090.15";
const std::string kCanary = "canari-du-brouillon-4711";

std::string body(std::uint64_t version, const std::string& note, bool danger = false) {
  return R"({"version":)" + std::to_string(version) + R"(,"danger":)" + (danger ? "true" : "false") +
         R"(,"content":{"note":")" + note + R"("}})";
}

struct Disk {
  Folder folder;
  std::int64_t now_ms = 1'773'738'000'000;
  drafts::Bounds bounds;
  fs::path file() const { return folder.path / "drafts.db"; }
  // Everything in one store, each step in a transaction of its own.
  template <class Work>
  auto on(Work work) {
    drafts::Store store(file(), seal::Key{}, bounds);
    std::optional<decltype(work(store))> result;
    REQUIRE(store.durably([&] { result.emplace(work(store)); }));
    return std::move(*result);
  }
  Result<drafts::Header> put(const std::string& key, const std::string& owner, std::uint64_t base,
                             const std::string& content) {
    return on([&](drafts::Store& store) { return store.put(key, owner, base, false, content, now_ms); });
  }
};

bool folder_holds(const fs::path& folder, const std::string& text) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (bytes.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a draft is kept, found again by another server, and never in clear") {
  Site site;
  Browser olga(site, "olga");
  const auto kept = olga.send("PUT", kTarget, body(0, kCanary, true));
  REQUIRE(kept.status == 200);
  CHECK(kept.json().at("version") == 1);
  CHECK(kept.json().at("danger").as_bool());
  CHECK_FALSE(folder_holds(site.folder.path, kCanary));

  site.server->stop();
  site.server = std::make_unique<Server>(site.options, std::make_unique<TestBackend>());
  site.server->start();
  Browser again(site, "olga");
  const auto list = again.get("/api/v1/drafts").json().at("items").as_array();
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("key") == kCall);
  CHECK_FALSE(list[0].as_object().contains("content"));
  CHECK(again.get(kTarget).json().at("content").at("note") == kCanary.c_str());

  CHECK(again.send("DELETE", kTarget, "").status == 204);
  CHECK(again.send("DELETE", kTarget, "").status == 204);
  CHECK(again.get(kTarget).status == 404);
  CHECK(again.get("/api/v1/drafts").json().at("items").as_array().empty());
}

TEST_CASE("two pages never overwrite each other silently, and what was ended does not come back") {
  Site site;
  Browser one(site, "olga");
  Browser two(site, "olga");
  REQUIRE(one.send("PUT", kTarget, body(0, "a")).status == 200);
  CHECK(two.send("PUT", kTarget, body(0, "b")).code() == "stale_fence");
  REQUIRE(two.send("PUT", kTarget, body(1, "b")).json().at("version") == 2);
  const auto stale = one.send("PUT", kTarget, body(1, "c"));
  CHECK(stale.status == 409);
  CHECK(stale.code() == "stale_fence");
  CHECK(one.get(kTarget).json().at("content").at("note") == "b");
  CHECK(one.send("DELETE", kTarget, "").status == 204);
  CHECK(two.send("PUT", kTarget, body(2, "d")).code() == "bad_state");
  CHECK(two.get(kTarget).status == 404);
}

TEST_CASE("whose screen is silent is relieved by a colleague; whose is not, only by their own will") {
  Site site([](Options& options) { options.limits.absence = std::chrono::seconds{0}; });
  Browser simon(site, "simon");
  {
    Browser olga(site, "olga");
    REQUIRE(olga.send("PUT", kTarget, body(0, kCanary, true)).status == 200);
  }  // nothing is heard of her from here on
  const auto list = simon.get("/api/v1/drafts").json().at("items").as_array();
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("owner") == "olga");
  CHECK(list[0].at("may_take").as_bool());
  CHECK(list[0].at("danger").as_bool());
  CHECK(simon.get(kTarget).status == 404);  // to read it is to take it
  const auto taken = simon.post(std::string(kTarget) + "/take");
  REQUIRE(taken.status == 200);
  CHECK(taken.json().at("content").at("note") == kCanary.c_str());
  CHECK(taken.json().at("from") == "olga");
  CHECK(simon.send("PUT", kTarget, body(2, "suite")).status == 200);

  Browser olga(site, "olga");
  CHECK(olga.send("PUT", kTarget, body(1, "encore")).code() == "held_by_other");
  CHECK(olga.send("DELETE", kTarget, "").status == 404);
  Browser adele(site, "adele");
  const auto traces = adele.get("/api/v1/draft-handovers").json().at("items").as_array();
  REQUIRE(traces.size() == 1);
  CHECK(traces[0].at("key") == kCall);
  CHECK(traces[0].at("from") == "olga");
  CHECK(traces[0].at("to") == "simon");
}

TEST_CASE("a present colleague is asked first") {
  Site site;
  Browser olga(site, "olga");
  Browser simon(site, "simon");
  REQUIRE(olga.send("PUT", kTarget, body(0, "x")).status == 200);
  CHECK(simon.get("/api/v1/drafts").json().at("items").as_array().empty());
  const auto refused = simon.post(std::string(kTarget) + "/take");
  CHECK(refused.status == 409);
  CHECK(refused.code() == "held_by_other");
  CHECK(refused.body.find("olga est à son poste") != std::string::npos);
  CHECK(simon.post(std::string(kTarget) + "/offer").status == 404);
  REQUIRE(olga.post(std::string(kTarget) + "/offer").status == 200);
  CHECK(simon.get("/api/v1/drafts").json().at("items").as_array().size() == 1);
  CHECK(simon.post(std::string(kTarget) + "/take").status == 200);
  CHECK(simon.post(std::string(kTarget) + "/take").code() == "held_by_other");
  CHECK(simon.post("/api/v1/drafts/main:nobody/take").status == 404);
}

TEST_CASE("what is no draft is refused by name, and changes nothing") {
  Site site;
  Browser olga(site, "olga");
  CHECK(olga.send("PUT", kTarget, R"({"content":{}})").field() == "version");
  CHECK(olga.send("PUT", kTarget, R"({"version":0})").field() == "content");
  CHECK(olga.send("PUT", kTarget, R"({"version":0,"content":"x"})").field() == "content");
  CHECK(olga.send("PUT", kTarget, R"({"version":0,"content":{},"more":1})").field() == "more");
  CHECK(olga.send("PUT", kTarget, body(0, std::string(65'536, 'x'))).status == 413);
  for (const char* bad : {"/api/v1/drafts/a%20b", "/api/v1/drafts/a%0Ab", "/api/v1/drafts/%C3%A9"})
    CHECK(olga.send("PUT", bad, body(0, "x")).status == 404);
  CHECK(olga.send("PUT", "/api/v1/drafts/" + std::string(129, 'a'), body(0, "x")).status == 404);
  CHECK(olga.send("PATCH", kTarget, body(0, "x")).header("allow") == "GET, HEAD, PUT, DELETE");
  CHECK(olga.get("/api/v1/drafts").json().at("items").as_array().empty());
  Wire wire(site.port());
  const Headers foreign{
      {"Cookie", olga.cookie}, {"Origin", "http://ailleurs.example"}, {"Content-Type", "application/json"}};
  CHECK(wire.send("PUT", kTarget, foreign, body(0, "x")).code() == "csrf");
  CHECK(wire.send("DELETE", kTarget, foreign, "").code() == "csrf");
}

TEST_CASE("drafts are bounded by person, by site and by age") {
  Disk disk;
  disk.bounds.of_one = 2;
  disk.bounds.all = 3;
  REQUIRE(disk.put("a", "olga", 0, "x").has_value());
  REQUIRE(disk.put("b", "olga", 0, "x").has_value());
  CHECK(disk.put("c", "olga", 0, "x").error().code == Code::too_large);
  REQUIRE(disk.put("c", "simon", 0, "x").has_value());
  CHECK(disk.put("d", "marie", 0, "x").error().code == Code::busy);
  CHECK(disk.put("a", "olga", 1, "y").has_value());  // one that is there still grows

  disk.now_ms += disk.bounds.age_ms + 1;
  REQUIRE(disk.put("b", "olga", 1, "z").has_value());
  CHECK(disk.on([&](drafts::Store& store) { return store.sweep(disk.now_ms); }) == 2);
  const auto open = disk.on([](drafts::Store& store) { return store.open(); });
  REQUIRE(open.size() == 1);
  CHECK(open[0].key == "b");
  CHECK(disk.put("a", "olga", 7, "typed on").value().version == 8);
}

TEST_CASE("what finds no room is refused, with all that shared its sync; the next that fits is kept") {
  Disk disk;
  drafts::Options options;
  options.file = disk.file();
  options.bounds.pages = 16;
  options.wall_ms = [&] { return disk.now_ms; };
  drafts::Keeper keeper(options);
  const auto put = [&](const std::string& key, std::size_t size) {
    auto said = std::make_shared<std::promise<std::optional<Refusal>>>();
    keeper.ask({[key, size](drafts::Store& store, std::int64_t now_ms) {
                  (void)store.put(key, "olga", 0, false, std::string(size, 'x'), now_ms);
                },
                [said](const Refusal* why) { said->set_value(why ? std::optional(*why) : std::nullopt); }});
    return said->get_future().get();
  };
  CHECK_FALSE(put("a", 10'000));
  const auto why = put("b", 60'000);
  REQUIRE(why);
  CHECK(why->code == Code::disk_full);
  CHECK(keeper.trouble().empty());
  CHECK_FALSE(put("c", 10'000));
  keeper.stop();
  const auto open = disk.on([](drafts::Store& store) { return store.open(); });
  CHECK(open.size() == 2);  // a and c
}

TEST_CASE("damage and a wrong key are told, not served") {
  Disk disk;
  REQUIRE(disk.put("a", "olga", 0, "x").has_value());
  CHECK(drafts::check(disk.file(), seal::Key{}).damaged == 0);
  seal::Key other;
  other.bytes[0] = 1;
  CHECK(drafts::check(disk.file(), other).damaged == 1);
  {
    drafts::Store store(disk.file(), other);
    CHECK(store.get("a", "olga").error().code == Code::unavailable);
    CHECK(store.take("a", "olga", "simon", 1).error().code == Code::unavailable);
  }
  std::ofstream(disk.folder.path / "broken.db") << std::string(9'000, 'x');
  drafts::Options options;
  options.file = disk.folder.path / "broken.db";
  options.wall_ms = [] { return 0; };
  drafts::Keeper keeper(options);
  std::promise<std::optional<Refusal>> said;
  keeper.ask({[](drafts::Store&, std::int64_t) {},
              [&](const Refusal* why) { said.set_value(why ? std::optional(*why) : std::nullopt); }});
  const auto why = said.get_future().get();
  REQUIRE(why);
  CHECK(why->code == Code::unavailable);
  CHECK(keeper.trouble().find("drafts.db") != std::string::npos);
}

TEST_CASE("operators are told what to ask and whom to call, by topic; agents are not; who is on call now") {
  Site site;
  Browser olga(site, "olga");
  const auto consignes = olga.get("/api/v1/catalogue").json().at("consignes").as_object();
  CHECK(consignes.at("numbers").at(0).at("number") == "119");
  const auto& guide = consignes.at("guides").at(0).as_object();
  CHECK(guide.at("topic") == "enfance.danger");
  CHECK(guide.at("questions").at(0).at("choices").at(1) == "hier");
  CHECK(guide.at("numbers").at(0) == "119");
  CHECK(consignes.at("danger").at("handover").at(0) == "Gardez la personne en ligne.");
  CHECK(consignes.at("referrals").at(0).at("phone") == "32 30");
  CHECK(consignes.at("corrections").at(0).at("code") == "precise");
  CHECK(consignes.at("no_dossier").at(0).at("label") == "Répondu");
  Browser agathe(site, "agathe");
  CHECK_FALSE(agathe.get("/api/v1/catalogue").json().contains("consignes"));
  const auto now = olga.get("/api/v1/on-call").json();
  CHECK(now.at("items").at(0).at("label") == "Astreinte");
  CHECK(now.at("items").at(0).at("phone") == "03 20 00 00 01");
}

// A code that the site's file may use and the wire does not know could never be sent.
TEST_CASE("the outcomes without a dossier that a site may label are those of the wire") {
  std::set<std::string> wire, site;
  for (int value = v1::CallOutcome_MIN + 1; value <= v1::CallOutcome_MAX; ++value) {
    std::string name = v1::CallOutcome_Name(static_cast<v1::CallOutcome>(value)).substr(13);
    for (char& c : name) c = static_cast<char>(c == '_' ? c : c - 'A' + 'a');
    wire.insert(name);
  }
  for (const auto code : router::no_dossier_outcomes) site.emplace(code);
  CHECK(site == wire);
}
