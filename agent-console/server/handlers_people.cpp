// People among themselves: whom one may give dossiers to, and how one likes one's screens.
#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

bool works_with(const Person& one, const Person& other) {
  if (other.role != Role::agent && other.role != Role::manager) return false;
  if (one.role == Role::supervisor) return true;
  return std::any_of(other.units.begin(), other.units.end(), [&](const auto& unit) {
    return std::find(one.units.begin(), one.units.end(), unit) != one.units.end();
  });
}

Refusal no_machine() {
  return {Code::forbidden, "", "Les préférences sont celles d’une personne."};
}

}  // namespace

Answer colleagues(Api& api, const Call& call) {
  json::array items;
  const auto accounts = api.accounts.current();
  for (const auto& [name, account] : accounts->people) {
    if (!account.disabled && works_with(call.person(), account.person))
      items.push_back(api.render.user(account.person));
  }
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

Answer preferences(Api& api, const Call& call) {
  if (call.client->machine) co_return refused(no_machine());
  co_return json_response(200,
                          json::serialize(json::object{{"text", api.preferences.of(call.person().name)}}));
}

Answer keep_preferences(Api& api, const Call& call) {
  if (call.client->machine) co_return refused(no_machine());
  Fields fields(call.body);
  const std::string text = fields.text("text", kPreferencesMax);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (auto kept = api.preferences.keep(call.person().name, text); !kept) co_return refused(kept.error());
  co_return empty_response();
}

}  // namespace bannette::console::handlers
