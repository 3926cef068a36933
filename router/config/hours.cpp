#include "router/config/hours.hpp"

#include <algorithm>
#include <charconv>

namespace bannette::router {
namespace {

constexpr int kMidnight = 24 * 60;

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text[0] < '0' || text[0] > '9' || error != std::errc() ||
      end != text.data() + text.size())
    return std::nullopt;
  return value;
}

struct Edges {
  int from_min, to_min;
};

// Reports another form than "08:30-12:30".
std::optional<Edges> edges_of(const Spot& text, bool may_pass_midnight, Findings& findings) {
  const auto hyphen = text.text.find('-');
  const auto from = parse_clock(std::string_view(text.text).substr(0, hyphen));
  const auto to = hyphen == std::string::npos ? std::nullopt
                                              : parse_clock(std::string_view(text.text).substr(hyphen + 1));
  if (from && to && *from != *to && *from < kMidnight && (*from < *to || may_pass_midnight))
    return Edges{*from, *to};
  findings.error(text, "plage horaire « " + text.text + " » mal formée",
                 may_pass_midnight ? "\"08:30-12:30\", ou \"18:00-08:00\" jusqu'au lendemain"
                                   : "\"08:30-12:30\", le début avant la fin");
  return std::nullopt;
}

std::string clock_text(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

}  // namespace

std::optional<int> parse_clock(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 3 != text.size()) return std::nullopt;
  const auto hours = digits(text.substr(0, colon));
  const auto minutes = digits(text.substr(colon + 1));
  if (!hours || !minutes || *hours > 24 || *minutes > 59 || *hours * 60 + *minutes > kMidnight)
    return std::nullopt;
  return *hours * 60 + *minutes;
}

std::optional<date::local_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1970 || *year > 2999) return std::nullopt;
  const date::year_month_day date = date::year(*year) / *month / *day;
  if (!date.ok()) return std::nullopt;
  return date::local_days(date);
}

std::vector<OpenSpan> read_spans(const std::vector<Spot>& texts, Findings& findings) {
  std::vector<OpenSpan> spans;
  for (const auto& text : texts) {
    const auto edges = edges_of(text, false, findings);
    if (!edges) continue;
    if (!spans.empty() && spans.back().to_min > edges->from_min)
      findings.error(text, "plage horaire « " + text.text + " » qui chevauche la précédente",
                     "des plages dans l'ordre et séparées");
    else
      spans.push_back({edges->from_min, edges->to_min});
  }
  return spans;
}

void read_night_spans(const std::vector<Spot>& texts, std::vector<OpenSpan>& today,
                      std::vector<OpenSpan>& next, Findings& findings) {
  for (const auto& text : texts) {
    const auto edges = edges_of(text, true, findings);
    if (!edges) continue;
    today.push_back({edges->from_min, edges->from_min < edges->to_min ? edges->to_min : kMidnight});
    if (edges->from_min > edges->to_min && edges->to_min > 0) next.push_back({0, edges->to_min});
  }
}

void tidy(std::vector<OpenSpan>& spans) {
  std::sort(spans.begin(), spans.end(),
            [](const OpenSpan& a, const OpenSpan& b) { return a.from_min < b.from_min; });
  std::vector<OpenSpan> apart;
  for (const OpenSpan& span : spans) {
    if (!apart.empty() && span.from_min <= apart.back().to_min)
      apart.back().to_min = std::max(apart.back().to_min, span.to_min);
    else
      apart.push_back(span);
  }
  spans = std::move(apart);
}

std::string text_of(const std::vector<OpenSpan>& spans) {
  std::string out;
  for (const auto& span : spans)
    out += (out.empty() ? "" : " ") + clock_text(span.from_min) + "-" + clock_text(span.to_min);
  return out.empty() ? "fermé" : out;
}

}  // namespace bannette::router
