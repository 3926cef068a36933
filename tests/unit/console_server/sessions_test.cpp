// How long a session lasts, what a password costs, and that guessing harms only who guesses.
#include "agent-console/server/sessions.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "agent-console/server/hashing.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

struct Office {
  Office() {
    Account olga;
    olga.person = {"olga", Role::operator_, {}};
    olga.version = 7;
    accounts.people.emplace("olga", olga);
  }
  Sessions::Opened open() { return sessions.open(accounts.people.at("olga"), "127.0.0.1", now); }
  bool in(const Sessions::Opened& opened) { return sessions.find(opened.cookie, accounts, now) != nullptr; }

  Limits limits;
  Sessions sessions{limits};
  Register accounts;
  SteadyTime now{std::chrono::hours(1)};
};

}  // namespace

TEST_CASE(
    "a session ends half an hour after its person's last act: neither an open page nor its requests keep "
    "it") {
  Office office;
  const auto left = office.open(), used = office.open(), told = office.open();
  left.session->live = used.session->live = 1;
  office.now += std::chrono::minutes(20);
  CHECK(office.in(left));  // the page asks by itself
  CHECK(office.sessions.act(used.session, std::chrono::seconds(0), office.now));
  CHECK(office.sessions.act(told.session, std::chrono::minutes(5), office.now));  // counts from when it was
  CHECK(office.sessions.act(told.session, std::chrono::hours(9), office.now));    // and never takes back
  office.now += std::chrono::minutes(10) - std::chrono::seconds(1);
  CHECK(office.in(left));
  CHECK(office.sessions.left(*left.session, office.now).idle == std::chrono::seconds(1));
  office.now += std::chrono::seconds(1);
  office.sessions.sweep(office.accounts, office.now);
  CHECK(left.session->ended);
  CHECK_FALSE(office.in(left));
  CHECK(office.sessions.left(*told.session, office.now).idle == std::chrono::minutes(15));
  CHECK(office.in(used));
  office.now += std::chrono::minutes(20);
  CHECK_FALSE(office.in(used));
}

TEST_CASE(
    "a wall keeps its session until the absolute end; who touches it later than half an hour logs in again") {
  Office office;
  const auto wall = office.open();
  const auto shown = [&](std::chrono::minutes time) {
    for (auto end = office.now + time; office.now < end; office.now += std::chrono::minutes(1))
      wall.session->walled = office.now;
  };
  shown(std::chrono::minutes(29));
  CHECK(office.sessions.act(wall.session, std::chrono::seconds(0), office.now));
  shown(std::chrono::hours(3));
  CHECK(office.in(wall));
  CHECK(office.sessions.only_walled(*wall.session, office.now));
  CHECK_FALSE(office.sessions.act(wall.session, std::chrono::seconds(0), office.now));
  CHECK(wall.session->ended);
  CHECK_FALSE(office.in(wall));
  const auto other = office.open();
  office.now += office.limits.session_age;
  other.session->walled = office.now;
  CHECK_FALSE(office.in(other));
}

TEST_CASE("a session ends twelve hours after logging in, whatever is done in it; the sweep ends its page") {
  Office office;
  CHECK(office.limits.session_age == std::chrono::hours(12));
  const auto opened = office.open();
  opened.session->live = 1;
  for (int i = 0; i < 35; ++i) {
    office.now += std::chrono::minutes(20);
    REQUIRE(office.in(opened));
    REQUIRE(office.sessions.act(opened.session, std::chrono::seconds(0), office.now));
  }
  office.now += std::chrono::minutes(20);
  office.sessions.sweep(office.accounts, office.now);
  CHECK(opened.session->ended);
  CHECK(office.sessions.size() == 0);
}

TEST_CASE("identifiers are 256 random bits, only their digest is kept, and their number is bounded") {
  Office office;
  const auto first = office.open();
  CHECK(first.cookie.size() == 43);
  CHECK(first.session->csrf.size() == 43);
  CHECK(first.cookie != first.session->csrf);
  for (std::size_t i = 0; i < office.limits.sessions_per_account; ++i) {
    office.now += std::chrono::seconds(1);
    (void)office.open();
  }
  CHECK(office.sessions.size() == office.limits.sessions_per_account);
  CHECK(first.session->ended);  // the longest unseen
}

TEST_CASE("a password's hash is Argon2id of 19 MiB, two passes, one lane") {
  const std::string hash = hash_new_password(kPassword).value().text;
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(verify_password(hash, kPassword));
  CHECK_FALSE(verify_password(hash, std::string(kPassword) + "x"));
  CHECK(hash != hash_new_password(kPassword).value().text);  // salted
  CHECK(hash_new_password("sept777").error().field == "password");
  CHECK(hash_new_password(std::string(1'025, 'x')).error().code == Code::too_large);
}

TEST_CASE("so many hashes are computed or wait, and one more is refused at once") {
  CHECK(Limits{}.hashing_threads == 2);  // 38 MiB at any time
  Limits limits;
  limits.hashing_threads = 1;
  limits.hashes_waiting = 2;
  asio::io_context io;
  Hashing hashing(limits);
  int same = 0, refused = 0;
  const auto attempt = [&]() -> asio::awaitable<void> {
    std::string hash = hashing.nobody(), password = "un mot de passe";
    const auto answer = co_await hashing.verify(std::move(hash), std::move(password));
    answer ? ++same : ++refused;
  };
  Tasks tasks(io.get_executor(), [](const std::string& why) { FAIL(why); });
  for (int i = 0; i < 5; ++i) tasks.start("login", attempt());  // all begin before one ends
  auto working = asio::make_work_guard(io);
  while (same + refused < 5) io.run_one();
  CHECK(same == 2);
  CHECK(refused == 3);
}

namespace {

constexpr const char* kMalice = "203.0.113.9";

int login(Site& site, const std::string& name, const std::string& password, const std::string& address) {
  Wire wire(site.port());
  return wire
      .send("POST", "/api/v1/login", {{"Content-Type", "application/json"}, {"X-Forwarded-For", address}},
            boost::json::serialize(boost::json::object{{"name", name}, {"password", password}}))
      .status;
}

// So many attempts on connections that nobody waits for.
std::vector<std::unique_ptr<Wire>> burst(Site& site, int attempts,
                                         const std::function<std::string(int)>& name) {
  std::vector<std::unique_ptr<Wire>> wires;
  for (int i = 0; i < attempts; ++i) {
    const std::string body = R"({"name":")" + name(i) + R"(","password":"faux faux faux"})";
    wires.push_back(std::make_unique<Wire>(site.port()));
    wires.back()->write(std::string("POST /api/v1/login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ") + kMalice +
                        "\r\nContent-Type: application/json\r\nContent-Length: " +
                        std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  return wires;
}

}  // namespace

TEST_CASE("whoever guesses somebody's password from elsewhere does not keep them out, nor their neighbours") {
  Site site([](Options& options) { options.behind_proxy = true; });
  for (int i = 0; i < 4; ++i) CHECK(login(site, "olga", "faux faux faux", kMalice) == 401);
  const auto guesses = burst(site, 40, [](int) { return "olga"; });
  CHECK(guesses.back()->read().status == 429);
  CHECK(login(site, "olga", kPassword, "198.51.100.7") == 200);
  CHECK(login(site, "simon", kPassword, kMalice) == 200);
}

TEST_CASE("a flood of made-up names from a shared address does not keep out who works there") {
  Site site([](Options& options) {
    options.behind_proxy = true;
    options.limits.hashes_waiting = 200;
  });
  CHECK(login(site, "simon", kPassword, kMalice) == 200);
  for (auto& wire : burst(site, 25, [](int i) { return "invente" + std::to_string(i); }))
    CHECK(wire->read().status == 401);  // the address's free failures
  const auto flood = burst(site, 40, [](int i) { return "encore" + std::to_string(i); });
  CHECK(flood.back()->read().status == 429);
  CHECK(login(site, "simon", kPassword, kMalice) == 200);
}
