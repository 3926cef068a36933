#include "queue/client/socket.hpp"

#include <stdexcept>

#include "queue/core/limits.hpp"

namespace bannette::client {
namespace {

constexpr int kHighWater = 1'000;  // messages, each way and peer
constexpr std::size_t kTransportOverhead =
    1'024;  // CURVE adds 33 bytes a frame; what is a little too large gets an answer
constexpr std::size_t kPartsKept = 5;  // route, header, envelope, and what proves that there were more
constexpr int kTransportHeartbeatMs = 5'000;
constexpr int kTransportTimeoutMs = 15'000;
constexpr std::size_t kKeyLength = 40;  // Z85 of 32 bytes

}  // namespace

void check_endpoint(const std::string& endpoint, const std::optional<Curve>& curve) {
  const bool tcp = endpoint.starts_with("tcp://");
  if (!tcp && !endpoint.starts_with("inproc://"))
    throw std::invalid_argument("adresse inconnue : " + endpoint + " ; écrire plutôt tcp://127.0.0.1:5570");
  if (!tcp) return;
  if (!curve) throw std::invalid_argument("une connexion tcp demande des clés (--key et --server-key)");
  for (const auto* key : {&curve->public_key, &curve->secret_key, &curve->server_key})
    if (key->size() != kKeyLength) throw std::invalid_argument("une clé CURVE fait 40 caractères (Z85)");
}

void bound_socket(zmq::socket_t& socket) {
  socket.set(zmq::sockopt::linger, 0);
  socket.set(zmq::sockopt::sndhwm, kHighWater);
  socket.set(zmq::sockopt::rcvhwm, kHighWater);
  socket.set(zmq::sockopt::maxmsgsize, static_cast<std::int64_t>(limits::envelope + kTransportOverhead));
  socket.set(zmq::sockopt::heartbeat_ivl, kTransportHeartbeatMs);
  socket.set(zmq::sockopt::heartbeat_timeout, kTransportTimeoutMs);
}

zmq::socket_t connect_dealer(zmq::context_t& context, const std::string& endpoint,
                             const std::optional<Curve>& curve) {
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  bound_socket(socket);
  // Not ZMQ_IMMEDIATE: with it libzmq 4.3.4 takes the pipe away in the middle of a message that is being read
  // when the connection breaks, and its own assertion then ends the process. Greetings that pile up meanwhile
  // (one each heartbeat, bounded by the high-water mark) do no harm: the server takes them one after another.
  socket.set(zmq::sockopt::reconnect_ivl, 100);
  socket.set(zmq::sockopt::reconnect_ivl_max, 2'000);
  if (curve) {
    socket.set(zmq::sockopt::curve_publickey, curve->public_key);
    socket.set(zmq::sockopt::curve_secretkey, curve->secret_key);
    socket.set(zmq::sockopt::curve_serverkey, curve->server_key);
  }
  socket.connect(endpoint);
  return socket;
}

bool receive_parts(zmq::socket_t& socket, std::vector<zmq::message_t>& parts) {
  parts.clear();
  zmq::message_t part;
  if (!socket.recv(part, zmq::recv_flags::dontwait)) return false;
  bool more = part.more();
  parts.push_back(std::move(part));
  while (more) {
    zmq::message_t next;
    // The rest of a message is there once its first part is (ZeroMQ delivers whole messages).
    if (!socket.recv(next, zmq::recv_flags::dontwait)) break;
    more = next.more();
    if (parts.size() < kPartsKept) parts.push_back(std::move(next));
  }
  return true;
}

}  // namespace bannette::client
