// What an answer still needs is read from the journal when it may leave: durable, and as the reader was
// allowed to see it.
#include <algorithm>
#include <limits>

#include "queue/codec/wire.hpp"
#include "queue/desk/answers.hpp"
#include "queue/desk/desk.hpp"

namespace bannette::desk {
namespace {

constexpr std::size_t kScanned = 2'048;  // records looked at for events in one answer

void fulfil_show(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& dossier = *out.envelope.mutable_dossier();
  if (!journal.dossier(*read.number))
    throw journal::Damaged("dossier " + std::to_string(*read.number) + " is not in the journal");
  if (read.content) {
    if (const auto content = journal.content(*read.number))
      dossier.mutable_content()->ParseFromString(*content);
  }
  if (!read.history) return;
  put_history(dossier, read, journal);
}

void fulfil_find(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& found = *out.envelope.mutable_found();
  std::vector<std::uint64_t> numbers;
  if (read.number)
    numbers = {*read.number};
  else
    numbers = journal.by_contact(read.contact, limits::found);
  for (auto number : numbers)
    if (const auto dossier = journal.dossier(number))
      codec::put(*found.add_items(), *dossier, read.restricted->shown_to(read.who, *dossier));
}

// A damaged dossier must not keep what comes after it from being told: its event goes without it.
std::optional<bannette::Dossier> dossier_of(const Change& change, journal::Journal& journal) {
  if (change.number == 0) return std::nullopt;
  try {
    return journal.dossier(change.number);
  } catch (const journal::Damaged&) {
    return std::nullopt;
  }
}

// The sequence of the first change at this wall time or after it, by halving: a clock that was set back makes
// it a guess by as much. The head's, and one, where there is none.
std::uint64_t first_at(std::int64_t wall_ms, journal::Journal& journal) {
  std::uint64_t low = 1, high = journal.head().seq + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto one = journal.since(middle - 1, 1);
    if (one.empty() || one.front().at.wall_ms >= wall_ms)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

bool is_of(const Change& change, const codec::ReadsAsked& asked) {
  return is_reading(change.kind) && (asked.person.empty() || change.actor == asked.person) &&
         change.at.wall_ms >= asked.from_ms && (asked.to_ms == 0 || change.at.wall_ms < asked.to_ms);
}

// An event or a reading, with its dossier as it is now and what was written beside it; false: the page is
// full.
bool put_event(v1::Events& events, const Change& change, const Read& read,
               const std::optional<bannette::Dossier>& dossier, const std::string& text, std::size_t& bytes) {
  if (std::cmp_greater_equal(events.items_size(), read.events)) return false;
  const TopicSight topic = dossier ? read.restricted->shown_to(read.who, *dossier) : TopicSight::open;
  auto& item = *events.add_items();
  codec::put(item, change, read.site, dossier, topic);
  item.set_text(text);
  bytes += size_in_list(item);
  if (bytes <= kListBytes) return true;
  events.mutable_items()->RemoveLast();
  return false;
}

// The readings of one dossier, by its own history.
void fulfil_reads_of(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& events = *out.envelope.mutable_events();
  const auto dossier = journal.dossier(*read.number);
  std::size_t bytes = 0;
  for (const auto& [change, text, erased] : journal.history(*read.number, kPast)) {
    if (change.seq <= *read.events_after || change.seq > events.as_of_seq()) continue;
    if (!is_of(change, *read.reads)) continue;
    if (!put_event(events, change, read, dossier, is_look(change) ? text : std::string(), bytes)) return;
    events.set_scanned_seq(change.seq);
  }
  events.set_scanned_seq(events.as_of_seq());
}

void fulfil_reads(Outgoing& out, const Read& read, journal::Journal& journal) {
  if (read.number) return fulfil_reads_of(out, read, journal);
  auto& events = *out.envelope.mutable_events();
  const auto& asked = *read.reads;
  std::uint64_t scanned = *read.events_after;
  if (scanned == 0 && asked.from_ms > 0) scanned = first_at(asked.from_ms, journal) - 1;
  const std::uint64_t until = std::min(
      events.as_of_seq(), asked.to_ms == 0 ? events.as_of_seq() : first_at(asked.to_ms, journal) - 1);
  std::size_t bytes = 0;
  for (std::size_t looked = 0; scanned < until && looked < kScanned;) {
    const auto changes = journal.since(scanned, std::min<std::size_t>(kScanned / 4, until - scanned));
    if (changes.empty()) break;
    looked += changes.size();
    for (const Change& change : changes) {
      if (is_of(change, asked)) {
        const auto dossier = dossier_of(change, journal);
        const bool there =
            asked.unit.empty() || (dossier && owner_of(dossier->bannette) == std::string_view(asked.unit));
        if (there && !put_event(events, change, read, dossier, {}, bytes))
          return events.set_scanned_seq(scanned);
      }
      scanned = change.seq;
    }
  }
  events.set_scanned_seq(scanned >= until ? events.as_of_seq() : scanned);
}

void fulfil_events(Outgoing& out, const Read& read, journal::Journal& journal) {
  if (read.reads) return fulfil_reads(out, read, journal);
  auto& events = *out.envelope.mutable_events();
  std::uint64_t scanned = *read.events_after;
  std::size_t bytes = 0, looked = 0;
  bool full = false;
  while (!full && looked < kScanned) {
    const auto changes = journal.since(scanned, kScanned / 4);
    if (changes.empty()) break;
    looked += changes.size();
    for (const Change& change : changes) {
      if (is_event(change.kind)) {
        full = !put_event(events, change, read, dossier_of(change, journal), {}, bytes);
        if (full) break;
      }
      scanned = change.seq;
    }
  }
  events.set_scanned_seq(scanned);
}

// As it was given the first time: the dossier may have moved since, and with it its deadline.
void fulfil_receipt(Outgoing& out, const Read& read, journal::Journal& journal) {
  const auto first = journal.since(read.receipt_seq - 1, 1);
  if (first.empty())
    throw journal::Damaged("change " + std::to_string(read.receipt_seq) + " is not in the journal");
  out.envelope.mutable_receipt()->set_bannette(first.front().bannette);
  out.envelope.mutable_receipt()->set_deadline_ms(first.front().deadline_ms);
}

}  // namespace

void fulfil(Outgoing& out, journal::Journal& journal) {
  if (!out.read) return;
  const Read read = *std::exchange(out.read, std::nullopt);
  const std::uint64_t request_id = out.envelope.request_id();
  try {
    read.events_after       ? fulfil_events(out, read, journal)
    : read.receipt_seq != 0 ? fulfil_receipt(out, read, journal)
    : read.is_show          ? fulfil_show(out, read, journal)
                            : fulfil_find(out, read, journal);
  } catch (const journal::Damaged&) {
    out.envelope =
        codec::error(request_id, {Code::unavailable, "dossier",
                                  "Cette demande est endommagée sur le disque : prévenez l'administrateur."});
  }
}

namespace {

// A wall clock that is ahead at the start must not make recent keys look old.
std::int64_t newest_wall_ms(journal::Journal& journal) {
  const std::uint64_t seq = journal.head().seq;
  if (seq == 0) return std::numeric_limits<std::int64_t>::max();
  const auto newest = journal.since(seq - 1, 1);
  return newest.empty() ? std::numeric_limits<std::int64_t>::max() : newest.front().at.wall_ms;
}

}  // namespace

Bannettes reload(const Rules& rules, journal::Journal& journal, const Instant& now, const Instant& began) {
  Bannettes bannettes(rules);
  const std::int64_t since =
      std::min(now.wall_ms, newest_wall_ms(journal)) - limits::key_age_max - limits::key_ahead_max;
  journal.load([&](const Dossier& dossier) { bannettes.restore(dossier, began); }, since,
               [&](const Change& change) { bannettes.restore_key(change); },
               [&](const Change& change) { bannettes.restore_site(change); });
  bannettes.begin(journal.head().seq, journal.last_number(), now);
  return bannettes;
}

}  // namespace bannette::desk
