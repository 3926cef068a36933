// What may be seen of the bannettes: trays, counts, and by what right a dossier is read.
#include <algorithm>

#include "queue/core/bannettes.hpp"
#include "queue/core/deciding.hpp"
#include "queue/core/limits.hpp"

namespace bannette {
namespace {

constexpr std::size_t kBeside = 50;  // offered and copied dossiers in a page, each

}  // namespace

Result<std::vector<std::uint32_t>> Bannettes::visible(const Authority& who,
                                                      const std::vector<std::string>& names,
                                                      bool (*may)(const Authority&, std::string_view)) const {
  std::vector<std::uint32_t> indexes;
  for (const auto& [index, tray] : trays_.all()) {
    const std::string& bannette = headers_.bannettes.text(index);
    const bool asked = names.empty() || std::find(names.begin(), names.end(), bannette) != names.end();
    if (asked && may(who, bannette)) indexes.push_back(index);
  }
  for (const auto& wanted : names) {
    const auto index = headers_.bannettes.find(wanted);
    if (!index || !trays_.all().contains(*index) || !may(who, wanted))
      return refuse(Code::unknown_bannette, "bannettes",
                    "Bannette inconnue, ou qui n'est pas la vôtre : " + wanted);
  }
  return indexes;
}

Result<TrayPage> Bannettes::tray(const Authority& who, const std::vector<std::string>& bannettes,
                                 std::size_t limit) const {
  auto indexes = visible(who, bannettes, may_list);
  if (indexes.has_error()) return indexes.error();
  TrayPage page;
  std::vector<OrderKey> keys;
  for (auto set : {&Tray::waiting, &Tray::held}) {
    keys.clear();
    const std::size_t room = limit - page.items.size();
    for (auto index : indexes.value()) {
      const auto& one = trays_.all().at(index).*set;
      page.total += one.size();
      // The first `room` of each are enough for the first `room` of all.
      std::size_t taken = 0;
      for (auto at = one.begin(); at != one.end() && taken < room; ++at, ++taken) keys.push_back(*at);
    }
    const std::size_t taken = std::min(room, keys.size());
    std::partial_sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(taken), keys.end());
    for (std::size_t i = 0; i < taken; ++i) page.items.push_back(headers_.opened(keys[i].number));
  }
  std::set<std::uint64_t> offered, copies;
  for (auto index : indexes.value()) {
    const Tray& one = trays_.all().at(index);
    offered.insert(one.offered.begin(), one.offered.end());
    copies.insert(one.copies.begin(), one.copies.end());
  }
  for (auto at = offered.begin(); at != offered.end() && page.offered.size() < kBeside; ++at)
    page.offered.push_back(headers_.opened(*at));
  for (auto at = copies.rbegin(); at != copies.rend() && page.copies.size() < kBeside; ++at)
    page.copies.push_back(headers_.opened(*at));
  return page;
}

Result<EndedPage> Bannettes::ended(const Authority& who, const std::vector<std::string>& bannettes,
                                   std::size_t limit, std::uint64_t before, const Sought& sought) const {
  auto indexes = visible(who, bannettes, may_list);
  if (indexes.has_error()) return indexes.error();
  const std::set<std::uint32_t> wanted(indexes.value().begin(), indexes.value().end());
  const auto topic = headers_.topics.find(sought.topic);
  const bool restricted = !sought.topic.empty() && restricted_->topic(sought.topic);
  const auto fits = [&](const Header& h) {
    if (is_open(h.state) || !wanted.contains(h.bannette)) return false;
    if (!sought.topic.empty() && topic != h.topic) return false;
    if (sought.urgency && h.urgency != *sought.urgency) return false;
    return sought.insee.empty() || std::string_view(h.insee.data(), h.insee.size()) == sought.insee;
  };
  EndedPage page;
  std::uint64_t number = headers_.last_number() + 1;
  if (before != 0) number = std::min(number, before);
  for (std::size_t looked = 0; number > 1; ++looked) {
    if (page.items.size() == limit || looked == limits::ended_looked_at) {
      page.next = number;
      break;
    }
    const Header* header = headers_.find(--number);
    if (header == nullptr || !fits(*header)) continue;
    Dossier dossier = headers_.opened(number);
    // To be found by its topic would tell the topic.
    if (restricted && restricted_->shown_to(who, dossier) == TopicSight::hidden) continue;
    page.items.push_back(std::move(dossier));
  }
  return page;
}

std::vector<BannetteCount> Bannettes::counts(std::int64_t wall_ms) const {
  std::vector<BannetteCount> all;
  all.reserve(trays_.all().size());
  for (const auto& [index, tray] : trays_.all()) {
    BannetteCount& count = all.emplace_back(tray.count(headers_, wall_ms));
    count.bannette = headers_.bannettes.text(index);
    count.unattended = site_.unattended.contains(count.bannette);
    count.restricted_unattended = site_.restricted_unattended.contains(count.bannette);
    count.restricted = restricted_waiting(tray);
  }
  return all;
}

// A redirect shows its content to those who shall decide on it, unless the topic is restricted; a copy is a
// right to read.
Sight Bannettes::sight(const Authority& who, const Dossier& d) const {
  using enum Sight::By;
  const bool restricted = restricted_->topic(d.topic);
  const bool works = may_work(who, d.bannette);
  if (works && (!restricted || may_work_restricted(who, d.bannette))) return {holding, true};
  const bool copied =
      std::any_of(d.copies.begin(), d.copies.end(), [&](const auto& to) { return may_work(who, to); });
  if (copied) return {copy, true};
  if (works) return {holding, false};
  if (d.proposal && may_work(who, d.proposal->to)) return {proposal, !restricted};
  if (may_supervise(who)) return {supervision, !restricted};
  return who.person && may_list(who, d.bannette) ? Sight{listing, false} : Sight{};
}

std::optional<Change> Bannettes::reading(const Authority& who, const Dossier& d,
                                         std::optional<Purpose> purpose, const std::string& text,
                                         const Instant& now) const {
  const Sight seen = sight(who, d);
  if (!seen.content) return std::nullopt;
  Change change;
  change.kind = ChangeKind::read;
  change.number = d.number;
  change.principal = who.principal;
  change.actor = label(who);
  change.by_person = who.person.has_value();
  if (seen.by == Sight::By::supervision && purpose) change.reason = name(*purpose);
  if (seen.by == Sight::By::holding) change.reason = kByUnit;
  if (seen.by == Sight::By::proposal) change.reason = kByProposal;
  if (seen.by == Sight::By::copy) change.reason = kByCopy;
  // Come back within minutes it is unread again, although the reading is told.
  const bool unread = change.reason == kByUnit && !d.seen;
  if (!unread && readings_.told(d.number, change.actor, change.reason + "\n" + text, now.boot_ms))
    return std::nullopt;
  return change;
}

Persist Bannettes::note_reading(Change reading, const std::string& text, const Instant& now) {
  readings_.add(reading.number, reading.actor, reading.reason + "\n" + text, now.boot_ms, last_seq_ + 1);
  return commit(std::move(reading), now);
}

void Bannettes::keep_readings(const Bannettes& before) {
  readings_ = before.readings_;
  readings_.forget_above(last_seq_);
}

}  // namespace bannette
