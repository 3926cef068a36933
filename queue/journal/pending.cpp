#include "queue/journal/pending.hpp"

#include <algorithm>

#include "queue/journal/journal.hpp"

namespace bannette::journal {

void Pending::begin(std::uint64_t seq, std::uint64_t site_seq) {
  const std::scoped_lock lock(mutex_);
  fresh_ = {{}, {}, seq, site_seq};
  round_.reset();
  damaged_.clear();
  settled_ = seq;
}

void Pending::add(std::uint64_t seq, const Dossier& after) {
  const std::scoped_lock lock(mutex_);
  fresh_.upto = seq;
  // New dossiers come in order of number: at the end.
  fresh_.dossiers.insert_or_assign(fresh_.dossiers.end(), after.number, after);
}

void Pending::add_contact(const ContactHash& hash, std::uint64_t number) {
  const std::scoped_lock lock(mutex_);
  fresh_.contacts.emplace_back(hash, number);
}

void Pending::add_of_site(std::uint64_t seq) {
  const std::scoped_lock lock(mutex_);
  fresh_.upto = fresh_.site_seq = seq;
}

void Pending::add_damaged(std::uint64_t seq, std::uint64_t number, std::string what) {
  const std::scoped_lock lock(mutex_);
  fresh_.upto = seq;
  damaged_.insert_or_assign(number, std::move(what));
}

std::optional<Dossier> Pending::find(std::uint64_t number) const {
  const std::scoped_lock lock(mutex_);
  if (const auto at = damaged_.find(number); at != damaged_.end()) throw Damaged(at->second);
  if (const auto at = fresh_.dossiers.find(number); at != fresh_.dossiers.end()) return at->second;
  if (!round_) return std::nullopt;
  const auto at = round_->dossiers.find(number);
  return at == round_->dossiers.end() ? std::nullopt : std::optional(at->second);
}

bool Pending::holds(std::uint64_t number) const {
  const std::scoped_lock lock(mutex_);
  return fresh_.dossiers.contains(number) || (round_ && round_->dossiers.contains(number));
}

std::vector<std::uint64_t> Pending::numbers(std::uint64_t after, std::size_t most) const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::uint64_t> numbers;
  const auto take = [&](const Round& from) {
    auto at = from.dossiers.upper_bound(after);
    for (std::size_t i = 0; i < most && at != from.dossiers.end(); ++i, ++at) numbers.push_back(at->first);
  };
  if (round_) take(*round_);
  take(fresh_);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (numbers.size() > most) numbers.resize(most);
  return numbers;
}

std::vector<Dossier> Pending::dossiers() const {
  const std::scoped_lock lock(mutex_);
  std::map<std::uint64_t, const Dossier*> newest;
  if (round_)
    for (const auto& [number, dossier] : round_->dossiers) newest[number] = &dossier;
  for (const auto& [number, dossier] : fresh_.dossiers) newest[number] = &dossier;
  std::vector<Dossier> all;
  all.reserve(newest.size());
  for (const auto& [number, dossier] : newest) all.push_back(*dossier);
  return all;
}

std::vector<std::uint64_t> Pending::by_contact(const ContactHash& hash) const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::uint64_t> numbers;
  const auto take = [&](const Round& from) {
    for (const auto& [its, number] : from.contacts)
      if (its == hash && number != 0) numbers.push_back(number);
  };
  if (round_) take(*round_);
  take(fresh_);
  return numbers;
}

void Pending::forget_contacts(std::uint64_t number) {
  const std::scoped_lock lock(mutex_);
  const auto forget = [&](Round& from) {
    for (auto& contact : from.contacts)
      if (contact.second == number) contact = {};
  };
  if (round_) forget(*round_);
  forget(fresh_);
}

std::uint64_t Pending::last_number() const {
  const std::scoped_lock lock(mutex_);
  const auto last = [](const Round& of) { return of.dossiers.empty() ? 0 : of.dossiers.rbegin()->first; };
  return std::max(last(fresh_), round_ ? last(*round_) : 0);
}

std::uint64_t Pending::upto() const {
  const std::scoped_lock lock(mutex_);
  return fresh_.upto;
}

std::uint64_t Pending::site_seq() const {
  const std::scoped_lock lock(mutex_);
  return fresh_.site_seq;
}

std::size_t Pending::size() const {
  const std::scoped_lock lock(mutex_);
  return fresh_.dossiers.size() + (round_ ? round_->dossiers.size() : 0);
}

std::size_t Pending::records() const {
  const std::scoped_lock lock(mutex_);
  return fresh_.upto - settled_;
}

const Pending::Round& Pending::begin_round() {
  const std::scoped_lock lock(mutex_);
  round_ = std::move(fresh_);
  fresh_ = {{}, {}, round_->upto, round_->site_seq};
  std::sort(round_->contacts.begin(), round_->contacts.end());
  return *round_;
}

void Pending::end_round() {
  const std::scoped_lock lock(mutex_);
  settled_ = round_->upto;
  round_.reset();
}

}  // namespace bannette::journal
