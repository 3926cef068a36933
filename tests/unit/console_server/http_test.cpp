#include <future>
#include <thread>

#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include "agent-console/server/metrics.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

v1::Envelope classified() {
  v1::Envelope reply;
  reply.mutable_classified()->set_topic("social.budget");
  reply.mutable_classified()->set_urgency(v1::URGENCY_NORMAL);
  return reply;
}

std::string head(const Site& site, const std::string& more) {
  return "POST /api/v1/classify HTTP/1.1\r\nHost: " + site.host() + "\r\nAuthorization: Bearer " +
         site.token + "\r\nContent-Type: application/json\r\n" + more + "\r\n";
}

}  // namespace

TEST_CASE("a service that is up says so, and what is missing otherwise") {
  Site site([](Options& options) { options.not_ready = [] { return std::vector<std::string>{}; }; });
  Wire wire(site.port());
  CHECK(wire.send("GET", "/livez").status == 200);
  CHECK(wire.send("GET", "/readyz").status == 200);
  CHECK(wire.send("HEAD", "/readyz").body.empty());
  site.backend->link(false);
  const auto down = wire.send("GET", "/readyz");
  CHECK(down.status == 503);
  CHECK(down.json().at("reasons").as_array().size() == 2);
  CHECK_FALSE(down.header("retry-after").empty());
}

TEST_CASE(
    "bad JSON, unknown members and wrong types are refused by name, and nothing is asked of the router") {
  Site site;
  site.backend->on_router([](const v1::Envelope&) { return classified(); });
  Wire wire(site.port());
  const Headers headers{{"Authorization", "Bearer " + site.token}, {"Content-Type", "application/json"}};
  const struct {
    const char* body;
    int status;
    const char* code;
    const char* field;
  } cases[] = {
      {"{", 400, "malformed", ""},
      {"[]", 400, "malformed", ""},
      {R"({"note":"\u00"})", 400, "malformed", ""},
      {"{\"note\":\"\xff\"}", 400, "malformed", ""},
      {R"({"note":3})", 400, "malformed", "note"},
      {R"({"note":"a","nota":"b"})", 400, "malformed", "nota"},
      {R"({"note":"a\u0000b"})", 400, "malformed", "note"},
      {R"([[[[[[[[[[1]]]]]]]]]])", 400, "malformed", ""},
  };
  for (const auto& each : cases) {
    CAPTURE(each.body);
    const auto answer = wire.send("POST", "/api/v1/classify", headers, each.body);
    CHECK(answer.status == each.status);
    CHECK(answer.header("content-type") == "application/problem+json");
    CHECK(answer.code() == each.code);
    CHECK(answer.field() == each.field);
  }
  const auto long_note =
      wire.send("POST", "/api/v1/classify", headers, R"({"note":")" + std::string(20'001, 'a') + R"("})");
  CHECK(long_note.status == 413);
  CHECK(long_note.field() == "note");
  CHECK(site.backend->asked().empty());
  CHECK(wire.send("POST", "/api/v1/classify", headers, R"({"note":null})").status == 200);
  CHECK(wire.send("POST", "/api/v1/classify", headers, "").status == 200);
}

TEST_CASE("only JSON is taken, and only by the methods of the route") {
  Site site;
  Wire wire(site.port());
  const std::string bearer = "Bearer " + site.token;
  const auto form = wire.send("POST", "/api/v1/classify",
                              {{"Authorization", bearer}, {"Content-Type", "text/plain"}}, "{}");
  CHECK(form.status == 415);
  CHECK(wire.send("POST", "/api/v1/classify",
                  {{"Authorization", bearer}, {"Content-Type", "application/jsonp"}}, "{}")
            .status == 415);
  const auto wrong = wire.send("PUT", "/api/v1/classify", {{"Authorization", bearer}}, "{}");
  CHECK(wrong.status == 405);
  CHECK(wrong.header("allow") == "POST");
  CHECK(wire.send("GET", "/api/v1/nothing").status == 404);
  CHECK(wire.send("GET", "/api/v1/dossiers/x/y/z").status == 404);
}

TEST_CASE("every answer bears the headers that protect a page") {
  Site site;
  Wire wire(site.port());
  for (const char* path : {"/", "/livez", "/api/v1/me", "/api/v1/nothing"}) {
    CAPTURE(path);
    const auto answer = wire.send("GET", path);
    CHECK(answer.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    CHECK(answer.header("x-content-type-options") == "nosniff");
    CHECK(answer.header("referrer-policy") == "no-referrer");
    CHECK_FALSE(answer.header("date").empty());
  }
}

TEST_CASE("a body or a head beyond its bound is refused, and the connection closed") {
  Site site;
  SECTION("a declared length") {
    Wire wire(site.port());
    wire.write(head(site, "Content-Length: 200000\r\n"));
    CHECK(wire.read().status == 413);
    CHECK(wire.closed());
  }
  SECTION("a chunked body that grows") {
    Wire wire(site.port());
    wire.write(head(site, "Transfer-Encoding: chunked\r\n"));
    boost::system::error_code error;
    const std::string chunk = "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
    for (int i = 0; i < 20 && !error; ++i)
      boost::asio::write(wire.socket(), boost::asio::buffer(chunk), error);
    CHECK(wire.read().status == 413);
  }
  SECTION("headers") {
    Wire wire(site.port());
    wire.write(head(site, "X-Long: " + std::string(17'000, 'x') + "\r\n"));
    CHECK(wire.read().status == 431);
    CHECK(wire.closed());
  }
  SECTION("a chunk's extension of 10 MB is not kept in memory") {
    Wire wire(site.port());
    wire.write(head(site, "Transfer-Encoding: chunked\r\n") + "1;");
    boost::system::error_code error;
    const std::string block(64 * 1024, 'e');
    std::size_t sent = 0;
    while (!error && sent < 10 * 1024 * 1024)
      sent += boost::asio::write(wire.socket(), boost::asio::buffer(block), error);
    CHECK(error);  // the server did not read it all
    CHECK(sent < 10 * 1024 * 1024);
  }
  SECTION("trailers") {
    Wire wire(site.port());
    wire.write(head(site, "Transfer-Encoding: chunked\r\n") + "2\r\n{}\r\n0\r\n");
    boost::system::error_code error;
    const std::string trailer = "X-T: " + std::string(1'000, 't') + "\r\n";
    for (int i = 0; i < 10'000 && !error; ++i)
      boost::asio::write(wire.socket(), boost::asio::buffer(trailer), error);
    CHECK(error);
  }
  Wire after(site.port());
  CHECK(after.send("GET", "/livez").status == 200);
}

TEST_CASE("what is no HTTP gets 400, and nobody else suffers") {
  Site site;
  for (const char* bytes :
       {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"}) {
    CAPTURE(bytes);
    Wire wire(site.port());
    wire.write(bytes);
    CHECK(wire.read().status == 400);
    CHECK(wire.closed());
  }
}

TEST_CASE("a slow head, a slow body and an idle connection are closed") {
  using std::chrono::milliseconds;
  SECTION("head") {
    Site site([](Options& options) { options.limits.header_time = milliseconds(100); });
    Wire wire(site.port());
    wire.write("GET / HT");
    CHECK(wire.closed());
  }
  SECTION("body") {
    Site site([](Options& options) { options.limits.body_time = milliseconds(100); });
    Wire wire(site.port());
    wire.write(head(site, "Content-Length: 10\r\n") + "{");
    CHECK(wire.closed());
  }
  SECTION("idle") {
    Site site([](Options& options) { options.limits.idle = milliseconds(100); });
    Wire wire(site.port());
    CHECK(wire.send("GET", "/livez").status == 200);
    CHECK(wire.closed());
  }
}

TEST_CASE("connections beyond the bound are told so") {
  Site site([](Options& options) { options.limits.connections = 2; });
  Wire first(site.port());
  Wire second(site.port());
  CHECK(first.send("GET", "/livez").status == 200);
  CHECK(second.send("GET", "/livez").status == 200);
  Wire third(site.port());
  CHECK(third.read().status == 503);
  CHECK(third.closed());
}

TEST_CASE("one connection carries many requests, also sent ahead, and 100-continue") {
  Site site;
  site.backend->on_router([](const v1::Envelope&) { return classified(); });
  Wire wire(site.port());
  wire.write("GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(wire.read().status == 200);
  CHECK(wire.read().status == 200);
  wire.write(head(site, "Content-Length: 2\r\nExpect: 100-continue\r\n"));
  CHECK(wire.read().status == 100);
  wire.write("{}");
  CHECK(wire.read().status == 200);
}

TEST_CASE("stopping closes what is idle, ends what is never answered, and refuses what comes after") {
  Site site([](Options& options) { options.limits.drain = std::chrono::milliseconds(10); });
  std::promise<void> asked;
  site.backend->on_router([&](const v1::Envelope&) {
    asked.set_value();
    return std::nullopt;
  });
  Wire idle(site.port());
  CHECK(idle.send("GET", "/livez").status == 200);
  Wire busy(site.port());
  busy.write(head(site, "Content-Length: 2\r\n") + "{}");
  asked.get_future().wait();
  const auto port = site.port();
  site.server->stop();
  CHECK(idle.closed());
  CHECK(busy.closed());
  site.server->stop();
  CHECK_THROWS(Wire(port));
}

TEST_CASE("stopping lets a request under way finish") {
  Site site;
  std::promise<void> asked;
  std::promise<void> go_on;
  site.backend->on_router([&, wait = go_on.get_future().share()](const v1::Envelope&) {
    asked.set_value();
    wait.wait();
    return classified();
  });
  Wire busy(site.port());
  busy.write(head(site, "Content-Length: 2\r\n") + "{}");
  asked.get_future().wait();
  std::thread stopping([&] { site.server->stop(); });
  go_on.set_value();
  CHECK(busy.read().status == 200);
  CHECK(busy.closed());
  stopping.join();
}

TEST_CASE("a server that never started can be stopped") {
  Folder folder;
  Options options;
  options.data = folder.path;
  Server server(options, std::make_unique<TestBackend>());
  server.stop();
  server.stop();
}

TEST_CASE("figures for Prometheus name routes and bannettes, never people") {
  Site site;
  Browser browser(site, "agathe");
  browser.get("/api/v1/dossiers/K7F-3MX?x=secret");
  Wire wire(site.port());
  const auto metrics = wire.send("GET", "/metrics");
  CHECK(metrics.status == 200);
  CHECK(metrics.body.find(R"(route="/api/v1/login",status="200")") != std::string::npos);
  CHECK(metrics.body.find("bannette_sessions 1") != std::string::npos);
  CHECK(metrics.body.find("bannette_link_up{service=\"queue\"} 1") != std::string::npos);
  for (const char* secret : {"agathe", "K7F", "secret"})
    CHECK(metrics.body.find(secret) == std::string::npos);
}

TEST_CASE("alarms and slow consumers are figures too, without a person's or a program's name") {
  Metrics metrics;
  v1::Counts counts;
  counts.set_at_ms(90'000);
  auto& each = *counts.add_bannettes();
  each.set_bannette("u1/social");
  each.set_on_hold(3);
  each.set_unacknowledged(2);
  each.set_starved(4);
  each.set_unattended(true);
  each.set_restricted_unattended(true);
  each.set_late(5);
  for (const std::int64_t since_ms : {30'000, 60'000}) {
    auto& slow = *counts.add_slow();
    slow.set_principal("unit:u1");
    slow.set_program("vieux-poste");
    slow.set_missed(7);
    slow.set_since_ms(since_ms);
  }
  metrics.counts(counts);
  const std::string text = metrics.text({});
  for (const char* line :
       {R"(bannette_dossiers{bannette="u1/social",state="on_hold"} 3)",
        R"(bannette_dossiers_unacknowledged{bannette="u1/social"} 2)",
        R"(bannette_dossiers_starved{bannette="u1/social"} 4)",
        R"(bannette_dossiers_late{bannette="u1/social"} 5)", R"(bannette_unattended{bannette="u1/social"} 1)",
        R"(bannette_restricted_unattended{bannette="u1/social"} 1)", "bannette_slow_consumers 2",
        "bannette_slow_consumers_hints_missed 14", "bannette_slow_consumers_oldest_seconds 60"}) {
    CAPTURE(line);
    CHECK(text.find(std::string(line) + "\n") != std::string::npos);
  }
  CHECK(text.find("vieux-poste") == std::string::npos);
  counts.clear_slow();
  metrics.counts(counts);
  CHECK(metrics.text({}).find("bannette_slow_consumers_oldest_seconds 0\n") != std::string::npos);
}
