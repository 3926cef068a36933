// The history that is shown with a dossier.
#include "queue/codec/wire.hpp"
#include "queue/desk/answers.hpp"

namespace bannette::desk {
namespace {

std::size_t size_of(const journal::Past& past) {
  return past.text.size() + past.change.actor.size() + past.change.to.size() + 96;
}

bool fits(const std::vector<journal::Past>& history) {
  std::size_t bytes = 0;
  for (const auto& past : history) bytes += size_of(past);
  return history.size() < limits::history && bytes <= kHistoryBytes;
}

bool is_routine(const Change& change) {
  return change.kind == ChangeKind::renewed || (change.kind == ChangeKind::read && !is_look(change));
}

// The newest that fit, newest first.
std::vector<const journal::Past*> chosen(const std::vector<journal::Past>& history) {
  const bool all = fits(history);
  std::vector<const journal::Past*> fit;
  std::size_t bytes = 0, routine = 0;
  for (auto at = history.rbegin(); at != history.rend() && fit.size() < limits::history; ++at) {
    if (!all && is_routine(at->change) && ++routine > kRoutineKept) continue;
    bytes += size_of(*at);
    if (bytes > kHistoryBytes) break;
    fit.push_back(&*at);
  }
  return fit;
}

// A copy's bannette is as telling as the topic.
void hide_copies(v1::HistoryEntry& entry, const Change& change) {
  if (change.kind == ChangeKind::copied) entry.clear_to();
  if (change.kind != ChangeKind::read || change.reason != kByCopy) return;
  entry.clear_actor();
  entry.clear_reason();
}

}  // namespace

bool is_look(const Change& change) {
  return change.kind == ChangeKind::read && parse_purpose(change.reason).has_value();
}

void put_history(v1::Dossier& out, const Read& read, journal::Journal& journal) {
  auto history = journal.history(*read.number, limits::history);
  if (history.size() == limits::history) history = journal.history(*read.number, kPast);
  // What happened while the answer waited may be another's: it is as the reader was allowed to see it.
  std::erase_if(history, [&](const journal::Past& past) { return past.change.seq > out.as_of_seq(); });
  const auto fit = chosen(history);
  for (auto at = fit.rbegin(); at != fit.rend(); ++at) {
    const Change& change = (*at)->change;
    auto& entry = *out.add_history();
    codec::put(entry, change);
    if (read.hides_copies) hide_copies(entry, change);
    if (read.texts || (read.purposes && is_look(change))) entry.set_text((*at)->text);
  }
}

}  // namespace bannette::desk
