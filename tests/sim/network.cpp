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

void Network::carry(Line& line, const std::function<void()>& arrive) {
  if (bad_percent_ != 0 && schedule_.chance(bad_percent_)) return;  // lost
  const int times = bad_percent_ != 0 && schedule_.chance(bad_percent_) ? 2 : 1;
  for (int i = 0; i < times; ++i) {
    const std::int64_t at = std::max(schedule_.now(), line.stalled_until) + delay();
    const bool overtaken = bad_percent_ != 0 && schedule_.chance(bad_percent_);
    if (!overtaken) line.last = std::max(line.last, at);
    const std::int64_t arrives = overtaken ? at + schedule_.between(0, 2'000) : line.last;
    schedule_.after(arrives - schedule_.now(), arrive);
  }
}

void Network::client_sends(int client, std::string bytes) {
  Client& c = clients_[static_cast<std::size_t>(client)];
  if (c.route.empty()) {
    if (c.waiting.size() < kHighWater) c.waiting.push_back(std::move(bytes));
    return;
  }
  Connection& connection = connections_.at(c.route);
  carry(connection.to_server, [this, &connection, life = server_life_, bytes = std::move(bytes)] {
    if (schedule_.now() > connection.to_server.heard_until || life != server_life_) return;
    schedule_.trace(connection.route + " >", bytes);
    to_server(connection.route, connection.client, bytes);
  });
}

bool Network::server_sends(const std::string& route, std::string bytes) {
  const auto found = connections_.find(route);
  if (found == connections_.end()) return false;
  Connection& connection = found->second;
  if (clients_[static_cast<std::size_t>(connection.client)].route != route) return false;
  carry(connection.to_client, [this, &connection, bytes = std::move(bytes)] {
    if (schedule_.now() > connection.to_client.heard_until) return;
    schedule_.trace(connection.route + " <", bytes);
    to_client(connection.client, bytes);
  });
  return true;
}

void Network::disconnect(int client) {
  Client& c = clients_[static_cast<std::size_t>(client)];
  if (c.route.empty()) return;
  Connection& connection = connections_.at(c.route);
  connection.to_server.heard_until = schedule_.now() + schedule_.between(-1, 40);
  connection.to_client.heard_until = schedule_.now() + schedule_.between(-1, 40);
  c.route.clear();
}

void Network::cut(int client, std::int64_t down_ms) {
  disconnect(client);
  clients_[static_cast<std::size_t>(client)].down_until = schedule_.now() + down_ms;
  schedule_.after(down_ms, [this, client] { connect(client); });
}

void Network::stall(int client, Way way, std::int64_t ms) {
  const std::string route = clients_[static_cast<std::size_t>(client)].route;
  if (route.empty()) return;
  Connection& connection = connections_.at(route);
  const std::int64_t until = schedule_.now() + ms;
  const auto stalled = [](Line& line, std::int64_t at) {
    line.stalled_until = std::max(line.stalled_until, at);
  };
  if (way != Way::to_client) stalled(connection.to_server, until);
  if (way != Way::to_server) stalled(connection.to_client, until);
  if (!schedule_.chance(50)) return;
  schedule_.after(ms, [this, client, route] {  // one end gave it up: what was under way is lost
    if (clients_[static_cast<std::size_t>(client)].route == route) cut(client, schedule_.between(1, 500));
  });
}

void Network::heal() {
  bad_percent_ = 0;
  for (int client = 0; client < static_cast<int>(clients_.size()); ++client) {
    Client& c = clients_[static_cast<std::size_t>(client)];
    c.down_until = schedule_.now();
    if (!c.route.empty()) {
      const Connection& now = connections_.at(c.route);
      if (std::max(now.to_server.stalled_until, now.to_client.stalled_until) > schedule_.now())
        disconnect(client);
    }
    connect(client);
  }
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
