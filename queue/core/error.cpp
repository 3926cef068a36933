#include "queue/core/error.hpp"

#include <stdexcept>

namespace bannette {

std::string_view name(Code code) {
  switch (code) {
    case Code::malformed:
      return "malformed";
    case Code::missing:
      return "missing";
    case Code::too_large:
      return "too_large";
    case Code::unknown_enum:
      return "unknown_enum";
    case Code::unsupported_version:
      return "unsupported_version";
    case Code::not_authenticated:
      return "not_authenticated";
    case Code::forbidden:
      return "forbidden";
    case Code::not_found:
      return "not_found";
    case Code::unknown_bannette:
      return "unknown_bannette";
    case Code::unknown_topic:
      return "unknown_topic";
    case Code::bad_state:
      return "bad_state";
    case Code::held_by_other:
      return "held_by_other";
    case Code::stale_fence:
      return "stale_fence";
    case Code::no_proposal:
      return "no_proposal";
    case Code::proposal_open:
      return "proposal_open";
    case Code::in_danger:
      return "in_danger";
    case Code::nothing_waiting:
      return "nothing_waiting";
    case Code::no_dossier:
      return "no_dossier";
    case Code::key_missing:
      return "key_missing";
    case Code::key_expired:
      return "key_expired";
    case Code::key_reused:
      return "key_reused";
    case Code::busy:
      return "busy";
    case Code::disk_full:
      return "disk_full";
    case Code::unavailable:
      return "unavailable";
    case Code::timed_out:
      return "timed_out";
  }
  return "malformed";
}

void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where) {
  throw std::logic_error(std::string(name(refusal.code)) + " (" + refusal.field + "): " + refusal.detail +
                         " at " + where.to_string());
}

}  // namespace bannette
