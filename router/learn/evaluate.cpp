#include "router/learn/evaluate.hpp"

#include <algorithm>
#include <cmath>

#include "router/core/engine.hpp"

namespace bannette::router {

double Figures::calibration_error() const {
  double error = 0;
  for (const auto& bin : bins) error += std::fabs(bin.sure - static_cast<double>(bin.right));
  return notes == 0 ? 0 : error / static_cast<double>(notes);
}

void count(Figures& figures, const LabelledNote& note, const Decision& decision) {
  const auto accepts = [&](const std::string& topic) {
    return std::find(note.accepted.begin(), note.accepted.end(), topic) != note.accepted.end();
  };
  ++figures.notes;
  figures.topic.count(decision.topic == note.topic);
  const bool accepted = accepts(decision.topic);
  figures.accepted.count(accepted);
  bool among = false;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, decision.topics.size()); ++i)
    among = among || accepts(decision.topics[i].code);
  figures.first_three.count(among);
  figures.by_topic[note.topic].recall.count(accepted);
  figures.by_topic[decision.topic].precision.count(accepted);
  if (!accepted) ++figures.confusion[note.topic][decision.topic];
  if (note.danger) figures.danger_recall.count(decision.danger);
  if (decision.danger) figures.danger_precision.count(note.danger);
  figures.urgency.count(decision.urgency == note.urgency);
  const auto level = [](Urgency urgency) { return static_cast<std::size_t>(urgency) - 1; };
  ++figures.urgency_table[level(note.urgency)][level(decision.urgency)];
  if (!note.insee.empty()) figures.insee.count(decision.insee == note.insee);
  if (!note.unit.empty())
    figures.unit.count(decision.unit == note.unit);
  else
    figures.untold.count(decision.unit.empty());
  const double sure = decision.topics.empty() ? 0 : decision.topics.front().score;
  auto& bin = figures.bins[std::min<std::size_t>(9, static_cast<std::size_t>(std::max(sure, 0.0) * 10))];
  ++bin.decisions;
  bin.sure += sure;
  bin.right += accepted ? 1 : 0;
}

Figures evaluate(const std::vector<LabelledNote>& notes, const Site& site) {
  Figures figures;
  for (const auto& note : notes) count(figures, note, decide(site, note.call));
  return figures;
}

std::vector<std::pair<std::string, Figures>> cross_validate(const std::vector<LabelledNote>& notes,
                                                            const Site& site, const TrainOptions& how) {
  std::map<std::string, std::vector<LabelledNote>> by_file;
  for (const auto& note : notes) by_file[note.file].push_back(note);
  const auto samples = samples_of(notes, site);
  std::vector<std::pair<std::string, Figures>> all;
  Figures together;
  for (const auto& [file, aside] : by_file) {
    std::vector<Sample> others;
    for (const auto& sample : samples)
      if (sample.note->file != file) others.push_back(sample);
    if (others.empty()) continue;
    Site without = site;
    without.model =
        std::make_shared<const Model>(Model::make(train_model(others, site, how), "validation").value());
    auto& figures = all.emplace_back(file, Figures{}).second;
    for (const auto& note : aside) {
      const auto decision = decide(without, note.call);
      count(figures, note, decision);
      count(together, note, decision);
    }
  }
  all.emplace_back("ensemble", std::move(together));
  return all;
}

}  // namespace bannette::router
