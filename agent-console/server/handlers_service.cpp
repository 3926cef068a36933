// For machines that watch the service, and what everybody may know of the site.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

std::vector<std::string> reasons(const Api& api) {
  std::vector<std::string> all;
  if (api.options.not_ready) all = api.options.not_ready();
  if (api.stopping) all.emplace_back("le service s’arrête");
  if (!api.backend.queue_up()) all.emplace_back("la file des bannettes ne répond pas");
  if (!api.backend.router_up()) all.emplace_back("le routeur ne répond pas");
  return all;
}

struct Reloaded {
  bool well = false;
  std::string report;
};

asio::awaitable<Reloaded> reloaded(Api& api, bool check_only, std::string who) {
  auto start = [&api, check_only, &who](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    api.options.reload(check_only, std::move(who), [shared](bool well, std::string report) {
      const auto executor = asio::get_associated_executor(*shared);
      asio::post(executor, [shared, answer = Reloaded{well, std::move(report)}]() mutable {
        std::move (*shared)(std::move(answer));
      });
    });
  };
  auto answer = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Reloaded)>(
      start, asio::use_awaitable);
  co_return answer;
}

}  // namespace

Answer livez(Api&, const Call&) {
  co_return json_response(200, R"({"alive":true})");
}

Answer readyz(Api& api, const Call&) {
  const auto missing = reasons(api);
  if (missing.empty()) co_return json_response(200, R"({"ready":true})");
  json::array list(missing.begin(), missing.end());
  const json::object body{
      {"type", "about:blank"}, {"title", "Service Unavailable"},
      {"status", 503},         {"code", "unavailable"},
      {"field", ""},           {"detail", "Le service n’est pas prêt : " + missing.front() + "."},
      {"ready", false},        {"reasons", std::move(list)}};
  HttpResponse response{503, "application/problem+json", json::serialize(body), {{"Retry-After", "2"}}};
  co_return response;
}

Answer metrics(Api& api, const Call&) {
  Metrics::Now now;
  now.connections = api.connections;
  now.sessions = api.sessions.size();
  now.live_clients = api.live.size();
  now.queue_up = api.backend.queue_up();
  now.router_up = api.backend.router_up();
  HttpResponse response{200, "text/plain; version=0.0.4; charset=utf-8", api.metrics.text(now), {}};
  if (api.options.more_metrics) response.body += api.options.more_metrics();
  co_return response;
}

Answer openapi(Api& api, const Call&) {
  co_return json_response(200, api.openapi);
}

Answer site(Api& api, const Call&) {
  co_return json_response(200, json::serialize(api.render.site(api.options.demo, api.options.version)));
}

Answer catalogue(Api& api, const Call&) {
  co_return json_response(200, json::serialize(api.render.catalogue()));
}

Answer reload(Api& api, const Call& call) {
  Fields fields(call.body);
  const bool check_only = fields.boolean("check_only").value_or(false);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  if (!api.options.reload)
    co_return problem_response(problem("unavailable", "", "Ce service ne recharge pas sa configuration."));
  std::string who = call.person().name;
  auto answer = co_await reloaded(api, check_only, std::move(who));
  co_return json_response(answer.well ? 200 : 422, std::move(answer.report));
}

}  // namespace bannette::console::handlers
