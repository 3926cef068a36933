// What was seen: only by those who may, and only as it was.
#include <algorithm>

#include "tests/sim/oracle.hpp"

namespace bannette::sim {
namespace {

constexpr std::size_t kPage = 100;

char letter(v1::State state) {
  constexpr char letters[] = "?WRPHOCM";
  return state >= 1 && state <= 7 ? letters[state] : '?';
}

const std::set<std::string> kEvents{"escalated", "acknowledged",     "breached",
                                    "starved",   "proposal_expired", "unattended",
                                    "attended",  "calendar_changed", "clock_jumped"};

}  // namespace

bool Oracle::may_see(const Who& who, const Row& row) const {
  const auto works = [&](const std::string& bannette) { return who.works_in(bannette); };
  return who.lists_all() || works(row.bannette) || (!row.offered_to.empty() && works(row.offered_to)) ||
         std::any_of(row.copies.begin(), row.copies.end(), works);
}

// The topic of a restricted one: to those who may work on it, and to those who send it on.
void Oracle::check_topic(const Seen& each, const Row& row) {
  if (!row.restricted || each.header.topic().empty()) return;
  const Who& who = *each.who;
  const auto works = [&](const std::string& bannette) { return who.works_in(bannette); };
  const bool machine = who.principal == "router" || (who.principal == "console" && who.person.empty());
  const bool may = machine || who.supervises() || who.works_restricted(row.bannette) ||
                   (!row.offered_to.empty() && who.works_restricted(row.offered_to)) ||
                   std::any_of(row.copies.begin(), row.copies.end(), works);
  if (!may) complain(who.label() + " was told the topic of a restricted dossier of " + row.bannette);
}

void Oracle::check_seen() {
  if (highest_seen_ > rows_.size()) complain("somebody was told of change " + std::to_string(highest_seen_));
  for (const Seen& each : seen_) {
    const v1::Header& h = each.header;
    const std::string label = each.who->label();
    if (h.changed_seq() == 0 || h.changed_seq() > rows_.size() || rows_[h.changed_seq() - 1].id != h.id()) {
      complain(label + " saw a dossier as it never was, at " + std::to_string(h.changed_seq()));
      continue;
    }
    const Row& row = rows_[h.changed_seq() - 1];
    if (h.state() == v1::STATE_UNSPECIFIED)
      continue;  // gone to another's bannette, and told so: no more than that
    const bool its_own_change = each.answers_change && row.actor == label;
    check_topic(each, row);
    if (!may_see(*each.who, row) && !its_own_change)
      complain(label + " saw a dossier of " + h.bannette() + ", as change " +
               std::to_string(h.changed_seq()) + " (" + row.change + " by " + row.actor + ") left it");
    if (row.state != letter(h.state()) || row.bannette != h.bannette() || row.holder != h.holder() ||
        (row.fence != h.fence() && !each.answers_change) ||  // a retry is told the first one's
        row.deadline_ms != h.deadline_ms())
      complain(label + " saw a dossier as it never was, at " + std::to_string(h.changed_seq()) + ": " +
               row.state + " " + row.bannette + " " + row.holder + " " + std::to_string(row.fence) + " " +
               std::to_string(row.deadline_ms) + ", not " + h.ShortDebugString());
  }
}

// Read by whom it was open to when they asked.
void Oracle::check_contents() {
  for (const Answer& each : shown_) {
    const v1::Dossier& shown = each.answer.dossier();
    if (!shown.has_content()) continue;
    const Row* then = nullptr;
    for (std::size_t i = 0; i < rows_.size() && i < shown.as_of_seq(); ++i)
      if (rows_[i].id == shown.header().id()) then = &rows_[i];
    if (then == nullptr) continue;  // told already
    const auto works = [&](const std::string& bannette) { return each.who->works_in(bannette); };
    const bool own =
        works(then->bannette) && (!then->restricted || each.who->works_restricted(then->bannette));
    const bool offered = !then->offered_to.empty() && works(then->offered_to) && !then->restricted;
    const bool looks =
        each.who->supervises() && !then->restricted && each.asked.show().purpose() != v1::PURPOSE_UNSPECIFIED;
    if (!own && !offered && !looks && !std::any_of(then->copies.begin(), then->copies.end(), works))
      complain(each.who->label() + " read a dossier of " + then->bannette);
    check_told(each);
    const std::string note = shown.content().note();
    if (!tokens_.contains(note) || rows_[tokens_.at(note) - 1].id != shown.header().id())
      complain(each.who->label() + " read another dossier's content");
  }
}

// What was shown stands in the history before it was: a reading or a taking by the same person, not long ago.
void Oracle::check_told(const Answer& each) {
  constexpr std::int64_t kTogether = 10 * kMinute, kUnderWay = 6 * kMinute;
  const v1::Dossier& shown = each.answer.dossier();
  const std::string label = each.who->label();
  for (std::size_t i = std::min<std::size_t>(rows_.size(), shown.as_of_seq()); i-- > 0;) {
    const Row& row = rows_[i];
    if (row.at_ms < each.at - kTogether - kUnderWay) break;
    const bool tells = row.change == "read" || row.change == "reserved" || row.change == "taken";
    if (tells && row.id == shown.header().id() && row.actor == label) return;
  }
  complain(label + " read a dossier, and no history tells");
}

// A history is whole, and of this dossier.
void Oracle::check_shown_history() {
  std::map<std::string, std::vector<std::uint64_t>> changes;  // by id
  for (std::size_t i = 0; i < rows_.size(); ++i) changes[rows_[i].id].push_back(i + 1);
  for (const Answer& each : shown_) {
    const v1::Dossier& shown = each.answer.dossier();
    if (shown.history().empty()) continue;
    std::vector<std::uint64_t> told, kept;
    for (const auto& entry : shown.history()) told.push_back(entry.seq());
    for (std::uint64_t seq : changes[shown.header().id()])
      if (seq <= shown.header().changed_seq()) kept.push_back(seq);
    if (told != kept) complain(each.who->label() + " was shown a history with gaps, or of another");
  }
}

void Oracle::check_pulled(std::uint64_t as_of) {
  const auto [first, last] = pulled_.equal_range(as_of);
  for (auto at = first; at != last; ++at)
    at->second.answer.has_tray() ? check_tray(at->second) : check_counts(at->second);
}

void Oracle::check_counts(const Answer& each) {
  const v1::Counts& counts = each.answer.counts();
  for (const auto& told : counts.bannettes()) {
    v1::BannetteCount is;
    is.set_bannette(told.bannette());
    const auto add = [](std::uint64_t before, bool one) { return before + (one ? 1 : 0); };
    for (const auto& [number, d] : model_.dossiers()) {
      is.set_offered(add(is.offered(), d.offer && d.offer->to == told.bannette()));
      if (d.bannette != told.bannette() || !d.open()) continue;
      is.set_waiting(add(is.waiting(), d.state == 'W'));
      is.set_reserved(add(is.reserved(), d.state == 'R'));
      is.set_in_progress(add(is.in_progress(), d.state == 'P'));
      is.set_on_hold(add(is.on_hold(), d.state == 'O'));
      is.set_danger(add(is.danger(), d.danger && (d.state == 'W' || d.state == 'R')));
      is.set_unacknowledged(add(is.unacknowledged(), d.danger && d.acknowledged_by.empty()));
      is.set_late(add(is.late(), d.breached && (d.state == 'W' || d.state == 'R')));
      is.set_starved(add(is.starved(), d.starved && d.state == 'W'));
      is.set_restricted(add(is.restricted(), d.restricted() && d.state == 'W'));
      is.set_unread(add(is.unread(), !d.seen && d.state == 'W'));
      const bool oldest = is.oldest_waiting_ms() == 0 || d.arrived_ms < is.oldest_waiting_ms();
      if (d.state == 'W' && oldest) is.set_oldest_waiting_ms(d.arrived_ms);
    }
    is.set_unattended(model_.unattended().contains(told.bannette()));
    is.set_restricted_unattended(model_.restricted_unattended().contains(told.bannette()));
    is.set_next_deadline_ms(told.next_deadline_ms());  // these are of the process, or of its clock
    is.set_taken(told.taken());
    is.set_wait_median_s(told.wait_median_s());
    is.set_wait_max_s(told.wait_max_s());
    if (is.SerializeAsString() != told.SerializeAsString())
      complain("the counts of " + told.bannette() + " at " + std::to_string(counts.as_of_seq()) + ": " +
               told.ShortDebugString() + ", not " + is.ShortDebugString());
  }
}

// A tray is all that waits and all that is held in its bannettes, in order, and nothing else.
void Oracle::check_tray(const Answer& each) {
  const v1::Tray& tray = each.answer.tray();
  const auto& names = each.asked.list_tray().bannettes();
  const auto among = [&](const std::string& bannette) {
    const bool asked = names.empty() || std::find(names.begin(), names.end(), bannette) != names.end();
    return asked && (each.who->works_in(bannette) || each.who->lists_all());
  };
  std::vector<const Followed*> waiting, held;
  std::size_t offered = 0;
  for (const auto& [number, d] : model_.dossiers()) {
    if (d.open() && d.offer && among(d.offer->to)) ++offered;
    if (!among(d.bannette) || !d.open()) continue;
    (d.state == 'W' ? waiting : held).push_back(&d);
  }
  const auto before = [](const Followed* a, const Followed* b) { return a->place() < b->place(); };
  std::sort(waiting.begin(), waiting.end(), before);
  std::sort(held.begin(), held.end(), before);
  waiting.insert(waiting.end(), held.begin(), held.end());
  const std::string what = "the tray of " + each.who->label() + " at " + std::to_string(tray.as_of_seq());
  if (tray.total() != waiting.size())
    complain(what + " has " + std::to_string(tray.total()) + ", not " + std::to_string(waiting.size()));
  if (static_cast<std::size_t>(tray.items_size()) != std::min(kPage, waiting.size()))
    complain(what + " is not whole");
  for (std::size_t i = 0; i < waiting.size() && i < static_cast<std::size_t>(tray.items_size()); ++i)
    if (tray.items(static_cast<int>(i)).id() != waiting[i]->id)
      return complain(what + " is not in order, or has what is not of it");
  if (static_cast<std::size_t>(tray.offered_size()) != std::min<std::size_t>(50, offered))
    complain(what + " offers other dossiers than those proposed to it");
}

// Each once, in order, none missed.
void Oracle::check_events() {
  std::size_t next = 0;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!kEvents.contains(rows_[i].change)) continue;
    const std::string what = "event " + std::to_string(i + 1) + " (" + rows_[i].change + ")";
    if (next >= events_.size()) return complain(what + " was never told");
    const v1::Event& told = events_[next++];
    if (told.seq() != i + 1 || told.change() != rows_[i].change || told.dossier() != rows_[i].id)
      return complain(what + " was told as " + std::to_string(told.seq()) + " (" + told.change() + ")");
    if (!ids.insert(told.id()).second) complain(what + " has the id of another");
  }
  if (next != events_.size()) complain("an event that never was");
}

// A wall clock that was set under a running process is told within 5 s.
void Oracle::check_jumps() {
  constexpr std::int64_t kSoon = 5'000;
  for (const auto& jump : timeline_.jumps(kSoon)) {
    if (jump.by_ms <= kSoon && jump.by_ms >= -kSoon) continue;
    const auto told = [&](const Row& row) {
      return row.change == "clock_jumped" && row.at_ms >= jump.at && row.at_ms <= jump.at + kSoon;
    };
    if (std::none_of(rows_.begin(), rows_.end(), told))
      complain("a jump of the clock at " + std::to_string(jump.at) + " was not told");
  }
}

}  // namespace bannette::sim
