#include "agent-console/core/problem.hpp"

#include <map>

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::console;

TEST_CASE("every code of the wire has a status of its own class") {
  const std::map<Code, int> expected{{Code::malformed, 400},
                                     {Code::missing, 400},
                                     {Code::too_large, 413},
                                     {Code::unknown_enum, 400},
                                     {Code::unsupported_version, 502},
                                     {Code::not_authenticated, 401},
                                     {Code::forbidden, 403},
                                     {Code::not_found, 404},
                                     {Code::unknown_bannette, 400},
                                     {Code::unknown_topic, 400},
                                     {Code::bad_state, 409},
                                     {Code::held_by_other, 409},
                                     {Code::stale_fence, 409},
                                     {Code::no_proposal, 409},
                                     {Code::proposal_open, 409},
                                     {Code::in_danger, 409},
                                     {Code::nothing_waiting, 409},
                                     {Code::key_missing, 428},
                                     {Code::key_expired, 410},
                                     {Code::key_reused, 409},
                                     {Code::busy, 503},
                                     {Code::disk_full, 503},
                                     {Code::unavailable, 503},
                                     {Code::timed_out, 504}};
  for (const auto& [code, status] : expected) {
    CAPTURE(bannette::name(code));
    const Problem shown = problem(Refusal{code, "champ", "détail"});
    CHECK(shown.status == status);
    CHECK(shown.code == bannette::name(code));
    CHECK(shown.field == "champ");
    CHECK(reason_phrase(status) != "Error");
    CHECK((shown.retry_after_s > 0) == (status == 503));
  }
}

TEST_CASE("a code that this version does not know is a bad gateway, never a success") {
  CHECK(http_status("something_new") == 502);
}

TEST_CASE("a time-out says that the outcome is unknown and how to retry") {
  const Problem shown = problem("timed_out", "", "");
  CHECK(shown.detail.find("même clé") != std::string::npos);
}

TEST_CASE("not yours and not there are one answer") {
  const Problem missing = dossier_problem("not_found", "dossier", "pas de dossier 12");
  CHECK(missing == dossier_problem("forbidden", "", "bannette d’une autre unité"));
  CHECK(missing.status == 404);
  CHECK(dossier_problem("stale_fence", "fence", "x").field == "fence");
}
