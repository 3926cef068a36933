// The lifecycle a second time, written from the design: follows what the journal kept, change by change, and
// complains of each that could not be. It uses the record's fields and none of the core's rules.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/sim/sim_journal.hpp"
#include "tests/sim/site.hpp"
#include "tests/sim/timeline.hpp"
#include "tests/sim/who.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::sim {

// What a client asked, by its key.
struct Asked {
  Who who;
  v1::Envelope envelope;
};

struct Followed {
  std::string id, bannette, holder, topic, logged_by;
  std::uint64_t number = 0;
  // Waiting, Reserved, in Progress, On hold, Handled, Closed, Merged
  char state = 'W';
  int urgency = 0;
  bool danger = false, breached = false, starved = false, taken = false, seen = false;
  std::int64_t arrived_ms = 0;  // wall
  Deadline deadline;
  std::int64_t paused_ms = 0;
  std::uint64_t arrival = 0, last = 0, fence = 0;
  std::int64_t last_at = 0;  // of the run
  Instant leased;
  std::int64_t lease_ms = 0;
  std::int64_t until_ms = 0, held_ms = 0;  // wall
  struct Offer {
    std::string to, from;
    std::int64_t until_ms = 0;
  };
  std::optional<Offer> offer;
  std::set<std::string> copies;
  std::set<std::uint64_t> linked;
  std::set<Step> steps;
  Instant climbed;  // the last step, or the arrival where there was none yet
  std::string acknowledged_by;
  std::uint32_t hops = 0;
  std::uint64_t merged_into = 0;

  [[nodiscard]] bool restricted() const { return topic == "danger"; }
  [[nodiscard]] bool closed_to(const Who& who) const {
    return restricted() && !who.works_restricted(bannette);
  }
  [[nodiscard]] bool open() const { return state == 'W' || state == 'R' || state == 'P' || state == 'O'; }
  [[nodiscard]] auto place() const {
    return std::tuple(urgency, deadline.at_ms == 0 ? INT64_MAX : deadline.at_ms, arrival);
  }
};

class Model {
 public:
  Model(const Timeline& timeline, std::function<void(std::string)> complain)
      : timeline_(timeline), complain_(std::move(complain)) {}

  void in_force(std::int64_t from, const Site* site) { sites_.emplace_back(from, site); }

  // The next change of the journal. `asked`: the request whose key it bears, or nothing.
  void follow(const journal::Entry& entry, const Asked* asked);
  // Nothing happens any more: what is still due?
  void end(std::int64_t at);

  [[nodiscard]] const std::map<std::uint64_t, Followed>& dossiers() const { return dossiers_; }
  [[nodiscard]] const std::set<std::string>& unattended() const { return unattended_; }
  [[nodiscard]] const std::set<std::string>& restricted_unattended() const { return restricted_unattended_; }

 private:
  // One change, with all that judges it.
  struct Step_ {
    const Change& change;
    const journal::Entry& entry;
    const Asked* asked;
    std::int64_t at;  // of the run
    std::string name;
  };
  struct Duty {
    enum class Clock { wall, boot };
    ChangeKind kind;
    Clock clock;
    std::int64_t due_ms;  // wall: of the day; boot: so long after `began`
    std::int64_t began;   // boot: of the run
    std::int64_t grace_ms;
  };

  void must(bool holds, const Step_& step, const std::string& otherwise);
  [[nodiscard]] const Site& site(std::int64_t at) const;
  [[nodiscard]] std::vector<Duty> duties(const Followed& dossier) const;
  [[nodiscard]] std::int64_t overdue(const Duty& duty, std::int64_t from, std::int64_t to) const;
  void check_duties(const Step_& step, const Followed& dossier);
  void check_asked(const Step_& step);
  void of_the_site(const Step_& step);
  [[nodiscard]] std::set<std::string>& alarms(const Change& change) {
    return change.reason == "restricted" ? restricted_unattended_ : unattended_;
  }
  void begin(const Step_& step);
  void of_a_dossier(const Step_& step, Followed& dossier);
  void hold(const Step_& step, Followed& dossier);
  void by_holder(const Step_& step, const Followed& dossier);
  void while_held(const Step_& step, Followed& dossier);
  void redirect(const Step_& step, Followed& dossier);
  void read(const Step_& step, Followed& dossier);
  void link(const Step_& step, Followed& dossier);
  void by_others(const Step_& step, Followed& dossier);
  void over(const Step_& step, Followed& dossier);
  void by_clock(const Step_& step, Followed& dossier);
  void climb(const Step_& step, Followed& dossier);
  void acknowledge(const Step_& step, Followed& dossier) const;
  void end_hold(const Step_& step, Followed& dossier);
  void wait_in(const Step_& step, Followed& dossier);
  void check_next(const Step_& step, const Followed& dossier);
  void check_kept(const Step_& step, const Followed& dossier);
  void check_recomputed(const Step_& step);
  [[nodiscard]] bool stands_in(const std::string& actor, const std::string& holder, std::int64_t wall) const;

  const Timeline& timeline_;
  std::function<void(std::string)> complain_;
  std::vector<std::pair<std::int64_t, const Site*>> sites_;
  std::map<std::uint64_t, Followed> dossiers_;
  std::uint64_t merging_into_ = 0, merged_ = 0;  // the next change must be the other's
  struct Delegation {
    std::string to;
    std::int64_t from_ms = 0, until_ms = 0;
  };
  std::map<std::string, Delegation> delegations_;
  std::set<std::string> unattended_, restricted_unattended_;
};

}  // namespace bannette::sim
