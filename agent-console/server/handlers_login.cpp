// Logging in and out. The answer and its time are the same whether a name exists or not.
#include <boost/json/serialize.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers_admin.hpp"
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
  try {
    for (const auto& entry : entries) api.accounts.audit().append(entry);
  } catch (const std::exception& error) {
    spdlog::error("console: the audit cannot be written: {}", error.what());
  }
}

HttpResponse wrong_password(Api& api, const Attempt& attempt, bool known) {
  const std::string account = known ? attempt.name : std::string();
  put_down(api, api.failed_logins.failed(account, attempt.address_place, std::chrono::steady_clock::now()));
  api.by_person.failed(attempt.person_place, steady_ms());
  api.by_address.failed(attempt.address_place, steady_ms());
  api.metrics.login_failed();
  return problem_response(problem("not_authenticated", "", "Nom ou mot de passe incorrect."));
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

}  // namespace

Answer login(Api& api, const Call& call) {
  Fields fields(call.body);
  Attempt attempt;
  attempt.name = fields.required_text("name", limits::code);
  attempt.password = fields.required_text("password", kPasswordMax);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  attempt.address_place = call.http.address;
  attempt.person_place = attempt.name + "\n" + call.http.address;

  const std::int64_t wait_ms = delay_of(api, attempt);
  if (wait_ms < 0) co_return too_many();
  if (wait_ms > 0) {
    const std::chrono::milliseconds wait(wait_ms);
    const bool waited = co_await api.tasks.pause(wait);
    if (!waited) co_return problem_response(problem("unavailable", "", "Le service s’arrête."));
  }
  const auto accounts = api.accounts.current();
  const auto account = accounts->people.find(attempt.name);
  const bool known = account != accounts->people.end() && !account->second.disabled;
  std::string hash = known ? account->second.hash : api.hashing.nobody();
  std::string password = std::move(attempt.password);
  auto same = co_await api.hashing.verify(std::move(hash), std::move(password));
  if (!same) co_return problem_response(problem("busy", "", "Trop de connexions à la fois. Réessayez."));
  if (!known || !*same) co_return wrong_password(api, attempt, account != accounts->people.end());
  api.by_person.succeeded(attempt.person_place, steady_ms());
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

Answer me(Api& api, const Call& call) {
  const json::object body{{"user", api.render.user(call.person())},
                          {"csrf", call.client->session ? call.client->session->csrf : std::string()},
                          {"site", api.render.site(api.options.demo, api.options.version)}};
  co_return json_response(200, json::serialize(body));
}

}  // namespace bannette::console::handlers
