// Who is logged in, which people work in which unit, and the audit.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/handlers_admin.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/authority.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

std::int64_t wall_ms_of(SteadyTime then) {
  const auto ago = std::chrono::steady_clock::now() - then;
  return system::now().wall_ms - std::chrono::duration_cast<std::chrono::milliseconds>(ago).count();
}

json::object session_json(const Session& session, const Call& call) {
  return {{"number", session.number},
          {"account", session.account},
          {"since", iso8601(wall_ms_of(session.opened))},
          {"seen", iso8601(wall_ms_of(session.seen))},
          {"address", session.address},
          {"pages", session.live},
          {"own", call.client->session && call.client->session->number == session.number}};
}

json::object unit_json(const Catalogue& site, const Register& accounts, const std::string& code,
                       const std::string& name) {
  json::array bannettes, people;
  for (const auto& each : site.bannettes) {
    if (owner_of(each.code) == code)
      bannettes.push_back(json::object{{"name", each.code}, {"label", each.name}});
  }
  for (const auto& [person, account] : accounts.people) {
    const auto& units = account.person.units;
    if (std::find(units.begin(), units.end(), code) == units.end()) continue;
    people.push_back(json::object{
        {"name", person}, {"role", bannette::name(account.person.role)}, {"disabled", account.disabled}});
  }
  return {{"code", code}, {"name", name}, {"bannettes", std::move(bannettes)}, {"people", std::move(people)}};
}

Result<Audit::Wanted> read_wanted(const json::object& body) {
  Fields fields(body);
  Audit::Wanted wanted;
  wanted.before = static_cast<std::int64_t>(fields.number("before", kExactMax).value_or(0));
  wanted.most = fields.number("limit", Audit::kPage).value_or(Audit::kPage);
  wanted.about = fields.text("about", limits::code);
  if (wanted.most == 0) fields.refuse(Code::malformed, "limit", "« limit » va de 1 à 200.");
  if (auto read = fields.finish(); !read) return read.error();
  return wanted;
}

json::object entry_json(const AuditEntry& entry) {
  return {{"number", entry.number}, {"at", iso8601(entry.at_ms)},  {"act", entry.act},
          {"who", entry.by.name},   {"address", entry.by.address}, {"subject", entry.subject},
          {"detail", entry.detail}, {"times", entry.times}};
}

}  // namespace

Answer sessions(Api& api, const Call& call) {
  api.sessions.sweep(*api.accounts.current(), std::chrono::steady_clock::now());
  json::array items;
  for (const auto& session : api.sessions.all()) items.push_back(session_json(*session, call));
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

// One by its number, or all of an account.
Answer end_sessions(Api& api, const Call& call) {
  Fields fields(call.body);
  const auto number = fields.number("number", kExactMax);
  std::string account = fields.text("account", limits::code);
  if (number.has_value() == !account.empty())
    fields.refuse(Code::missing, "number", "Donnez une session ou un compte, un seul.");
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  std::size_t ended = 0;
  if (number) {
    auto whose = api.sessions.revoke(*number);
    if (!whose)
      co_return problem_response(problem("not_found", "number", "Cette session n’existe pas, ou est finie."));
    account = std::move(*whose);
    ended = 1;
  } else {
    ended = api.sessions.revoke_all(account);
  }
  api.live.close_ended();
  if (ended > 0)
    api.accounts.audit().append({.act = "session_ended",
                                 .by = author_of(call),
                                 .subject = account,
                                 .times = static_cast<std::int64_t>(ended)});
  co_return json_response(200, json::serialize(json::object{{"ended", ended}}));
}

Answer units(Api& api, const Call&) {
  const Catalogue& site = api.render.known();
  const auto accounts = api.accounts.current();
  json::array items;
  for (const auto& unit : site.units) items.push_back(unit_json(site, *accounts, unit.code, unit.name));
  for (const auto& service : site.services)
    items.push_back(unit_json(site, *accounts, "service:" + service.code, service.name));
  for (const auto& each : site.bannettes)
    if (stands_alone(site, each.code)) items.push_back(unit_json(site, *accounts, each.code, each.name));
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

Answer audit(Api& api, const Call& call) {
  const auto wanted = read_wanted(call.body);
  if (!wanted) co_return refused(wanted.error());
  write_failed_logins(api);
  const auto page = api.accounts.audit().page(*wanted);
  json::array items;
  for (const auto& entry : page) items.push_back(entry_json(entry));
  const bool more = page.size() == wanted->most && page.back().number > 1;
  const json::object shown{{"items", std::move(items)},
                           {"before", more ? json::value(page.back().number) : json::value()}};
  co_return json_response(200, json::serialize(shown));
}

}  // namespace bannette::console::handlers
