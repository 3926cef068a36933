#include "tests/bench/compare.hpp"

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "tests/bench/figures.hpp"
#include "tests/bench/system.hpp"

namespace bannette::bench {
namespace {

namespace json = boost::json;

constexpr int kPace = 200;  // a second

struct Measure {
  std::string name;
  std::function<Figures(System&)> run;
};

std::vector<Measure> measures(double scale) {
  std::vector<Measure> all;
  for (const auto& [outstanding, requests] :
       std::vector<std::pair<int, int>>{{1, 1'000}, {10, 8'000}, {64, 32'000}, {256, 51'200}}) {
    const int count = std::max(outstanding, static_cast<int>(requests * scale) / outstanding * outstanding);
    all.push_back({fmt::format("submit-{}", outstanding),
                   [o = outstanding, count](System& system) { return system.submit(o, count); }});
  }
  all.push_back(
      {"cycles", [scale](System& system) { return system.cycles(static_cast<int>(6'000 * scale)); }});
  all.push_back(
      {"paced", [scale](System& system) { return system.paced(kPace, static_cast<int>(1'200 * scale)); }});
  return all;
}

// By measure, then by system: one entry a run.
using Results = std::map<std::string, std::map<std::string, std::vector<Figures>>>;

// One of ours against the best of `peers` (by the field), in each run; the median.
std::optional<double> ratio(const std::map<std::string, std::vector<Figures>>& results,
                            const std::string& ours, const std::vector<std::string>& peers,
                            double Figures::* field, bool more_is_better) {
  const auto its = results.find(ours);
  if (its == results.end()) return std::nullopt;
  std::vector<double> each;
  for (std::size_t run = 0; run < its->second.size(); ++run) {
    std::optional<double> best;
    for (const auto& peer : peers) {
      const auto theirs = results.find(peer);
      if (theirs == results.end()) continue;
      const double value = theirs->second[run].*field;
      if (!best || (more_is_better ? value > *best : value < *best)) best = value;
    }
    if (!best) return std::nullopt;
    each.push_back(its->second[run].*field / *best);
  }
  return median(each);
}

struct Line {
  std::string what;
  std::string target;
  std::optional<double> value;
  bool more_is_better = true;
  double bound = 0;
};

std::vector<Line> lines(const Results& results, const std::string& ours, double limit_us) {
  const std::vector<std::string> both{"redis", "postgresql"}, redis{"redis"};
  const auto of = [&](const char* measure) {
    const auto found = results.find(measure);
    return found == results.end() ? std::map<std::string, std::vector<Figures>>{} : found->second;
  };
  const auto own = [&](const char* measure, double Figures::* field) -> std::optional<double> {
    const auto all = of(measure);
    const auto found = all.find(ours);
    if (found == all.end()) return std::nullopt;
    return median(found->second).*field;
  };
  const auto rate = &Figures::per_s;
  std::vector<Line> out;
  out.push_back({"submit, 10 outstanding / Redis", ">= 1.00", ratio(of("submit-10"), ours, redis, rate, true),
                 true, 1});
  out.push_back(
      {"submit, 64 outstanding / best", ">= 1.00", ratio(of("submit-64"), ours, both, rate, true), true, 1});
  out.push_back({"submit, 256 outstanding / best", ">= 0.85", ratio(of("submit-256"), ours, both, rate, true),
                 true, 0.85});
  out.push_back({"cycles / best", ">= 1.10", ratio(of("cycles"), ours, both, rate, true), true, 1.1});
  auto delivery = own("cycles", &Figures::p99_us);
  if (delivery) *delivery /= 1'000;
  out.push_back({"submit to delivery p99, ms", "<= 3.00", delivery, false, 3});
  auto alone = own("submit-1", &Figures::p50_us);
  if (alone) *alone /= limit_us;
  out.push_back({"1 outstanding p50 / (sync + round trip)", "<= 1.80", alone, false, 1.8});
  out.push_back({"200/s confirm p99 / Redis", "<= 1.00",
                 ratio(of("paced"), ours, redis, &Figures::p99_us, false), false, 1});
  return out;
}

void tell(const std::string& text) {
  std::fputs(text.c_str(), stderr);
}

void table(const Results& results, const std::vector<Measure>& order) {
  tell(fmt::format("\n{:<12}{:<18}{:>10}{:>10}{:>10}{:>10}\n", "measure", "system", "per s", "p50 us",
                   "p99 us", "max us"));
  for (const auto& measure : order) {
    const auto found = results.find(measure.name);
    if (found == results.end()) continue;
    for (const auto& [system, runs] : found->second) {
      const Figures figures = median(runs);
      tell(fmt::format("{:<12}{:<18}{:>10.0f}{:>10.0f}{:>10.0f}{:>10.0f}\n", measure.name, system,
                       figures.per_s, figures.p50_us, figures.p99_us, figures.max_us));
    }
  }
}

json::array told(const std::vector<Line>& all, const std::string& ours) {
  json::array out;
  tell(fmt::format("\n{:<42}{:>9}{:>9}\n", ours, "ratio", "target"));
  for (const Line& line : all) {
    const bool met =
        line.value && (line.more_is_better ? *line.value >= line.bound : *line.value <= line.bound);
    tell(fmt::format("{:<42}{:>9}{:>9}  {}\n", line.what,
                     line.value ? fmt::format("{:.2f}", *line.value) : "absent", line.target,
                     line.value ? (met ? "met" : "missed") : ""));
    json::object one{{"what", line.what}, {"target", line.target}};
    one["value"] = line.value ? json::value(*line.value) : json::value("absent");
    out.push_back(std::move(one));
  }
  return out;
}

struct Limits {
  std::vector<double> growing, reused, tcp, inproc;
  void take(const std::filesystem::path& folder) {
    const Syncs syncs = measure_syncs(folder);
    growing.push_back(syncs.growing_us);
    reused.push_back(syncs.reused_us);
    tcp.push_back(zmq_round_trip_us(true));
    inproc.push_back(zmq_round_trip_us(false));
  }
};

std::vector<std::unique_ptr<System>> systems(const std::filesystem::path& folder, const std::string& only,
                                             json::object& out) {
  std::vector<std::unique_ptr<System>> all;
  const auto wanted = [&](std::string_view name) {
    return only.empty() || ("," + only + ",").find(fmt::format(",{},", name)) != std::string::npos;
  };
  const auto add = [&](const std::string& name, auto&& make) {
    if (!wanted(name)) return;
    auto system = make();
    out[name] = system ? system->transport() : "absent";
    if (system)
      all.push_back(std::move(system));
    else
      tell(name + ": absent\n");
  };
  add("bannette", [&] { return ours(folder / "tcp", true); });
  add("bannette-inproc", [&] { return ours(folder / "inproc", false); });
  add("redis", [&] { return redis(folder / "redis"); });
  add("postgresql", [&] { return postgres(folder / "pg"); });
  return all;
}

}  // namespace

json::object compare(const std::filesystem::path& folder, const Compare& how) {
  json::object out = machine(folder);
  json::object transports;
  const auto all = systems(folder, how.systems, transports);
  const auto order = measures(how.scale);
  Results results;
  Limits limits;
  for (int run = 0; run < how.runs; ++run) {
    limits.take(folder);
    for (const auto& measure : order) {
      if (measure.name.find(how.only) == std::string::npos) continue;
      for (std::size_t i = 0; i < all.size(); ++i) {  // each run begins with another
        System& system = *all[(i + static_cast<std::size_t>(run)) % all.size()];
        results[measure.name][system.name()].push_back(measure.run(system));
      }
    }
  }
  const double sync = median(limits.reused), tcp = median(limits.tcp), inproc = median(limits.inproc);
  out["fdatasync_us"] = {{"growing", rounded(median(limits.growing))}, {"reused", rounded(sync)}};
  out["zmq_round_trip_us"] = {{"tcp_curve", rounded(tcp)}, {"inproc", rounded(inproc)}};
  out["payload_bytes"] = kPayload;
  out["runs"] = how.runs;
  out["transports"] = std::move(transports);
  table(results, order);
  json::object figures;
  for (const auto& [measure, its] : results) {
    json::object one;
    for (const auto& [system, runs] : its) one[system] = as_json(median(runs));
    figures[measure] = std::move(one);
  }
  out["figures"] = std::move(figures);
  tell(fmt::format(
      "\nfdatasync of 4 KiB: {:.0f} us growing, {:.0f} us reused; ZeroMQ round trip: {:.0f} us TCP and "
      "CURVE, {:.0f} us inproc\n",
      median(limits.growing), sync, tcp, inproc));
  json::object ratios;
  ratios["bannette"] = told(lines(results, "bannette", sync + tcp), "bannette (TCP, CURVE)");
  ratios["bannette-inproc"] = told(lines(results, "bannette-inproc", sync + inproc), "bannette-inproc");
  out["ratios"] = std::move(ratios);
  return out;
}

}  // namespace bannette::bench
