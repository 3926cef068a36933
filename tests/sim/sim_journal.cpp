#include "tests/sim/sim_journal.hpp"

#include <algorithm>

#include "queue/codec/record.hpp"
#include "queue/journal/batch.hpp"
#include "queue/journal/chain.hpp"

namespace bannette::test {

using namespace journal;

void SimDisk::crash(std::size_t kept) {
  if (kept > 0 && !written.empty()) durable = written[std::min(kept, written.size()) - 1];
  rows.resize(durable);
  written.clear();
}

SimJournal::SimJournal(SimDisk& disk, std::string site)
    : disk_(disk), site_(std::move(site)), epoch_(++disk.epoch), head_{0, genesis(site_)} {
  disk_.crash();  // what another process had in flight is nobody's now
  learn(0);
}

void SimJournal::learn(std::size_t from) {
  for (std::size_t i = from; i < disk_.durable; ++i) {
    const Persist& persist = disk_.rows[i].entry.persist;
    if (persist.after.number != 0) dossiers_.insert_or_assign(persist.after.number, persist.after);
    head_ = {persist.change.seq, disk_.rows[i].hash};
  }
}

void SimJournal::refuse_if_broken() const {
  if (broken_) throw Broken("the simulated disk has failed before");
}

void SimJournal::write(std::span<const Entry> batch) {
  refuse_if_broken();
  if (!disk_.written.empty()) throw std::logic_error("a batch is in flight already");
  check_batch(batch, head_, last_number());
  if (disk_.full) throw DiskFull("the simulated disk is full");
  broken_ = disk_.fails;
  refuse_if_broken();
  Hash hash = head_.hash;
  std::string body;
  for (const Entry& entry : batch) {
    codec::encode_record(entry.persist.change, epoch_, body);
    hash = next_hash(hash, entry.persist.change.seq, entry.persist.change.number, body, {});
    disk_.rows.push_back({entry, hash});
  }
  disk_.written.push_back(disk_.rows.size());
}

Head SimJournal::sync() {
  broken_ = broken_ || disk_.fails;
  refuse_if_broken();
  const std::size_t before = disk_.durable;
  disk_.durable = disk_.rows.size();
  disk_.written.clear();
  learn(before);
  return head_;
}

Head SimJournal::append(std::span<const Entry> batch) {
  refuse_if_broken();
  if (batch.empty()) return head_;
  write(batch);
  return sync();
}

void SimJournal::load(const std::function<void(const Dossier&)>& dossier, std::int64_t since_wall_ms,
                      const std::function<void(const Change&)>& keyed,
                      const std::function<void(const Change&)>& site) {
  for (const auto& [number, one] : dossiers_) dossier(one);
  for (std::size_t i = 0; i < disk_.durable; ++i) {
    const Change& change = disk_.rows[i].entry.persist.change;
    if (change.key && change.at.wall_ms >= since_wall_ms) keyed(change);
    if (change.number == 0) site(change);
  }
}

std::vector<Change> SimJournal::since(std::uint64_t seq, std::size_t most) {
  std::vector<Change> changes;
  for (std::size_t i = seq; i < disk_.durable && changes.size() < most; ++i)
    changes.push_back(disk_.rows[i].entry.persist.change);
  return changes;
}

std::optional<Dossier> SimJournal::dossier(std::uint64_t number) {
  const auto at = dossiers_.find(number);
  return at == dossiers_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<std::string> SimJournal::content(std::uint64_t number) {
  const auto at = dossiers_.find(number);
  if (at == dossiers_.end() || disk_.erased.contains(number)) return std::nullopt;
  const std::string& content = disk_.rows[at->second.arrival_seq - 1].entry.content;
  return content.empty() ? std::nullopt : std::optional(content);
}

std::vector<Past> SimJournal::history(std::uint64_t number, std::size_t most) {
  std::vector<Past> past;
  const auto at = dossiers_.find(number);
  if (at == dossiers_.end()) return past;
  const bool gone = disk_.erased.contains(number);
  for (std::uint64_t seq = at->second.changed_seq; seq != 0 && past.size() < most;) {
    const Entry& entry = disk_.rows[seq - 1].entry;
    const bool personal = !(entry.content.empty() && entry.text.empty() && entry.contact.empty());
    past.push_back({entry.persist.change, gone ? "" : entry.text, gone && personal});
    seq = entry.persist.change.previous_seq;
  }
  std::reverse(past.begin(), past.end());
  return past;
}

std::vector<std::uint64_t> SimJournal::by_contact(const std::string& e164, std::size_t most) {
  std::vector<std::uint64_t> numbers;
  for (auto at = dossiers_.rbegin(); at != dossiers_.rend() && numbers.size() < most; ++at)
    if (!disk_.erased.contains(at->first) && disk_.rows[at->second.arrival_seq - 1].entry.contact == e164)
      numbers.push_back(at->first);
  return numbers;
}

bool SimJournal::erased(std::uint64_t number) {
  return dossiers_.contains(number) && disk_.erased.contains(number);
}

void SimJournal::erase(std::uint64_t number) {
  refuse_if_broken();
  if (dossiers_.contains(number)) disk_.erased.insert(number);
}

}  // namespace bannette::test
