// A call: all that bears one Linkedid, from the first ring to its qualification.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/calls/leg.hpp"

namespace bannette::calls {

enum class State : std::uint8_t {
  announced,        // the PBX has it; no queue yet
  queued,           // waits
  presented,        // a post rings
  talking,          // with a post
  held,             // with a post, which has put it on hold
  wrap_up,          // the conversation is over; no dossier and no outcome yet
  qualified,        // linked with its dossiers, or with an outcome without one
  abandoned_short,  // hung up within Rules::short_ms of joining: counted apart
  abandoned,        // hung up while waiting
  turned_away,      // never came into a queue: closed, full, nobody there
  overflowed,       // left every queue unanswered by timeout, key, redirect or withdrawal
  failed,           // its fate is unknown, or a call of ours that reached nobody
};
[[nodiscard]] std::string_view name(State state);
[[nodiscard]] bool final(State state);  // nothing can come after it but a late dossier

enum class Direction : std::uint8_t { inbound, outbound, internal };  // outbound: click to call
[[nodiscard]] std::string_view name(Direction direction);

struct Channel {
  std::string uniqueid, channel;
  Moment hangup_requested, hangup_forced, gone;
  std::string gone_place;
  std::string dialled;  // how dialling it ended: DialEnd's first status
  Moment dialled_at;
};

struct Call {
  std::string id;  // PBX:LINKEDID, opaque for all others
  std::string pbx, linkedid;
  State state = State::announced;
  Direction direction = Direction::inbound;
  std::string number, caller_name;  // "" = withheld or unknown
  bool withheld = false;
  std::vector<Leg> legs;  // in the order of joining
  std::vector<Channel> channels;
  std::string post, post_name;  // who has it or had it last
  std::string person;           // login at that post
  Moment announced, answered, ended, wrapped, qualified_at;
  Moment transferred;                      // the last transfer by a post
  Moment held, resumed;                    // the last of each
  Moment seen, since;                      // the last fact; since when it is in its state
  bool timed = false, call_class = false;  // as a leg's
  std::int64_t due_ms = -1;                // of the ledger: when it looks at it again, at the latest
  bool typed = false;                      // without a PBX
  std::vector<std::string> dossiers;       // references
  std::string outcome, redirected_to;      // without a dossier: code, and where to
  std::string qualified_by;                // login
  std::string originate_id;                // of a call of ours: ActionID
  std::string
      dial_result;  // of a call without a queue: DialEnd's last status (ANSWER, BUSY, NOANSWER, CANCEL ...)

  [[nodiscard]] const Leg* last_leg() const { return legs.empty() ? nullptr : &legs.back(); }
  [[nodiscard]] bool on_hold() const { return held && !not_after(held, resumed); }
  [[nodiscard]] bool was_answered() const;
};

// The state of a call, from all that is known of it. `short_ms`: Rules::short_ms.
[[nodiscard]] State judge(const Call& call, std::int64_t short_ms);

}  // namespace bannette::calls
