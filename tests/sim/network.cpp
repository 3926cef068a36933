#include "tests/sim/network.hpp"

#include <algorithm>

namespace bannette::sim {
namespace {

constexpr std::size_t kHighWater = 1'000;  // messages that a client's socket keeps while it is not connected
constexpr std::int64_t kReconnectMs = 100;

}  // namespace

int Network::add_client() {
  clients_.emplace_back();
  const int client = static_cast<int>(clients_.size()) - 1;
  if (listening_) connect(client);
  return client;
}

void Network::connect(int client) {
  Client& c = clients_[static_cast<std::size_t>(client)];
  if (!listening_ || !c.route.empty() || schedule_.now() < c.down_until) return;
  c.route = "c" + std::to_string(client) + "#" + std::to_string(++c.connections);
  connections_[c.route].client = client;
  connections_[c.route].route = c.route;
  for (auto& bytes : std::exchange(c.waiting, {})) client_sends(client, std::move(bytes));
}

void Network::client_sends(int client, std::string bytes) {
  Client& c = clients_[static_cast<std::size_t>(client)];
  if (c.route.empty()) {
    if (c.waiting.size() < kHighWater) c.waiting.push_back(std::move(bytes));
    return;
  }
  Connection& connection = connections_.at(c.route);
  connection.last_to_server = std::max(connection.last_to_server, schedule_.now() + delay());
  schedule_.after(connection.last_to_server - schedule_.now(),
                  [this, &connection, life = server_life_, bytes = std::move(bytes)] {
                    if (schedule_.now() > connection.server_hears_until || life != server_life_) return;
                    schedule_.trace(bytes);
                    to_server(connection.route, connection.client, bytes);
                  });
}

bool Network::server_sends(const std::string& route, std::string bytes) {
  const auto found = connections_.find(route);
  if (found == connections_.end()) return false;
  Connection& connection = found->second;
  if (clients_[static_cast<std::size_t>(connection.client)].route != route) return false;
  connection.last_to_client = std::max(connection.last_to_client, schedule_.now() + delay());
  schedule_.after(connection.last_to_client - schedule_.now(), [this, &connection, bytes = std::move(bytes)] {
    if (schedule_.now() > connection.client_hears_until) return;
    schedule_.trace(bytes);
    to_client(connection.client, bytes);
  });
  return true;
}

void Network::disconnect(int client) {
  Client& c = clients_[static_cast<std::size_t>(client)];
  if (c.route.empty()) return;
  Connection& connection = connections_.at(c.route);
  connection.server_hears_until = schedule_.now() + schedule_.between(-1, 40);
  connection.client_hears_until = schedule_.now() + schedule_.between(-1, 40);
  c.route.clear();
}

void Network::cut(int client, std::int64_t down_ms) {
  disconnect(client);
  clients_[static_cast<std::size_t>(client)].down_until = schedule_.now() + down_ms;
  schedule_.after(down_ms, [this, client] { connect(client); });
}

void Network::server_down() {
  listening_ = false;
  ++server_life_;
  for (int client = 0; client < static_cast<int>(clients_.size()); ++client) disconnect(client);
}

void Network::server_up() {
  listening_ = true;
  for (int client = 0; client < static_cast<int>(clients_.size()); ++client)
    schedule_.after(schedule_.between(1, kReconnectMs), [this, client] { connect(client); });
}

}  // namespace bannette::sim
