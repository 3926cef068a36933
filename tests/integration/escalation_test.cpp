// The clock of a danger against real processes: each step once, within 5 s of its deadline while the service
// runs, and within 5 s of being ready again where it did not. Jumps of the wall clock are the simulation's
// (tests/sim): no process can be given a clock of its own here without its boot clock being changed too.
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "queue/system/clock.hpp"
#include "tests/integration/watcher.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kStep = 60'000;  // ms; the shortest that a site may say
constexpr std::int64_t kLate = 5'000;

std::string slurp(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// The sample site with steps of a minute and nobody on call, so that no step depends on the hour.
class QuickSite {
 public:
  QuickSite() {
    fs::copy(site_folder(), folder_.path() / "site", fs::copy_options::recursive);
    const fs::path file = path() / "site.toml";
    std::string text = slurp(file);
    const std::string usual = "palier_immediate = \"5min\"";
    REQUIRE(text.find(usual) != std::string::npos);
    text.replace(text.find(usual), usual.size(), "palier_immediate = \"1min\"");
    const auto on_call = text.find("[[astreinte]]"), after = text.find("[territoire]");
    REQUIRE(on_call < after);
    text.erase(on_call, after - on_call);
    std::ofstream(file) << text;
  }
  [[nodiscard]] fs::path path() const { return folder_.path() / "site"; }

 private:
  TemporaryFolder folder_;
};

struct Fired {
  std::string step;
  std::int64_t at_ms = 0;
};

// A service with one danger in it.
class Scene {
 public:
  explicit Scene(const QuickSite& site) : service({true, {}, site.path(), {}}) {
    service.start();
    v1::Envelope danger = submit("danger", kEastPmi, v1::URGENCY_IMMEDIATE);
    danger.mutable_submit()->set_danger(true);
    const v1::Envelope receipt = ask(*service.link("router"), danger);
    REQUIRE(receipt.has_receipt());
    reference_ = receipt.receipt().reference();
    arrived_ms = receipt.receipt().arrived_ms();
  }
  // As the history has them.
  std::vector<Fired> fired() {
    std::vector<Fired> all;
    const v1::Envelope reply = ask(*service.link(kEast), show(reference_));
    for (const auto& each : reply.dossier().history())
      if (each.change() == "escalated") all.push_back({each.reason(), each.at_ms()});
    return all;
  }
  // When so many have; the service's own hints tell.
  void wait_fired(std::size_t many) {
    Watcher watcher(service);
    while (fired().size() < many) (void)watcher.next("escalated");
  }
  void acknowledge() {
    v1::Envelope request;
    request.set_idempotency_key(new_key());
    request.mutable_acknowledge()->set_dossier(reference_);
    request.mutable_actor()->set_name("lea");
    request.mutable_actor()->set_role(v1::ROLE_AGENT);
    const v1::Envelope reply = ask(*service.link(kEast), request);
    INFO(code_of(reply));
    REQUIRE(reply.has_done());
  }

  Service service;
  std::int64_t arrived_ms = 0;

 private:
  std::string reference_;
};

void each_once(const std::vector<Fired>& all, std::size_t many) {
  REQUIRE(all.size() == many);
  std::set<std::string> steps;
  for (const auto& each : all) steps.insert(each.step);
  CHECK(steps.size() == many);
}

std::int64_t now_ms() {
  return system::now().wall_ms;
}

}  // namespace

TEST_CASE("A danger's next step comes in time: while it runs, over kill -9, and after a stop") {
  const QuickSite site;
  Scene running(site), restarted(site), away(site), frozen(site), seen(site);
  for (Scene* each : {&running, &restarted, &away, &frozen, &seen}) {
    const auto first = each->fired();
    REQUIRE(first.size() == 1);  // with the call itself
    CHECK(first[0].step == "unit");
    CHECK(first[0].at_ms == each->arrived_ms);
  }
  seen.acknowledge();
  restarted.service.kill();
  restarted.service.start();
  // Gone, and stopped, when the deadline comes.
  wait_until(away.arrived_ms + kStep - 8'000);
  away.service.kill();
  frozen.service.process().freeze();
  wait_until(frozen.arrived_ms + kStep + 1'000);
  frozen.service.process().signal(SIGCONT);
  const std::int64_t went_on_ms = now_ms();
  away.service.start();
  const std::int64_t ready_ms = now_ms();

  for (Scene* each : {&running, &restarted, &away, &frozen}) {
    each->wait_fired(2);
    each_once(each->fired(), 2);
    CHECK(each->fired()[1].step == "manager");
    CHECK(each->fired()[1].at_ms >= each->arrived_ms + kStep - kRounding);
  }
  CHECK(running.fired()[1].at_ms <= running.arrived_ms + kStep + kLate);
  CHECK(restarted.fired()[1].at_ms <= restarted.arrived_ms + kStep + kLate);
  CHECK(away.fired()[1].at_ms <= ready_ms + kLate);
  CHECK(frozen.fired()[1].at_ms <= went_on_ms + kLate);
  each_once(seen.fired(), 1);  // somebody has seen it
  for (Scene* each : {&running, &restarted, &away, &frozen, &seen}) {
    each->service.kill();
    const Ran checked = run({"check", "--data", each->service.data().string()});
    INFO(checked.out << checked.err);
    CHECK(checked.code == 0);
  }
}

TEST_CASE("A danger climbs all its steps, each once, over a kill -9 in every one of them", "[.][long]") {
  const QuickSite site;
  Scene scene(site);
  std::int64_t last_ms = scene.arrived_ms;
  std::vector<std::string> steps;
  for (std::size_t many = 2; many <= 3; ++many) {
    wait_until(last_ms + kStep / 2);
    scene.service.kill();
    scene.service.start();
    wait_until(last_ms + kStep - 3'000);
    scene.wait_fired(many);
    const auto all = scene.fired();
    each_once(all, many);
    CHECK(all.back().at_ms >= last_ms + kStep - kRounding);
    CHECK(all.back().at_ms <= last_ms + kStep + kLate);
    last_ms = all.back().at_ms;
    steps.push_back(all.back().step);
  }
  CHECK(steps == std::vector<std::string>{"manager", "supervisors"});
  scene.service.kill();
  scene.service.start();
  wait_until(last_ms + kStep + kLate);
  each_once(scene.fired(), 3);  // there is none beyond the last
}
