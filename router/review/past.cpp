#include "router/review/past.hpp"

#include <limits>

#include "queue/core/ids.hpp"
#include "queue/journal/first_since.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t dossiers_a_step = 200;
constexpr std::size_t whole = static_cast<std::size_t>(-1);

enum class Found : std::uint8_t { read, older, erased, damaged, without_proposal };

Found open(journal::Reader& reader, std::uint64_t number, std::int64_t from_ms, Past& past) {
  try {
    const auto row = reader.dossier(number);
    if (!row) return Found::damaged;
    if (row->arrived_ms < from_ms) return Found::older;
    const auto key = reader.key(number, row->id);
    if (!key) return Found::erased;
    const auto records = reader.history(number, row->changed_seq, whole);
    if (records.empty() || records.front().change.kind != ChangeKind::submitted) return Found::damaged;
    const auto personal = reader.open(records.front(), *key);
    if (!past.content.ParseFromString(personal.content)) return Found::damaged;
    if (past.content.proposed_topic().empty() || past.content.proposed_urgency() == v1::URGENCY_UNSPECIFIED)
      return Found::without_proposal;
    past.dossier = *row;
    past.history.clear();
    for (const auto& record : records) past.history.push_back(record.change);
    return Found::read;
  } catch (const journal::Damaged&) {
    return Found::damaged;
  }
}

void count(PastTally& tally, Found found) {
  switch (found) {
    case Found::read:
      ++tally.read;
      break;
    case Found::older:
      break;
    case Found::erased:
      ++tally.erased;
      break;
    case Found::damaged:
      ++tally.damaged;
      break;
    case Found::without_proposal:
      ++tally.without_proposal;
      break;
  }
}

}  // namespace

PastSpan past_since(journal::Reader& reader, std::int64_t from_ms, std::uint64_t most) {
  PastSpan span;
  span.from_ms = from_ms;
  span.last = reader.last_number();
  span.first = journal::first_since(reader, from_ms, span.last);
  span.cut = span.first <= span.last && span.last - span.first >= most;
  if (span.cut) span.first = span.last - most + 1;
  return span;
}

PastTally each_past(journal::Reader& reader, const PastSpan& span,
                    const std::function<void(const Past&)>& each, const std::function<bool()>& goes_on) {
  PastTally tally;
  Past past;
  std::uint64_t after = span.first - 1;
  for (bool more = true; more;) {
    const auto snapshot = reader.snapshot();
    const auto page = reader.numbers(after, dossiers_a_step);
    for (const std::uint64_t number : page) {
      if (number > span.last || (goes_on && !goes_on())) return tally;
      const Found found = open(reader, number, span.from_ms, past);
      count(tally, found);
      if (found == Found::read) each(past);
      after = number;
    }
    more = page.size() == dossiers_a_step;
  }
  return tally;
}

std::optional<Past> past_of(journal::Reader& reader, std::uint64_t number) {
  Past past;
  const auto snapshot = reader.snapshot();
  if (open(reader, number, std::numeric_limits<std::int64_t>::min(), past) != Found::read)
    return std::nullopt;
  return past;
}

PastCall past_call(const Past& past) {
  const v1::Content& content = past.content;
  const Change& sent = past.history.front();
  PastCall call;
  call.reference = make_reference(past.dossier.number);
  call.arrived_ms = past.dossier.arrived_ms;
  const std::string& chosen = content.chosen_insee();
  call.call = {
      content.note(), chosen.empty() ? content.commune() : chosen, content.address(), {}, !chosen.empty()};
  call.then = {content.proposed_topic(),  static_cast<Urgency>(content.proposed_urgency()),
               content.proposed_danger(), content.proposed_bannette(),
               content.insee(),           content.unit()};
  call.sent = {sent.topic, sent.urgency, sent.danger, sent.bannette, {}, {}};
  return call;
}

}  // namespace bannette::router
