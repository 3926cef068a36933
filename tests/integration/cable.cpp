#include "tests/integration/cable.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bannette::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// At once, without a goodbye: what is on its way is lost.
void reset(int socket) {
  const linger none{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  ::close(socket);
}

}  // namespace

Cable::Cable(const std::string& endpoint)
    : to_port_(static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1)))),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0)
    throw std::system_error(errno, std::generic_category(), "listen");
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  endpoint_ = "tcp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  thread_ = std::thread([this] { run(); });
}

Cable::~Cable() {
  stopping_ = true;
  wake_.signal();
  thread_.join();
  ::close(listener_);
}

void Cable::accept_one() {
  const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(to_port_);
  if (client >= 0 && ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    connections_.push_back({client, server});
    signal_.change([this] { ++made_; });
    return;
  }
  if (client >= 0) reset(client);
  ::close(server);
}

void Cable::cut_once(Way way, std::uint64_t bytes) {
  (way == Way::to_server ? once_to_server_ : once_to_client_) = bytes;
}

void Cable::cut_now() {
  cut_now_ = true;
  wake_.signal();
}

bool Cable::wait_connections(std::uint64_t made) {
  return signal_.wait([&] { return made_ >= made; });
}

bool Cable::wait_bytes_to_client(std::uint64_t total) {
  return signal_.wait([&] { return bytes_to_client_ >= total; });
}

bool Cable::forward(Connection& connection, Way way) {
  const bool to_server = way == Way::to_server;
  auto& passed = to_server ? connection.to_server : connection.to_client;
  auto& once = to_server ? once_to_server_ : once_to_client_;
  const std::uint64_t most = once;  // of the connection
  char room[4'096];
  const std::size_t wanted = std::min<std::uint64_t>(sizeof room, most - passed);
  const int from = to_server ? connection.client : connection.server;
  const ssize_t got = wanted == 0 ? 0 : ::recv(from, room, wanted, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got < 0 || (got == 0 && wanted > 0)) return false;
  passed += static_cast<std::uint64_t>(got);
  passed_ += static_cast<std::uint64_t>(got);
  if (!to_server) signal_.change([&] { bytes_to_client_ += static_cast<std::uint64_t>(got); });
  const int to = to_server ? connection.server : connection.client;
  const bool sent = got == 0 || ::send(to, room, static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
  if (passed < most) return sent;
  once = kNever;
  ++cuts_;
  return false;
}

bool Cable::serve(Connection& connection, short from_client, short from_server) {
  return (from_client == 0 || forward(connection, Way::to_server)) &&
         (from_server == 0 || forward(connection, Way::to_client));
}

void Cable::run() {
  while (!stopping_) {
    std::vector<pollfd> items{{wake_.fd(), POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const auto& each : connections_) {
      items.push_back({each.client, POLLIN, 0});
      items.push_back({each.server, POLLIN, 0});
    }
    ::poll(items.data(), items.size(), -1);
    std::size_t item = 2;
    for (auto at = connections_.begin(); at != connections_.end(); item += 2) {
      if (serve(*at, items[item].revents, items[item + 1].revents)) {
        ++at;
        continue;
      }
      reset(at->client);
      reset(at->server);
      at = connections_.erase(at);
    }
    if (items[1].revents != 0) accept_one();
    wake_.clear();
    const bool due = (cut_each_ != 0 && passed_ >= cut_each_) || cut_now_.exchange(false);
    if (!due) continue;
    passed_ = 0;
    ++cuts_;
    for (const auto& each : connections_) {
      reset(each.client);
      reset(each.server);
    }
    connections_.clear();
  }
  for (const auto& each : connections_) {
    ::close(each.client);
    ::close(each.server);
  }
}

}  // namespace bannette::test
