// A service that leaves the configuration while its dossiers are open: told at the start, nothing lost.
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/integration/exported.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace fs = std::filesystem;

TEST_CASE("Dossiers of a service that the configuration has lost are told at the start, and stay") {
  const TemporaryFolder folder;
  const fs::path config = folder.path() / "config";
  fs::copy(site_folder(), config, fs::copy_options::recursive);
  std::ofstream(config / "units.toml", std::ios::app)
      << "\n[[service]]\ncode = \"ephemere\"\nnom = \"Service éphémère\"\n";
  ServiceOptions options;
  options.config = config;
  Service service(options);
  service.start();
  std::string id;
  {
    const auto router = service.link("router");
    const auto kept = ask(*router, submit("à garder", "service:ephemere"));
    REQUIRE(code_of(kept).empty());
    id = id_text(kept.receipt().id());
    REQUIRE(code_of(ask(*router, submit("ailleurs"))).empty());
  }
  CHECK(service.stop() == 0);
  CHECK(service.log().find("no longer in the configuration") == std::string::npos);

  fs::copy_file(site_folder() / "units.toml", config / "units.toml", fs::copy_options::overwrite_existing);
  service.start();
  const std::string log = service.log();
  CAPTURE(log);
  CHECK(log.find("service:ephemere is no longer in the configuration and holds 1 open dossier") !=
        std::string::npos);
  CHECK(log.find("utpas-roubaix-est/pmi is no longer") == std::string::npos);
  {
    const auto router = service.link("router");
    CHECK(code_of(ask(*router, submit("trop tard", "service:ephemere"))) == "unknown_bannette");
  }
  CHECK(service.stop() == 0);
  const auto exported = Exported::of(service.data());
  const auto* dossier = exported.find(id);
  REQUIRE(dossier != nullptr);
  CHECK(dossier->bannette == "service:ephemere");
  CHECK(dossier->state == "waiting");
}
