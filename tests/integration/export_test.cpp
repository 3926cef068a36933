// export beside a service under load: one instant, whole, and holding nothing.
#include <catch2/catch.hpp>

#include "tests/integration/agent.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/service.hpp"
#include "tests/integration/submitter.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::string state_after(const std::string& change) {
  if (change == "submitted") return "waiting";
  if (change == "reserved") return "reserved";
  return change == "handled" ? "handled" : "in_progress";
}

}  // namespace

TEST_CASE("export while serving under load is all of one instant") {
  Service service;
  service.start();
  auto router = service.link("router");
  auto unit = service.link(kEast);
  const auto old = std::make_shared<Submitter>(*router, "old", 800, 200);
  old->start();
  REQUIRE(old->wait_receipts(800));
  // What arrives now is urgent, so that agents work on the newest: export comes to them last, when they have
  // changed since it began.
  const auto load = std::make_shared<Submitter>(*router, "load", 100'000, 64, v1::URGENCY_URGENT);
  load->start();
  REQUIRE(load->wait_receipts(100));
  std::vector<std::shared_ptr<Agent>> agents;
  for (int i = 0; i < 6; ++i) agents.push_back(std::make_shared<Agent>(*unit));
  for (auto& each : agents) each->start();
  std::uint64_t last = 0;
  for (int i = 0; i < 4; ++i) {
    INFO("export " << i);
    const std::size_t before = load->receipts();
    REQUIRE(agents.front()->wait_done(static_cast<std::size_t>(5 * (i + 1))));
    const auto told = load->all();
    const Exported kept = Exported::of(service.data());
    const std::uint64_t seq = kept.check_whole();
    CHECK(seq > last);
    last = seq;
    CHECK(difference(told, kept) == "");
    CHECK(kept.dossiers.size() >= before);
    for (const auto& dossier : kept.dossiers)
      if (dossier.state != state_after(dossier.history.back().change))
        FAIL(dossier.reference << " is not as its history says");
    REQUIRE(load->wait_receipts(before + 100));
  }
  load->stop();
  CHECK(load->wait_answers());
  CHECK(difference(load->all(), Exported::of(service.data())) == "");
}

TEST_CASE("A stalled reader of export holds nothing") {
  Service service;
  service.start();
  auto router = service.link("router");
  const auto before = std::make_shared<Submitter>(*router, "before", 1'500, 200);
  before->start();
  REQUIRE(before->wait_receipts(1'500));

  Process stalled({"export", "--data", service.data().string()}, {}, Process::Output::stalled);
  // Its pipe is full long before its end. What comes now comes after the instant that it shows, or before it
  // began.
  const auto meanwhile = std::make_shared<Submitter>(*router, "meanwhile", 1'500, 200);
  meanwhile->start();
  REQUIRE(meanwhile->wait_receipts(1'500));
  CHECK(!stalled.ended({}));
  CHECK(HttpSession(service.http()).get("/readyz").status == 200);
  CHECK(service.stop() == 0);  // not even that waits for it

  stalled.read_on();
  CHECK(stalled.wait() == 0);
  const Exported kept(stalled.out());
  CHECK(kept.check_whole() == kept.dossiers.size());
  CHECK(kept.dossiers.size() >= 1'500);
  CHECK(difference(before->all(), kept) == "");
  CHECK(difference(meanwhile->all(), Exported::of(service.data())) == "");
}
