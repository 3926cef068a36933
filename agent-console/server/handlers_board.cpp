// The supervisor's board: two hours of curves, and reports.
#include <functional>
#include <set>

#include <boost/json/array.hpp>
#include <date/date.h>

#include "agent-console/core/views.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "queue/async/answer.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

std::string day_text(date::local_days day) {
  return date::format("%F", day);
}

// "2026-11-25".
std::optional<date::local_days> parse_day(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  const auto number = [&](std::size_t at, std::size_t size, auto& value) {
    const char* end = text.data() + at + size;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    return error == std::errc() && stop == end;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
  const auto civil = date::year(year) / date::month(month) / date::day(day);
  if (!civil.ok() || year < 1970) return std::nullopt;
  return date::local_days(civil);
}

template <class T>
Result<T> known(const std::string& name, std::optional<T> value, const char* what) {
  if (value) return *value;
  return Refusal{Code::malformed, name, what};
}

Result<ReportWish> read_wish(const HttpRequest& http) {
  ReportWish wish;
  for (const auto& [name, value] : http.query) {
    if (name == "from" || name == "to") {
      const auto day = known(name, parse_day(value), "Une date s’écrit AAAA-MM-JJ.");
      if (!day) return day.error();
      (name == "from" ? wish.from : wish.to) = *day;
    } else if (name == "step") {
      const auto step = known(name, parse_report_step(value), "« step » est day, week, month ou whole.");
      if (!step) return step.error();
      wish.step = *step;
    } else if (name == "by") {
      const auto by = known(name, parse_report_by(value), "« by » est all, unit, bannette ou topic.");
      if (!by) return by.error();
      wish.by = *by;
    } else {
      return unknown_query(name);
    }
  }
  if (wish.from.has_value() != wish.to.has_value())
    return Refusal{Code::missing, wish.from ? "to" : "from",
                   "Donnez les deux dates, ou aucune : aujourd’hui."};
  if (wish.from && *wish.to < *wish.from)
    return Refusal{Code::malformed, "to", "La seconde date précède la première."};
  if (wish.from && (*wish.to - *wish.from).count() >= ReportWish::kDays)
    return Refusal{Code::malformed, "to", "Un rapport va jusqu’à trois ans."};
  return wish;
}

asio::awaitable<Result<Report>> reckoned(Api& api, ReportWish wish) {
  auto start = [&](auto done) { api.options.report(std::move(wish), std::move(done)); };
  auto answer = co_await answer_of<Result<Report>>(start);
  co_return answer;
}

json::object row_json(const ReportRow& row) {
  const auto definitions = report_definitions();
  json::array figures;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    const auto& value = row.figures[i];
    figures.push_back(json::object{{"code", definitions[i].code},
                                   {"version", definitions[i].version},
                                   {"value", value ? json::value(*value) : json::value()}});
  }
  return {{"from", day_text(row.from)},
          {"to", day_text(row.to)},
          {"key", row.key},
          {"figures", std::move(figures)}};
}

json::object report_json(const Report& report) {
  json::array rows, definitions;
  for (const auto& row : report.rows) rows.push_back(row_json(row));
  for (const auto& each : report_definitions())
    definitions.push_back(json::object{{"code", each.code},
                                       {"version", each.version},
                                       {"label", each.label},
                                       {"text", each.text},
                                       {"unit", each.unit}});
  return {{"from", day_text(report.from)},
          {"to", day_text(report.to)},
          {"rows", std::move(rows)},
          {"definitions", std::move(definitions)},
          {"left_out", report.left_out}};
}

}  // namespace

Answer curves(Api& api, const Call& call) {
  const auto sees = [&](std::string_view bannette) { return may_count(call.person(), bannette); };
  json::array points, takings;
  for (const auto& point : api.curves.points(sees))
    points.push_back(json::object{{"at", iso8601(point.at_ms)},
                                  {"waiting", point.waiting},
                                  {"late", point.late},
                                  {"in_progress", point.in_progress}});
  for (const auto& each : api.curves.takings(sees))
    takings.push_back(
        json::object{{"bannette", each.bannette}, {"since", iso8601(each.at_ms)}, {"taken", each.taken}});
  const json::object body{{"points", std::move(points)}, {"takings", std::move(takings)}};
  co_return json_response(200, json::serialize(body));
}

namespace {

// As in a list: a restricted topic for those with the right where the dossier is, and for supervisors. A
// topic that is not configured any more counts as restricted.
std::function<bool(std::string_view, std::string_view)> topics_known(const Api& api, const Person& person) {
  if (may(person.role, Action::supervise)) return [](auto, auto) { return true; };
  std::set<std::string, std::less<>> open;
  for (const auto& topic : api.render.known().topics)
    if (!topic.restricted) open.insert(topic.code);
  return
      [open = std::move(open), who = authority(person)](std::string_view bannette, std::string_view topic) {
        return open.contains(topic) || may_work_restricted(who, bannette);
      };
}

}  // namespace

Answer report(Api& api, const Call& call) {
  auto wish = read_wish(call.http);
  if (!wish) co_return refused(wish.error());
  if (!api.options.report)
    co_return problem_response(problem("unavailable", "", "Ce service ne fait pas de rapports."));
  wish->sees = [person = call.person()](std::string_view bannette) { return may_count(person, bannette); };
  wish->knows = topics_known(api, call.person());
  auto made = co_await reckoned(api, std::move(*wish));
  if (!made) co_return refused(made.error());
  co_return json_response(200, json::serialize(report_json(*made)));
}

}  // namespace bannette::console::handlers
