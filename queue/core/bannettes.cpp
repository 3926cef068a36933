// Memory, order and time of the bannettes. What is allowed stands in decide.cpp.
#include "queue/core/bannettes.hpp"

#include <algorithm>
#include <cstring>

#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

}  // namespace

std::size_t Bannettes::KeyHash::operator()(const KeyId& id) const {
  std::uint64_t low = 0;  // the random half of a UUIDv7
  std::memcpy(&low, id.key.bytes.data() + 8, sizeof low);
  return low ^ (std::uint64_t{id.principal} << 32);
}

std::uint32_t Bannettes::Names::index(std::string_view text) {
  if (auto found = indexes_.find(text); found != indexes_.end()) return found->second;
  texts_.emplace_back(text);
  const auto index = static_cast<std::uint32_t>(texts_.size() - 1);
  indexes_.emplace(texts_.back(), index);  // a deque never moves its elements
  return index;
}

Bannettes::Bannettes(Rules rules) : rules_(std::move(rules)), site_tag_(fnv1a(rules_.site)) {
  static_assert(sizeof(Header) <= 250);
  for (const auto& bannette : rules_.bannettes) {
    const auto index = bannette_names_.index(bannette);
    known_bannettes_.insert(index);
    trays_[index];
  }
  for (const auto& topic : rules_.topics) known_topics_.insert(topic_names_.index(topic.code));
}

Bannettes::Tray& Bannettes::tray_of(std::uint32_t bannette) {
  return trays_[bannette];
}

Dossier Bannettes::opened(std::uint64_t number, const Header& h) const {
  Dossier d;
  d.id = h.id;
  d.number = number;
  d.bannette = bannette_names_.text(h.bannette);
  d.state = h.state;
  d.topic = topic_names_.text(h.topic);
  d.urgency = h.urgency;
  d.danger = h.danger;
  if (h.insee[0] != 0) d.insee.assign(h.insee.data(), h.insee.size());
  d.arrived_ms = h.arrived_ms;
  d.deadline_ms = h.deadline_ms;
  d.arrival_seq = h.arrival_seq;
  d.changed_seq = h.changed_seq;
  d.changed_ms = h.changed_ms;
  d.fence = h.fence;
  d.holder = people_.text(h.holder);
  d.lease_ms = h.lease_ms;
  d.lease_until_wall_ms = h.lease_until_wall_ms;
  d.lease_until_boot_ms = h.lease_until_boot_ms;
  d.lease_boot_id = h.lease_boot_id;
  d.outcome = h.outcome;
  return d;
}

OrderKey Bannettes::key_of(std::uint64_t number, const Header& h) const {
  return order_key(h.urgency, h.deadline_ms, h.arrival_seq, number);
}

void Bannettes::enter(std::uint64_t number, const Header& h) {
  Tray& tray = tray_of(h.bannette);
  if (h.state == State::waiting) tray.waiting.insert(key_of(number, h));
  if (h.state == State::reserved || h.state == State::in_progress) tray.held.insert(key_of(number, h));
  if (h.state == State::reserved) {
    ++tray.reserved;
    leases_.insert({h.lease_end_boot_ms, number});
  }
}

void Bannettes::leave(std::uint64_t number, const Header& h) {
  Tray& tray = tray_of(h.bannette);
  if (h.state == State::waiting) tray.waiting.erase(key_of(number, h));
  if (h.state == State::reserved || h.state == State::in_progress) tray.held.erase(key_of(number, h));
  if (h.state == State::reserved) {
    --tray.reserved;
    leases_.erase({h.lease_end_boot_ms, number});
  }
}

void Bannettes::put(const Dossier& d, std::int64_t lease_end_boot_ms) {
  Header h{};
  h.lease_end_boot_ms = lease_end_boot_ms;
  h.id = d.id;
  h.arrival_seq = d.arrival_seq;
  h.changed_seq = d.changed_seq;
  h.fence = d.fence;
  h.lease_boot_id = d.lease_boot_id;
  h.arrived_ms = d.arrived_ms;
  h.deadline_ms = d.deadline_ms;
  h.changed_ms = d.changed_ms;
  h.lease_ms = d.lease_ms;
  h.lease_until_wall_ms = d.lease_until_wall_ms;
  h.lease_until_boot_ms = d.lease_until_boot_ms;
  h.bannette = bannette_names_.index(d.bannette);
  h.topic = topic_names_.index(d.topic);
  h.holder = people_.index(d.holder);
  if (d.insee.size() == h.insee.size()) std::copy(d.insee.begin(), d.insee.end(), h.insee.begin());
  h.state = d.state;
  h.urgency = d.urgency;
  h.outcome = d.outcome;
  h.danger = d.danger;

  auto [at, is_new] = dossiers_.try_emplace(d.number, h);
  if (!is_new) {
    leave(d.number, at->second);
    at->second = h;
  }
  enter(d.number, h);
}

void Bannettes::restore(const Dossier& d, const Instant& now) {
  if (d.state != State::reserved || d.lease_boot_id == now.boot_id) return put(d, d.lease_until_boot_ms);
  // Another boot: what is left by the wall clock, but never more than the lease. Fencing keeps a wrong guess
  // safe. The dossier itself stays as its history says.
  const auto left = std::clamp<std::int64_t>(d.lease_until_wall_ms - now.wall_ms, 0, d.lease_ms);
  put(d, now.boot_ms + left);
}

void Bannettes::restore_key(const Change& change, const Instant&) {
  if (!change.key) return;
  const KeyId id{principals_.index(change.principal), *change.key};
  keys_.emplace(id, Remembered{change.digest, change.seq, change.number, change.fence});
  key_ages_.push_back({change.at.wall_ms, id});
}

void Bannettes::begin(std::uint64_t last_seq, std::uint64_t last_number) {
  last_seq_ = last_seq;
  last_number_ = last_number;
}

void Bannettes::forget_keys(std::int64_t wall_ms) {
  // A key's own time is at most key_ahead_max after its acceptance; past its age it is refused by that time
  // alone.
  while (!key_ages_.empty() &&
         key_ages_.front().accepted_ms + limits::key_ahead_max + limits::key_age_max < wall_ms) {
    keys_.erase(key_ages_.front().id);
    key_ages_.pop_front();
  }
}

// Numbers the change, makes it the state, and gives what is to be kept.
Persist Bannettes::commit(Change change, const Instant& now) {
  change.seq = ++last_seq_;
  change.at = now;
  std::optional<Dossier> before;
  std::int64_t lease_end_boot_ms = 0;
  if (const auto found = dossiers_.find(change.number); found != dossiers_.end()) {
    before = opened(change.number, found->second);
    lease_end_boot_ms = found->second.lease_end_boot_ms;
    change.previous_seq = before->changed_seq;
    change.id = before->id;
  } else {
    last_number_ = change.number;
  }
  Dossier after = evolve(before, change);
  if (change.lease_ms != 0) lease_end_boot_ms = after.lease_until_boot_ms;  // a lease starts
  put(after, lease_end_boot_ms);

  if (change.key) {
    const KeyId id{principals_.index(change.principal), *change.key};
    keys_.emplace(id, Remembered{change.digest, change.seq, change.number, change.fence});
    key_ages_.push_back({now.wall_ms, id});
  }
  if (change.kind == ChangeKind::accepted || change.kind == ChangeKind::taken) {
    Tray& tray = tray_of(bannette_names_.index(after.bannette));
    ++tray.taken;
    tray.waits_ms.push_back(std::max<std::int64_t>(0, now.wall_ms - after.arrived_ms));
    if (tray.waits_ms.size() > limits::wait_sample) tray.waits_ms.pop_front();
  }
  return {std::move(change), std::move(after)};
}

std::vector<Persist> Bannettes::expire(const Instant& now, std::size_t most) {
  std::vector<Persist> ended;
  while (!leases_.empty() && leases_.begin()->first <= now.boot_ms && ended.size() < most) {
    const std::uint64_t number = leases_.begin()->second;
    Change change;
    change.kind = ChangeKind::lease_expired;
    change.number = number;
    change.principal = "clock";
    change.actor = people_.text(dossiers_.at(number).holder);  // whose reservation ended
    change.reason = "lease_expired";
    change.fence = dossiers_.at(number).fence;
    ended.push_back(commit(std::move(change), now));
  }
  return ended;
}

std::optional<std::int64_t> Bannettes::next_expiry_boot_ms() const {
  if (leases_.empty()) return std::nullopt;
  return leases_.begin()->first;
}

Effects Bannettes::apply(const Request& request, const Instant& now) {
  Effects effects;
  effects.persist = expire(now);
  forget_keys(now.wall_ms);
  std::optional<Reply> replayed;
  if (request.key) replayed = replay(request, {principals_.index(request.who.principal), *request.key});
  if (replayed) {
    effects.reply = std::move(*replayed);
  } else if (auto change = decide(request, now); change.has_error()) {
    effects.reply = change.error();
  } else {
    const Persist& kept = effects.persist.emplace_back(commit(std::move(change.value()), now));
    const Dossier& d = kept.after;
    if (kept.change.kind == ChangeKind::submitted)
      effects.reply = Receipt{kept.change.seq, d.id, d.number, d.bannette, d.arrived_ms, d.deadline_ms};
    else
      effects.reply = Done{kept.change.seq, d.fence, d};
  }
  effects.reply_after_seq = last_seq_;
  return effects;
}

std::optional<Dossier> Bannettes::find(std::uint64_t number) const {
  const auto found = dossiers_.find(number);
  if (found == dossiers_.end()) return std::nullopt;
  return opened(number, found->second);
}

bool Bannettes::knows(std::string_view bannette) const {
  return std::any_of(known_bannettes_.begin(), known_bannettes_.end(),
                     [&](auto index) { return bannette_names_.text(index) == bannette; });
}

}  // namespace bannette
