#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::int64_t kMinute = 60'000;

struct Watched : World {
  // Minutes go by as they do in the service: the clock is looked at often.
  void minutes(int n) {
    for (int i = 0; i < 4 * n; ++i) {
      pass(kMinute / 4);
      expire();
    }
  }
  std::vector<ChangeKind> alarms() const {
    std::vector<ChangeKind> all;
    for (const auto& kept : journal)
      if (kept.change.kind == ChangeKind::unattended || kept.change.kind == ChangeKind::attended)
        all.push_back(kept.change.kind);
    return all;
  }
  bool alarm(const std::string& bannette) const { return bannettes.site().unattended.contains(bannette); }
};

using Alarms = std::vector<ChangeKind>;

}  // namespace

TEST_CASE("a bannette where dossiers wait and nobody looks raises an alarm, which ends when somebody looks") {
  Watched w;
  w.submit("roubaix/enfance");
  w.minutes(14);
  CHECK(w.alarms().empty());
  w.minutes(2);
  CHECK(w.alarms() == Alarms{ChangeKind::unattended});
  CHECK(w.alarm("roubaix/enfance"));
  CHECK_FALSE(w.alarm("roubaix/pmi"));  // empty: nobody need look
  w.minutes(60);
  CHECK(w.alarms().size() == 1);
  w.bannettes.watch(kLille, {}, w.now);  // not theirs
  w.minutes(1);
  CHECK(w.alarm("roubaix/enfance"));
  w.bannettes.watch(kRoubaix, {}, w.now);
  w.minutes(1);
  CHECK(w.alarms() == Alarms{ChangeKind::unattended, ChangeKind::attended});
}

TEST_CASE("while somebody looks every two minutes, there is no alarm") {
  Watched w;
  w.submit("roubaix/enfance");
  for (int i = 0; i < 30; ++i) {
    w.bannettes.watch(kRoubaix, {"roubaix/enfance"}, w.now);
    w.minutes(1);
  }
  CHECK(w.alarms().empty());
}

TEST_CASE("when it is closed nobody need look") {
  Watched w;
  w.now.wall_ms = kTuesday + 10 * kHour;  // eight in the evening
  w.submit("roubaix/enfance");
  w.minutes(120);
  CHECK(w.alarms().empty());
}

TEST_CASE("a standing alarm is known after a restart, and not raised again") {
  Watched w;
  w.submit("roubaix/enfance");
  w.minutes(16);
  REQUIRE(w.alarm("roubaix/enfance"));
  Bannettes fresh(site_rules());
  fresh.restore(w.journal.front().after, w.now);
  fresh.restore_site(calendar_in_force());
  for (const auto& kept : w.journal)
    if (of_site(kept.change.kind)) fresh.restore_site(kept.change);
  fresh.begin(w.journal.back().change.seq, 1, w.now);
  w.bannettes = std::move(fresh);
  w.minutes(30);
  CHECK(w.alarms().size() == 1);
  CHECK(w.bannettes.counts(w.now.wall_ms).size() == site_rules().bannettes.size());
}

TEST_CASE("the alarm of a bannette that the configuration has lost ends") {
  Watched w;
  Change alarm;
  alarm.kind = ChangeKind::unattended;
  alarm.bannette = "ancienne/enfance";
  w.bannettes.restore_site(alarm);
  w.bannettes.begin(0, 0, w.now);
  w.minutes(1);
  CHECK(w.alarms() == Alarms{ChangeKind::attended});
  CHECK_FALSE(w.alarm("ancienne/enfance"));
}
