#include <catch2/catch.hpp>

#include "agent-console/server/options.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

TEST_CASE("off loopback nothing is served in clear, unless a proxy encrypts before") {
  Options options;
  for (const char* address : {"127.0.0.1", "127.3.2.1", "::1"}) {
    options.address = address;
    CHECK(check_exposure(options).has_value());
  }
  for (const char* address : {"0.0.0.0", "::", "192.168.1.4", "10.0.0.1", "fe80::1"}) {
    CAPTURE(address);
    options = {};
    options.address = address;
    REQUIRE_FALSE(check_exposure(options).has_value());
    CHECK(check_exposure(options).error().detail.find("--tls-cert") != std::string::npos);
    options.behind_proxy = true;
    CHECK(check_exposure(options).has_value());
    options.behind_proxy = false;
    options.tls_cert = "c.pem";
    CHECK(check_exposure(options).error().field == "tls-key");
    options.tls_key = "k.pem";
    CHECK(check_exposure(options).has_value());
  }
  options.address = "localhost";
  CHECK(check_exposure(options).error().field == "http");
}

TEST_CASE("start refuses with a message that says what to do") {
  Folder folder;
  Options options;
  options.data = folder.path;
  options.port = 0;
  SECTION("exposed") {
    options.address = "0.0.0.0";
    Server server(options, std::make_unique<TestBackend>());
    CHECK_THROWS_WITH(server.start(), Catch::Contains("--behind-proxy"));
  }
  SECTION("no such certificate") {
    options.tls_cert = folder.path / "none.pem";
    options.tls_key = folder.path / "none.key";
    Server server(options, std::make_unique<TestBackend>());
    CHECK_THROWS_WITH(server.start(), Catch::Contains("none.pem"));
  }
  SECTION("an address in use") {
    Site other;
    options.port = other.port();
    Server server(options, std::make_unique<TestBackend>());
    CHECK_THROWS_AS(server.start(), std::system_error);
  }
}
