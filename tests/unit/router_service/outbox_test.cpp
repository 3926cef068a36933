// The outbox: durable, in order, once per key, sealed; what is refused for good is kept for a human, who can
// send it again or give it up, with a trace.
#include "router/service/outbox.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::router;

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::path(BANNETTE_BINARY_DIR) / ("outbox-" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] fs::path file() const { return path / "outbox.db"; }
};

const seal::Key& key() {
  static const seal::Key made = [] {
    seal::start();
    return seal::random_key();
  }();
  return made;
}

Letter letter(int which, const std::string& text = "une demande") {
  Letter out;
  out.key = make_uuid7(1'700'000'000'000 + which, {static_cast<std::uint8_t>(which)});
  out.since_ms = 1'700'000'000'000 + which;
  out.bannette = "unite/social";
  out.envelope = text;
  return out;
}

const Deed by_router{1'700'000'100'000, "router", "Bannette inconnue"};
const Deed by_adele{1'700'000'200'000, "adele", "bannette créée"};

std::vector<Letter> waiting(Outbox& outbox) {
  std::vector<Letter> all;
  outbox.each_waiting([&](const Letter& each) { all.push_back(each); }, by_router.at_ms);
  return all;
}

}  // namespace

TEST_CASE("letters come out oldest first, and are still there after the outbox is opened again") {
  const Folder folder;
  {
    Outbox outbox(folder.file(), key());
    for (int i : {1, 2, 3})
      CHECK(outbox.put(letter(i, "demande " + std::to_string(i))).value() == static_cast<std::uint64_t>(i));
  }
  Outbox outbox(folder.file(), key());
  CHECK(outbox.state().waiting == 3);
  CHECK(outbox.state().oldest_ms == letter(1).since_ms);
  const auto all = waiting(outbox);
  REQUIRE(all.size() == 3);
  for (int i : {1, 2, 3}) {
    const Letter& each = all[static_cast<std::size_t>(i - 1)];
    CHECK(each.envelope == "demande " + std::to_string(i));
    CHECK(each.key == letter(i).key);
    CHECK(outbox.at(each.place)->envelope == each.envelope);
    REQUIRE(outbox.done(each.place).has_value());
  }
  CHECK(waiting(outbox).empty());
  CHECK(outbox.state().waiting == 0);
  CHECK(outbox.state().oldest_ms == 0);
}

TEST_CASE("the same letter again changes nothing; its key with another content is refused, not dropped") {
  const Folder folder;
  Outbox outbox(folder.file(), key());
  const auto place = outbox.put(letter(1, "la première")).value();
  CHECK(outbox.put(letter(1, "la première")).value() == place);
  CHECK(outbox.state().waiting == 1);
  const auto other = outbox.put(letter(1, "une autre"));
  REQUIRE(other.has_error());
  CHECK(other.error().code == Code::key_reused);
  CHECK(waiting(outbox).at(0).envelope == "la première");
  REQUIRE(outbox.set_aside(place, "key_expired", by_router).has_value());
  const auto aside = outbox.put(letter(1, "la première"));
  REQUIRE(aside.has_error());  // "recorded" would be a lie: it will not be sent
  CHECK(aside.error().code == Code::unavailable);
}

TEST_CASE("what is refused for good is set aside, and a person sends it again or gives it up, with a trace") {
  const Folder folder;
  {
    Outbox outbox(folder.file(), key());
    for (int i : {1, 2, 3}) REQUIRE(outbox.put(letter(i)).has_value());
    CHECK(outbox.retry(1, by_adele).error().code == Code::bad_state);  // it waits
    CHECK(outbox.discard(1, by_adele).error().code == Code::bad_state);
    CHECK(outbox.retry(9, by_adele).error().code == Code::not_found);
    REQUIRE(outbox.set_aside(1, "unknown_bannette", by_router).has_value());
    REQUIRE(outbox.set_aside(2, "unknown_bannette", by_router).has_value());
    CHECK(outbox.state().aside == 2);
    CHECK(outbox.state().waiting == 1);
    CHECK(outbox.retry(1, by_adele).value().envelope == "une demande");
    CHECK(outbox.discard(2, by_adele).value().key == letter(2).key);
  }
  Outbox outbox(folder.file(), key());  // all of it is durable
  CHECK(outbox.state().aside == 0);
  REQUIRE(waiting(outbox).size() == 2);
  CHECK(waiting(outbox)[0].place == 1);  // its old place
  CHECK(outbox.put(letter(1)).value() == 1);
  const auto acts = outbox.acts(10);
  REQUIRE(acts.size() == 4);
  CHECK(acts[0].act == "discarded");
  CHECK(acts[0].actor == "adele");
  CHECK(acts[0].text == by_adele.text);
  CHECK(acts[0].place == 2);
  CHECK(acts[0].key == letter(2).key);
  CHECK(acts[1].act == "retried");
  CHECK(acts[3].act == "aside");
  CHECK(acts[3].at_ms == by_router.at_ms);
  CHECK(acts[3].text == by_router.text);
  CHECK(outbox.acts(1).size() == 1);
}

TEST_CASE("the list goes on where a page ended, and shows both kinds") {
  const Folder folder;
  Outbox outbox(folder.file(), key());
  for (int i = 1; i <= 5; ++i) REQUIRE(outbox.put(letter(i)).has_value());
  REQUIRE(outbox.set_aside(2, "key_expired", by_router).has_value());
  const auto first = outbox.list(0, 3);
  REQUIRE(first.size() == 3);
  CHECK(first[0].aside.empty());
  CHECK(first[1].aside == "key_expired");
  const auto rest = outbox.list(first.back().place, 3);
  REQUIRE(rest.size() == 2);
  CHECK(rest[0].place == 4);
}

TEST_CASE("an outbox of the first version is read on, and has its trace from now on") {
  const Folder folder;
  const std::string sealed =
      seal::seal(key(), "bannette outbox 1 " + to_string(letter(1).key), "une ancienne");
  {
    sqlite::Database old(folder.file(), sqlite::Database::Mode::create);
    old.exec(
        "CREATE TABLE letter(place INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE "
        "CHECK(length(key) = 16),"
        " since_ms INTEGER NOT NULL, bannette TEXT NOT NULL, aside TEXT, sealed BLOB NOT NULL) STRICT;"
        "PRAGMA user_version = 1;");
    const std::string its_key = to_bytes(letter(1).key);
    sqlite::Statement insert(old,
                             "INSERT INTO letter(key, since_ms, bannette, sealed) VALUES(?1, 5, 'b', ?2)");
    insert.bind_blob(1, std::string_view(its_key)).bind_blob(2, std::string_view(sealed)).run();
  }
  Outbox outbox(folder.file(), key());
  REQUIRE(waiting(outbox).size() == 1);
  CHECK(waiting(outbox)[0].envelope == "une ancienne");
  REQUIRE(outbox.set_aside(1, "malformed", by_router).has_value());
  CHECK(outbox.acts(10).size() == 1);
}

TEST_CASE("what it holds of people is sealed, and opens under no other key") {
  const Folder folder;
  const std::string canary = "CANARI-Delattre-0639981234";
  {
    Outbox outbox(folder.file(), key());
    REQUIRE(outbox.put(letter(1, canary)).has_value());
    for (const auto& entry : fs::directory_iterator(folder.path)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      INFO(entry.path());
      CHECK(bytes.find(canary) == std::string::npos);
    }
  }
  Outbox stranger(folder.file(), seal::random_key());
  CHECK(waiting(stranger).empty());
  CHECK(stranger.state().aside == 1);  // told, not lost
  CHECK(stranger.retry(1, by_adele).error().code == Code::bad_state);
}
