#include "router/calls/figures.hpp"

#include <algorithm>
#include <stdexcept>

namespace bannette::calls {
namespace {

// Fills figures in, and puts them into the table's order.
class Sheet {
 public:
  void count(std::string_view code, std::uint64_t value) { add(code).value = static_cast<double>(value); }
  void count(std::string_view code, std::optional<std::uint64_t> value) {
    auto& figure = add(code);
    if (value) figure.value = static_cast<double>(*value);
  }
  void share(std::string_view code, std::int64_t part, std::int64_t whole) {
    auto& figure = add(code);
    figure.part = part;
    figure.whole = whole;
    if (whole > 0) figure.value = static_cast<double>(part) / static_cast<double>(whole);
  }
  void share(std::string_view code, std::uint64_t part, std::uint64_t whole) {
    share(code, static_cast<std::int64_t>(part), static_cast<std::int64_t>(whole));
  }
  void average(std::string_view code, const Spread& spread) {
    auto& figure = add(code);
    figure.value = spread.average_s();
    figure.whole = static_cast<std::int64_t>(spread.count());
  }
  void percentile(std::string_view code, const Spread& spread, std::uint32_t percent) {
    auto& figure = add(code);
    if (const auto seconds = spread.percentile_s(percent)) figure.value = *seconds;
    figure.whole = static_cast<std::int64_t>(spread.count());
  }
  void seconds(std::string_view code, std::optional<std::int64_t> ms) {
    auto& figure = add(code);
    if (ms) figure.value = static_cast<double>(*ms) / 1000.0;
  }
  std::vector<Figure> taken() {
    std::ranges::sort(figures_, {}, &Figure::definition);  // one array: its order is the table's
    return std::move(figures_);
  }

 private:
  Figure& add(std::string_view code) {
    const auto* definition = definition_of(code);
    if (!definition) throw std::logic_error("no definition of figure " + std::string(code));
    auto& figure = figures_.emplace_back();
    figure.definition = definition;
    return figure;
  }
  std::vector<Figure> figures_;
};

void add_counts(Sheet& sheet, const Tally& tally) {
  sheet.count("offered", tally.offered());
  sheet.count("answered", tally.answered);
  sheet.count("abandoned", tally.abandoned);
  sheet.count("abandoned_short", tally.abandoned_short);
  sheet.count("overflowed", tally.overflowed);
  sheet.count("fate_unknown", tally.unknown);
  sheet.count("still_waiting", tally.waiting);
  sheet.count("withheld", tally.withheld);
  sheet.count("missed_withheld", tally.missed_withheld);
  sheet.count("people_calling", tally.calling.count());
  sheet.count("people_served", tally.served.count());
}

void add_service(Sheet& sheet, const Tally& tally, const Target& target) {
  const std::uint64_t net = tally.offered() - tally.abandoned_short;
  const std::uint64_t in_time = tally.wait.within(target.answer_within_s);
  sheet.share("answer_rate", tally.answered, tally.offered());
  sheet.share("abandonment_rate", tally.abandoned, net);
  sheet.share("service_level_offered", in_time, tally.offered());
  sheet.share("service_level_net", in_time, net);
}

void add_durations(Sheet& sheet, const Tally& tally) {
  sheet.average("wait_average", tally.wait);
  sheet.percentile("wait_p50", tally.wait, 50);
  sheet.percentile("wait_p90", tally.wait, 90);
  sheet.percentile("wait_p95", tally.wait, 95);
  sheet.percentile("wait_p99", tally.wait, 99);
  sheet.percentile("wait_longest", tally.wait, 100);
  sheet.average("patience_average", tally.patience);
  sheet.percentile("patience_p50", tally.patience, 50);
  sheet.average("handling_average", tally.handling);
  sheet.percentile("handling_p50", tally.handling, 50);
  sheet.percentile("handling_p90", tally.handling, 90);
  sheet.percentile("handling_p95", tally.handling, 95);
  sheet.percentile("handling_p99", tally.handling, 99);
  sheet.average("wrap_up_average", tally.wrap_up);
  sheet.percentile("wrap_up_p50", tally.wrap_up, 50);
  sheet.percentile("wrap_up_p90", tally.wrap_up, 90);
  sheet.percentile("wrap_up_p95", tally.wrap_up, 95);
  sheet.percentile("wrap_up_p99", tally.wrap_up, 99);
}

// Only of all queues together.
void add_site(Sheet& sheet, const Tally& tally) {
  sheet.count("turned_away", tally.turned_away);
  sheet.count("outgoing", tally.outgoing);
  sheet.count("outgoing_answered", tally.outgoing_answered);
  sheet.share("occupancy", tally.busy_ms, tally.busy_ms + tally.free_ms);
  sheet.count("callbacks_opened", tally.opened);
  sheet.count("callbacks_reached", tally.reached);
  sheet.count("callbacks_unreachable", tally.unreachable);
  sheet.count("callbacks_resolved", tally.resolved);
  sheet.count("callbacks_dropped", tally.dropped);
}

}  // namespace

std::vector<Figure> figures_of(const Tally& tally, const Target& target, bool one_queue) {
  Sheet sheet;
  add_counts(sheet, tally);
  add_service(sheet, tally, target);
  add_durations(sheet, tally);
  if (!one_queue) add_site(sheet, tally);
  return sheet.taken();
}

std::vector<FigureRow> report(const HalfHours& book, Interval time, Step step, std::size_t most,
                              const Target& target, bool one_queue) {
  std::vector<FigureRow> out;
  for (const auto& each : steps(book.zone(), time, step, most))
    out.push_back({each, figures_of(book.between(each), target, one_queue)});
  return out;
}

std::vector<Figure> figures_of(const Now& now, bool one_queue) {
  Sheet sheet;
  sheet.count("waiting_now", now.waiting);
  sheet.seconds("longest_wait_now", now.longest_wait_ms);
  sheet.count("talking_now", now.talking);
  if (one_queue) return sheet.taken();
  sheet.count("posts_free_now", static_cast<std::uint64_t>(now.posts.free));
  sheet.count("posts_busy_now", static_cast<std::uint64_t>(now.posts.busy));
  sheet.count("posts_paused_now", static_cast<std::uint64_t>(now.posts.paused));
  sheet.count("callbacks_open_now", now.callbacks);
  sheet.count("callbacks_danger_now", now.callbacks_danger);
  sheet.seconds("callbacks_oldest_now", now.callback_age_ms);
  return sheet.taken();
}

}  // namespace bannette::calls
