#include "tests/sim/server.hpp"

#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"

namespace bannette::sim {
namespace {

constexpr std::int64_t kRoundMs = 250;      // the broker's loop wakes at least that often
constexpr std::int64_t kDrainMs = 5'000;    // at most, when stopping
constexpr std::int64_t kRevokedMs = 1'000;  // a key that is no longer allowed hears nothing after that
const Refusal kRevoked{Code::not_authenticated, "", "Cette clé n'est plus autorisée."};
const Refusal kFull{Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};

// The fields of the message that only a holder may send, or nothing.
template <class Visit>
void with_held(v1::Envelope& envelope, Visit visit) {
  switch (envelope.body_case()) {
    case v1::Envelope::kRenew:
      return visit(*envelope.mutable_renew());
    case v1::Envelope::kRelease:
      return visit(*envelope.mutable_release());
    case v1::Envelope::kAccept:
      return visit(*envelope.mutable_accept());
    case v1::Envelope::kNote:
      return visit(*envelope.mutable_note());
    case v1::Envelope::kHandle:
      return visit(*envelope.mutable_handle());
    default:
      return;
  }
}

}  // namespace

Server::Server(Schedule& schedule, Network& network, Rules rules, Mutant mutant)
    : schedule_(schedule), network_(network), rules_(std::move(rules)), mutant_(mutant) {}

Instant Server::instant() const {
  const std::int64_t boot_ms = mutant_ == Mutant::leases_never_end ? 3'600'000 : schedule_.now() - booted_at_;
  return {kEpochMs + schedule_.now() + wall_offset_ms_, boot_ms, boot_id_};
}

void Server::start() {
  if (running() && stopping_) return schedule_.after(kRoundMs, [this] { start(); });
  if (running()) return;
  schedule_.trace("server", "start");
  disk_.fails = stopping_ = false;
  frozen_until_ = 0;
  journal_ = std::make_unique<test::SimJournal>(disk_, rules_.site);
  desk_ = std::make_unique<desk::Desk>(desk::Identity{rules_.site, journal_->epoch()},
                                       desk::reload(rules_, *journal_, instant()), journal_->head().seq);
  desk_->low_space(low_);
  writing_ = false;
  network_.server_up();
  tick(++life_);
}

void Server::kill(bool machine) {
  if (!running()) return;
  schedule_.trace("server", machine ? "the machine goes down" : "killed");
  network_.server_down();
  ++life_;
  desk_.reset();
  journal_.reset();
  arrived_.clear();
  // What was written and not synced has reached the disk, or not.
  disk_.crash(static_cast<std::size_t>(schedule_.between(0, 1)));
  if (mutant_ == Mutant::disk_lies && disk_.durable > 0) {
    disk_.rows.pop_back();
    --disk_.durable;
  }
  if (!machine) return;
  ++boot_id_;
  booted_at_ = schedule_.now();
}

void Server::stop() {
  if (!running() || stopping_) return;
  schedule_.trace("server", "asked to stop");
  stopping_ = true;
  desk_->drain();
  schedule_.after(kDrainMs, [this, life = life_] {
    if (running() && life == life_) kill(false);
  });
  end_when_idle();
}

void Server::end_when_idle() {
  if (running() && stopping_ && desk_->idle()) kill(false);
}

void Server::freeze(std::int64_t for_ms) {
  if (!running()) return;
  schedule_.trace("server", "frozen");
  frozen_until_ = schedule_.now() + for_ms;
  schedule_.after(for_ms, [this, life = life_] {
    if (!running() || life != life_ || schedule_.now() < frozen_until_) return;
    schedule_.trace("server", "goes on");
    for (const Arrived& each : std::exchange(arrived_, {})) receive(each.route, each.client, each.bytes);
  });
}

void Server::low_space(bool low) {
  low_ = low;
  if (running()) desk_->low_space(low);
}

void Server::revoke(int client) {
  principals_[static_cast<std::size_t>(client)].revoked_at = schedule_.now();
  if (!running() || mutant_ == Mutant::hints_after_revoked) return;
  for (const auto& [route, its_client] : clients_)
    if (its_client == client) desk_->forget({0, route});
}

Authority Server::authority(int client) const {
  const std::string& principal = principals_[static_cast<std::size_t>(client)].principal;
  if (mutant_ == Mutant::unit_filter_missing && principal.starts_with("unit:"))
    return *authority_of("unit:" + std::string(owner_of(rules_.bannettes.front())));
  return *authority_of(principal);
}

std::string Server::broken_rule(const std::string& bytes) {
  auto decoded = codec::decode({codec::kHeader, bytes});
  if (decoded.has_error()) return bytes;
  v1::Envelope& envelope = decoded.value();
  if (mutant_ == Mutant::dedup_forgotten && !envelope.idempotency_key().empty()) {
    std::string& key = *envelope.mutable_idempotency_key();
    ++made_keys_;
    for (std::size_t i = 0; i < 4; ++i) key[12 + i] = static_cast<char>(made_keys_ >> (8 * i));
  }
  if (mutant_ == Mutant::no_fence_check) {
    with_held(envelope, [&](auto& message) {
      const auto named = codec::target(message.dossier());
      if (named.has_error()) return;
      const auto number = named.value().number ? *named.value().number : dossier_number(*named.value().id);
      const auto dossier = desk_->bannettes().find(number);
      if (!dossier || dossier->holder.find('/') == std::string::npos) return;
      message.set_fence(dossier->fence);
      envelope.mutable_actor()->set_name(dossier->holder.substr(dossier->holder.find('/') + 1));
    });
  }
  return codec::encode(envelope);
}

void Server::receive(const std::string& route, int client, const std::string& bytes) {
  if (!running()) return;
  if (schedule_.now() < frozen_until_) return arrived_.push_back({route, client, bytes});
  clients_[route] = client;
  if (principals_[static_cast<std::size_t>(client)].revoked_at && mutant_ != Mutant::hints_after_revoked) {
    desk_->forget({0, route});
    return send({0, route}, codec::error(0, kRevoked));
  }
  const bool tampered = mutant_ == Mutant::dedup_forgotten || mutant_ == Mutant::no_fence_check;
  const std::string body = tampered ? broken_rule(bytes) : bytes;
  desk_->receive({0, route}, authority(client), {codec::kHeader, body}, instant());
  flush();
}

void Server::tick(int life) {
  if (!running() || life != life_) return;
  if (schedule_.now() >= frozen_until_) {
    desk_->tick(instant());
    flush();
  }
  schedule_.after(mutant_ == Mutant::leases_end_late ? 10'000 : kRoundMs, [this, life] { tick(life); });
}

void Server::send(const session::Peer& peer, const v1::Envelope& envelope) {
  const Key& key = principals_[static_cast<std::size_t>(clients_[peer.route])];
  const bool too_late = key.revoked_at && schedule_.now() > *key.revoked_at + kRevokedMs;
  if (too_late && !envelope.has_error())

    complain(key.principal + " is told something after its key was revoked");
  if (!network_.server_sends(peer.route, codec::encode(envelope))) desk_->forget(peer);
}

void Server::flush() {
  if (running()) commit();
  if (!running()) return;
  for (auto& out : desk_->outgoing()) {
    desk::fulfil(out, *journal_);
    send(out.peer, out.envelope);
  }
  end_when_idle();
}

void Server::commit() {
  if (writing_) return;
  const auto batch = desk_->start_commit();
  if (!batch) return;
  try {
    journal_->write(*batch);
  } catch (const journal::DiskFull&) {
    return desk_->failed(kFull, desk::reload(rules_, *journal_, instant()), instant());
  } catch (const journal::Broken&) {
    return kill(false);
  }
  writing_ = true;
  if (mutant_ == Mutant::reply_before_commit) desk_->committed(batch->back().persist.change.seq);
  const std::int64_t takes = slow_ ? schedule_.between(300, 3'000) : schedule_.between(1, 25);
  schedule_.after(takes, [this, life = life_] {
    if (running() && life == life_) synced();
  });
}

// The disk goes on while the process is frozen; it hears of that later.
void Server::synced() {
  if (schedule_.now() < frozen_until_) {
    return schedule_.after(frozen_until_ - schedule_.now(), [this, life = life_] {
      if (running() && life == life_) synced();
    });
  }
  try {
    const auto head = journal_->sync();
    writing_ = false;
    if (mutant_ != Mutant::reply_before_commit) desk_->committed(head.seq);
  } catch (const journal::Broken&) {
    return kill(false);
  }
  flush();
}

}  // namespace bannette::sim
