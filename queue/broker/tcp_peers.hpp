// Who speaks over TCP: the principal of the key that our ZAP handler found at the connection, as long as that
// key is allowed. Looked at on every message, so what a User-Id says is worked out only when it is another.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "queue/broker/keys.hpp"
#include "queue/session/sessions.hpp"

namespace bannette::broker {

class TcpPeers {
 public:
  // `revoked` is told of each peer whose key is gone: its session must end.
  TcpPeers(const std::filesystem::path& data, std::function<void(const session::Peer&)> revoked)
      : ring_(data), revoked_(std::move(revoked)) {}

  // `user_id`: "PRINCIPAL KEY". Null: no such key, or it is another principal's by now. The answer lasts
  // until the next call of any of these.
  [[nodiscard]] const Authority* authority(const session::Peer& peer, std::string_view user_id);
  void refresh();  // reads the folder of keys again where it changed
  // Connections come and go under new routing ids: only those with a session are remembered.
  void keep_only(const session::Sessions& sessions);

 private:
  struct Known {
    session::Peer peer;
    std::string user_id;
    Authority who;
  };
  [[nodiscard]] std::optional<Authority> authorised(std::string_view user_id) const;

  KeyRing ring_;
  std::function<void(const session::Peer&)> revoked_;
  std::unordered_map<std::uint32_t, Known> known_;  // by the number in the server's routing id
};

// libzmq's own routing ids are a zero byte and four more. A client may set another one (ZMQ_ROUTING_ID), and
// with it hear what is meant for whoever had it before: such a peer is to be refused.
[[nodiscard]] inline bool is_server_route(std::string_view route) {
  return route.size() == 5 && route[0] == '\0';
}

}  // namespace bannette::broker
