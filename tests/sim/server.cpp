#include "tests/sim/server.hpp"

#include <algorithm>

#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"
#include "tests/sim/site.hpp"

namespace bannette::sim {
namespace {

constexpr std::int64_t kRoundMs = 250;      // the broker's loop wakes at least that often
constexpr std::int64_t kDrainMs = 5'000;    // at most, when stopping
constexpr std::int64_t kRevokedMs = 1'000;  // a key that is no longer allowed hears nothing after that
constexpr std::int64_t kNapMs = 3'600'000;  // at most, while nobody is there
const Refusal kRevoked{Code::not_authenticated, "", "Cette clé n'est plus autorisée."};
const Refusal kFull{Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};

}  // namespace

Server::Server(Schedule& schedule, Network& network, Timeline& timeline, Mutant mutant)
    : schedule_(schedule), network_(network), timeline_(timeline), saboteur_(mutant) {
  timeline_.booted(boot_id_, booted_at_);
  tell();
}

void Server::tell() {
  const bool ready = running() && !stopping_ && !frozen() && !disk_.full && !disk_.fails;
  timeline_.now_is(schedule_.now(), {ready, wall_offset_ms_, boot_id_, started_at_});
}

Instant Server::instant() const {
  const Instant now{kEpochMs + schedule_.now() + wall_offset_ms_, schedule_.now() - booted_at_, boot_id_};
  return saboteur_.instant(now, wall_offset_ms_);
}

void Server::start() {
  if (running() && stopping_) return schedule_.after(kRoundMs, [this] { start(); });
  if (running()) return;
  schedule_.trace("server", "start");
  disk_.fails = stopping_ = false;
  frozen_until_ = 0;
  started_at_ = schedule_.now();
  began_ = instant();
  const bool keeps_rules = saboteur_.is(Mutant::calendar_not_recomputed) && !rules_.site.empty();
  const Rules rules = configuration();
  if (!keeps_rules) rules_ = saboteur_.rules(rules);
  journal_ = std::make_unique<test::SimJournal>(disk_, rules_.site);
  desk_ =
      std::make_unique<desk::Desk>(desk::Identity{rules_.site, journal_->epoch()},
                                   saboteur_.reload(rules_, *journal_, began_, began_), journal_->head().seq);
  desk_->low_space(low_);
  writing_ = false;
  network_.server_up();
  tell();
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
  if (saboteur_.is(Mutant::disk_lies) && disk_.durable > 0) {
    disk_.rows.pop_back();
    --disk_.durable;
  }
  if (machine) {
    ++boot_id_;
    booted_at_ = schedule_.now();
    timeline_.booted(boot_id_, booted_at_);
  }
  tell();
}

void Server::stop() {
  if (!running() || stopping_) return;
  schedule_.trace("server", "asked to stop");
  stopping_ = true;
  tell();
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
  tell();
  schedule_.after(for_ms, [this, life = life_] {
    if (!running() || life != life_ || frozen()) return;
    schedule_.trace("server", "goes on");
    tell();
    for (const Arrived& each : std::exchange(arrived_, {})) receive(each.route, each.client, each.bytes);
  });
}

void Server::jump_wall(std::int64_t offset_ms) {
  wall_offset_ms_ = offset_ms;
  tell();
}

void Server::disk_full(bool full) {
  disk_.full = full;
  tell();
}

void Server::disk_fails(bool fails) {
  disk_.fails = fails;
  tell();
}

void Server::low_space(bool low) {
  low_ = low;
  if (running()) desk_->low_space(low);
}

void Server::revoke(int client) {
  principals_[static_cast<std::size_t>(client)].revoked_at = schedule_.now();
  if (!running() || saboteur_.is(Mutant::hints_after_revoked)) return;
  for (const auto& [route, its_client] : clients_)
    if (its_client == client) desk_->forget({0, route});
}

void Server::receive(const std::string& route, int client, const std::string& bytes) {
  if (!running()) return;
  if (frozen()) return arrived_.push_back({route, client, bytes});
  const Key& key = principals_[static_cast<std::size_t>(client)];
  clients_[route] = client;
  if (key.revoked_at && !saboteur_.is(Mutant::hints_after_revoked)) {
    desk_->forget({0, route});
    return send({0, route}, codec::error(0, kRevoked));
  }
  const Authority who = saboteur_.authority(key.principal, rules_);
  const std::string body = saboteur_.received(bytes, who, *desk_);
  desk_->receive({0, route}, who, {codec::kHeader, body}, instant());
  flush();
}

void Server::tick(int life) {
  if (!running() || life != life_) return;
  std::int64_t wait = saboteur_.is(Mutant::clock_looked_at_late) ? 10'000 : kRoundMs;
  if (!frozen()) {
    desk_->tick(instant());
    flush();
    if (!running() || life != life_) return;
    const Instant now = instant();
    if (rarely_) wait = std::clamp<std::int64_t>(desk_->next_tick_boot_ms(now) - now.boot_ms, wait, kNapMs);
  }
  schedule_.after(wait, [this, life] { tick(life); });
}

void Server::send(const session::Peer& peer, v1::Envelope envelope) {
  const Key& key = principals_[static_cast<std::size_t>(clients_[peer.route])];
  const bool too_late = key.revoked_at && schedule_.now() > *key.revoked_at + kRevokedMs;
  if (too_late && !envelope.has_error())
    complain(key.principal + " is told something after its key was revoked");
  saboteur_.sent(envelope, saboteur_.authority(key.principal, rules_), *desk_, *journal_);
  if (!network_.server_sends(peer.route, codec::encode(envelope))) desk_->forget(peer);
}

void Server::flush() {
  if (running()) commit();
  if (!running()) return;
  for (auto& out : desk_->outgoing()) {
    desk::fulfil(out, *journal_);
    send(out.peer, std::move(out.envelope));
  }
  end_when_idle();
}

void Server::commit() {
  if (writing_) return;
  auto batch = desk_->start_commit();
  if (!batch) return;
  saboteur_.written(*batch);
  try {
    journal_->write(*batch);
  } catch (const journal::DiskFull&) {
    return desk_->failed(kFull, saboteur_.reload(rules_, *journal_, instant(), began_), instant());
  } catch (const journal::Broken&) {
    return kill(false);
  }
  if (const std::size_t kept = saboteur_.tears(*batch); kept != 0) {  // the machine dies amid it
    disk_.rows.resize(disk_.durable + kept);
    disk_.durable = disk_.rows.size();
    disk_.written.clear();
    kill(false);
    return schedule_.after(100, [this] { start(); });
  }
  writing_ = true;
  if (saboteur_.is(Mutant::reply_before_commit)) desk_->committed(batch->back().persist.change.seq);
  const std::int64_t takes = slow_ ? schedule_.between(300, 2'000) : schedule_.between(1, 25);
  schedule_.after(takes, [this, life = life_] {
    if (running() && life == life_) synced();
  });
}

// The disk goes on while the process is frozen; it hears of that later.
void Server::synced() {
  if (frozen()) {
    return schedule_.after(frozen_until_ - schedule_.now(), [this, life = life_] {
      if (running() && life == life_) synced();
    });
  }
  try {
    const auto head = journal_->sync();
    writing_ = false;
    if (!saboteur_.is(Mutant::reply_before_commit)) desk_->committed(head.seq);
  } catch (const journal::Broken&) {
    return kill(false);
  }
  flush();
}

}  // namespace bannette::sim
