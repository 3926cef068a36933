#include "router/switchboard/call_figures.hpp"

#include <algorithm>

#include "router/calls/metrics.hpp"
#include "router/calls/now.hpp"
#include "router/switchboard/exposition.hpp"

namespace bannette::router {
namespace {

constexpr std::int64_t kLongestMs = 400LL * 24 * 3'600'000;

const date::time_zone& zone_of(const CallSite& site) {
  return site.zone == nullptr ? *date::locate_zone("UTC") : *site.zone;
}

void put(v1::WaitRow& out, const std::vector<calls::Figure>& figures) {
  for (const auto& figure : figures) {
    auto& shown = *out.add_figures();
    shown.set_code(std::string(figure.definition->code));
    shown.set_version(figure.definition->version);
    if (figure.value) shown.set_value(*figure.value);
  }
}

}  // namespace

CallFigures::CallFigures(const CallBook& book)
    : book_(book), zone_(zone_of(book.site())), all_(zone_), clock_(zone_) {}

calls::HalfHours* CallFigures::of_queue(const std::string& queue) {
  if (const auto known = queues_.find(queue); known != queues_.end()) return &known->second;
  if (queues_.size() >= queues_most) return nullptr;
  return &queues_.emplace(queue, calls::HalfHours(zone_)).first->second;
}

// `caller` as it was kept: the number may be erased by now.
void CallFigures::count(const calls::Call& call, std::uint64_t caller) {
  const auto hash = [&](std::string_view) { return caller; };
  if (auto fact = calls::fact_of(call, hash)) {
    fact->caller = caller;
    all_.add(*fact);
  }
  for (auto& [queue, fact] : calls::facts_by_queue(call, hash, book_.site().short_ms)) {
    fact.caller = caller;
    if (calls::HalfHours* hours = of_queue(queue)) hours->add(fact);
  }
}

void CallFigures::fold(const KeptCall& kept) {
  count(kept.call, kept.caller);
}

void CallFigures::fold(const calls::CallbackChange& change) {
  all_.add(change);
  if (change.what == calls::CallbackChange::What::ended && change.end == calls::CallbackEnd::reached)
    all_.add_reached(book_.caller(change.number), change.at_ms);
}

void CallFigures::add(const calls::Call& call) {
  count(call, call.withheld ? 0 : book_.caller(call.number));
}

void CallFigures::look(std::int64_t now_ms) {
  clock_.look(book_.ledger(), now_ms, post_rules());
}

calls::Now CallFigures::now_of(const std::string& queue, std::int64_t now_ms) const {
  return calls::now_of(book_.ledger(), book_.callbacks(), now_ms, post_rules(), queue);
}

std::vector<calls::PostTime> CallFigures::take_post_times() {
  auto times = clock_.take();
  for (const auto& time : times) all_.add(time);
  return times;
}

calls::Tally CallFigures::tally(calls::Interval time, const std::string& queue) const {
  const auto hash = [&](std::string_view number) { return book_.caller(number); };
  calls::Tally tally;
  if (queue.empty()) {
    tally = all_.between(time);
  } else if (const auto known = queues_.find(queue); known != queues_.end()) {
    tally = known->second.between(time);
  }
  const auto inside = [&](const calls::Fact& fact) {
    return fact.arrival_ms >= time.from_ms && fact.arrival_ms < time.to_ms;
  };
  book_.ledger().each_call([&](const calls::Call& call) {
    if (queue.empty()) {
      if (const auto fact = calls::fact_of(call, hash); fact && inside(*fact)) tally.add(*fact);
      return;
    }
    for (const auto& [of, fact] : calls::facts_by_queue(call, hash, book_.site().short_ms))
      if (of == queue && inside(fact)) tally.add(fact);
  });
  return tally;
}

// In the configuration, or told by a PBX.
bool CallFigures::knows_queue(const std::string& queue) const {
  const auto& queues = book_.site().queues;
  bool known =
      queue.empty() || queues_.contains(queue) ||
      std::any_of(queues.begin(), queues.end(), [&](const auto& each) { return each.code == queue; });
  if (!known)
    book_.ledger().each_call([&](const calls::Call& call) {
      known |= std::any_of(call.legs.begin(), call.legs.end(),
                           [&](const calls::Leg& leg) { return leg.queue == queue; });
    });
  return known;
}

Result<v1::Waits> CallFigures::report(const v1::WaitReport& ask, std::int64_t now_ms) const {
  const calls::Interval time{ask.from_ms() == 0 ? calls::day_of(zone_, now_ms) : ask.from_ms(),
                             ask.to_ms() == 0 ? now_ms : ask.to_ms()};
  if (time.to_ms < time.from_ms)
    return Refusal{Code::malformed, "to_ms", "La période finit avant de commencer."};
  if (time.to_ms - time.from_ms > kLongestMs)
    return Refusal{Code::too_large, "to_ms", "Une période fait 400 jours au plus."};
  if (!knows_queue(ask.queue())) return Refusal{Code::not_found, "queue", "Cette file n'existe pas."};
  calls::Step step = calls::Step::whole;
  switch (ask.step()) {
    case v1::WAIT_STEP_WHOLE:
      break;
    case v1::WAIT_STEP_HALF_HOUR:
      step = calls::Step::half_hour;
      break;
    case v1::WAIT_STEP_DAY:
      step = calls::Step::day;
      break;
    default:
      return Refusal{Code::unknown_enum, "step", "Valeur absente ou inconnue."};
  }
  const auto rows = calls::steps(zone_, time, step, rows_most + 1);
  if (rows.size() > rows_most)
    return Refusal{Code::too_large, "step",
                   "62 lignes au plus : prenez un pas plus long ou une période plus courte."};
  v1::Waits out;
  out.set_at_ms(now_ms);
  for (const auto& each : rows) {
    auto& row = *out.add_rows();
    row.set_from_ms(each.from_ms);
    row.set_to_ms(each.to_ms);
    put(row, calls::figures_of(tally(each, ask.queue()), target(), !ask.queue().empty()));
  }
  if (ask.to_ms() == 0 && step == calls::Step::whole && out.rows_size() > 0)  // and of this moment
    put(*out.mutable_rows(0), calls::figures_of(now_of(ask.queue(), now_ms), !ask.queue().empty()));
  for (const auto& each : calls::definitions()) {
    auto& definition = *out.add_definitions();
    definition.set_code(std::string(each.code));
    definition.set_version(each.version);
    definition.set_label(std::string(each.name));
    definition.set_text(std::string(each.text));
    definition.set_unit(std::string(calls::name(each.unit)));
  }
  return out;
}

std::uint32_t CallFigures::missed_withheld_today(std::int64_t now_ms) const {
  return static_cast<std::uint32_t>(tally({calls::day_of(zone_, now_ms), now_ms + 1}, {}).missed_withheld);
}

std::string CallFigures::prometheus(std::int64_t now_ms) const {
  const calls::Interval today{calls::day_of(zone_, now_ms), now_ms + 1};
  std::vector<calls::Measured> measured;
  const auto measure = [&](const std::string& queue) {
    calls::Measured each{queue, calls::figures_of(tally(today, queue), target(), !queue.empty())};
    const auto now = calls::figures_of(now_of(queue, now_ms), !queue.empty());
    each.figures.insert(each.figures.end(), now.begin(), now.end());
    measured.push_back(std::move(each));
  };
  measure("");
  for (const auto& [queue, hours] : queues_) measure(queue);
  return exposition(calls::metrics_of(measured));
}

}  // namespace bannette::router
