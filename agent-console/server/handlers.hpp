// The handlers of all routes; what each takes and gives is in openapi.json.
#pragma once
#include "agent-console/server/api.hpp"

namespace bannette::console::handlers {

using Answer = asio::awaitable<HttpResponse>;

// handlers_service.cpp: for machines that watch, and what everybody may know. French; empty: ready.
[[nodiscard]] std::vector<std::string> reasons_not_ready(const Api&);
Answer livez(Api&, const Call&);
Answer readyz(Api&, const Call&);
Answer metrics(Api&, const Call&);
Answer openapi(Api&, const Call&);
Answer site(Api&, const Call&);
Answer catalogue(Api&, const Call&);
Answer on_call(Api&, const Call&);

// handlers_login.cpp
Answer login(Api&, const Call&);
Answer logout(Api&, const Call&);
Answer me(Api&, const Call&);
Answer active(Api&, const Call&);
Answer change_own_password(Api&, const Call&);

// handlers_requests.cpp: operators.
Answer classify(Api&, const Call&);
Answer suggest_communes(Api&, const Call&);
Answer suggest_streets(Api&, const Call&);
Answer submit(Api&, const Call&);
Answer similar(Api&, const Call&);
Answer find(Api&, const Call&);

// handlers_outbox.cpp: what is not confirmed yet.
Answer outbox(Api&, const Call&);
Answer retry_letter(Api&, const Call&);
Answer discard_letter(Api&, const Call&);

// handlers_calls.cpp: calls, posts, callbacks, figures of the line.
Answer calls_now(Api&, const Call&);
Answer bind_post(Api&, const Call&);
Answer pause_post(Api&, const Call&);
Answer list_calls(Api&, const Call&);
Answer show_call(Api&, const Call&);
Answer qualify_call(Api&, const Call&);
Answer type_call(Api&, const Call&);
Answer contacts(Api&, const Call&);
Answer callbacks(Api&, const Call&);
Answer settle_callback(Api&, const Call&);
Answer dial(Api&, const Call&);
Answer waits(Api&, const Call&);

// handlers_cti.cpp: what a PBX tells.
Answer cti(Api&, const Call&);

// handlers_drafts.cpp: calls that are still being typed.
Answer drafts(Api&, const Call&);
Answer show_draft(Api&, const Call&);
Answer keep_draft(Api&, const Call&);
Answer end_draft(Api&, const Call&);
Answer offer_draft(Api&, const Call&);
Answer take_draft(Api&, const Call&);
Answer draft_handovers(Api&, const Call&);

// handlers_bannettes.cpp: agents and supervisors.
Answer bannettes(Api&, const Call&);
Answer tray(Api&, const Call&);
Answer take_next(Api&, const Call&);
Answer reserve(Api&, const Call&);
Answer take(Api&, const Call&);
Answer accept(Api&, const Call&);
Answer renew(Api&, const Call&);
Answer release(Api&, const Call&);
Answer note(Api&, const Call&);
Answer handle(Api&, const Call&);
Answer events(Api&, const Call&);

// handlers_reads.cpp: a dossier's content, and who has read what.
Answer show(Api&, const Call&);
Answer look(Api&, const Call&);
Answer reads_of(Api&, const Call&);
Answer reads(Api&, const Call&);

// handlers_lifecycle.cpp: the later life of a dossier, and delegations.
Answer hold(Api&, const Call&);
Answer resume(Api&, const Call&);
Answer send_back(Api&, const Call&);
Answer propose(Api&, const Call&);
Answer withdraw_proposal(Api&, const Call&);
Answer accept_proposal(Api&, const Call&);
Answer refuse_proposal(Api&, const Call&);
Answer copy(Api&, const Call&);
Answer merge(Api&, const Call&);
Answer acknowledge(Api&, const Call&);
Answer reopen(Api&, const Call&);
Answer close(Api&, const Call&);
Answer reassign(Api&, const Call&);
Answer move(Api&, const Call&);
Answer delegate(Api&, const Call&);
Answer end_delegation(Api&, const Call&);

// handlers_board.cpp: the supervisor's board.
Answer curves(Api&, const Call&);
Answer report(Api&, const Call&);

// handlers_people.cpp: colleagues, and a person's own preferences.
Answer colleagues(Api&, const Call&);
Answer preferences(Api&, const Call&);
Answer keep_preferences(Api&, const Call&);

}  // namespace bannette::console::handlers
