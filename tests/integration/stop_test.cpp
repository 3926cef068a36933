// Starting, being refused to start, and stopping.
#include <csignal>
#include <fstream>

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
#include "tests/integration/judged.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;

TEST_CASE("SIGTERM drains: what is under way is answered or unknown, and the receipts are the export") {
  Service service;
  service.start();
  std::vector<Submission> past;
  for (const int number : {SIGTERM, SIGINT}) {
    auto link = service.link("router");
    const auto load = std::make_shared<Submitter>(*link, "load " + std::to_string(number), 100'000, 200);
    load->start();
    REQUIRE(load->wait_receipts(150));
    service.process().signal(number);
    CHECK(service.process().wait() == 0);
    CHECK(!fs::exists(service.data() / "endpoints.json"));
    load->stop();
    link.reset();
    CHECK(load->wait_answers());  // each exactly one

    const Exported kept = Exported::of(service.data());
    const auto told = load->all();
    CHECK(kept.check_whole() == kept.dossiers.size());
    past.insert(past.end(), told.begin(), told.end());
    CHECK(faults(past, kept) == "");
    for (const auto& one : told) {
      INFO(one.note << " " << one.code);
      CHECK(one.answers == 1);
      // Refused in so many words is not kept; the client's own "closed" tells nothing.
      if (one.code != "" && one.code != "unavailable") CHECK(kept.with_note(one.note) == 0);
    }
    CHECK(run({"check", "--data", service.data().string()}).code == 0);
    service.start();
  }
  CHECK(service.stop() == 0);
}

TEST_CASE("A second service on the same data is refused, and the first goes on") {
  Service service;
  service.start();
  const std::string endpoints = (service.data() / "endpoints.json").string();
  const Ran second = run(service.serve_arguments());
  CHECK(second.code == 1);
  INFO(second.err);
  CHECK(second.err.find(std::to_string(service.process().pid())) != std::string::npos);
  const auto link = service.link("router");
  CHECK(ask(*link, submit("toujours là")).has_receipt());
  CHECK(HttpSession(service.http()).get("/readyz").status == 200);
  CHECK(fs::exists(endpoints));  // still tells where the first one is
}

TEST_CASE("serve refuses what is unsafe or wrong, and says what to write instead") {
  TemporaryFolder folder;
  const auto serve = [&](const Arguments& more) {
    Arguments all{"serve", "--config", site_folder().string(), "--data", (folder.path() / "data").string()};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  };
  const Ran exposed = serve({"--http", "0.0.0.0:0", "--zmq", "tcp://127.0.0.1:0"});
  CHECK(exposed.code == 2);
  CHECK(exposed.err.find("--tls-cert") != std::string::npos);
  CHECK(serve({"--http", "127.0.0.1"}).code == 2);
  CHECK(serve({"--http", "127.0.0.1:99999"}).code == 2);
  CHECK(serve({"--http", "nulle-part:80"}).code == 2);
  CHECK(serve({"--http", "127.0.0.1:0", "--tls-cert", "x.pem"}).code == 2);
  CHECK(serve({"--http", "127.0.0.1:0", "--zmq", "tcp://127.0.0.1:99999"}).code == 2);
  CHECK(serve({"--http", "127.0.0.1:0", "--zmq", "tcp://127.0.0.1"}).code == 2);
  CHECK(serve({"--http", "127.0.0.1:0", "--zmq", "ipc:///nulle-part"}).code == 2);
  CHECK(run({"serve", "--config", "/nulle/part", "--data", (folder.path() / "data").string()}).code == 2);
  CHECK(!fs::exists(folder.path() / "data" / "endpoints.json"));

  Service first;
  first.start();
  const std::string taken = first.http().substr(std::string("http://").size());
  for (const Ran& ran : {serve({"--http", taken, "--zmq", "tcp://127.0.0.1:0"}),
                         serve({"--http", "127.0.0.1:0", "--zmq", first.zmq()})}) {
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("erreur : ") != std::string::npos);
  }
  CHECK(!fs::exists(folder.path() / "data" / "endpoints.json"));
}

TEST_CASE("A configuration with errors: each is named with its place, and serve does not start") {
  TemporaryFolder folder;
  const fs::path config = folder.path() / "config";
  fs::copy(site_folder(), config, fs::copy_options::recursive);
  CHECK(run({"check", "--config", config.string()}).code == 0);
  std::ofstream(config / "motifs.csv", std::ios::app)
      << "social.invente;social;Inventé;Rien;demain;5j;normale;unite:nulle-part\n";
  std::ofstream(config / "units.toml", std::ios::app) << "\n[[unite]]\ncode = \"\"\n";
  const Ran checked = run({"check", "--config", config.string()});
  CHECK(checked.code == 1);
  const fs::path data = folder.path() / "data";
  const Ran served = run({"serve", "--config", config.string(), "--data", data.string(), "--http",
                          "127.0.0.1:0", "--zmq", "tcp://127.0.0.1:0"});
  CHECK(served.code == 1);
  for (const std::string& text : {checked.out, served.err}) {
    INFO(text);
    CHECK(text.find("motifs.csv:") != std::string::npos);
    CHECK(text.find("units.toml:") != std::string::npos);
    CHECK(text.find("demain") != std::string::npos);
  }
  CHECK(run({"check", "--config", "/nulle/part"}).code == 2);
}

TEST_CASE("Data that somebody else could read, or of another key, are told at the start") {
  Service service;
  service.start();
  {
    const auto link = service.link("router");
    REQUIRE(ask(*link, submit("x")).has_receipt());
  }
  struct stat folder{};
  REQUIRE(::stat(service.data().c_str(), &folder) == 0);
  CHECK((folder.st_mode & 0077) == 0);
  REQUIRE(service.stop() == 0);

  const fs::path key = service.data() / "master.key";
  fs::permissions(key, fs::perms::owner_read | fs::perms::group_read);
  CHECK(run(service.serve_arguments()).code == 1);
  fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(key, service.data() / "away");
  CHECK(run(service.serve_arguments()).code == 1);  // never a new key over old data
  CHECK(!fs::exists(key));
  fs::rename(service.data() / "away", key);
  service.start();
  CHECK(service.stop() == 0);
}
