#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "agent-console/server/handlers_admin.hpp"

namespace bannette::console {

namespace {

std::span<const Route> everyday_routes() {
  namespace h = handlers;
  using enum Verb;
  using enum Needs;
  constexpr auto open = std::nullopt;
  static constexpr std::array<Route, 48> all{{
      {get, "/livez", nothing, open, h::livez},
      {get, "/readyz", nothing, open, h::readyz},
      {get, "/metrics", nothing, open, h::metrics},
      {get, "/api/v1/openapi.json", nothing, open, h::openapi},
      {get, "/api/v1/site", nothing, open, h::site},
      {post, "/api/v1/login", nothing, open, h::login},
      {post, "/api/v1/logout", session, Action::see, h::logout},
      {get, "/api/v1/catalogue", session, Action::see, h::catalogue},
      {post, "/api/v1/classify", session, Action::classify, h::classify},
      {post, "/api/v1/similar", session, Action::find, h::similar},
      {post, "/api/v1/suggest/communes", session, Action::classify, h::suggest_communes},
      {post, "/api/v1/suggest/streets", session, Action::classify, h::suggest_streets},
      {post, "/api/v1/requests", session_and_key, Action::submit, h::submit},
      {post, "/api/v1/requests/find", session, Action::find, h::find},
      {get, "/api/v1/bannettes", session, Action::count, h::bannettes},
      {get, "/api/v1/tray", session, Action::list, h::tray},
      {post, "/api/v1/take-next", session_and_key, Action::work, h::take_next},
      {get, "/api/v1/dossiers/{id}", session, Action::list, h::show},
      {get, "/api/v1/dossiers/{id}/reads", session, Action::list, h::reads_of},
      {post, "/api/v1/dossiers/{id}/reads", session, Action::supervise, h::look},
      {post, "/api/v1/dossiers/{id}/reserve", session_and_key, Action::work, h::reserve},
      {post, "/api/v1/dossiers/{id}/take", session_and_key, Action::work, h::take},
      {post, "/api/v1/dossiers/{id}/accept", session_and_key, Action::work, h::accept},
      {post, "/api/v1/dossiers/{id}/renew", session_and_key, Action::work, h::renew},
      {post, "/api/v1/dossiers/{id}/release", session_and_key, Action::work, h::release},
      {post, "/api/v1/dossiers/{id}/notes", session_and_key, Action::work, h::note},
      {post, "/api/v1/dossiers/{id}/handle", session_and_key, Action::work, h::handle},
      {post, "/api/v1/dossiers/{id}/hold", session_and_key, Action::work, h::hold},
      {post, "/api/v1/dossiers/{id}/resume", session_and_key, Action::work, h::resume},
      {post, "/api/v1/dossiers/{id}/return", session_and_key, Action::work, h::send_back},
      {post, "/api/v1/dossiers/{id}/propose", session_and_key, Action::work, h::propose},
      {post, "/api/v1/dossiers/{id}/withdraw-proposal", session_and_key, Action::work, h::withdraw_proposal},
      {post, "/api/v1/dossiers/{id}/accept-proposal", session_and_key, Action::decide, h::accept_proposal},
      {post, "/api/v1/dossiers/{id}/refuse-proposal", session_and_key, Action::decide, h::refuse_proposal},
      {post, "/api/v1/dossiers/{id}/copy", session_and_key, Action::work, h::copy},
      {post, "/api/v1/dossiers/{id}/merge", session_and_key, Action::work, h::merge},
      {post, "/api/v1/dossiers/{id}/acknowledge", session_and_key, Action::acknowledge, h::acknowledge},
      {post, "/api/v1/dossiers/{id}/reopen", session_and_key, Action::work, h::reopen},
      {post, "/api/v1/dossiers/{id}/close", session_and_key, Action::decide, h::close},
      {post, "/api/v1/dossiers/{id}/reassign", session_and_key, Action::manage, h::reassign},
      {post, "/api/v1/dossiers/{id}/move", session_and_key, Action::supervise, h::move},
      {post, "/api/v1/delegations", session_and_key, Action::delegate, h::delegate},
      {post, "/api/v1/delegations/end", session_and_key, Action::delegate, h::end_delegation},
      {get, "/api/v1/colleagues", session, Action::delegate, h::colleagues},
      {get, "/api/v1/outbox", session, Action::watch, h::outbox},
      {post, "/api/v1/outbox/retry", session, Action::administer, h::retry_letter},
      {post, "/api/v1/outbox/discard", session, Action::administer, h::discard_letter},
      {get, "/api/v1/events", session, Action::watch, h::events},
  }};
  return all;
}

// One's own: whoever is logged in.
std::span<const Route> own_routes() {
  namespace h = handlers;
  using enum Verb;
  using enum Needs;
  static constexpr std::array<Route, 5> all{{
      {get, "/api/v1/me", session, Action::see, h::me},
      {post, "/api/v1/me/password", session, Action::see, h::change_own_password},
      {post, "/api/v1/me/active", session, Action::see, h::active},
      {get, "/api/v1/me/preferences", session, Action::see, h::preferences},
      {post, "/api/v1/me/preferences", session, Action::see, h::keep_preferences},
  }};
  return all;
}

std::span<const Route> call_routes() {
  namespace h = handlers;
  using enum Verb;
  using enum Needs;
  constexpr auto open = std::nullopt;
  // Later ones go before earlier ones: "now" is no call's id.
  static constexpr std::array<Route, 14> all{{
      {get, "/api/v1/calls", session, Action::answer, h::list_calls},
      {post, "/api/v1/calls", session_and_key, Action::answer, h::type_call},
      {get, "/api/v1/calls/{id}", session, Action::answer, h::show_call},
      {get, "/api/v1/calls/now", session, Action::answer, h::calls_now},
      {get, "/api/v1/calls/{id}/contacts", session, Action::answer, h::contacts},
      {post, "/api/v1/calls/{id}/qualify", session_and_key, Action::answer, h::qualify_call},
      {put, "/api/v1/me/post", session, Action::answer, h::bind_post},
      {post, "/api/v1/me/pause", session, Action::answer, h::pause_post},
      {get, "/api/v1/callbacks", session, Action::answer, h::callbacks},
      {post, "/api/v1/callbacks/{id}", session, Action::answer, h::settle_callback},
      {post, "/api/v1/dial", session, Action::answer, h::dial},
      {get, "/api/v1/waits", session, Action::measure, h::waits},
      {post, "/api/v1/cti", pbx, open, h::cti},
      {post, "/api/v1/cti/{id}", pbx, open, h::cti},
  }};
  return all;
}

std::span<const Route> board_routes() {
  namespace h = handlers;
  using enum Verb;
  using enum Needs;
  static constexpr std::array<Route, 2> all{{
      {get, "/api/v1/curves", session, Action::count, h::curves},
      {get, "/api/v1/reports", session, Action::count, h::report},
  }};
  return all;
}

std::span<const Route> operator_routes() {
  namespace h = handlers;
  using enum Verb;
  using enum Needs;
  static constexpr auto all = std::to_array<Route>({
      {get, "/api/v1/on-call", session, Action::submit, h::on_call},
      {get, "/api/v1/drafts", session, Action::submit, h::drafts},
      {get, "/api/v1/drafts/{id}", session, Action::submit, h::show_draft},
      {put, "/api/v1/drafts/{id}", session, Action::submit, h::keep_draft},
      {delete_, "/api/v1/drafts/{id}", session, Action::submit, h::end_draft},
      {post, "/api/v1/drafts/{id}/offer", session, Action::submit, h::offer_draft},
      {post, "/api/v1/drafts/{id}/take", session, Action::submit, h::take_draft},
      {get, "/api/v1/draft-handovers", session, Action::watch, h::draft_handovers},
  });
  return all;
}

std::span<const Route> admin_routes() {
  namespace h = handlers;
  using enum Verb;
  using enum Needs;
  static constexpr std::array<Route, 21> all{{
      {post, "/api/v1/admin/reload", session, Action::administer, h::reload},
      {get, "/api/v1/admin/configuration", session, Action::administer, h::configurations},
      {post, "/api/v1/admin/roll-back", session, Action::administer, h::roll_back},
      {get, "/api/v1/admin/dry-run", session, Action::administer, h::dry_run},
      {post, "/api/v1/admin/dry-run", session, Action::administer, h::start_dry_run},
      {post, "/api/v1/admin/dry-run/cancel", session, Action::administer, h::cancel_dry_run},
      {get, "/api/v1/admin/health", session, Action::administer, h::health},
      {get, "/api/v1/admin/accounts", session, Action::administer, h::accounts},
      {post, "/api/v1/admin/accounts", session, Action::administer, h::add_account},
      {post, "/api/v1/admin/accounts/change", session, Action::administer, h::change_account},
      {post, "/api/v1/admin/accounts/password", session, Action::administer, h::reset_password},
      {post, "/api/v1/admin/accounts/remove", session, Action::administer, h::remove_account},
      {get, "/api/v1/admin/sessions", session, Action::administer, h::sessions},
      {post, "/api/v1/admin/sessions/end", session, Action::administer, h::end_sessions},
      {get, "/api/v1/admin/tokens", session, Action::administer, h::tokens},
      {post, "/api/v1/admin/tokens", session, Action::administer, h::add_token},
      {post, "/api/v1/admin/tokens/pbx", session, Action::administer, h::add_pbx_token},
      {post, "/api/v1/admin/tokens/remove", session, Action::administer, h::remove_token},
      {get, "/api/v1/admin/units", session, Action::administer, h::units},
      {post, "/api/v1/audit", session, Action::audit, h::audit},
      {post, "/api/v1/reads", session, Action::audit, h::reads},
  }};
  return all;
}

}  // namespace

bool for_walls(const Route& route) {
  static constexpr std::array<std::string_view, 15> all{
      "/api/v1/outbox", "/api/v1/me",        "/api/v1/me/active",  "/api/v1/me/preferences", "/api/v1/logout",
      "/api/v1/site",   "/api/v1/catalogue", "/api/v1/colleagues", "/api/v1/bannettes",      "/api/v1/tray",
      "/api/v1/curves", "/api/v1/reports",   "/api/v1/events",     "/api/v1/calls/now",      "/api/v1/waits"};
  const bool known = std::find(all.begin(), all.end(), route.pattern) != all.end();
  return known && (route.verb == Verb::get || route.pattern == "/api/v1/me/active" ||
                   route.pattern == "/api/v1/logout");
}

std::span<const Route> routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> each;
    for (const auto part :
         {everyday_routes(), own_routes(), call_routes(), operator_routes(), board_routes(), admin_routes()})
      each.insert(each.end(), part.begin(), part.end());
    return each;
  }();
  return all;
}

}  // namespace bannette::console
