// Accounts of people and tokens of machines, for administrators. Passwords and tokens are made here and shown
// once: none is ever in a request. Names are in bodies: an address ends up in the logs of proxies.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers_admin.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/limits.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

bool known_unit(const Catalogue& site, const std::string& unit) {
  if (stands_alone(site, unit)) return true;
  constexpr std::string_view service = "service:";
  const bool of_service = unit.starts_with(service);
  const auto& all = of_service ? site.services : site.units;
  const std::string_view code = of_service ? std::string_view(unit).substr(service.size()) : unit;
  return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.code == code; });
}

// Role, units and the right to restricted topics of a body. `before`: the account that is changed; an agent
// keeps its right where the body says nothing, and a unit that the configuration has lost may stay.
Person read_rights(Fields& fields, const Catalogue& site, const Account* before = nullptr) {
  Person person;
  const std::string role = fields.required_text("role", limits::code);
  person.units = fields.texts("units", limits::actor_units, limits::code);
  const auto known = parse_role(role);
  if (!role.empty() && !known) fields.refuse(Code::unknown_enum, "role", "Ce rôle n’existe pas.");
  if (known) person.role = *known;
  const bool standing = before != nullptr && before->person.restricted && person.role == Role::agent;
  person.restricted = fields.boolean("restricted").value_or(standing);
  for (const auto& unit : person.units) {
    const auto& had = before == nullptr ? std::vector<std::string>() : before->person.units;
    if (!known_unit(site, unit) && std::find(had.begin(), had.end(), unit) == had.end())
      fields.refuse(Code::malformed, "units", "« " + unit + " » n’est pas une unité de ce site.");
  }
  return person;
}

// The command line's field is --unit.
HttpResponse refused_rights(Refusal refusal) {
  if (refusal.field == "unit") refusal.field = "units";
  return refused(refusal);
}

json::object rights_json(const Account& account) {
  json::array units(account.person.units.begin(), account.person.units.end());
  return {{"name", account.person.name},
          {"role", bannette::name(account.person.role)},
          {"units", std::move(units)},
          {"restricted", account.person.restricted},
          {"changed", time_or_null(account.changed_s * 1000)}};
}

json::object account_json(const Account& account, std::int64_t last_login_ms,
                          const std::map<std::string, std::size_t>& sessions) {
  json::object shown = rights_json(account);
  shown["disabled"] = account.disabled;
  shown["last_login"] = time_or_null(last_login_ms);
  const auto open = sessions.find(account.person.name);
  shown["sessions"] = open == sessions.end() ? 0 : open->second;
  return shown;
}

json::object account_json(Api& api, const std::string& name) {
  const auto all = api.accounts.current();
  return account_json(all->people.at(name), api.accounts.audit().last_login(name),
                      api.sessions.per_account());
}

json::object pbx_json(const PbxToken& token) {
  return {{"name", token.name},     {"pbx", token.pbx},    {"role", nullptr},
          {"units", json::array()}, {"restricted", false}, {"changed", time_or_null(token.changed_s * 1000)}};
}

bool is_own(const Call& call, const std::string& name) {
  return !call.client->machine && name == call.person().name;
}

// What would leave nobody, or the wrong one, at the controls.
std::optional<HttpResponse> own_account(const Call& call, const std::string& name) {
  if (!is_own(call, name)) return std::nullopt;
  return problem_response(problem(
      "bad_state", "name", "C’est votre propre compte : demandez à une autre personne de l’administration."));
}

HttpResponse no_account() {
  return problem_response(problem("not_found", "name", "Ce compte n’existe pas."));
}

HttpResponse busy_hashing() {
  return problem_response(problem("busy", "", "Trop de connexions à la fois. Réessayez."));
}

// A PBX that tells by the webhook.
std::string read_pbx(Fields& fields, const Catalogue& site) {
  std::string pbx = fields.required_text("pbx", limits::code);
  if (!pbx.empty() && std::find(site.pbxs.begin(), site.pbxs.end(), pbx) == site.pbxs.end())
    fields.refuse(Code::malformed, "pbx",
                  "« " + pbx + " » n’est pas un autocommutateur qui prévient par webhook (telephonie.toml).");
  return pbx;
}

HttpResponse shown_once(const std::string& name, const std::string& token) {
  return json_response(201, json::serialize(json::object{{"name", name}, {"token", token}}));
}

}  // namespace

void end_changed(Api& api) {
  api.sessions.sweep(*api.accounts.current(), std::chrono::steady_clock::now());
  api.live.close_ended();
}

Answer accounts(Api& api, const Call&) {
  std::map<std::string, std::int64_t> last;
  for (auto& each : api.accounts.audit().last_logins()) last.emplace(std::move(each.account), each.at_ms);
  json::array items;
  const auto all = api.accounts.current();
  const auto sessions = api.sessions.per_account();
  for (const auto& [name, account] : all->people) {
    const auto at = last.find(name);
    items.push_back(account_json(account, at == last.end() ? 0 : at->second, sessions));
  }
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

Answer add_account(Api& api, const Call& call) {
  Fields fields(call.body);
  std::string name = fields.required_text("name", limits::code);
  Person person = read_rights(fields, api.render.known());
  person.name = std::move(name);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (auto checked = check_person(person); !checked) co_return refused_rights(checked.error());
  const std::string password = random_password();
  std::string given = password;
  auto hash = co_await api.hashing.hash(std::move(given));
  if (!hash) co_return busy_hashing();
  const auto added = api.accounts.add_user(person, *hash, author_of(call));
  if (!added) co_return refused_rights(added.error());
  json::object shown = account_json(api, person.name);
  shown["password"] = password;
  co_return json_response(201, json::serialize(shown));
}

Answer change_account(Api& api, const Call& call) {
  Fields fields(call.body);
  std::string name = fields.required_text("name", limits::code);
  const auto all = api.accounts.current();
  const auto before = all->people.find(name);
  const Account* standing = before == all->people.end() ? nullptr : &before->second;
  Person person = read_rights(fields, api.render.known(), standing);
  person.name = std::move(name);
  const bool disabled = fields.boolean("disabled").value_or(standing != nullptr && standing->disabled);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (auto own = own_account(call, person.name)) co_return std::move(*own);
  if (standing == nullptr) co_return no_account();
  const auto changed = api.accounts.change_user(person, disabled, author_of(call));
  if (!changed) co_return refused_rights(changed.error());
  end_changed(api);
  co_return json_response(200, json::serialize(account_json(api, person.name)));
}

Answer reset_password(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::string name = fields.required_text("name", limits::code);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (is_own(call, name))  // without the old one, a session left open would be a way to take the account over
    co_return problem_response(problem(
        "bad_state", "name", "C’est votre propre compte : « Mot de passe », en haut de l’écran, le change."));
  if (!api.accounts.current()->people.contains(name)) co_return no_account();
  const std::string password = random_password();
  std::string given = password;
  auto hash = co_await api.hashing.hash(std::move(given));
  if (!hash) co_return busy_hashing();
  const auto changed = api.accounts.set_password(name, *hash, author_of(call));
  if (!changed) co_return no_account();  // removed meanwhile
  end_changed(api);
  const json::object shown{{"name", name}, {"password", password}};
  co_return json_response(200, json::serialize(shown));
}

Answer remove_account(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::string name = fields.required_text("name", limits::code);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (auto own = own_account(call, name)) co_return std::move(*own);
  const auto removed = api.accounts.remove_user(name, author_of(call));
  if (!removed) co_return no_account();
  end_changed(api);
  co_return empty_response();
}

Answer tokens(Api& api, const Call&) {
  std::map<std::string, json::object> by_name;
  const auto all = api.accounts.current();
  for (const auto& [digest, account] : all->machines) {
    json::object shown = rights_json(account);
    shown["pbx"] = nullptr;
    by_name.emplace(account.person.name, std::move(shown));
  }
  for (const auto& [digest, token] : all->pbxs) by_name.emplace(token.name, pbx_json(token));
  json::array items;
  for (auto& [name, shown] : by_name) items.push_back(std::move(shown));
  const auto& codes = api.render.known().pbxs;
  json::array pbxs(codes.begin(), codes.end());
  const json::object shown{{"items", std::move(items)}, {"pbxs", std::move(pbxs)}};
  co_return json_response(200, json::serialize(shown));
}

Answer add_token(Api& api, const Call& call) {
  Fields fields(call.body);
  std::string name = fields.required_text("name", limits::code);
  Person person = read_rights(fields, api.render.known());
  person.name = std::move(name);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  const auto token = api.accounts.add_token(person, author_of(call));
  if (!token) co_return refused_rights(token.error());
  co_return shown_once(person.name, *token);
}

Answer add_pbx_token(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::string name = fields.required_text("name", limits::code);
  const std::string pbx = read_pbx(fields, api.render.known());
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  const auto token = api.accounts.add_pbx_token(name, pbx, author_of(call));
  if (!token) co_return refused(token.error());
  co_return shown_once(name, *token);
}

Answer remove_token(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::string name = fields.required_text("name", limits::code);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  const auto removed = api.accounts.remove_token(name, author_of(call));
  if (!removed) co_return problem_response(problem("not_found", "name", "Ce jeton n’existe pas."));
  co_return empty_response();
}

}  // namespace bannette::console::handlers
