// What calls.db keeps of calls, as bytes: a clear half, and one with everything that is of people, to be
// sealed. Formats: proto/bannette/v1/call_record.proto.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "queue/core/ids.hpp"
#include "router/calls/call.hpp"
#include "router/calls/callbacks.hpp"
#include "router/calls/event.hpp"
#include "router/calls/tally.hpp"

namespace bannette::router {

// The numbers are kept: append only.
enum class CallRecordKind : std::uint8_t {
  fact = 1,       // as a PBX or a person told it; all of it sealed
  callback = 2,   // a change of the callback list; all of it sealed
  call = 3,       // a call that is over, as it is now: a later one of the same id takes its place
  link = 4,       // a request of the intake belongs to a call
  post_time = 5,  // how long posts were busy, free, paused
};

struct CallRecord {
  CallRecordKind kind = CallRecordKind::fact;
  std::string call;        // whose; empty: of none
  std::int64_t at_ms = 0;  // Unix time: under which day's key it is sealed, and with which it is erased
  std::string clear, hidden;
  std::string seat = {};  // of a fact that says who sits there: "PBX:INTERFACE"
};

// A request of the intake, by its key until its dossier has a number.
struct CallLink {
  std::string call, person;
  Uuid key;
  std::uint64_t number = 0;  // of the dossier; 0: not known yet
  std::int64_t at_ms = 0;
  bool given_up = false;  // it never gets one
  [[nodiscard]] bool awaited() const { return number == 0 && !given_up; }
};

[[nodiscard]] CallRecord record_of(const calls::Event& event, std::string call);
[[nodiscard]] CallRecord record_of(const calls::CallbackChange& change);
// `caller`: keyed hash of the number, 0 of none.
[[nodiscard]] CallRecord record_of(const calls::Call& call, std::uint64_t caller);
[[nodiscard]] CallRecord record_of(const CallLink& link);
[[nodiscard]] CallRecord record_of(const calls::PostTime& time);

struct KeptCall {
  calls::Call call;
  std::uint64_t caller = 0;
};
// Nothing where the bytes are none that this program wrote. Of a call `hidden` may be empty: it was erased.
[[nodiscard]] std::optional<calls::Event> event_of(std::string_view hidden);
[[nodiscard]] std::optional<calls::CallbackChange> callback_of(std::string_view hidden);
[[nodiscard]] std::optional<KeptCall> call_of(std::string_view clear, std::string_view hidden);
[[nodiscard]] std::optional<CallLink> link_of(std::string_view clear);
[[nodiscard]] std::optional<calls::PostTime> post_time_of(std::string_view clear);

}  // namespace bannette::router
