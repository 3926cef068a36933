#include "router/telephony/ami_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "router/calls/limits.hpp"
#include "router/core/phone.hpp"
#include "router/telephony/readable.hpp"

namespace bannette::telephony {

namespace {

using calls::Event;
using calls::Kind;

std::string text(std::string_view value) {
  return readable(value, calls::limits::text);
}

template <class T>
std::optional<T> number(std::string_view value) {
  T read{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
  if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return read;
}

// What a PBX counts (seconds, milliseconds, places); -1: not said, or nothing that a call can have.
constexpr std::int64_t counted_most = 10'000'000;

std::int64_t counted(std::string_view value) {
  const auto read = number<std::int64_t>(value);
  return read && *read >= 0 && *read <= counted_most ? *read : -1;
}

template <class T>
T small(std::string_view value) {
  const auto read = number<T>(value);
  return read && *read >= 0 ? *read : static_cast<T>(-1);
}

bool nothing(std::string_view value) {
  return value.empty() || value == "<unknown>" || value == "unknown";
}

// As people type and networks send it; what is not made of digits goes to read_phone().
bool plain_number(std::string_view value) {
  bool digit = false;
  for (const char c : value) {
    if (c >= '1' && c <= '9') {
      digit = true;
    } else if (c != '0' && c != ' ' && c != '+' && c != '.' && c != '-' && c != '/' && c != '(' && c != ')') {
      return false;
    }
  }
  return digit;
}

// Names are escaped as in C (\" \\ \n), numbers are not.
std::string unescaped(std::string_view name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size() && plain.size() < calls::limits::text; ++i) {
    if (name[i] != '\\' || i + 1 == name.size()) {
      plain += name[i];
      continue;
    }
    const char c = name[++i];
    plain += c == 'n' || c == 'r' || c == 't' ? ' ' : c;
  }
  return text(plain);
}

// channelvars = CALLERID(pres) in manager.conf: what the network says of showing the number.
bool must_not_be_shown(const AmiMessage& message) {
  for (const auto& [key, value] : message.fields()) {
    if (!key.starts_with("ChanVariable")) continue;
    const auto equals = value.find('=');
    if (equals == std::string_view::npos) continue;
    const auto variable = value.substr(0, equals);
    if (variable != "CALLERID(pres)" && variable != "CALLERID(num-pres)" && variable != "CALLERPRES()")
      continue;
    const auto says = value.substr(equals + 1);
    if (says.starts_with("prohib") || says == "unavailable") return true;
  }
  return false;
}

struct Known {
  std::string_view event;
  Kind kind;
};
constexpr std::array<Known, 27> known{{
    {"AgentCalled", Kind::ringing},
    {"AgentComplete", Kind::completed},
    {"AgentConnect", Kind::connected},
    {"AgentDump", Kind::dumped},
    {"AgentRingNoAnswer", Kind::ring_ended},
    {"AttendedTransfer", Kind::transferred},
    {"BlindTransfer", Kind::transferred},
    {"CoreShowChannel", Kind::snapshot_channel},
    {"DialEnd", Kind::dial_ended},
    {"FullyBooted", Kind::pbx_booted},
    {"Hangup", Kind::channel_gone},
    {"HangupRequest", Kind::hangup_requested},
    {"Hold", Kind::held},
    {"Newchannel", Kind::announced},
    {"OriginateResponse", Kind::originated},
    {"QueueCallerAbandon", Kind::line_ended},
    {"QueueCallerJoin", Kind::joined},
    {"QueueCallerLeave", Kind::left},
    {"QueueEntry", Kind::snapshot_entry},
    {"QueueMember", Kind::post_state},
    {"QueueMemberAdded", Kind::post_state},
    {"QueueMemberPause", Kind::post_state},
    {"QueueMemberRemoved", Kind::post_gone},
    {"QueueMemberStatus", Kind::post_state},
    {"Shutdown", Kind::pbx_stopping},
    {"SoftHangupRequest", Kind::hangup_forced},
    {"Unhold", Kind::resumed},
}};
static_assert(std::ranges::is_sorted(known, {}, &Known::event));

Kind kind_of(const AmiMessage& message, std::string_view event) {
  const auto found = std::ranges::lower_bound(known, event, {}, &Known::event);
  if (found != known.end() && found->event == event) return found->kind;
  return event == "VarSet" && message.get("Variable") == "QUEUESTATUS" ? Kind::queue_result : Kind::none;
}

bool of_queue(Kind kind) {
  return (kind >= Kind::joined && kind <= Kind::ring_ended) || kind == Kind::connected ||
         kind == Kind::completed || kind == Kind::dumped || kind == Kind::snapshot_entry;
}

void read_channel(const AmiMessage& message, Event& event) {
  if (const auto uniqueid = message.get("Uniqueid"); !nothing(uniqueid)) event.uniqueid = text(uniqueid);
  event.linkedid = text(message.get("Linkedid"));
  event.channel = text(message.get("Channel"));
  if (message.has("Context")) {
    event.place = text(std::string(message.get("Context")) + "," + std::string(message.get("Exten")) + "," +
                       std::string(message.get("Priority")));
  }
}

void read_number(const AmiMessage& message, Event& event) {
  auto caller = read_caller(message.get("CallerIDNum"), message.get("CallerIDName"));
  if (caller.withheld || must_not_be_shown(message)) {
    event.withheld = true;
    return;
  }
  event.number = std::move(caller.number);
  event.name = std::move(caller.name);
}

void read_post(const AmiMessage& message, Event& event) {
  const bool listed = !message.has("Interface");  // in a list: Name and Location
  event.post = text(message.get(listed ? "Location" : "Interface"));
  event.post_name = text(message.get(listed ? "Name" : "MemberName"));
  event.other = text(message.get("DestUniqueid"));
  event.hold_s = counted(message.get("HoldTime"));
  event.talk_s = counted(message.get("TalkTime"));
  event.ring_ms = counted(message.get("RingTime"));
  if (event.kind == Kind::connected && event.ring_ms >= 0) event.ring_ms *= 1'000;  // seconds here
  event.reason = text(message.get("Reason"));
}

void read_transfer(const AmiMessage& message, Event& event) {
  const bool blind = message.event() == "BlindTransfer";
  event.uniqueid = text(message.get("TransfereeUniqueid"));
  event.linkedid = text(message.get("TransfereeLinkedid"));
  event.other = text(message.get(blind ? "TransfererUniqueid" : "OrigTransfererUniqueid"));
  event.reason = blind ? "blind" : "attended";
}

void read_details(const AmiMessage& message, Event& event) {
  switch (event.kind) {
    case Kind::announced:
      event.reason = text(message.get("ChannelStateDesc"));
      read_number(message, event);
      break;
    case Kind::dial_ended:
      event.other = text(message.get("DestUniqueid"));
      event.reason = text(message.get("DialStatus"));
      if (event.linkedid.empty()) event.linkedid = text(message.get("DestLinkedid"));
      break;
    case Kind::originated:
      event.other = text(message.get("ActionID"));
      event.reason = text(message.get("Response"));
      event.cause = small<std::int32_t>(message.get("Reason"));
      read_number(message, event);
      break;
    case Kind::queue_result:
      event.reason = text(message.get("Value"));
      break;
    case Kind::post_state:
      event.status = small<std::int32_t>(message.get("Status"));
      event.paused = small<std::int8_t>(message.get("Paused"));
      read_post(message, event);
      event.reason = text(message.get("PausedReason"));
      break;
    case Kind::post_gone:
      read_post(message, event);
      break;
    case Kind::snapshot_channel:
      event.reason = text(message.get("Application"));
      event.other = text(message.get("BridgeId"));
      if (event.reason == "Queue") {
        const auto data = message.get("ApplicationData");
        event.queue = text(data.substr(0, data.find(',')));
      }
      read_number(message, event);
      break;
    case Kind::snapshot_entry:
      event.hold_s = counted(message.get("Wait"));
      event.place.clear();  // its Priority is the queue's
      read_number(message, event);
      break;
    case Kind::pbx_stopping:
      event.reason = text(message.get("Shutdown"));
      break;
    default:
      break;
  }
}

// What the PBX answered to a command.
Kind answer(const AmiMessage& message, bool commands) {
  const auto events = message.get("Events");
  if (events == "On") return Kind::events_on;
  if (events == "Off") return Kind::events_off;
  if (message.get("Response") != "Success") return Kind::none;
  const auto says = message.get("Message");
  if (says == "Authentication accepted") return Kind::pbx_up;
  if (!commands) return Kind::none;
  if (says == "Redirect successful" || says == "Dual Redirect successful") return Kind::redirected;
  if (says == "Withdraw requested successfully") return Kind::withdrawn;
  return Kind::none;
}

}  // namespace

std::optional<std::int64_t> ami_timestamp(std::string_view value) {
  const auto point = value.find('.');
  const auto seconds = number<std::int64_t>(value.substr(0, point));
  if (!seconds || *seconds < 0 || *seconds > 100'000'000'000) return std::nullopt;
  std::int64_t ms = 0;
  if (point != std::string_view::npos) {
    auto fraction = std::string(value.substr(point + 1, 3));
    fraction.resize(3, '0');
    const auto read = number<std::int64_t>(fraction);
    if (!read || *read < 0) return std::nullopt;
    ms = *read;
  }
  return *seconds * 1'000 + ms;
}

std::optional<std::int64_t> uniqueid_epoch(std::string_view uniqueid) {
  const auto id = uniqueid.substr(uniqueid.rfind('-') + 1);
  const auto point = id.find('.');
  if (point < 9 || point > 11 || point + 1 >= id.size()) return std::nullopt;
  if (!number<std::int64_t>(id.substr(point + 1))) return std::nullopt;
  return number<std::int64_t>(id.substr(0, point));
}

Caller read_caller(std::string_view value, std::string_view name) {
  Caller caller;
  if (!nothing(name)) caller.name = unescaped(name);
  if (nothing(value)) return caller;
  if (!plain_number(value)) {
    const auto kind = router::read_phone(value).kind;
    caller.withheld =
        kind == router::Phone::Kind::withheld || value == "unavailable" || value == "restricted";
    if (caller.withheld) return {.number = {}, .name = {}, .withheld = true};
    if (kind == router::Phone::Kind::none) return caller;
  }
  caller.number = text(value);
  return caller;
}

std::optional<Event> AmiReader::read(const AmiMessage& message, ReadAt at) const {
  const auto name = message.event();
  Event event;
  if (!name.empty()) {
    event.kind = kind_of(message, name);
  } else if (message.has("Response")) {
    event.kind = answer(message, answers_);
  }
  if (event.kind == Kind::none) return std::nullopt;
  event.pbx = pbx_;
  event.at_ms = at.timed ? at.ms : 0;
  event.timed = at.timed;
  if (const auto stamp = ami_timestamp(message.get("Timestamp")); stamp && !name.empty()) {
    event.at_ms = *stamp;
    event.timed = event.stamped = true;
  }
  event.from_call_class = message.get("Privilege").starts_with("call,");
  event.queue = text(message.get("Queue"));
  event.position = static_cast<std::int32_t>(counted(message.get("Position")));
  event.cause = small<std::int32_t>(message.get("Cause"));
  read_channel(message, event);
  if (of_queue(event.kind) && (event.queue.empty() || event.uniqueid.empty()))
    return std::nullopt;  // half an event
  switch (event.kind) {
    case Kind::transferred:
      read_transfer(message, event);
      break;
    case Kind::joined:
    case Kind::left:
    case Kind::line_ended:
      event.hold_s = counted(message.get("HoldTime"));
      read_number(message, event);
      break;
    case Kind::ringing:
    case Kind::ring_ended:
    case Kind::connected:
    case Kind::completed:
    case Kind::dumped:
      read_post(message, event);
      read_number(message, event);
      break;
    default:
      read_details(message, event);
  }
  return event;
}

}  // namespace bannette::telephony
