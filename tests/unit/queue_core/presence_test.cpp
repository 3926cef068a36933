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

// By the console: who works in Roubaix without the right to restricted topics, and with it.
const Authority kWithout = console("nadia", Role::agent, {"roubaix"});
const Authority kCleared = [] {
  Authority who = console("rachel", Role::agent, {"roubaix"});
  who.person->restricted = true;
  return who;
}();

// Minutes in which this person has everything of theirs in view.
void minutes_with(Watched& w, const Authority& who, int n) {
  for (int i = 0; i < n; ++i) {
    w.bannettes.watch(who, {}, w.now);
    w.minutes(1);
  }
}

bool restricted_alarm(const Watched& w, const std::string& bannette) {
  for (const auto& count : w.bannettes.counts(w.now.wall_ms))
    if (count.bannette == bannette) return count.restricted_unattended;
  throw std::logic_error("no such bannette");
}

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

TEST_CASE("a restricted dossier that nobody present may read is an alarm of its own") {
  Watched w;
  w.submit("roubaix/enfance", Urgency::urgent, "danger");
  w.submit("roubaix/pmi");
  minutes_with(w, kWithout, 14);
  CHECK(w.alarms().empty());
  minutes_with(w, kWithout, 2);
  REQUIRE(w.alarms() == Alarms{ChangeKind::unattended});
  CHECK(w.journal.back().change.reason == "restricted");
  CHECK(restricted_alarm(w, "roubaix/enfance"));
  CHECK_FALSE(restricted_alarm(w, "roubaix/pmi"));  // nothing restricted waits there
  CHECK_FALSE(w.alarm("roubaix/enfance"));          // somebody is there
  minutes_with(w, kWithout, 30);
  CHECK(w.alarms().size() == 1);
  minutes_with(w, kCleared, 1);
  CHECK(w.alarms() == Alarms{ChangeKind::unattended, ChangeKind::attended});
  CHECK(w.journal.back().change.reason == "restricted");
  CHECK_FALSE(restricted_alarm(w, "roubaix/enfance"));
}

TEST_CASE(
    "while somebody with the right, the manager or the unit's own key looks, restricted ones are attended") {
  for (const Authority& who : {kCleared, console("mona", Role::manager, {"roubaix"}), kRoubaix}) {
    Watched w;
    w.submit("roubaix/enfance", Urgency::urgent, "danger");
    minutes_with(w, who, 20);
    CHECK(w.alarms().empty());
  }
}

TEST_CASE(
    "where nobody at all looks one alarm says so, and the other follows when only people without the right "
    "come") {
  Watched w;
  w.submit("roubaix/enfance", Urgency::urgent, "danger");
  w.minutes(20);
  CHECK(w.alarms() == Alarms{ChangeKind::unattended});
  CHECK_FALSE(restricted_alarm(w, "roubaix/enfance"));
  minutes_with(w, kWithout, 1);  // it has not been read for twenty minutes: at once
  CHECK_FALSE(w.alarm("roubaix/enfance"));
  CHECK(restricted_alarm(w, "roubaix/enfance"));
}

TEST_CASE(
    "the alarm of restricted topics ends when nothing restricted waits any more, and outlives a restart") {
  Watched w;
  const auto n = w.submit("roubaix/enfance", Urgency::urgent, "danger");
  minutes_with(w, kWithout, 16);
  Bannettes fresh(site_rules());
  fresh.restore(*w.bannettes.find(n), w.now);
  fresh.restore_site(calendar_in_force());
  for (const auto& kept : w.journal)
    if (of_site(kept.change.kind)) fresh.restore_site(kept.change);
  fresh.begin(w.journal.back().change.seq, 1, w.now);
  w.bannettes = std::move(fresh);
  CHECK(restricted_alarm(w, "roubaix/enfance"));
  minutes_with(w, kWithout, 16);
  CHECK(w.alarms().size() == 1);
  w.take(n);
  minutes_with(w, kWithout, 1);
  CHECK_FALSE(restricted_alarm(w, "roubaix/enfance"));
}

TEST_CASE(
    "the end of the restricted alarm is not told while nobody at all looks: it would seem the other's end") {
  Watched w;
  const auto n = w.submit("roubaix/enfance", Urgency::urgent, "danger");
  w.submit("roubaix/enfance");
  minutes_with(w, kWithout, 16);
  REQUIRE(restricted_alarm(w, "roubaix/enfance"));
  w.minutes(20);
  REQUIRE(w.alarm("roubaix/enfance"));
  const auto before = w.alarms().size();
  w.take(n);
  w.minutes(1);
  REQUIRE(w.alarm("roubaix/enfance"));
  CHECK(w.alarms().size() == before);
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
