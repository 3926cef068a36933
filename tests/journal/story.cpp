#include "tests/journal/story.hpp"

#include "queue/core/lifecycle.hpp"

namespace bannette::test {

using journal::Entry;

Uuid Story::uuid() {
  Uuid id;
  for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random_());
  return id;
}

Entry Story::keep(Change change, std::string content, std::string text, std::string contact) {
  change.seq = changes.size() + 1;
  wall_ms_ += 7;
  change.at = {wall_ms_, wall_ms_ - story_start_ms + 1'000, 0xfedcba9876543210};
  std::optional<Dossier> before;
  if (const auto at = dossiers.find(change.number); at != dossiers.end()) before = at->second;
  if (before) change.previous_seq = before->changed_seq;
  const Dossier after = evolve(before, change);
  dossiers[change.number] = after;
  changes.push_back(change);
  Entry entry{{change, after}, std::move(content), std::move(text), std::move(contact)};
  histories[change.number].push_back(entry);
  return entry;
}

Entry Story::submit(const std::string& content, const std::string& contact) {
  Change change;
  change.kind = ChangeKind::submitted;
  change.number = dossiers.size() + 1;
  change.id = uuid();
  change.principal = "router";
  change.actor = "standard/éléonore";
  change.key = uuid();
  for (auto& byte : change.digest) byte = static_cast<std::uint8_t>(random_() | 1);
  change.bannette = "utpas-roubaix-est/pmi";
  change.topic = "pmi-suivi";
  change.insee = "59512";
  change.urgency = static_cast<Urgency>(1 + random_() % 4);
  change.danger = change.urgency <= Urgency::urgent && random_() % 3 == 0;
  change.deadline_ms = random_() % 2 == 0 ? 0 : wall_ms_ + 3'600'000;
  return keep(std::move(change), content, "", contact);
}

Entry Story::change(std::uint64_t number, ChangeKind kind, const std::string& text) {
  const Dossier& dossier = dossiers.at(number);
  Change change;
  change.kind = kind;
  change.number = number;
  change.id = dossier.id;
  change.principal = kind == ChangeKind::lease_expired ? "clock" : "unit:ubt";
  change.actor = change.principal;
  change.reason = "chosen";
  if (kind != ChangeKind::lease_expired) change.key = uuid();
  const bool takes = kind == ChangeKind::reserved || kind == ChangeKind::taken;
  change.fence = dossier.fence + (takes ? 1 : 0);
  if (kind == ChangeKind::reserved || kind == ChangeKind::renewed) change.lease_ms = 120'000;
  if (kind == ChangeKind::handled) change.outcome = Outcome::appointment;
  return keep(std::move(change), "", text, "");
}

Entry Story::of_site() {
  Change change;
  change.seq = changes.size() + 1;
  change.previous_seq = site_seq;
  wall_ms_ += 7;
  change.at = {wall_ms_, wall_ms_ - story_start_ms + 1'000, 0xfedcba9876543210};
  change.kind = ChangeKind::attended;
  change.principal = "console";
  change.actor = "standard/éléonore";
  change.reason = "empty";
  if (random_() % 2 == 0) change.key = uuid();
  site_seq = change.seq;
  changes.push_back(change);
  return {{change, {}}, "", "", ""};
}

std::vector<Entry> Story::walk(std::size_t count) {
  std::vector<Entry> entries;
  while (entries.size() < count) {
    if (random_() % 20 == 0) {
      entries.push_back(of_site());
      continue;
    }
    const std::uint64_t number = dossiers.empty() ? 0 : 1 + random_() % dossiers.size();
    const auto kind = static_cast<ChangeKind>(1 + random_() % 9);
    if (number == 0 || kind == ChangeKind::submitted)
      entries.push_back(
          submit("contenu " + std::to_string(random_()), random_() % 2 == 0 ? canary_phone : ""));
    else if (allowed(dossiers.at(number).state, kind))
      entries.push_back(
          change(number, kind, kind == ChangeKind::noted ? "note " + std::to_string(random_()) : ""));
  }
  return entries;
}

std::vector<Entry> Story::life() {
  std::vector<Entry> entries{submit(canary, canary_phone)};
  const std::uint64_t number = entries.front().persist.change.number;
  for (const auto kind : {ChangeKind::reserved, ChangeKind::noted, ChangeKind::renewed, ChangeKind::accepted,
                          ChangeKind::handled})
    entries.push_back(
        change(number, kind, kind == ChangeKind::noted || kind == ChangeKind::handled ? canary : ""));
  return entries;
}

}  // namespace bannette::test
