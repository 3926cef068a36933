// Reports on dossiers: figures by day, week or month of their arrival, and by unit, bannette or topic. Counts
// only; nothing of a dossier's content.
//
// Weeks are of ISO 8601, from Monday. Percentiles by nearest rank (Hyndman and Fan, Sample Quantiles in
// Statistical Packages, The American Statistician 50(4), 1996: type 1).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <date/date.h>

#include "queue/core/calendar.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::console {

enum class ReportStep : std::uint8_t { day, week, month, whole };
enum class ReportBy : std::uint8_t { all, unit, bannette, topic };
[[nodiscard]] std::optional<ReportStep> parse_report_step(std::string_view text);
[[nodiscard]] std::optional<ReportBy> parse_report_by(std::string_view text);

struct ReportWish {
  static constexpr int kDays = 1'100;        // of a period; three years
  std::optional<date::local_days> from, to;  // the site's days, both counted; none: today
  ReportStep step = ReportStep::day;
  ReportBy by = ReportBy::all;
  std::function<bool(std::string_view bannette)> sees;  // whose dossiers are counted
  // Of which topic a dossier is may be known; the others stand together, under kConfidential. None: all may
  // be.
  std::function<bool(std::string_view bannette, std::string_view topic)> knows = {};
};
inline constexpr std::string_view kConfidential =
    "confidentiel";  // the key of topics that are not to be known

// What a figure means. A text that changes gets the next version.
struct ReportDefinition {
  std::string_view code;
  std::uint32_t version = 1;
  std::string_view unit;  // count, share, seconds
  std::string_view label;
  std::string_view text;  // French, whole sentences
};
[[nodiscard]] std::span<const ReportDefinition> report_definitions();

struct ReportRow {
  date::local_days from, to;
  std::string key;  // of the unit, bannette or topic; empty: all; kConfidential
  std::vector<std::optional<double>>
      figures;  // in the order of report_definitions(); none: nothing to reckon from
};

struct Report {
  date::local_days from, to;
  std::vector<ReportRow> rows;  // by period, then by key
  std::uint64_t left_out = 0;   // dossiers of the period that were not looked at: too many, or damaged
};

class ReportSheet {
 public:
  // `today` stands where the wish has no day.
  ReportSheet(ReportWish wish, Calendar calendar, std::int64_t now_ms);
  [[nodiscard]] std::int64_t from_ms() const { return from_ms_; }  // Unix time: the period's first moment
  [[nodiscard]] std::int64_t to_ms() const { return to_ms_; }      // and the first after it
  void add(const Dossier& dossier);
  [[nodiscard]] Report finish(std::uint64_t left_out);

 private:
  struct Sums {
    std::uint64_t arrived = 0, danger = 0, taken = 0, due = 0, in_time = 0, waiting = 0, open = 0,
                  handled = 0, moved = 0;
    std::vector<std::int64_t> waits_s;
  };
  [[nodiscard]] date::local_days period_of(date::local_days day) const;
  [[nodiscard]] date::local_days end_of(date::local_days period) const;
  [[nodiscard]] std::string key_of(const Dossier& dossier) const;

  ReportWish wish_;
  Calendar calendar_;
  date::local_days from_, to_;
  std::int64_t from_ms_ = 0, to_ms_ = 0;
  std::map<std::pair<date::local_days, std::string>, Sums> sums_;
};

}  // namespace bannette::console
