// The configuration: looked at, tried on past calls, put in force, rolled back; and how the service is.
#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers_admin.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "queue/async/answer.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

struct Configured {
  bool well = false;
  std::string report;
};

HttpResponse cannot() {
  return problem_response(problem("unavailable", "", "Ce service ne le permet pas."));
}

Answer configure(Api& api, ConfigurationWish wish) {
  if (!api.options.administration.configure) co_return cannot();
  const auto start = [&](auto done) {
    api.options.administration.configure(
        wish, [done](bool well, std::string report) { done({well, std::move(report)}); });
  };
  auto answer = co_await answer_of<Configured>(start);
  co_return json_response(answer.well ? 200 : 422, std::move(answer.report));
}

HttpResponse shown(const std::function<std::string()>& of) {
  return of ? json_response(200, of()) : cannot();
}

}  // namespace

Answer reload(Api& api, const Call& call) {
  Fields fields(call.body);
  const bool check_only = fields.boolean("check_only").value_or(false);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  using Act = ConfigurationWish::Act;
  ConfigurationWish wish{check_only ? Act::look : Act::activate, 0, author_of(call)};
  auto response = co_await configure(api, std::move(wish));
  co_return response;
}

Answer roll_back(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::uint64_t number = fields.required_number("number", kExactMax);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  ConfigurationWish wish{ConfigurationWish::Act::roll_back, number, author_of(call)};
  auto response = co_await configure(api, std::move(wish));
  co_return response;
}

Answer configurations(Api& api, const Call&) {
  co_return shown(api.options.administration.configurations);
}

Answer dry_run(Api& api, const Call&) {
  co_return shown(api.options.administration.dry_run);
}

Answer start_dry_run(Api& api, const Call& call) {
  Fields fields(call.body);
  DryRunWish wish;
  wish.days = fields.number("days", kDryRunDays).value_or(wish.days);
  wish.number = fields.number("number", kExactMax);
  if (wish.days == 0) fields.refuse(Code::malformed, "days", "« days » va de 1 à 366.");
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  const Administration& administration = api.options.administration;
  if (!administration.start_dry_run) co_return cannot();
  wish.by = author_of(call);
  const auto started = administration.start_dry_run(wish);
  if (!started) co_return refused(started.error());
  HttpResponse response = shown(administration.dry_run);
  response.status = 202;
  co_return response;
}

Answer cancel_dry_run(Api& api, const Call& call) {
  Fields fields(call.body);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (!api.options.administration.cancel_dry_run) co_return cannot();
  api.options.administration.cancel_dry_run();
  co_return shown(api.options.administration.dry_run);
}

Answer health(Api& api, const Call&) {
  const auto& health = api.options.administration.health;
  if (!health) co_return cannot();
  co_return json_response(200, health(reasons_not_ready(api)));
}

}  // namespace bannette::console::handlers
