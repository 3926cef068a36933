// The ZeroMQ sockets of both sides, with every option that the wire specification asks for.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <zmq.hpp>

#include "queue/client/link.hpp"

namespace bannette::client {

// tcp:// needs keys, other transports take none. Throws std::invalid_argument, in French.
void check_endpoint(const std::string& endpoint, const std::optional<Curve>& curve);

[[nodiscard]] zmq::socket_t connect_dealer(zmq::context_t& context, const std::string& endpoint,
                                           const std::optional<Curve>& curve);

// Bounds, linger and heartbeats, the same on every socket. Before bind or connect.
void bound_socket(zmq::socket_t& socket);

// One whole message without waiting; false when there is none. At most four parts are kept, so that a message
// of a thousand frames costs nothing; five parts tell that there were more.
[[nodiscard]] bool receive_parts(zmq::socket_t& socket, std::vector<zmq::message_t>& parts);

}  // namespace bannette::client
