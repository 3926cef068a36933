// Refusals as HTTP shows them: RFC 9457 problem details.
#pragma once
#include <string>
#include <string_view>

#include "queue/core/error.hpp"

namespace bannette::console {

// `code` and `field` are for machines, `detail` is French, for people.
struct Problem {
  int status = 500;
  std::string code;
  std::string field;
  std::string detail;
  int retry_after_s = 0;  // header Retry-After; 0: none
  bool operator==(const Problem&) const = default;
};

// The status of a code of the wire (proto/README.md, "Errors") or of one of HTTP's own: no_dossier, csrf,
// method_not_allowed, unsupported_media_type, too_many_logins, header_too_large, internal. Unknown codes give
// 502: the service behind said something that this version does not know.
[[nodiscard]] int http_status(std::string_view code);

// The name of a status, in English as RFC 9110 has it: the problem's title.
[[nodiscard]] std::string_view reason_phrase(int status);

[[nodiscard]] Problem problem(std::string_view code, std::string field, std::string detail);
[[nodiscard]] Problem problem(const Refusal& refusal);

// What was refused by the queue about one dossier. "Not yours" and "not there" become the same answer, byte
// for byte.
[[nodiscard]] Problem dossier_problem(std::string_view code, std::string field, std::string detail);

}  // namespace bannette::console
