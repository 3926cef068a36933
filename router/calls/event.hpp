// One fact about a call or a post, as a PBX (or a person) told it. Facts may come twice, late and in another
// order: the ledger keeps evidence, and judges an outcome from all the evidence of a leg, never from one
// event.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace bannette::calls {

// The names in AMI stand behind. The numbers are stored: append only.
enum class Kind : std::uint8_t {
  none = 0,
  // Of a caller's channel: `uniqueid`, `linkedid`, `channel`, `number`, `name`, `place`.
  announced = 1,   // Newchannel; reason = Ring (it comes from outside) or Down (we made it)
  joined = 2,      // QueueCallerJoin: queue, position
  left = 3,        // QueueCallerLeave: also when answered, before `connected`
  line_ended = 4,  // QueueCallerAbandon: hung up, timed out, withdrawn, redirected or shut down; hold_s
  ringing = 5,     // AgentCalled: queue, post, post_name, other = the post's channel
  ring_ended = 6,  // AgentRingNoAnswer: the same and ring_ms; also busy and refused
  dial_ended = 7,  // DialEnd: other = the dialled channel, reason = ANSWER, CANCEL, BUSY, NOANSWER ...
  connected = 8,   // AgentConnect: as `ringing`, hold_s, ring_ms
  completed = 9,   // AgentComplete: as `ringing` (other may be missing), hold_s, talk_s, reason = caller,
                   // agent, transfer
  dumped = 10,     // AgentDump: the post hung up during its announcement; the caller waits on
  held = 11,       // Hold: uniqueid = who pressed the key
  resumed = 12,    // Unhold
  hangup_requested = 13,  // HangupRequest: the far end of this channel hung up; cause
  hangup_forced = 14,     // SoftHangupRequest: the PBX itself ends the channel; cause
  channel_gone = 15,      // Hangup: cause (Q.850)
  transferred = 16,  // BlindTransfer, AttendedTransfer: uniqueid = who is moved, other = who moves, reason =
                     // blind, attended
  queue_result =
      17,           // variable QUEUESTATUS: reason = TIMEOUT, FULL, JOINEMPTY, LEAVEEMPTY, CONTINUE, WITHDRAW
  redirected = 18,  // our own Redirect was obeyed; uniqueid empty where only the answer is known
  withdrawn = 19,   // our own QueueWithdrawCaller was obeyed; the same
  originated =
      21,  // OriginateResponse: uniqueid, other = ActionID, reason = Success, Failure; cause = its Reason
  // Of a post: `post` (interface), `post_name`, `queue`.
  post_state = 32,  // QueueMemberStatus, ...Pause, ...Added: status, paused, reason = of the pause
  post_gone = 33,   // QueueMemberRemoved
  bound = 34,       // a login works at this post from now on: name = login; "" = nobody any more
  // Of a PBX.
  pbx_up = 48,            // logged in
  pbx_booted = 49,        // FullyBooted
  pbx_down = 50,          // the connection is lost; reason
  pbx_stopping = 51,      // Shutdown
  events_on = 52,         // the event mask lets something through from now on
  events_off = 53,        // nothing comes any more, by our own will
  snapshot_begin = 54,    // QueueStatus is being answered: reason = its ActionID
  snapshot_entry = 55,    // QueueEntry: as `joined`; hold_s = how long it has waited; linkedid empty
  snapshot_channel = 56,  // CoreShowChannel: queue and reason = its application, other = bridge
  snapshot_end = 57,      // both lists are whole: who is not in them is not there any more
  // Of people: `id` of the call in `linkedid`.
  wrapped_up = 64,  // post, name = login
  qualified = 65,   // name = login, reason = dossier or an outcome without one, other = reference of the
                    // dossier or where to
  typed = 66,       // a call without a PBX, typed by hand
};

struct Event {  // flat, so that it is stored and sent field by field
  Kind kind = Kind::none;
  std::string pbx;  // code of the PBX in the configuration
  std::string queue, uniqueid, linkedid;
  std::string other;       // see the kind
  std::string channel;     // "PJSIP/1001-00000003"
  std::string post;        // interface: "PJSIP/1001", "Local/1010@poste-distant/n"
  std::string post_name;   // MemberName, as queue_log writes it
  std::string number;      // the caller's, as it came; "" = withheld or unknown
  std::string name;        // the caller's, or a login: see the kind
  std::string reason;      // see the kind
  std::string place;       // "context,exten,priority": where the channel stands in the dialplan
  std::int64_t at_ms = 0;  // Unix time when it happened: the PBX's Timestamp, else when its bytes came
  bool timed = true;     // false: no time is known (offline, neither Timestamp nor index): durations are null
  bool stamped = false;  // at_ms is the PBX's own: told twice, it is the same
  bool from_call_class = false;  // it came with AMI's class "call": such events reach us
  bool withheld = false;         // the number is there for the PBX, but must not be shown (presentation)
  std::int64_t ring_ms = -1, hold_s = -1, talk_s = -1;  // as the PBX counted; -1 = not said
  std::int32_t cause = -1;                              // Q.850, or see the kind
  std::int32_t position = -1;                           // in the queue, from 1
  std::int32_t status =
      -1;  // of a post: AST_DEVICE_* (1 free, 2 in use, 3 busy, 4 invalid, 5 unavailable, 6 rings, 8 on hold)
  std::int8_t paused = -1;  // of a post: 0, 1; -1 = not said
  bool operator==(const Event&) const = default;
};

[[nodiscard]] std::string_view name(Kind kind);

}  // namespace bannette::calls
