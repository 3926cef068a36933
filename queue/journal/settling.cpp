#include "queue/journal/settling.hpp"

namespace bannette::journal {

Settling::Settling(sqlite::Database& db, Pending& pending)
    : pending_(pending),
      dossiers_(db),
      contact_(db, "INSERT OR IGNORE INTO contact(contact_hash,number) VALUES(?,?)"),
      settled_(db, "UPDATE meta SET settled_seq=?,site_seq=?") {}

void Settling::begin() {
  round_ = &pending_.begin_round();
  number_ = 0;
  contacts_ = 0;
}

void Settling::write(std::size_t most) {
  step_ = {number_, contacts_, false};
  auto at = round_->dossiers.upper_bound(number_);
  for (; most > 0 && at != round_->dossiers.end(); ++at, --most) {
    dossiers_.put(at->second);
    step_.number = at->first;
  }
  for (; most > 0 && step_.contacts < round_->contacts.size(); ++step_.contacts, --most) {
    const auto& [hash, number] = round_->contacts[step_.contacts];
    if (number == 0) continue;  // erased meanwhile
    contact_.bind_blob(1, std::span<const std::uint8_t>(hash)).bind_unsigned(2, number).run();
  }
  if (at != round_->dossiers.end() || step_.contacts < round_->contacts.size()) return;
  settled_.bind_unsigned(1, round_->upto).bind_unsigned(2, round_->site_seq).run();
  step_.last = true;
}

void Settling::done() {
  number_ = step_.number;
  contacts_ = step_.contacts;
  if (!step_.last) return;
  round_ = nullptr;
  pending_.end_round();
}

}  // namespace bannette::journal
