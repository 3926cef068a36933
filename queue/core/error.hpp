// Two classes of errors: a user's input error is a value, a Refusal; infrastructure failing is an exception.
#pragma once
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace bannette {

// Why a request was refused. The names on the wire are in proto/README.md, section "Errors".
enum class Code {
  malformed,            // not decodable, or a field breaks its own form
  missing,              // a required field is empty
  too_large,            // a field is beyond its bound (limits.hpp)
  unknown_enum,         // an enumeration's value is 0 or not known
  unsupported_version,  // protocol version
  not_authenticated,
  forbidden,
  not_found,  // also answered where reading is not allowed: the two cannot be told apart
  unknown_bannette,
  unknown_topic,
  bad_state,        // the lifecycle has no such transition from here
  held_by_other,    // somebody else has it
  stale_fence,      // the reservation is no longer the caller's
  no_proposal,      // no redirect is open, or it is not the caller's to answer
  proposal_open,    // one at a time
  in_danger,        // a dossier in danger is never merged away
  nothing_waiting,  // "next" on an empty tray
  no_dossier,       // the topic is an outcome without a dossier
  key_missing,      // a changing request without an idempotency key
  key_expired,      // older than 30 days, or more than 2 h ahead
  key_reused,       // the same key with other content
  busy,             // bounded memory is full; try again
  disk_full,        // nothing can be kept now; nothing was changed
  unavailable,      // the service cannot answer now
  timed_out,
};

struct Refusal {
  Code code = Code::malformed;
  std::string field;   // the offending field as named on the wire, or empty
  std::string detail;  // French, for people
  bool operator==(const Refusal&) const = default;
};

template <class T>
using Result = boost::system::result<T, Refusal>;

[[nodiscard]] std::string_view name(Code code);

// result<T, Refusal>::value() on an error: a programming mistake, reported with the refusal's text.
[[noreturn]] void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where);

}  // namespace bannette
