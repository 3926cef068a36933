// Logging in and out, and one's own password. The answer to a login and its time are the same whether a name
// exists or not.
#include <boost/json/serialize.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers_admin.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "queue/core/limits.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

constexpr std::string_view kCookieForm = "; Path=/; Secure; HttpOnly; SameSite=Strict";

std::int64_t steady_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

HttpResponse with_cookie(HttpResponse response, const std::string& value, std::string_view more) {
  response.headers.emplace_back("Set-Cookie",
                                "__Host-bannette=" + value + std::string(kCookieForm) + std::string(more));
  return response;
}

HttpResponse too_many() {
  Problem shown =
      problem("too_many_logins", "", "Trop d’essais. Attendez quelques secondes avant de recommencer.");
  shown.retry_after_s = 15;
  return problem_response(shown);
}

struct Attempt {
  std::string name;
  std::string password;
  std::string person_place;
  std::string address_place;
};

Attempt attempt_of(const Call& call, std::string name, std::string password) {
  const std::string place = name + "\n" + call.http.address;
  return {std::move(name), std::move(password), place, call.http.address};
}

// Milliseconds to wait before this attempt is looked at; -1: refused. What is refused takes no place in the
// address's queue, and who got in from there before does not stand in it: guessing other names from a shared
// address must not keep them out.
std::int64_t delay_of(Api& api, const Attempt& attempt) {
  const std::int64_t now = steady_ms();
  const bool known = api.by_person.known(attempt.person_place, now);
  const std::int64_t by_person = api.by_person.admit(attempt.person_place, now);
  if (by_person < 0 || known) return by_person;
  const std::int64_t by_address = api.by_address.admit(attempt.address_place, now);
  return by_address < 0 ? -1 : std::max(by_address, by_person);
}

// Somebody's way in does not depend on the audit: where it cannot be written the log says so.
void put_down(Api& api, const std::vector<AuditEntry>& entries) {
  for (const auto& entry : entries) {
    try {
      api.accounts.audit().append(entry);
    } catch (const std::exception& error) {
      spdlog::error("console: the audit cannot be written: {}", error.what());
    }
  }
}

// Waits as long as this attempt must; an answer: it is not looked at.
asio::awaitable<std::optional<HttpResponse>> slowed_down(Api& api, const Attempt& attempt) {
  const std::chrono::milliseconds wait(delay_of(api, attempt));
  if (wait.count() < 0) co_return too_many();
  if (wait.count() == 0) co_return std::nullopt;
  const bool waited = co_await api.tasks.pause(wait);
  if (waited) co_return std::nullopt;
  co_return problem_response(problem("unavailable", "", "Le service s’arrête."));
}

void count_wrong(Api& api, const Attempt& attempt) {
  api.by_person.failed(attempt.person_place, steady_ms());
  api.by_address.failed(attempt.address_place, steady_ms());
}

HttpResponse wrong_password(Api& api, const Attempt& attempt, bool known) {
  const std::string account = known ? attempt.name : std::string();
  api.failed_logins.failed(account, attempt.address_place, std::chrono::steady_clock::now());
  count_wrong(api, attempt);
  api.metrics.login_failed();
  return problem_response(problem("not_authenticated", "", "Nom ou mot de passe incorrect."));
}

HttpResponse busy_hashing() {
  return problem_response(problem("busy", "", "Trop de connexions à la fois. Réessayez."));
}

HttpResponse logged_in(Api& api, const HttpRequest& http, const Account& account) {
  const auto now = std::chrono::steady_clock::now();
  if (!http.cookie.empty()) {
    if (auto before = api.sessions.find(http.cookie, *api.accounts.current(), now))
      api.sessions.close(before);
  }
  const auto opened = api.sessions.open(account, http.address, now);
  const json::object body{{"user", api.render.user(account.person)}, {"csrf", opened.session->csrf}};
  return with_cookie(json_response(200, json::serialize(body)), opened.cookie, "");
}

// A password that may stand in place of the old one.
Result<void> check_new_password(const std::string& old, const std::string& fresh) {
  if (auto checked = check_password(fresh); !checked)
    return Refusal{checked.error().code, "new", checked.error().detail};
  if (fresh == old)
    return Refusal{Code::malformed, "new", "C’est le mot de passe actuel : choisissez-en un autre."};
  return {};
}

HttpResponse gone_meanwhile() {
  return problem_response(problem("not_authenticated", "", "Votre session est finie : reconnectez-vous."));
}

// The old password, of the account as of `version`, was right. This session stays, the others end.
HttpResponse password_changed(Api& api, const Call& call, std::int64_t version, const PasswordHash& hash) {
  if (call.client->session->ended) return gone_meanwhile();
  const auto changed = api.accounts.set_own_password(call.person().name, version, hash, author_of(call));
  if (!changed) return refused(changed.error());
  call.client->session->version = api.accounts.current()->people.at(call.person().name).version;
  end_changed(api);
  return empty_response();
}

// The wall stands on the board.
bool has_a_wall(Role role) {
  return may(role, Action::watch) || may(role, Action::manage);
}

}  // namespace

void write_failed_logins(Api& api, bool all) {
  put_down(api, api.failed_logins.due(std::chrono::steady_clock::now(), all));
}

Answer login(Api& api, const Call& call) {
  Fields fields(call.body);
  std::string name = fields.required_text("name", limits::code);
  std::string password = fields.required_text("password", kPasswordMax);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  Attempt attempt = attempt_of(call, std::move(name), std::move(password));
  auto slowed = co_await slowed_down(api, attempt);
  if (slowed) co_return std::move(*slowed);
  const auto accounts = api.accounts.current();
  const auto account = accounts->people.find(attempt.name);
  const bool known = account != accounts->people.end() && !account->second.disabled;
  std::string hash = known ? account->second.hash : api.hashing.nobody();
  auto same = co_await api.hashing.verify(std::move(hash), std::move(attempt.password));
  if (!same) co_return busy_hashing();
  if (!known || !*same) co_return wrong_password(api, attempt, account != accounts->people.end());
  api.by_person.succeeded(attempt.person_place, steady_ms());
  write_failed_logins(api, false);  // the guesses stand before what they led to
  put_down(api, {{.act = "login", .by = {attempt.name, call.http.address}, .subject = attempt.name}});
  co_return logged_in(api, call.http, account->second);
}

Answer logout(Api& api, const Call& call) {
  if (call.client->session) {
    api.sessions.close(call.client->session);
    put_down(api, {{.act = "logout", .by = author_of(call), .subject = call.person().name}});
  }
  api.live.close_ended();
  co_return with_cookie(empty_response(), "", "; Max-Age=0");
}

Answer change_own_password(Api& api, const Call& call) {
  if (!call.client->session)
    co_return problem_response(problem("forbidden", "", "Une machine n’a pas de mot de passe."));
  Fields fields(call.body);
  std::string old = fields.required_text("old", kPasswordMax);
  std::string fresh = fields.required_text("new", kPasswordMax);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (auto checked = check_new_password(old, fresh); !checked) co_return refused(checked.error());
  Attempt attempt = attempt_of(call, call.person().name, std::move(old));
  auto slowed = co_await slowed_down(api, attempt);
  if (slowed) co_return std::move(*slowed);
  const auto accounts = api.accounts.current();
  const auto account = accounts->people.find(attempt.name);
  if (account == accounts->people.end()) co_return gone_meanwhile();
  std::string hash = account->second.hash;
  auto same = co_await api.hashing.verify(std::move(hash), std::move(attempt.password));
  if (!same) co_return busy_hashing();
  if (!*same) {
    count_wrong(api, attempt);
    put_down(api, {{.act = "password_refused", .by = author_of(call), .subject = attempt.name}});
    co_return problem_response(problem("wrong_password", "old", "Ce n’est pas votre mot de passe actuel."));
  }
  auto made = co_await api.hashing.hash(std::move(fresh));
  if (!made) co_return busy_hashing();
  co_return password_changed(api, call, account->second.version, *made);
}

Answer me(Api& api, const Call& call) {
  const json::object body{{"user", api.render.user(call.person())},
                          {"csrf", call.client->session ? call.client->session->csrf : std::string()},
                          {"site", api.render.site(api.options.demo, api.options.version)}};
  co_return json_response(200, json::serialize(body));
}

// Told by pages at most once a minute; without a member: how long is left?
Answer active(Api& api, const Call& call) {
  if (call.client->machine) co_return refused({Code::forbidden, "", "Une machine n’a pas de session."});
  Fields fields(call.body);
  const auto ago_s = fields.number("ago_s", kExactMax);
  const bool wall = fields.boolean("wall").value_or(false);
  if (wall && !has_a_wall(call.person().role))
    fields.refuse(Code::malformed, "wall", "Ce rôle n’a pas de mode mural.");
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  const auto now = std::chrono::steady_clock::now();
  const auto& session = call.client->session;
  if (wall) session->walled = now;
  const auto most = static_cast<std::uint64_t>(api.options.limits.session_age.count());
  if (ago_s && !api.sessions.act(session, std::chrono::seconds(std::min(*ago_s, most)), now)) {
    api.live.close_ended();
    co_return gone_meanwhile();
  }
  const auto left = api.sessions.left(*session, now);
  co_return json_response(200, json::serialize(json::object{{"idle_left_s", left.idle.count()},
                                                            {"age_left_s", left.age.count()}}));
}

}  // namespace bannette::console::handlers
