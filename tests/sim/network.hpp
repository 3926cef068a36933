// Connections as TCP and ZeroMQ keep them: in order while they live, cut at any moment, then made again under
// another routing id. What a client sends meanwhile waits in its socket; what was on the way is lost or
// arrives, from a point on. In bad weather messages are lost, doubled and overtaken one by one, which is more
// than these two allow.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/sim/schedule.hpp"

namespace bannette::sim {

class Network {
 public:
  explicit Network(Schedule& schedule) : schedule_(schedule) {}

  // `to_server`: the routing id, the client, the bytes; called while the server listens.
  std::function<void(const std::string& route, int client, const std::string& bytes)> to_server;
  std::function<void(int client, const std::string& bytes)> to_client;

  int add_client();  // connects at once where the server listens
  void client_sends(int client, std::string bytes);
  // False: no such connection any more.
  bool server_sends(const std::string& route, std::string bytes);

  // Both ends notice at once.
  void cut(int client, std::int64_t down_ms);
  // A partition that nobody notices: what is sent arrives after it, or the connection ends with it.
  enum class Way { to_server, to_client, both };
  void stall(int client, Way way, std::int64_t ms);
  // Of a hundred messages, how many are lost, how many arrive twice, how many are overtaken.
  void weather(int bad_percent) { bad_percent_ = bad_percent; }
  void heal();  // all troubles end: what is stalled is cut, and everybody connects
  void server_down();
  void server_up();

 private:
  struct Line {  // one direction of a connection
    std::int64_t heard_until = INT64_MAX;
    std::int64_t stalled_until = 0;
    std::int64_t last = 0;  // nothing overtakes, but in bad weather
  };
  struct Connection {
    int client = 0;
    std::string route;
    Line to_server, to_client;
  };
  struct Client {
    std::string route;  // empty: not connected
    std::vector<std::string> waiting;
    std::int64_t down_until = 0;
    int connections = 0;
  };
  void connect(int client);
  void disconnect(int client);
  void carry(Line& line, const std::function<void()>& arrive);
  std::int64_t delay() { return schedule_.chance(3) ? schedule_.between(50, 800) : schedule_.between(1, 12); }

  Schedule& schedule_;
  std::vector<Client> clients_;
  std::map<std::string, Connection> connections_;  // those that ended stay, for what is on the way
  bool listening_ = false;
  int server_life_ = 0;
  int bad_percent_ = 0;
};

}  // namespace bannette::sim
