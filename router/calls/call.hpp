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
  bool gone = false;
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
  std::string place;            // where the caller's channel stood last
  bool on_hold = false;
  Moment announced, answered, ended, wrapped, qualified_at, seen;  // seen: the last fact
  std::vector<std::string> dossiers;                               // references
  std::string outcome, redirected_to;                              // without a dossier: code, and where to
  std::string originate_id, dial_result;  // of a call of ours: ActionID; DialEnd's status of the citizen

  [[nodiscard]] bool ended_all() const { return static_cast<bool>(ended); }
  [[nodiscard]] const Leg* last_leg() const { return legs.empty() ? nullptr : &legs.back(); }
};

struct Post {
  std::string pbx, post, name;  // post = interface
  std::vector<std::string> queues;
  std::int32_t status = -1;
  bool paused = false;
  std::string pause_reason, person;
  std::string call;  // id of the call that rings or talks here
  std::int64_t since_ms = -1;
};

}  // namespace bannette::calls
