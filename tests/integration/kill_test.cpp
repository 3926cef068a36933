// kill -9 between confirm and restart: what was confirmed is there, identical, exactly once.
#include <catch2/catch.hpp>

#include "tests/integration/judged.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr int kConfirmed = 100;  // at least, before each kill

// A verdict over all that was ever told, at each cycle; over and over the same keys are tried again.
void kill_again_and_again(int cycles) {
  Service service(true);
  service.start();
  // This session lives through all kills: it asks again by itself.
  const auto patient = service.link("router", std::chrono::seconds{120});
  std::size_t unknown = 0;
  std::vector<Submission> past;
  for (int cycle = 0; cycle < cycles; ++cycle) {
    INFO("cycle " << cycle);
    const auto steady = std::make_shared<Submitter>(*patient, "steady " + std::to_string(cycle), 250, 48);
    std::vector<Submission> hasty_told, steady_told;
    {
      auto link = service.link("router");
      const auto hasty = std::make_shared<Submitter>(*link, "hasty " + std::to_string(cycle), 100'000, 24);
      steady->start();
      hasty->start();
      REQUIRE(hasty->wait_receipts(static_cast<std::size_t>(kConfirmed + 17 * cycle % 90)));
      service.kill();
      link.reset();  // what it has not been told, it will never be
      hasty_told = hasty->all();
      steady_told = steady->all();
    }
    const Ran checked = run({"check", "--data", service.data().string()});
    INFO(checked.out << checked.err);
    CHECK(checked.code == 0);

    const Exported kept = Exported::of(service.data());
    CHECK(kept.check_whole() == kept.dossiers.size());
    std::vector<Submission> told = past;
    for (const auto* some : {&hasty_told, &steady_told}) told.insert(told.end(), some->begin(), some->end());
    CHECK(faults(told, kept) == "");
    for (const auto& one : hasty_told) unknown += one.receipt ? 0 : 1;

    service.start();
    REQUIRE(steady->wait_receipts(250));
    const auto again = service.link("router");
    for (const auto& some : {hasty_told, steady->all()}) {
      past.insert(past.end(), some.begin(), some.end());
      for (auto& one : tried_again(*again, some)) past.push_back(std::move(one));
    }
  }
  CHECK(unknown > 0);  // the kills did come in the middle
  REQUIRE(service.stop() == 0);
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == kept.dossiers.size());
  CHECK(faults(past, kept) == "");
  for (const auto& one : past) CHECK((one.receipt || one.code == "unavailable"));
}

}  // namespace

TEST_CASE("What was confirmed before kill -9 is there after the restart, exactly once") {
  kill_again_and_again(20);
}

TEST_CASE("What was confirmed before each of 200 kill -9 is there after the restart, exactly once",
          "[.][long]") {
  kill_again_and_again(200);
}
