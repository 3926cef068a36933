// At least once, in order, whatever the endpoint does and whenever the process ends.
#include "agent-console/webhooks/dispatcher.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <sys/mount.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "agent-console/webhooks/metrics.hpp"
#include "agent-console/webhooks/signature.hpp"
#include "queue/journal/sqlite.hpp"
#include "tests/unit/console_webhooks/certificate.hpp"
#include "tests/unit/console_webhooks/desk.hpp"
#include "tests/unit/console_webhooks/receiver.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;

namespace {

struct Office {
  HookFolder folder;
  Feed feed;
  Watch watch;
  webhook::Store store{folder.file(), hook_key()};  // the command line's connection
  std::unique_ptr<webhook::Dispatcher> dispatcher;

  void start(webhook::DispatcherOptions options) {
    dispatcher = std::make_unique<webhook::Dispatcher>(std::move(options), feed.source());
    dispatcher->start();
  }
  void start() { start(hook_options(folder, watch)); }
  void add(const std::string& name, const std::string& url) {
    REQUIRE(store.add(hook_endpoint(name, url)).has_value());
  }
  [[nodiscard]] webhook::EndpointState state(const std::string& name) const {
    return state_of(*dispatcher, name);
  }
  [[nodiscard]] bool sent(const std::string& name, std::uint64_t count) {
    return watch.until([&] { return state(name).sent >= count && state(name).waiting == 0; });
  }
};

std::vector<std::string> ids(const std::vector<Received>& all) {
  std::vector<std::string> out;
  for (const auto& each : all) out.push_back(each.headers.at("webhook-id"));
  return out;
}

}  // namespace

TEST_CASE("Events are posted in order, each with its id and a signature of the very bytes") {
  Office office;
  Receiver receiver;
  office.add("crip", receiver.url());
  office.feed.grow(12);
  office.start();
  REQUIRE(office.sent("crip", 4));
  const auto all = receiver.all();
  CHECK(ids(all) == std::vector<std::string>{"essai-4-3", "essai-4-6", "essai-4-9", "essai-4-12"});
  const auto secrets = office.store.endpoints().front().secrets;
  for (const auto& each : all) {
    CHECK(each.target == "/crochet?a=1");
    CHECK(each.headers.at("content-type") == "application/json");
    CHECK(each.headers.at("webhook-signature") ==
          webhook::signatures(secrets, each.headers.at("webhook-id"),
                              std::stoll(each.headers.at("webhook-timestamp")), each.body));
    CHECK(boost::json::parse(each.body).at("data").at("id") == each.headers.at("webhook-id").c_str());
  }
  office.feed.grow(15);  // while it runs
  REQUIRE(office.sent("crip", 5));
  CHECK(office.state("crip").cursor_seq == 15);
}

TEST_CASE("Whatever an endpoint does, the event is told again until it is taken") {
  const auto manner = GENERATE(Manner::answer, Manner::close, Manner::hang, Manner::drip, Manner::flood_head,
                               Manner::garbage, Manner::redirect);
  INFO("manner " << static_cast<int>(manner));
  Office office;
  Receiver receiver;
  receiver.script({{manner, 500}});
  office.add("crip", receiver.url());
  office.feed.grow(6);
  office.start();
  REQUIRE(office.sent("crip", 2));
  const auto all = receiver.all();
  CHECK(ids(all) == std::vector<std::string>{"essai-4-3", "essai-4-3", "essai-4-6"});
  for (const auto& each : all) CHECK(each.target == "/crochet?a=1");  // a redirection is not followed
  CHECK(office.state("crip").failures == 1);
  CHECK(office.state("crip").last_error.empty());
}

TEST_CASE("An answer without an end is cut, and its status counts") {
  Office office;
  Receiver receiver;
  receiver.script({{Manner::flood_body, 200}});
  office.add("crip", receiver.url());
  office.feed.grow(6);
  office.start();
  REQUIRE(office.sent("crip", 2));
  CHECK(receiver.all().size() == 2);
  CHECK(office.state("crip").failures == 0);
}

TEST_CASE("What was not told when the process ended is told at the next start, and nothing else") {
  Office office;
  auto gone = std::make_unique<Receiver>();
  const std::string url = gone->url();
  office.add("crip", url);
  office.feed.grow(9);
  office.start();
  REQUIRE(office.sent("crip", 3));
  gone.reset();
  office.feed.grow(18);
  REQUIRE(office.watch.until(
      [&] { return office.state("crip").waiting == 3 && office.state("crip").failures > 0; }));
  CHECK_FALSE(office.state("crip").last_error.empty());
  CHECK(office.state("crip").oldest_ms == hook_event(12).at_ms);
  office.dispatcher->stop();
  office.dispatcher->stop();
  office.dispatcher.reset();

  Receiver receiver;
  const auto before = office.store.endpoints().front();
  REQUIRE(office.store.load(before).deliveries.size() == 3);
  // The endpoint comes back under another address: what waits stays its own.
  sqlite::Database db(office.folder.file(), sqlite::Database::Mode::read_write);
  db.exec(("UPDATE endpoint SET url='" + receiver.url() + "'").c_str());
  office.start();
  REQUIRE(office.sent("crip", 6));
  CHECK(ids(receiver.all()) == std::vector<std::string>{"essai-4-12", "essai-4-15", "essai-4-18"});
  CHECK(office.store.load(before).deliveries.empty());
}

TEST_CASE("One endpoint that hangs keeps no other waiting") {
  Office office;
  Receiver slow, quick;
  slow.script({{Manner::hang, 0}, {Manner::hang, 0}, {Manner::hang, 0}});
  office.add("lent", slow.url());
  office.add("vif", quick.url());
  auto options = hook_options(office.folder, office.watch);
  options.post.whole = std::chrono::seconds{20};
  office.feed.grow(30);
  office.start(options);
  (void)slow.wait(1);
  REQUIRE(office.sent("vif", 10));
  CHECK(office.state("lent").sent == 0);
  const auto begun = std::chrono::steady_clock::now();
  office.dispatcher->stop();  // the post under way is cut
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
}

TEST_CASE("A queue that does not answer is asked again, and nothing is lost") {
  Office office;
  Receiver receiver;
  office.feed.silent(true);
  office.feed.grow(9);
  office.add("crip", receiver.url());
  office.start();
  REQUIRE(office.watch.until([&] { return office.state("crip").name == "crip"; }));
  CHECK(office.state("crip").sent == 0);
  office.feed.silent(false);
  REQUIRE(office.sent("crip", 3));
}

TEST_CASE("A journal that was restored to an older state has its new events told, too") {
  Office office;
  Receiver receiver;
  office.add("crip", receiver.url());
  office.feed.grow(12);
  office.start();
  REQUIRE(office.sent("crip", 4));
  office.feed.grow(7);
  REQUIRE(office.watch.until([&] { return office.state("crip").cursor_seq == 7; }));
  office.feed.grow(10);
  REQUIRE(office.sent("crip", 5));
  CHECK(ids(receiver.all()).back() == "essai-4-9");
}

TEST_CASE("A human disables, enables, rotates, replays and removes while it runs") {
  Office office;
  Receiver receiver;
  office.add("crip", receiver.url());
  office.feed.grow(6);
  office.start();
  REQUIRE(office.sent("crip", 2));

  REQUIRE(office.store.set_enabled("crip", false).has_value());
  REQUIRE(office.watch.until([&] { return !office.state("crip").enabled; }));
  office.feed.grow(12);
  const auto old = office.store.endpoints().front().secrets;
  REQUIRE(office.store.set_secrets("crip", {webhook::new_secret(), old.front()}).has_value());
  REQUIRE(office.store.set_enabled("crip", true).has_value());
  REQUIRE(office.sent("crip", 4));
  const auto signature = receiver.all().back().headers.at("webhook-signature");
  CHECK(signature.find(" v1,") !=
        std::string::npos);  // both, so that the other side can change in its own time

  REQUIRE(office.store.wish("crip", 6).has_value());
  REQUIRE(office.sent("crip", 7));
  CHECK(ids(receiver.all()) == std::vector<std::string>{"essai-4-3", "essai-4-6", "essai-4-9", "essai-4-12",
                                                        "essai-4-6", "essai-4-9", "essai-4-12"});
  REQUIRE(office.watch.until([&] { return office.store.wishes().empty(); }));

  const auto endpoint = office.store.endpoints().front();
  REQUIRE(office.store.remove("crip").has_value());
  REQUIRE(office.watch.until([&] { return office.dispatcher->state().empty(); }));
  office.dispatcher->stop();
  CHECK(office.store.load(endpoint).progress.sent == 0);
}

TEST_CASE("What was parked is shown, and told again when a human asks") {
  Office office;
  Receiver receiver;
  office.add("crip", receiver.url());
  const auto endpoint = office.store.endpoints().front();
  webhook::Delivery parked;
  parked.seq = 3;
  parked.id = hook_event(3).id;
  parked.body = "{}";
  parked.at_ms = hook_event(3).at_ms;
  parked.attempts = 900;
  parked.parked = true;
  REQUIRE(office.store.save({endpoint.id, {5, 1, 900, 0, "connexion"}, {parked}, {}, {}}).has_value());
  office.start();
  REQUIRE(office.watch.until([&] { return office.state("crip").parked == 1; }));
  const std::string metrics = webhook::metrics_of(office.dispatcher->state(), 0);
  CHECK(metrics.find("bannette_webhook_parked{endpoint=\"crip\"} 1") != std::string::npos);
  CHECK(metrics.find("bannette_webhook_failures_total{endpoint=\"crip\"} 900") != std::string::npos);
  REQUIRE(office.store.wish("crip", std::nullopt).has_value());
  REQUIRE(office.watch.until([&] { return office.state("crip").sent == 2; }));
  CHECK(ids(receiver.all()) == std::vector<std::string>{"essai-4-3"});
  CHECK(office.state("crip").parked == 0);
}

TEST_CASE("A full disk silences no alarm: it is told from memory, and recorded when there is room again") {
  Office office;
  const fs::path small = office.folder.path / "petit";
  fs::create_directory(small);
  if (::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=1m") != 0) {
    WARN("skipped: this process may not mount a small tmpfs (" << std::strerror(errno) << ")");
    return;
  }
  const std::unique_ptr<const fs::path, void (*)(const fs::path*)> mounted(
      &small, [](const fs::path* at) { ::umount2(at->c_str(), MNT_DETACH); });
  Receiver receiver;
  auto options = hook_options(office.folder, office.watch);
  options.file = small / "webhooks.db";
  webhook::Store store(options.file, hook_key());
  REQUIRE(store.add(hook_endpoint("crip", receiver.url())).has_value());
  const auto endpoint = store.endpoints().front();
  office.feed.grow(6);
  office.start(options);
  REQUIRE(office.sent("crip", 2));
  {
    std::ofstream filler(small / "plein", std::ios::binary);
    const std::string piece(4'096, 'x');
    while (filler.write(piece.data(), 4'096) && filler.flush()) continue;
  }
  REQUIRE(fs::space(small).available == 0);
  office.feed.grow(600);  // more than the log has room for
  REQUIRE(office.sent("crip", 200));
  CHECK(receiver.all().size() == 200);
  CHECK(store.load(endpoint).progress.sent < 200);
  fs::remove(small / "plein");
  office.feed.grow(603);
  REQUIRE(office.sent("crip", 201));
  office.dispatcher->stop();
  CHECK(store.load(endpoint).progress.sent == 201);
  CHECK(store.load(endpoint).progress.cursor_seq == 603);
  CHECK(store.load(endpoint).deliveries.empty());
}

TEST_CASE("A damaged store is told, and ends nothing else") {
  HookFolder folder;
  Watch watch;
  Feed feed;
  std::ofstream(folder.file()) << std::string(8'192, 'x');
  webhook::Dispatcher dispatcher(hook_options(folder, watch), feed.source());
  CHECK(dispatcher.damaged());
  dispatcher.start();
  dispatcher.wake();
  CHECK(dispatcher.state().empty());
  dispatcher.stop();
}

TEST_CASE("A store that is damaged while it runs is told, and ends nothing else") {
  Office office;
  Receiver receiver;
  office.add("crip", receiver.url());
  office.feed.grow(3);
  office.start();
  REQUIRE(office.sent("crip", 1));
  CHECK_FALSE(office.dispatcher->damaged());
  sqlite::Database db(office.folder.file(), sqlite::Database::Mode::read_write);
  db.exec("PRAGMA writable_schema=ON");
  db.exec("UPDATE sqlite_schema SET sql='CREATE TABLE delivery(' WHERE name='delivery'");
  db.exec("PRAGMA schema_version=99");  // so that the other connection reads it again
  office.feed.grow(6);
  REQUIRE(office.watch.until([&] { return office.dispatcher->damaged(); }));
  office.dispatcher->stop();
}

TEST_CASE("https: only to who proves to be the host") {
  HookFolder keys;
  write_certificate(keys.path / "cert.pem", keys.path / "key.pem");
  Receiver receiver(keys.path / "cert.pem", keys.path / "key.pem");
  Office office;
  auto options = hook_options(office.folder, office.watch);
  office.feed.grow(3);
  SECTION("an authority that is trusted") {
    options.post.authorities = keys.path / "cert.pem";
    office.add("crip", receiver.url());
    office.start(options);
    REQUIRE(office.sent("crip", 1));
    CHECK(receiver.all().size() == 1);
  }
  SECTION("an authority that is not") {
    office.add("crip", receiver.url());
    office.start(options);
    REQUIRE(office.watch.until([&] { return office.state("crip").failures >= 1; }));
    CHECK(office.state("crip").last_error.find("TLS") != std::string::npos);
    CHECK(receiver.all().empty());
  }
  SECTION("another host's certificate") {
    options.post.authorities = keys.path / "cert.pem";
    office.add("crip", "https://localhost:" + std::to_string(receiver.port()) + "/");
    office.start(options);
    REQUIRE(office.watch.until([&] { return office.state("crip").failures >= 1; }));
    CHECK(receiver.all().empty());
  }
}
