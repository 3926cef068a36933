// The outbox: durable, in order, once per key, sealed; what is refused for good is kept for a human.
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

}  // namespace

TEST_CASE("letters come out oldest first, and are still there after the outbox is opened again") {
  const Folder folder;
  {
    Outbox outbox(folder.file(), key());
    for (int i : {1, 2, 3}) REQUIRE(outbox.put(letter(i, "demande " + std::to_string(i))).has_value());
  }
  Outbox outbox(folder.file(), key());
  CHECK(outbox.state().waiting == 3);
  CHECK(outbox.state().oldest_ms == letter(1).since_ms);
  for (int i : {1, 2, 3}) {
    const auto oldest = outbox.oldest();
    REQUIRE(oldest);
    CHECK(oldest->envelope == "demande " + std::to_string(i));
    CHECK(oldest->key == letter(i).key);
    REQUIRE(outbox.done(oldest->place).has_value());
  }
  CHECK_FALSE(outbox.oldest());
  CHECK(outbox.state().waiting == 0);
}

TEST_CASE("the same letter again changes nothing; its key with another content is refused, not dropped") {
  const Folder folder;
  Outbox outbox(folder.file(), key());
  REQUIRE(outbox.put(letter(1, "la première")).has_value());
  REQUIRE(outbox.put(letter(1, "la première")).has_value());
  CHECK(outbox.state().waiting == 1);
  const auto other = outbox.put(letter(1, "une autre"));
  REQUIRE(other.has_error());
  CHECK(other.error().code == Code::key_reused);
  CHECK(outbox.oldest()->envelope == "la première");
  REQUIRE(outbox.set_aside(outbox.oldest()->place, "key_expired").has_value());
  const auto aside = outbox.put(letter(1, "la première"));
  REQUIRE(aside.has_error());  // "recorded" would be a lie: it will not be sent
  CHECK(aside.error().code == Code::unavailable);
}

TEST_CASE("what is refused for good is set aside, counted, and does not block the next") {
  const Folder folder;
  Outbox outbox(folder.file(), key());
  REQUIRE(outbox.put(letter(1)).has_value());
  REQUIRE(outbox.put(letter(2, "la suivante")).has_value());
  REQUIRE(outbox.set_aside(outbox.oldest()->place, "key_expired").has_value());
  CHECK(outbox.state().aside == 1);
  CHECK(outbox.state().waiting == 1);
  CHECK(outbox.oldest()->envelope == "la suivante");
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
  CHECK_FALSE(stranger.oldest());
  CHECK(stranger.state().aside == 1);  // told, not lost
}
