// What a PBX is asked to do for a post: call a number back, pause, go on.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "queue/core/error.hpp"

namespace bannette::telephony {

// How numbers are dialled at this PBX.
struct Dialling {
  std::string context;            // of the dialplan: where the citizen's number is an extension
  std::string prefix;             // before numbers that leave the house, e.g. "0"; digits
  bool international = false;     // "+33612345678" in place of "0612345678", "0032..."
  std::string shown;              // the number that the post is shown; empty: whom it calls
  std::string account;            // the PBX's AccountCode; may be empty
  std::int64_t ring_ms = 20'000;  // how long the post rings
};

// The digits that the PBX is to dial for a number as people type it: what e164() knows, or an internal number
// of 2 to 6 digits, which gets no prefix. Refused, naming `number`: anything else, so that nothing but digits
// and one leading + reaches the dialplan.
[[nodiscard]] Result<std::string> dialled(std::string_view number, const Dialling& how);

// How the Uniqueids begin of the channels that are made by our order.
inline constexpr std::string_view our_channels = "bannette-";

// Click to call. The post rings first; when it is taken up, the PBX calls the citizen.
struct Dial {
  std::string post;        // interface: "PJSIP/1001"
  std::string number;      // from dialled()
  std::string channel_id;  // our own Uniqueid for the post's channel: letters, digits, - and .
  Dialling how;
};

struct Pause {
  std::string post;  // interface
  bool paused = true;
  std::string reason;  // as the PBX keeps it; may be empty
  std::string queue;   // empty: in all its queues
};

// How far a Dial has come. The first two are not its end.
enum class DialStep : std::uint8_t {
  accepted,        // by the PBX: the post will ring
  post_answered,   // and now the citizen is called
  answered,        // by the citizen
  post_busy,       // the post was busy
  post_no_answer,  // the post let it ring
  post_failed,     // the post cannot be reached, or does not exist
  busy,            // the citizen's line
  no_answer,       // the citizen let it ring
  failed,          // the citizen's line could not be reached
  given_up,        // the post hung up first
  unknown,         // the PBX said nothing more, or the connection was lost
};
[[nodiscard]] std::string_view name(DialStep step);
[[nodiscard]] bool last(DialStep step);

// Of OriginateResponse's Response and Reason (AST_CONTROL_*: 0 failed, 1 hung up, 3 rang, 4 answered, 5 busy,
// 8 congestion).
[[nodiscard]] DialStep step_of_originate(std::string_view response, std::string_view reason);
// Of DialEnd's DialStatus.
[[nodiscard]] DialStep step_of_dial_end(std::string_view status);

[[nodiscard]] Result<std::string> text_of(const Dial& dial, std::string_view id);
[[nodiscard]] Result<std::string> text_of(const Pause& pause, std::string_view id);

}  // namespace bannette::telephony
