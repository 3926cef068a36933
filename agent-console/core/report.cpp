#include "agent-console/core/report.hpp"

#include <algorithm>
#include <array>

namespace bannette::console {
namespace {

constexpr auto kDefinitions = std::to_array<ReportDefinition>({
    {"arrived", 1, "count", "Demandes arrivées",
     "Demandes arrivées dans la période, comptées là où elles sont aujourd’hui. Chacune compte une fois."},
    {"danger", 1, "count", "En danger", "Demandes arrivées qui portent un signalement de danger."},
    {"taken", 1, "count", "Prises en charge",
     "Demandes arrivées qui sont, ou ont été jusqu’à leur fin, prises en charge par un agent. Une demande "
     "rendue ou déplacée, qui attend de nouveau, n’en est plus."},
    {"within_deadline", 1, "share", "Dans le délai",
     "Part des demandes dues qui ont été prises en charge avant leur échéance. Sont dues les demandes "
     "arrivées qui ont une échéance et qui ont été prises en charge, ou dont l’échéance est passée."},
    {"breached", 1, "count", "Hors délai",
     "Demandes dues dont l’échéance a été dépassée avant la prise en charge."},
    {"wait_p50", 1, "seconds", "Attente médiane",
     "De l’arrivée à la dernière prise en charge : la moitié des demandes prises en charge n’a pas attendu "
     "davantage. Rang le plus proche."},
    {"wait_p90", 1, "seconds", "Attente, 90 %",
     "De l’arrivée à la dernière prise en charge : 90 % des demandes prises en charge n’ont pas attendu "
     "davantage. Rang le plus proche."},
    {"handled", 1, "count", "Traitées", "Demandes arrivées qui ont une issue."},
    {"waiting", 1, "count", "Encore en attente",
     "Demandes arrivées qui attendent encore une prise en charge."},
    {"open", 1, "count", "Encore ouvertes",
     "Demandes arrivées qui ne sont ni traitées ni closes, en attente ou non."},
    {"moved", 1, "count", "Réorientées", "Demandes arrivées qui ont changé de bannette au moins une fois."},
});

std::optional<double> nearest_rank(std::vector<std::int64_t>& values, std::size_t percent) {
  if (values.empty()) return std::nullopt;
  const std::size_t rank = std::max<std::size_t>(1, (percent * values.size() + 99) / 100);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), at, values.end());
  return static_cast<double>(*at);
}

}  // namespace

std::optional<ReportStep> parse_report_step(std::string_view text) {
  using enum ReportStep;
  if (text == "day") return day;
  if (text == "week") return week;
  if (text == "month") return month;
  if (text == "whole") return whole;
  return std::nullopt;
}

std::optional<ReportBy> parse_report_by(std::string_view text) {
  using enum ReportBy;
  if (text == "all") return all;
  if (text == "unit") return unit;
  if (text == "bannette") return bannette;
  if (text == "topic") return topic;
  return std::nullopt;
}

std::span<const ReportDefinition> report_definitions() {
  return kDefinitions;
}

ReportSheet::ReportSheet(ReportWish wish, Calendar calendar, std::int64_t now_ms)
    : wish_(std::move(wish)), calendar_(std::move(calendar)) {
  const auto today = local_day(calendar_, now_ms);
  from_ = wish_.from.value_or(today);
  to_ = wish_.to.value_or(today);
  from_ms_ = wall_of(calendar_, from_, 0);
  to_ms_ = wall_of(calendar_, to_ + date::days{1}, 0);
}

date::local_days ReportSheet::period_of(date::local_days day) const {
  switch (wish_.step) {
    case ReportStep::day:
      return day;
    case ReportStep::week:
      return std::max(from_, day - (date::weekday(day) - date::Monday));
    case ReportStep::month: {
      const date::year_month_day civil(day);
      return std::max(from_, date::local_days(civil.year() / civil.month() / 1));
    }
    case ReportStep::whole:
      return from_;
  }
  return day;
}

date::local_days ReportSheet::end_of(date::local_days period) const {
  switch (wish_.step) {
    case ReportStep::day:
      return period;
    case ReportStep::week:
      return std::min(to_, period + (date::Sunday - date::weekday(period)));
    case ReportStep::month: {
      const date::year_month_day civil(period);
      return std::min(to_, date::local_days(civil.year() / civil.month() / date::last));
    }
    case ReportStep::whole:
      return to_;
  }
  return period;
}

std::string ReportSheet::key_of(const Dossier& dossier) const {
  switch (wish_.by) {
    case ReportBy::all:
      return {};
    case ReportBy::unit:
      return dossier.bannette.substr(0, dossier.bannette.find('/'));
    case ReportBy::bannette:
      return dossier.bannette;
    case ReportBy::topic:
      return !wish_.knows || wish_.knows(dossier.bannette, dossier.topic) ? dossier.topic
                                                                          : std::string(kConfidential);
  }
  return {};
}

void ReportSheet::add(const Dossier& dossier) {
  if (dossier.arrived_ms < from_ms_ || dossier.arrived_ms >= to_ms_ || !wish_.sees(dossier.bannette)) return;
  Sums& sums = sums_[{period_of(local_day(calendar_, dossier.arrived_ms)), key_of(dossier)}];
  const bool taken = dossier.taken_ms > 0;
  const bool waits = dossier.state == State::waiting || dossier.state == State::reserved;
  ++sums.arrived;
  sums.danger += dossier.danger ? 1U : 0U;
  sums.taken += taken ? 1U : 0U;
  if (dossier.breached || (taken && dossier.deadline_ms != 0)) {
    ++sums.due;
    sums.in_time += dossier.breached ? 0U : 1U;
  }
  if (taken) sums.waits_s.push_back(std::max<std::int64_t>(0, dossier.taken_ms - dossier.arrived_ms) / 1000);
  sums.handled += dossier.outcome ? 1U : 0U;
  sums.waiting += waits ? 1U : 0U;
  sums.open += is_open(dossier.state) ? 1U : 0U;
  sums.moved += dossier.hops > 0 ? 1U : 0U;
}

Report ReportSheet::finish(std::uint64_t left_out) {
  Report report{from_, to_, {}, left_out};
  for (auto& [place, sums] : sums_) {
    const auto count = [](std::uint64_t n) { return std::optional(static_cast<double>(n)); };
    std::optional<double> share;
    if (sums.due > 0) share = static_cast<double>(sums.in_time) / static_cast<double>(sums.due);
    report.rows.push_back(
        {place.first,
         end_of(place.first),
         place.second,
         {count(sums.arrived), count(sums.danger), count(sums.taken), share, count(sums.due - sums.in_time),
          nearest_rank(sums.waits_s, 50), nearest_rank(sums.waits_s, 90), count(sums.handled),
          count(sums.waiting), count(sums.open), count(sums.moved)}});
  }
  return report;
}

}  // namespace bannette::console
