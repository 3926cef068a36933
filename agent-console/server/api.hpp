// What the handlers of the REST interface share, and how a request reaches its handler.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include <boost/json/object.hpp>

#include "agent-console/core/curves.hpp"
#include "agent-console/core/permissions.hpp"
#include "agent-console/core/throttle.hpp"
#include "agent-console/server/assets.hpp"
#include "agent-console/server/backend.hpp"
#include "agent-console/server/drafting.hpp"
#include "agent-console/server/failed_logins.hpp"
#include "agent-console/server/hashing.hpp"
#include "agent-console/server/http.hpp"
#include "agent-console/server/live.hpp"
#include "agent-console/server/metrics.hpp"
#include "agent-console/server/preferences.hpp"
#include "agent-console/server/render.hpp"
#include "agent-console/server/sessions.hpp"
#include "queue/async/tasks.hpp"
#include "queue/core/ids.hpp"

namespace bannette::console {

// Everything of the running server that a request may need. One thread.
struct Api {
  Api(const Options& options, Backend& backend, Tasks& tasks);

  const Options& options;
  Backend& backend;
  Tasks& tasks;
  Accounts accounts;
  Preferences preferences;
  Sessions sessions;
  Throttle by_person;   // account and address
  Throttle by_address;  // looser: many people may share one
  FailedLogins failed_logins;
  Hashing hashing;
  Drafting drafting;
  Metrics metrics;
  Render render;
  Assets assets;
  std::array<Representation, 2> catalogues;  // without and with what operators say
  Live live;
  Curves curves;
  std::string openapi;
  std::size_t connections = 0;
  std::uint64_t last_seq = 0;  // the newest change heard of
  bool stopping = false;
};

// Who asks.
struct Client {
  Person person;
  std::shared_ptr<Session> session;  // browsers
  bool machine = false;              // by token
};

// One request on its way to its handler: all that every handler may rely on.
struct Call {
  const HttpRequest& http;
  std::optional<Client> client;  // set unless the route is open to all
  boost::json::object body;      // of a request that changes something
  std::string dossier;           // {id} of a path below /dossiers, checked for its form
  std::string call_id;           // {id} of another path: of a call or a draft, checked for its form
  std::string pbx;               // whose token it is; empty: a person's or a machine's request
  std::string key_text;          // Idempotency-Key
  std::optional<Uuid> key;

  [[nodiscard]] const Person& person() const { return client->person; }
};

using Handler = asio::awaitable<HttpResponse> (*)(Api&, const Call&);

enum class Needs : std::uint8_t { nothing, session, session_and_key, pbx };

struct Route {
  Verb verb;
  std::string_view pattern;  // "/api/v1/dossiers/{id}/take"
  Needs needs;
  std::optional<Action> action;
  Handler handler;
};

// All routes; openapi.json describes the same (a test compares).
[[nodiscard]] std::span<const Route> routes();

// What a session that only a wall keeps may still ask: the board's figures and what every page asks first,
// nothing of anybody's content and no change.
[[nodiscard]] bool for_walls(const Route& route);

// The answer, whatever happens: exceptions become problems here, once. Counts and times.
[[nodiscard]] asio::awaitable<HttpResponse> respond(Api& api, const HttpRequest& request);

// Who opens a live connection: a browser with a session, from our own page.
[[nodiscard]] std::variant<Client, HttpResponse> authorise_live(Api& api, const HttpRequest& request);

// Questions to queue and router.
[[nodiscard]] v1::Envelope question(const Person& person);  // with the actor
[[nodiscard]] v1::Envelope question(const Call& call);      // and the key
[[nodiscard]] asio::awaitable<v1::Envelope> ask_queue(Api& api, v1::Envelope envelope);
[[nodiscard]] asio::awaitable<v1::Envelope> ask_router(Api& api, v1::Envelope envelope);
// What a reply is that was not hoped for: its error, or that the service behind answered something else.
[[nodiscard]] HttpResponse refused(const v1::Envelope& reply);
[[nodiscard]] HttpResponse refused_dossier(const v1::Envelope& reply);
[[nodiscard]] HttpResponse refused(const Refusal& refusal);

}  // namespace bannette::console
