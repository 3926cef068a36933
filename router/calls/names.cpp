#include <array>
#include <utility>

#include "router/calls/call.hpp"
#include "router/calls/event.hpp"
#include "router/calls/leg.hpp"

namespace bannette::calls {

namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 37> kinds{{
    {Kind::none, "none"},
    {Kind::announced, "announced"},
    {Kind::joined, "joined"},
    {Kind::left, "left"},
    {Kind::line_ended, "line_ended"},
    {Kind::ringing, "ringing"},
    {Kind::ring_ended, "ring_ended"},
    {Kind::dial_ended, "dial_ended"},
    {Kind::connected, "connected"},
    {Kind::completed, "completed"},
    {Kind::dumped, "dumped"},
    {Kind::held, "held"},
    {Kind::resumed, "resumed"},
    {Kind::hangup_requested, "hangup_requested"},
    {Kind::hangup_forced, "hangup_forced"},
    {Kind::channel_gone, "channel_gone"},
    {Kind::transferred, "transferred"},
    {Kind::queue_result, "queue_result"},
    {Kind::redirected, "redirected"},
    {Kind::withdrawn, "withdrawn"},
    {Kind::originated, "originated"},
    {Kind::post_state, "post_state"},
    {Kind::post_gone, "post_gone"},
    {Kind::bound, "bound"},
    {Kind::pbx_up, "pbx_up"},
    {Kind::pbx_booted, "pbx_booted"},
    {Kind::pbx_down, "pbx_down"},
    {Kind::pbx_stopping, "pbx_stopping"},
    {Kind::events_on, "events_on"},
    {Kind::events_off, "events_off"},
    {Kind::snapshot_begin, "snapshot_begin"},
    {Kind::snapshot_entry, "snapshot_entry"},
    {Kind::snapshot_channel, "snapshot_channel"},
    {Kind::snapshot_end, "snapshot_end"},
    {Kind::wrapped_up, "wrapped_up"},
    {Kind::qualified, "qualified"},
    {Kind::typed, "typed"},
}};

constexpr std::array<std::string_view, 8> outcomes{"open",     "answered",  "abandoned",  "timeout",
                                                   "exit_key", "withdrawn", "redirected", "unknown"};
constexpr std::array<std::string_view, 12> states{"announced", "queued",      "presented",  "talking",
                                                  "held",      "wrap_up",     "qualified",  "abandoned_short",
                                                  "abandoned", "turned_away", "overflowed", "failed"};
constexpr std::array<std::string_view, 3> directions{"inbound", "outbound", "internal"};

}  // namespace

std::string_view name(Kind kind) {
  for (const auto& [value, text] : kinds) {
    if (value == kind) return text;
  }
  return "none";
}

std::string_view name(Outcome outcome) {
  return outcomes.at(static_cast<std::size_t>(outcome));
}
std::string_view name(State state) {
  return states.at(static_cast<std::size_t>(state));
}
std::string_view name(Direction direction) {
  return directions.at(static_cast<std::size_t>(direction));
}

bool final(State state) {
  switch (state) {
    case State::qualified:
    case State::abandoned_short:
    case State::abandoned:
    case State::turned_away:
    case State::overflowed:
    case State::failed:
      return true;
    default:
      return false;
  }
}

}  // namespace bannette::calls
