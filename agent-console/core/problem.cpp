#include "agent-console/core/problem.hpp"

#include <algorithm>
#include <array>

namespace bannette::console {
namespace {

struct Mapped {
  std::string_view code;
  int status;
};

constexpr std::array<Mapped, 32> kStatus{{{"malformed", 400},
                                          {"missing", 400},
                                          {"unknown_enum", 400},
                                          {"unknown_bannette", 400},
                                          {"unknown_topic", 400},
                                          {"unsupported_version", 502},
                                          {"not_authenticated", 401},
                                          {"forbidden", 403},
                                          {"csrf", 403},
                                          {"wrong_password", 403},
                                          {"not_found", 404},
                                          {"method_not_allowed", 405},
                                          {"bad_state", 409},
                                          {"held_by_other", 409},
                                          {"stale_fence", 409},
                                          {"no_proposal", 409},
                                          {"proposal_open", 409},
                                          {"in_danger", 409},
                                          {"nothing_waiting", 409},
                                          {"key_reused", 409},
                                          {"key_expired", 410},
                                          {"too_large", 413},
                                          {"unsupported_media_type", 415},
                                          {"no_dossier", 422},
                                          {"key_missing", 428},
                                          {"too_many_logins", 429},
                                          {"header_too_large", 431},
                                          {"internal", 500},
                                          {"busy", 503},
                                          {"disk_full", 503},
                                          {"unavailable", 503},
                                          {"timed_out", 504}}};

struct Phrase {
  int status;
  std::string_view text;
};

constexpr std::array<Phrase, 17> kPhrases{{{400, "Bad Request"},
                                           {401, "Unauthorized"},
                                           {403, "Forbidden"},
                                           {404, "Not Found"},
                                           {405, "Method Not Allowed"},
                                           {409, "Conflict"},
                                           {410, "Gone"},
                                           {413, "Content Too Large"},
                                           {415, "Unsupported Media Type"},
                                           {422, "Unprocessable Content"},
                                           {428, "Precondition Required"},
                                           {429, "Too Many Requests"},
                                           {431, "Request Header Fields Too Large"},
                                           {500, "Internal Server Error"},
                                           {502, "Bad Gateway"},
                                           {503, "Service Unavailable"},
                                           {504, "Gateway Timeout"}}};

constexpr int kRetryAfter_s = 2;  // busy and unavailable pass soon, or not at all

}  // namespace

int http_status(std::string_view code) {
  const auto at =
      std::find_if(kStatus.begin(), kStatus.end(), [&](const Mapped& each) { return each.code == code; });
  return at == kStatus.end() ? 502 : at->status;
}

std::string_view reason_phrase(int status) {
  const auto at = std::find_if(kPhrases.begin(), kPhrases.end(),
                               [&](const Phrase& each) { return each.status == status; });
  return at == kPhrases.end() ? "Error" : at->text;
}

Problem problem(std::string_view code, std::string field, std::string detail) {
  Problem result{http_status(code), std::string(code), std::move(field), std::move(detail), 0};
  if (result.status == 503) result.retry_after_s = kRetryAfter_s;
  if (code == "timed_out") {
    result.detail =
        "Pas de réponse à temps : on ne sait pas si la demande a été enregistrée. Réessayez avec la même "
        "clé.";
  }
  return result;
}

Problem problem(const Refusal& refusal) {
  return problem(bannette::name(refusal.code), refusal.field, refusal.detail);
}

Problem dossier_problem(std::string_view code, std::string field, std::string detail) {
  if (code == "not_found" || code == "forbidden") {
    return problem("not_found", "", "Cette demande n’existe pas, ou n’est pas dans vos bannettes.");
  }
  return problem(code, std::move(field), std::move(detail));
}

}  // namespace bannette::console
