// A cut of power under load: an ext4 file system is shut down without flushing its log, mounted again, and
// nothing that was confirmed is missing. A control without syncs fails the same test, so the test can fail.
#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
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

constexpr const char* kPassword = "un mot de passe assez long";
constexpr int kDrafts = 12;
constexpr int kVersions = 4;  // of each

// Drafts are kept as a page does, and the power is cut once the last is told to be kept. How many are not as
// they were told to be.
int drafts_lost(CutDisk& disk, Service& service) {
  const Ran added = run({"user", "add", "--data", service.data().string(), "--name", "odile", "--role",
                         "operator", "--password-stdin"},
                        std::string(kPassword) + "\n");
  REQUIRE(added.code == 0);
  const auto at = [](int draft) {
    return "/api/v1/drafts/0197f0a0-0000-7000-8000-0000000000" + std::to_string(10 + draft);
  };
  const auto text = [](int draft, int version) {
    return "appel " + std::to_string(draft) + ", frappe " + std::to_string(version);
  };
  {
    HttpSession odile(service.http());
    REQUIRE(odile.login("odile", kPassword) == 200);
    disk.settle();
    for (int version = 0; version < kVersions; ++version) {
      for (int draft = 0; draft < kDrafts; ++draft) {
        const auto answer = odile.ask(
            "PUT", at(draft),
            {{"version", version}, {"content", boost::json::object{{"note", text(draft, version)}}}});
        INFO(answer.body);
        REQUIRE(answer.status == 200);
      }
    }
    disk.cut();
  }
  service.kill();
  disk.restore();
  if (!starts(service)) return kDrafts;
  HttpSession odile(service.http());
  if (odile.login("odile", kPassword) != 200) return kDrafts;
  int lost = 0;
  for (int draft = 0; draft < kDrafts; ++draft) {
    const auto answer = odile.get(at(draft));
    const bool whole = answer.status == 200 && answer.json().at("content").at("note").as_string() ==
                                                   text(draft, kVersions - 1).c_str();
    lost += whole ? 0 : 1;
  }
  return lost;
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

TEST_CASE("A cut of power loses no draft that is told to be kept") {
  if (const auto why = CutDisk::obstacle(); !why.empty()) return skip(why);
  CutDisk disk(kDisk);
  Service service({false, disk.path() / "data", {}, {}});
  service.start();
  CHECK(drafts_lost(disk, service) == 0);
  CHECK(service.stop() == 0);
}

TEST_CASE("The control: drafts without syncs are lost by the same cut") {
  if (const auto why = CutDisk::obstacle(); !why.empty()) return skip(why);
  CutDisk disk(kDisk);
  Service service({false, disk.path() / "data", {}, {{"LD_PRELOAD", BANNETTE_SYNCHRONOUS_OFF}}});
  service.start();
  CHECK(drafts_lost(disk, service) > 0);
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
