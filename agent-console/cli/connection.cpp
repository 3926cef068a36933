#include "agent-console/cli/connection.hpp"

#include <charconv>

#include "agent-console/cli/terminal_text.hpp"
#include "queue/broker/keys.hpp"
#include "queue/core/authority.hpp"

namespace bannette::console {
namespace {

constexpr std::chrono::seconds kConnect{5};

// tcp://HOST:PORT, with a port from 1 to 65535; libzmq takes others for something else, or stops.
void check_form(const std::string& endpoint) {
  const std::string tcp = "tcp://";
  const auto colon = endpoint.rfind(':');
  const bool has_both = endpoint.starts_with(tcp) && colon != std::string::npos && colon > tcp.size();
  std::uint16_t port = 0;
  const char* end = endpoint.data() + endpoint.size();
  if (has_both) {
    const auto parsed = std::from_chars(endpoint.data() + colon + 1, end, port);
    if (parsed.ec != std::errc{} || parsed.ptr != end) port = 0;
  }
  if (port == 0 || endpoint.find_first_of("*;, ") != std::string::npos)
    throw WrongUse("--zmq : « " + visible(endpoint) +
                   " » ; écrire plutôt tcp://HÔTE:PORT, par exemple tcp://127.0.0.1:5570");
}

client::Curve curve_of(const QueueConnectionOptions& options) {
  if (options.endpoint.empty()) throw WrongUse("--zmq manque ; écrire plutôt --zmq tcp://127.0.0.1:5570");
  check_form(options.endpoint);
  if (options.key_file.empty())
    throw WrongUse("--key manque : le fichier de vos clés (bannette key new --out FICHIER)");
  if (options.server_key_file.empty())
    throw WrongUse(
        "--server-key manque : la clé publique du serveur (DATA/server.key.pub ou DATA/endpoints.json)");
  auto pair = broker::read_key_pair(options.key_file);
  if (pair.has_error()) throw WrongUse(pair.error().detail);
  auto server = broker::read_public_key(options.server_key_file);
  if (server.has_error()) throw WrongUse(server.error().detail);
  return {pair.value().public_key, pair.value().secret_key, server.value()};
}

std::string unit_of(const std::string& principal) {
  return principal.starts_with("unit:") ? principal.substr(5) : principal;
}

}  // namespace

QueueConnection::QueueConnection(const QueueConnectionOptions& options)
    : unit_(options.unit), actor_(options.actor) {
  require_utf8("--unit", unit_);
  require_utf8("--actor", actor_);
  const auto role = parse_role(options.role);
  if (!role)
    throw WrongUse("--role inconnu : « " + visible(options.role) +
                   " » ; écrire plutôt agent, manager, supervisor, operator, admin ou auditor");
  role_ = static_cast<v1::Role>(*role);
  client::Options link_options;
  link_options.endpoint = options.endpoint;
  link_options.curve = curve_of(options);
  link_options.program = "bannette-cli";
  link_options.request_timeout = std::chrono::seconds{15};
  link_options.outstanding = 256;
  try {
    link_ = std::make_unique<client::Link>(link_options);
  } catch (const std::invalid_argument& error) {
    throw WrongUse(error.what());
  }
  link_->start();
  if (!link_->wait_up(kConnect))
    throw Refused("unavailable", "--zmq",
                  "Pas de réponse de " + options.endpoint +
                      " : le service tourne-t-il, et votre clé est-elle connue ?");
  principal_ = link_->welcome().principal();
  const std::string owner = unit_.substr(0, unit_.find('/'));
  const bool one_of_units = principal_.starts_with("unit:") || principal_.starts_with("service:");
  if (one_of_units && !unit_.empty() && owner != unit_of(principal_))
    throw Refused("forbidden", "--unit", "Cette clé est celle de " + principal_ + ", pas de " + unit_ + ".");
}

void QueueConnection::put_actor(v1::Envelope& request) const {
  if (principal_ == "console") {
    request.mutable_actor()->set_name(actor_.empty() ? "console" : actor_);
    request.mutable_actor()->set_role(role_);
    if (!unit_.empty()) request.mutable_actor()->add_units(unit_.substr(0, unit_.find('/')));
  } else if (!actor_.empty()) {
    request.mutable_actor()->set_name(actor_);
    request.mutable_actor()->set_role(role_);
  }
}

std::vector<std::string> QueueConnection::bannettes() {
  if (unit_.find('/') == std::string::npos) return {};
  return {unit_};
}

v1::Envelope QueueConnection::ask(v1::Envelope request) {
  put_actor(request);
  v1::Envelope reply = link_->ask(std::move(request)).get();
  if (reply.has_error()) throw Refused(reply.error().code(), reply.error().field(), reply.error().detail());
  return reply;
}

}  // namespace bannette::console
