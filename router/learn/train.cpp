// Calibration and thresholds, from what models say of notes that they were not trained on.
#include "router/learn/train.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "router/core/engine.hpp"

namespace bannette::router {
namespace {

// What a model of other notes said of a sample.
struct Judged {
  const Sample* sample = nullptr;
  Opinion opinion;
  [[nodiscard]] const LabelledNote& note() const { return *sample->note; }
};

// Files stay together, since notes of one author are alike; fewer files than parts are cut by line.
std::vector<std::size_t> parts_of(const std::vector<Sample>& samples, std::size_t folds) {
  std::map<std::string, std::size_t> files;
  for (const auto& sample : samples) files.try_emplace(sample.note->file, files.size());
  std::vector<std::size_t> parts;
  for (std::size_t i = 0; i < samples.size(); ++i)
    parts.push_back((files.size() < folds ? i : files.at(samples[i].note->file)) % folds);
  return parts;
}

Opinion judge(const Model& model, const Sample& sample, const Site& site) {
  const auto words = words_of(sample.note->call.note);
  return model.read(words, site.engine->territory.mentions(words), sample.raised);
}

std::vector<Judged> judged_by_others(const std::vector<Sample>& samples, const Site& site,
                                     const TrainOptions& how) {
  const auto parts = parts_of(samples, how.folds);
  std::vector<Judged> all;
  for (std::size_t part = 0; part < how.folds; ++part) {
    std::vector<const Sample*> others;
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (parts[i] != part) others.push_back(&samples[i]);
    if (others.empty() || others.size() == samples.size()) continue;
    const auto model = Model::make(fit(others, site, how), "").value();
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (parts[i] == part) all.push_back({&samples[i], judge(model, samples[i], site)});
  }
  return all;
}

// -log of what softmax(slope * scores[from, from + count)) gives to `right`.
double surprise(const std::vector<double>& scores, std::size_t from, std::size_t count, std::size_t right,
                double slope) {
  double most = scores[from];
  for (std::size_t i = 1; i < count; ++i) most = std::max(most, scores[from + i]);
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) total += std::exp(slope * (scores[from + i] - most));
  return std::log(total) - slope * (scores[from + right] - most);
}

// The slope of least surprise, to two figures: temperature scaling (Guo et al., 2017).
template <class Surprise>
float best_slope(const Surprise& of) {
  float best = 1;
  double least = of(1.0);
  for (int i = 5; i <= 200; ++i) {
    const double slope = i / 20.0;
    if (const double now = of(slope); now < least - 1e-9) {
      least = now;
      best = static_cast<float>(slope);
    }
  }
  return best;
}

void calibrate_slopes(ModelTable& table, const std::vector<Judged>& judged) {
  const auto topics = table.topics.size();
  table.slopes[0] = best_slope([&](double slope) {
    double sum = 0;
    for (const auto& each : judged) {
      const auto right =
          std::find(table.topics.begin(), table.topics.end(), each.note().topic) - table.topics.begin();
      sum += surprise(each.opinion.scores, 0, topics, static_cast<std::size_t>(right), slope);
    }
    return sum;
  });
  table.slopes[1] = best_slope([&](double slope) {
    double sum = 0;
    for (const auto& each : judged)
      sum += surprise(each.opinion.scores, topics, urgencies,
                      static_cast<std::size_t>(each.note().urgency) - 1, slope);
    return sum;
  });
}

// Platt's sigmoid, looked for on a grid.
void calibrate_danger(ModelTable& table, const std::vector<Judged>& judged) {
  double least = HUGE_VAL;
  for (int offset = -20; offset <= 40; ++offset)
    for (int slope = 5; slope <= 60; ++slope) {
      double sum = 0;
      for (const auto& each : judged) {
        const double score = slope / 20.0 * each.opinion.scores.back() + offset / 10.0;
        sum += std::log1p(std::exp(each.note().danger ? -score : score));
      }
      if (sum >= least - 1e-9) continue;
      least = sum;
      table.slopes[2] = static_cast<float>(slope / 20.0);
      table.danger_offset = static_cast<float>(offset / 10.0);
    }
}

void calibrate(Opinion& opinion, const ModelTable& table) {
  const auto topics = table.topics.size();
  double total = 0;
  for (std::size_t i = 0; i < urgencies; ++i)
    total += opinion.urgency[i] = std::exp(table.slopes[1] * opinion.scores[topics + i]);
  for (auto& each : opinion.urgency) each /= total;
  opinion.danger = 1 / (1 + std::exp(-(table.slopes[2] * opinion.scores.back() + table.danger_offset)));
}

// The highest threshold, in hundredths, that still finds so many of the dangers.
void choose_danger_from(ModelTable& table, const std::vector<Judged>& judged, double recall) {
  for (int from = 90; from >= 2; --from) {
    std::size_t found = 0, dangers = 0;
    for (const auto& each : judged) {
      dangers += each.note().danger;
      found += each.note().danger && each.opinion.danger >= from / 100.0;
    }
    table.danger_from = static_cast<float>(from / 100.0);
    if (static_cast<double>(found) >= recall * static_cast<double>(dangers)) return;
  }
}

// What it costs to answer [second] where [first] is right: too low is worse than too high.
constexpr double costs[urgencies][urgencies] = {
    {0, 1, 12, 40}, {1, 0, 1.5, 3}, {1.5, 1, 0, 1}, {3, 1.5, 1, 0}};

double cost_of(const ModelTable& table, const std::vector<Judged>& judged) {
  double sum = 0;
  for (const auto& each : judged) {
    const auto& of = each.opinion.urgency;
    std::size_t answer = of[0] >= table.immediate_from                  ? 0
                         : of[0] + of[1] >= table.urgent_from           ? 1
                         : of[0] + of[1] + of[2] >= table.priority_from ? 2
                                                                        : 3;
    bool danger = each.opinion.danger >= table.danger_from;
    for (const auto& raised : each.sample->raised) {  // as decide() lays the rules over it
      answer = std::min(answer, static_cast<std::size_t>(raised.urgency) - 1);
      danger = danger || raised.rule->danger;
    }
    if (danger) answer = std::min<std::size_t>(answer, 1);
    sum += costs[static_cast<std::size_t>(each.note().urgency) - 1][answer];
  }
  return sum;
}

void choose_urgencies(ModelTable& table, const std::vector<Judged>& judged) {
  for (int round = 0; round < 2; ++round)
    for (auto* from : {&table.immediate_from, &table.urgent_from, &table.priority_from}) {
      float best = *from;
      double least = cost_of(table, judged);
      for (int i = 5; i <= 95; ++i) {
        *from = static_cast<float>(i / 100.0);
        if (const double now = cost_of(table, judged); now < least - 1e-9) {
          least = now;
          best = *from;
        }
      }
      *from = best;
    }
}

}  // namespace

ModelTable train_model(const std::vector<Sample>& samples, const Site& site, const TrainOptions& how) {
  std::vector<const Sample*> all;
  for (const auto& sample : samples) all.push_back(&sample);
  auto table = fit(all, site, how);
  auto judged = judged_by_others(samples, site, how);
  if (judged.empty()) return table;
  calibrate_slopes(table, judged);
  calibrate_danger(table, judged);
  for (auto& each : judged) calibrate(each.opinion, table);
  choose_danger_from(table, judged, how.danger_recall);
  choose_urgencies(table, judged);
  return table;
}

}  // namespace bannette::router
