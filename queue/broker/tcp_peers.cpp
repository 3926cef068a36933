#include "queue/broker/tcp_peers.hpp"

#include <cstring>

namespace bannette::broker {
namespace {

std::uint32_t number_of(std::string_view server_route) {
  std::uint32_t number = 0;
  std::memcpy(&number, server_route.data() + 1, sizeof number);
  return number;
}

}  // namespace

const Authority* TcpPeers::authority(const session::Peer& peer, std::string_view user_id) {
  const std::uint32_t number = number_of(peer.route);
  if (const auto found = known_.find(number); found != known_.end() && found->second.user_id == user_id)
    return &found->second.who;
  auto who = authorised(user_id);
  if (!who) {  // the ZAP handler reads the folder at each connection, so it may know a key before we do
    refresh();
    who = authorised(user_id);
  }
  if (!who) return nullptr;
  return &known_.insert_or_assign(number, Known{peer, std::string(user_id), std::move(*who)})
              .first->second.who;
}

std::optional<Authority> TcpPeers::authorised(std::string_view user_id) const {
  const auto space = user_id.rfind(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto principal = ring_.principal_of(user_id.substr(space + 1));
  if (!principal || *principal != user_id.substr(0, space)) return std::nullopt;
  return authority_of(*principal);
}

void TcpPeers::refresh() {
  if (!ring_.refresh()) return;
  std::erase_if(known_, [this](const auto& each) {
    if (authorised(each.second.user_id)) return false;
    revoked_(each.second.peer);
    return true;
  });
}

void TcpPeers::keep_only(const session::Sessions& sessions) {
  std::erase_if(known_, [&](const auto& each) { return !sessions.all().contains(each.second.peer); });
}

}  // namespace bannette::broker
