// Our ledger against the PBX's queue_log, leg by leg. A difference is explained only by what the facts
// themselves show.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/calls/leg.hpp"
#include "router/telephony/coverage.hpp"
#include "router/telephony/queue_log.hpp"

namespace bannette::telephony {

// The closed list.
enum class Explanation : std::uint8_t {
  missing_event_class,  // it ended while AMI's class "call" did not reach us: abandon and timeout look alike
  events_off,           // the event mask let nothing through then
  connection_lost,      // it happened, or went on, while we were not connected
  shutdown,             // the PBX stopped and threw the caller out
  redirect_of_waiting_caller,  // queue_log calls that an abandon
};
[[nodiscard]] std::string_view name(Explanation explanation);

struct Difference {
  std::string leg;  // "QUEUE/UNIQUEID#n"
  std::string
      field;  // leg, join, answer, end, outcome, wait_s, talk_s, post, ring_no_answer, end_reason, caller
  std::string ours, theirs;  // JSON
  std::optional<Explanation> explained_by;
};

struct Against {
  bool absolute = true;  // our times are the PBX's own clock: join, answer and end are compared too
};

// Times and durations may differ by one second, for queue_log counts whole ones. What we do not know because
// no time is known is not compared. A number that is withheld is shown nowhere, also not here.
[[nodiscard]] std::vector<Difference> reconcile(const std::vector<calls::Leg>& ours,
                                                const std::vector<LoggedLeg>& theirs,
                                                const Coverage& coverage, Against against = {});

// {"leg","field","ours","theirs","explained_by"}; explained_by is null where nothing explains it.
[[nodiscard]] std::string difference_json(const Difference& difference);

}  // namespace bannette::telephony
