// A service that hangs, a network that breaks, a disk that fails: nothing confirmed is lost, nothing is
// made twice, and nothing is confirmed that is not kept.
#include <csignal>

#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "tests/integration/cable.hpp"
#include "tests/integration/judged.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;

namespace {

// The largest file that the process may write from now on, in bytes.
void limit_files(pid_t pid, rlim_t bytes) {
  const rlimit limit{bytes, RLIM_INFINITY};
  REQUIRE(::prlimit(pid, RLIMIT_FSIZE, &limit, nullptr) == 0);
}

}  // namespace

TEST_CASE("A service that hangs leaves the outcome unknown; once it goes on, asking again tells") {
  Service service;
  service.start();
  std::vector<Submission> told;
  {
    const auto link = service.link("router", std::chrono::milliseconds{600});
    const auto load = std::make_shared<Submitter>(*link, "load", 100'000, 100);
    load->start();
    REQUIRE(load->wait_receipts(200));
    service.process().freeze();
    REQUIRE(load->wait_answers());
    told = load->all();
    service.process().signal(SIGCONT);
  }
  std::size_t unknown = 0;
  for (const auto& one : told) {
    CHECK((one.receipt || one.code == "timed_out"));
    unknown += one.receipt ? 0 : 1;
  }
  CHECK(unknown > 0);
  const auto again = service.link("router");
  for (const auto& one : told) {
    const v1::Envelope reply = ask(*again, one.request);
    REQUIRE(reply.has_receipt());
    if (one.receipt) CHECK(reply.receipt().seq() == one.receipt->seq());
  }
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == told.size());
  CHECK(faults(told, kept) == "");
}

TEST_CASE("A network that breaks again and again costs time and nothing else") {
  Service service;
  service.start();
  Cable cable(service.zmq());
  client::Options options;
  options.endpoint = cable.endpoint();
  options.curve = service.curve(service.key("router"));
  options.request_timeout = std::chrono::seconds{120};
  client::Link link(options);
  link.start();
  REQUIRE(link.wait_up(kPatience));
  const auto load = std::make_shared<Submitter>(link, "load", 1'000, 64);
  cable.cut_each(60'000);
  load->start();
  REQUIRE(load->wait_receipts(1'000));
  CHECK(cable.cuts() >= 3);
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == 1'000);
  CHECK(faults(load->all(), kept) == "");
}

TEST_CASE("When the disk answers an error the process ends, and what it confirmed is there") {
  Service service;
  service.start();
  auto link = service.link("router");
  const auto load = std::make_shared<Submitter>(*link, "load", 100'000, 100);
  load->start();
  REQUIRE(load->wait_receipts(300));
  // A write beyond it fails (EFBIG): nobody knows then what is on the disk, unlike with a full one.
  limit_files(service.process().pid(), fs::file_size(service.data() / "queue.db-wal") + 100'000);
  CHECK(service.process().wait() == 1);
  CHECK(service.log().find("stopping at once") != std::string::npos);
  load->stop();
  link.reset();
  REQUIRE(load->wait_answers());

  CHECK(run({"check", "--data", service.data().string()}).code == 0);
  const auto told = load->all();
  std::size_t unknown = 0;
  for (const auto& one : told) {
    CHECK((one.receipt || one.code == "unavailable"));  // closed without an answer, never refused
    unknown += one.receipt ? 0 : 1;
  }
  CHECK(unknown > 0);
  service.start();
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == kept.dossiers.size());
  CHECK(faults(told, kept) == "");
  const auto again = service.link("router");
  for (const auto& one : told) CHECK(ask(*again, one.request).has_receipt());
  CHECK(Exported::of(service.data()).check_whole() == told.size());
}
