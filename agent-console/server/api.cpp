#include "agent-console/server/api.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "agent-console/server/fields.hpp"
#include "queue/async/answer.hpp"

namespace bannette::console {
namespace {

constexpr std::string_view kBearer = "Bearer ";

Throttle::Bounds looser() {
  Throttle::Bounds bounds;
  bounds.free_failures = 20;
  bounds.most_delay_ms = 2'000;
  return bounds;
}

std::string embedded_openapi() {
  for (const Embedded& each : embedded_files()) {
    if (each.path == "/openapi.json") return std::string(each.view());
  }
  return "{}";
}

HttpResponse not_authenticated() {
  return problem_response(problem("not_authenticated", "", "Connectez-vous d’abord."));
}

HttpResponse foreign_page() {
  return problem_response(problem("csrf", "Origin", "Cette demande ne vient pas d’une page de ce service."));
}

// A page of another site must not act in this person's name. Programs send neither header.
bool from_foreign_page(const HttpRequest& request) {
  if (!request.origin.empty()) return !same_origin(request.origin, request.host);
  return !request.fetch_site.empty() && request.fetch_site != "same-origin" && request.fetch_site != "none";
}

// Segments must be equal but for {id}, which takes one.
bool matches(std::string_view pattern, std::string_view path, std::string& id) {
  constexpr std::string_view hole = "{id}";
  const auto at = pattern.find(hole);
  if (at == std::string_view::npos) return pattern == path;
  const std::string_view tail = pattern.substr(at + hole.size());
  if (path.size() <= at + tail.size() || !path.starts_with(pattern.substr(0, at)) || !path.ends_with(tail))
    return false;
  const std::string_view inside = path.substr(at, path.size() - at - tail.size());
  if (inside.find('/') != std::string_view::npos) return false;
  id = inside;
  return true;
}

std::string_view allowed(Verb verb) {
  switch (verb) {
    case Verb::get:
      return "GET, HEAD";
    case Verb::post:
      return "POST";
    case Verb::put:
      return "PUT";
    case Verb::delete_:
      return "DELETE";
    default:
      return "";
  }
}

bool changes(Verb verb) {
  return verb == Verb::post || verb == Verb::put || verb == Verb::delete_;
}

// A call as a PBX named it ("main:1773738090.15"), or a draft: what an URL may bear without being escaped.
bool call_form(std::string_view id) {
  constexpr std::size_t most = 128;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:@+").find(c) != std::string_view::npos;
  };
  return !id.empty() && id.size() <= most && std::all_of(id.begin(), id.end(), plain);
}

struct Found {
  const Route* route = nullptr;
  std::string id;
  bool path_known = false;
  std::string allow;
};

Found find_route(const HttpRequest& request) {
  Found found;
  const Verb verb = request.verb == Verb::head ? Verb::get : request.verb;
  for (const Route& route : routes()) {
    std::string id;
    if (!matches(route.pattern, request.path, id)) continue;
    found.path_known = true;
    if (!found.allow.empty()) found.allow += ", ";
    found.allow += allowed(route.verb);
    if (route.verb != verb) continue;
    found.route = &route;
    found.id = std::move(id);
  }
  return found;
}

std::optional<Client> identify(Api& api, const HttpRequest& request) {
  const auto accounts = api.accounts.current();
  if (!request.authorization.empty()) {
    if (!request.authorization.starts_with(kBearer)) return std::nullopt;
    const auto token = digest_of(std::string_view(request.authorization).substr(kBearer.size()));
    const auto machine = accounts->machines.find(token);
    if (machine == accounts->machines.end()) return std::nullopt;
    return Client{machine->second.person, nullptr, true};
  }
  if (request.cookie.empty()) return std::nullopt;
  auto session = api.sessions.find(request.cookie, *accounts, std::chrono::steady_clock::now());
  if (!session) return std::nullopt;
  return Client{accounts->people.at(session->account).person, session, false};
}

// A PBX's token, in its header or at the end of the path: nothing else may be done with it.
std::optional<std::string> identify_pbx(Api& api, const Call& call) {
  std::string_view token = call.call_id;
  if (call.http.authorization.starts_with(kBearer))
    token = std::string_view(call.http.authorization).substr(kBearer.size());
  if (token.empty()) return std::nullopt;
  const auto accounts = api.accounts.current();
  const auto known = accounts->pbxs.find(digest_of(token));
  if (known == accounts->pbxs.end()) return std::nullopt;
  return known->second.pbx;
}

// The checks of a changing request that do not depend on its handler; nothing: all is well.
std::optional<HttpResponse> check_change(const HttpRequest& request, const std::optional<Client>& client) {
  const bool json = request.content_type.starts_with("application/json") &&
                    (request.content_type.size() == 16 || request.content_type[16] == ';' ||
                     request.content_type[16] == ' ');
  if (!json && !(request.body.empty() && request.content_type.empty())) {
    return problem_response(
        problem("unsupported_media_type", "Content-Type", "Seul application/json est accepté."));
  }
  if (client && client->machine) return std::nullopt;
  if (from_foreign_page(request)) return foreign_page();
  if (client && client->session && !same_secret(request.csrf, client->session->csrf)) {
    return problem_response(
        problem("csrf", "X-CSRF-Token", "Jeton de page absent ou périmé : rechargez la page."));
  }
  return std::nullopt;
}

std::optional<HttpResponse> read_key(Call& call) {
  call.key_text = call.http.idempotency_key;
  if (call.key_text.empty()) {
    return problem_response(
        problem("key_missing", "Idempotency-Key", "L’en-tête Idempotency-Key (un UUIDv7) est obligatoire."));
  }
  call.key = parse_uuid(call.key_text);
  if (!call.key || !is_uuid7(*call.key)) {
    return problem_response(
        problem("malformed", "Idempotency-Key", "Idempotency-Key doit être un UUID de version 7."));
  }
  call.key_text = to_string(*call.key);
  return std::nullopt;
}

// Everything before the handler, in the order in which a caller can put it right.
std::optional<HttpResponse> prepare(Api& api, const Route& route, Call& call) {
  if (route.needs == Needs::pbx) {
    const auto pbx = identify_pbx(api, call);
    if (!pbx)
      return problem_response(
          problem("not_authenticated", "", "Jeton d’autocommutateur absent, inconnu ou révoqué."));
    call.pbx = *pbx;
    return std::nullopt;  // its body may be a form
  }
  if (route.needs != Needs::nothing) {
    call.client = identify(api, call.http);
    if (!call.client) return not_authenticated();
    const auto& session = call.client->session;
    if (session && !for_walls(route) && api.sessions.only_walled(*session, std::chrono::steady_clock::now()))
      return not_authenticated();
  }
  if (changes(route.verb)) {
    if (auto wrong = check_change(call.http, call.client)) return wrong;
  }
  if (route.action && !may(call.person().role, *route.action)) {
    return problem_response(problem("forbidden", "", "Votre rôle ne permet pas cette action."));
  }
  if (route.needs == Needs::session_and_key) {
    if (auto wrong = read_key(call)) return wrong;
  }
  if (changes(route.verb)) {
    auto body = parse_object(call.http.body);
    if (!body) return refused(body.error());
    call.body = std::move(*body);
  }
  // The form of {id} tells nothing about what exists.
  if (!call.dossier.empty() && !parse_uuid(call.dossier) && !parse_reference(call.dossier)) {
    return problem_response(dossier_problem("not_found", "", ""));
  }
  if (!call.call_id.empty() && !call_form(call.call_id)) {
    return problem_response(problem("not_found", "", "Cet appel n’existe pas."));
  }
  return std::nullopt;
}

asio::awaitable<HttpResponse> handle(Api& api, const HttpRequest& request, std::string_view& label) {
  Found found = find_route(request);
  if (!found.route) {
    if (found.path_known) {
      HttpResponse wrong =
          problem_response(problem("method_not_allowed", "", "Cette adresse n’accepte pas cette méthode."));
      wrong.headers.emplace_back("Allow", found.allow);
      co_return wrong;
    }
    if (request.verb == Verb::get || request.verb == Verb::head) {
      if (auto page = api.assets.respond(request)) {
        label = "static";
        co_return std::move(*page);
      }
    }
    co_return problem_response(problem("not_found", "", "Rien à cette adresse."));
  }
  label = found.route->pattern;
  Call call{request, std::nullopt, {}, {}, {}, {}, {}, std::nullopt};
  (label.starts_with("/api/v1/dossiers/") ? call.dossier : call.call_id) = std::move(found.id);
  if (auto early = prepare(api, *found.route, call)) co_return std::move(*early);
  const Handler handler = found.route->handler;
  auto response = co_await handler(api, call);
  co_return response;
}

using Ask = void (Backend::*)(v1::Envelope, Backend::Answer);

asio::awaitable<v1::Envelope> ask(Api& api, Ask question, v1::Envelope envelope) {
  auto start = [&](auto done) {
    (api.backend.*question)(std::move(envelope), [done](v1::Envelope&& reply) { done(std::move(reply)); });
  };
  auto reply = co_await answer_of<v1::Envelope>(start);
  co_return reply;
}

Problem problem_of(const v1::Envelope& reply) {
  if (reply.has_error()) return problem(reply.error().code(), reply.error().field(), reply.error().detail());
  spdlog::error("console: the service behind answered message {} where another was due",
                static_cast<int>(reply.body_case()));
  return problem("unavailable", "", "Le service a donné une réponse inattendue.");
}

}  // namespace

Api::Api(const Options& given, Backend& behind, Tasks& its_tasks)
    : options(given),
      backend(behind),
      tasks(its_tasks),
      accounts(given.data),
      preferences(given.data),
      sessions(given.limits),
      by_address(looser()),
      hashing(given.limits),
      drafting(given),
      render(given.catalogue),
      assets(embedded_files()),
      live(render, metrics),
      openapi(embedded_openapi()) {}

asio::awaitable<HttpResponse> respond(Api& api, const HttpRequest& request) {
  const auto begin = std::chrono::steady_clock::now();
  std::string_view label = "unknown";
  HttpResponse response;
  try {
    auto handled = co_await handle(api, request, label);
    response = std::move(handled);
  } catch (const std::exception& error) {
    spdlog::error("console: {}: {}", label, error.what());
    response = problem_response(
        problem("internal", "", "Erreur interne. L’administrateur la trouvera dans le journal du service."));
  }
  const auto took = std::chrono::steady_clock::now() - begin;
  api.metrics.request(label, response.status, took);
  spdlog::debug("console: {} {} in {} us", label, response.status,
                std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  co_return response;
}

std::variant<Client, HttpResponse> authorise_live(Api& api, const HttpRequest& request) {
  if (!same_origin(request.origin, request.host)) return foreign_page();
  if (request.cookie.empty() || !request.authorization.empty()) return not_authenticated();
  auto client = identify(api, request);
  if (!client) return not_authenticated();
  if (api.live.size() >= api.options.limits.live_clients) {
    return problem_response(problem("busy", "", "Trop de connexions en direct. Réessayez."));
  }
  return std::move(*client);
}

v1::Envelope question(const Person& person) {
  v1::Envelope envelope;
  v1::Actor& actor = *envelope.mutable_actor();
  actor.set_name(person.name);
  actor.set_role(static_cast<v1::Role>(person.role));
  for (const auto& unit : person.units) actor.add_units(unit);
  actor.set_restricted(person.restricted);
  return envelope;
}

v1::Envelope question(const Call& call) {
  v1::Envelope envelope = question(call.person());
  if (call.key) envelope.set_idempotency_key(call.key->bytes.data(), call.key->bytes.size());
  return envelope;
}

asio::awaitable<v1::Envelope> ask_queue(Api& api, v1::Envelope envelope) {
  return ask(api, &Backend::ask_queue, std::move(envelope));
}
asio::awaitable<v1::Envelope> ask_router(Api& api, v1::Envelope envelope) {
  return ask(api, &Backend::ask_router, std::move(envelope));
}

HttpResponse refused(const v1::Envelope& reply) {
  return problem_response(problem_of(reply));
}

HttpResponse refused_dossier(const v1::Envelope& reply) {
  const Problem shown = problem_of(reply);
  return problem_response(dossier_problem(shown.code, shown.field, shown.detail));
}

HttpResponse refused(const Refusal& refusal) {
  return problem_response(problem(refusal));
}

}  // namespace bannette::console
