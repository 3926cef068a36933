// For machines that watch the service, and what everybody may know of the site.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

}  // namespace

std::vector<std::string> reasons_not_ready(const Api& api) {
  std::vector<std::string> all;
  if (api.options.not_ready) all = api.options.not_ready();
  if (auto trouble = api.drafting.trouble(); !trouble.empty()) all.push_back(std::move(trouble));
  if (api.stopping) all.emplace_back("le service s’arrête");
  if (!api.backend.queue_up()) all.emplace_back("la file des bannettes ne répond pas");
  if (!api.backend.router_up()) all.emplace_back("le routeur ne répond pas");
  return all;
}

Answer livez(Api&, const Call&) {
  co_return json_response(200, R"({"alive":true})");
}

Answer readyz(Api& api, const Call&) {
  const auto missing = reasons_not_ready(api);
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

Answer catalogue(Api& api, const Call& call) {
  const bool operates = may(call.person().role, Action::submit);
  const std::string now = json::serialize(api.render.catalogue(operates));
  Representation& kept = api.catalogues[operates ? 1 : 0];
  if (kept.plain() != now) kept = Representation(now, "application/json");
  HttpResponse response = kept.respond(call.http);
  co_return response;
}

Answer on_call(Api& api, const Call&) {
  const auto& ask = api.render.known().on_call_at;
  const std::int64_t now_ms = system::now().wall_ms;
  json::array items;
  for (const auto& each : ask ? ask(now_ms) : std::vector<OnCallContact>{})
    items.push_back(json::object{{"label", each.label}, {"phone", each.phone}});
  co_return json_response(
      200, json::serialize(json::object{{"at", iso8601(now_ms)}, {"items", std::move(items)}}));
}

}  // namespace bannette::console::handlers
