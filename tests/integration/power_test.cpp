// A cut of power under load: an ext4 file system is shut down without flushing its log, mounted again, and
// nothing that was confirmed is missing. A control without syncs fails the same test, so the test can fail.
#include <catch2/catch.hpp>

#include "tests/integration/judged.hpp"
#include "tests/integration/mount.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::uint64_t kDisk = 160;  // MiB; the service wants 64 free

struct Cut {
  checker::Verdict verdict;
  std::string faults;
  bool starts = true;  // the service, afterwards
};

// What can still be read, whatever export says about the rest.
Exported readable(const Service& service) {
  return Exported(run({"export", "--data", service.data().string()}).out);
}

bool starts(Service& service) {
  try {
    service.start();
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

// Starts, works, and is cut off in the middle of it.
Cut cut_once(CutDisk& disk, Service& service, const std::string& name, std::vector<Submission>& past) {
  auto link = service.link("router");
  const auto load = std::make_shared<Submitter>(*link, name, 100'000, 64);
  disk.settle();  // so that only what is confirmed from now on is at stake
  load->start();
  REQUIRE(load->wait_receipts(400));
  disk.cut();
  (void)service.process().wait();  // its next sync fails
  load->stop();
  link.reset();
  REQUIRE(load->wait_answers());
  for (auto& one : load->all()) past.push_back(std::move(one));
  disk.restore();

  Cut cut;
  const Exported kept = readable(service);
  cut.verdict = judge(past, kept);
  cut.faults = faults(past, kept);
  cut.starts = starts(service);
  return cut;
}

}  // namespace

TEST_CASE("A cut of power loses nothing that was confirmed") {
  if (const auto why = CutDisk::obstacle(); !why.empty()) return skip(why);
  CutDisk disk(kDisk);
  Service service({false, disk.path() / "data", {}, {}});
  service.start();
  std::vector<Submission> past;
  for (int time = 0; time < 5; ++time) {
    INFO("cut " << time);
    const Cut cut = cut_once(disk, service, "cut " + std::to_string(time), past);
    INFO(service.log());
    CHECK(cut.verdict.confirmed >= 400U * static_cast<unsigned>(time + 1));
    CHECK(cut.faults == "");
    REQUIRE(cut.starts);
    const Ran checked = run({"check", "--data", service.data().string()});
    INFO(checked.out << checked.err);
    CHECK(checked.code == 0);
  }
  const auto again = service.link("router");
  std::vector<Submission> all = past;
  for (auto& one : tried_again(*again, past)) all.push_back(std::move(one));
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == past.size());
  CHECK(faults(all, kept) == "");
  CHECK(service.stop() == 0);
}

TEST_CASE("The control: with synchronous=OFF the same cut loses what was confirmed, and opening says so") {
  if (const auto why = CutDisk::obstacle(); !why.empty()) return skip(why);
  CutDisk disk(kDisk);
  Service service({false, disk.path() / "data", {}, {{"LD_PRELOAD", BANNETTE_SYNCHRONOUS_OFF}}});
  service.start();
  std::vector<Submission> past;
  const Cut cut = cut_once(disk, service, "cut", past);
  INFO(service.log());
  REQUIRE(service.log().find("control: PRAGMA synchronous=OFF") != std::string::npos);
  INFO(cut.verdict);
  CHECK(!cut.verdict.lost.empty());
  WARN("without syncs: " << cut.verdict);
}
