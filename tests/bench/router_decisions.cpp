#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <stdexcept>

#include "router/config/load.hpp"
#include "router/core/engine.hpp"
#include "router/core/model.hpp"
#include "router/core/safety.hpp"
#include "router/learn/notes.hpp"
#include "tests/bench/router_measures.hpp"

namespace bannette::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Spread {
  double p50_us = 0, p99_us = 0, most_us = 0, mean_us = 0;
};

Spread time_each(const std::vector<router::LabelledNote>& notes, int rounds,
                 const std::function<std::size_t(const router::LabelledNote&)>& work) {
  std::vector<double> took;
  std::size_t kept = 0;  // so that nothing is left out as useless
  for (int round = 0; round < rounds; ++round)
    for (const auto& note : notes) {
      const auto from = Clock::now();
      kept += work(note);
      took.push_back(std::chrono::duration<double, std::micro>(Clock::now() - from).count());
    }
  if (kept == 0) throw std::runtime_error("nothing was decided");
  std::sort(took.begin(), took.end());
  double sum = 0;
  for (const double each : took) sum += each;
  return {took[took.size() / 2], took[took.size() * 99 / 100], took.back(),
          sum / static_cast<double>(took.size())};
}

boost::json::object tell(const char* what, const Spread& spread) {
  std::fprintf(stderr, "%-28s p50 %8.1f us   p99 %8.1f us   most %9.1f us   %9.0f a second\n", what,
               spread.p50_us, spread.p99_us, spread.most_us, 1e6 / spread.mean_us);
  return {{"p50_us", spread.p50_us},
          {"p99_us", spread.p99_us},
          {"most_us", spread.most_us},
          {"per_second", 1e6 / spread.mean_us}};
}

}  // namespace

boost::json::object measure_decisions(const std::filesystem::path& folder, int rounds) {
  const auto from = Clock::now();
  const auto loaded = router::load_site(folder);
  const double load_ms = std::chrono::duration<double, std::milli>(Clock::now() - from).count();
  if (!loaded.site || loaded.site->model == nullptr || loaded.site->safety == nullptr)
    throw std::runtime_error(folder.string() + ": no site with a model and safety rules");
  const auto& site = *loaded.site;
  const auto notes = router::read_notes(folder / "notes", site).notes;
  boost::json::object out;
  out["notes"] = notes.size();
  out["load_ms"] = load_ms;
  out["model_bytes"] = site.model->bytes();
  out["model_features"] = site.model->features();
  std::fprintf(stderr,
               "%zu notes, %d rounds; site loaded in %.0f ms; model of %zu features, %.1f MiB in memory\n",
               notes.size(), rounds, load_ms, site.model->features(),
               static_cast<double>(site.model->bytes()) / 1024 / 1024);
  const auto words = [](const auto& note) { return router::words_of(note.call.note); };
  out["decision"] = tell("a whole decision", time_each(notes, rounds, [&](const auto& note) {
                           return router::decide(site, note.call).because.size();
                         }));
  out["words"] = tell("... of it: words",
                      time_each(notes, rounds, [&](const auto& note) { return words(note).list.size(); }));
  out["safety"] = tell("... words, safety rules", time_each(notes, rounds, [&](const auto& note) {
                         return site.safety->read(words(note)).size() + 1;
                       }));
  out["places"] = tell("... words, names of places", time_each(notes, rounds, [&](const auto& note) {
                         return site.engine->territory.mentions(words(note)).size() + 1;
                       }));
  out["model"] = tell("... words, model", time_each(notes, rounds, [&](const auto& note) {
                        return site.model->read(words(note), {}, {}).known.size() + 1;
                      }));
  return out;
}

}  // namespace bannette::bench
