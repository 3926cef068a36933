#include "router/core/model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

namespace bannette::router {
namespace {

void to_probabilities(std::span<double> scores) {
  const double most = *std::max_element(scores.begin(), scores.end());
  double total = 0;
  for (auto& score : scores) total += score = std::exp(score - most);
  for (auto& score : scores) score /= total;
}

// Says nothing by itself: left out at either end of what is shown.
bool is_little(const Word& word) {
  static constexpr std::array<std::string_view, 62> little{
      "a",   "ac",  "au",   "aux",  "av",   "avec", "c",    "ce",   "ces", "cette",   "d",   "dans", "de",
      "des", "ds",  "du",   "e",    "elle", "en",   "est",  "et",   "il",  "ils",     "j",   "je",   "l",
      "la",  "le",  "les",  "leur", "lui",  "m",    "ma",   "mais", "me",  "mes",     "mme", "mon",  "mr",
      "n",   "ne",  "nous", "on",   "ou",   "par",  "pour", "pr",   "qu",  "que",     "qui", "s",    "sa",
      "se",  "ses", "son",  "sur",  "t",    "un",   "une",  "vous", "y",   "monsieur"};
  return std::find(little.begin(), little.end(), word.text) != little.end();
}

}  // namespace

void keep_first_of_each(std::vector<Feature>& features) {
  std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) {
    return a.id != b.id ? a.id < b.id : a.first < b.first;
  });
  features.erase(std::unique(features.begin(), features.end(),
                             [](const Feature& a, const Feature& b) { return a.id == b.id; }),
                 features.end());
}

float unknown_value(FeatureKind kind, std::uint32_t notes) {
  return static_cast<float>(weight_of(kind) * std::log(1 + static_cast<double>(notes)));
}

Result<Model> Model::make(ModelTable table, std::string version) {
  Model model;
  if (table.reading != model.reader_.version())
    return Refusal{Code::malformed, "model",
                   "modèle entraîné avec une autre version de Bannette : entraînez-le à nouveau"};
  model.slots_.assign(std::bit_ceil(table.ids.size() * 2 + 1), 0);
  const auto mask = model.slots_.size() - 1;
  for (std::uint32_t row = 0; row < table.ids.size(); ++row) {
    auto at = table.ids[row] & mask;
    while (model.slots_[at] != 0) at = (at + 1) & mask;
    model.slots_[at] = row + 1;
  }
  model.table_ = std::move(table);
  model.version_ = std::move(version);
  return model;
}

std::uint32_t Model::row_of(std::uint32_t id) const {
  const auto mask = slots_.size() - 1;
  for (auto at = id & mask; slots_[at] != 0; at = (at + 1) & mask)
    if (table_.ids[slots_[at] - 1] == id) return slots_[at] - 1;
  return static_cast<std::uint32_t>(table_.ids.size());
}

Opinion Model::read(const Words& note, const std::vector<Mention>& places,
                    const std::vector<Raised>& raised) const {
  Opinion opinion;
  auto& known = opinion.known;
  auto features = reader_.read(note, places, raised);
  keep_first_of_each(features);
  double squares = 0;
  for (const auto& feature : features) {
    const auto row = row_of(feature.id);
    const float value =
        row < table_.ids.size() ? table_.scales[row] : unknown_value(feature.kind, table_.notes);
    squares += static_cast<double>(value) * value;
    if (feature.kind == FeatureKind::word) {
      ++opinion.words;
      opinion.words_known += row < table_.ids.size() ? 1 : 0;
    }
    if (row < table_.ids.size()) known.push_back({row, feature.first, feature.last, value});
  }
  const auto scale = known.empty() ? 0.0F : static_cast<float>(1 / std::sqrt(squares));
  const auto outputs = table_.outputs();
  std::vector<float> sums(table_.biases);
  for (auto& each : known) {
    each.value *= scale;
    const float step = table_.steps[each.row] * each.value;
    const auto* weights = &table_.weights[each.row * outputs];
    for (std::size_t i = 0; i < outputs; ++i) sums[i] += step * static_cast<float>(weights[i]);
  }
  opinion.scores.assign(sums.begin(), sums.end());
  const auto topics = table_.topics.size();
  for (std::size_t i = 0; i < topics; ++i) opinion.topics.push_back(table_.slopes[0] * opinion.scores[i]);
  to_probabilities(opinion.topics);
  for (std::size_t i = 0; i < urgencies; ++i)
    opinion.urgency[i] = table_.slopes[1] * opinion.scores[topics + i];
  to_probabilities(opinion.urgency);
  opinion.danger =
      1 / (1 + std::exp(-(table_.slopes[2] * opinion.scores[topics + urgencies] + table_.danger_offset)));
  return opinion;
}

Urgency Model::urgency_of(const Opinion& opinion) const {
  const auto& of = opinion.urgency;
  if (of[0] >= table_.immediate_from) return Urgency::immediate;
  if (of[0] + of[1] >= table_.urgent_from) return Urgency::urgent;
  if (of[0] + of[1] + of[2] >= table_.priority_from) return Urgency::priority;
  return Urgency::normal;
}

std::vector<Evidence> Model::evidence(const Words& note, const Opinion& opinion, std::size_t output,
                                      std::size_t against, std::size_t most) const {
  std::vector<double> by_word(std::min(note.list.size(), feature_words_max));
  for (const auto& each : opinion.known) {
    if (each.last <= each.first || each.last > by_word.size()) continue;
    double weight = this->weight(each.row, output);
    if (against != output) weight -= this->weight(each.row, against);
    const double share = each.value * weight / (each.last - each.first);
    for (auto word = each.first; word < each.last; ++word) by_word[word] += share;
  }
  double positive = 0;
  for (const double weight : by_word) positive += std::max(weight, 0.0);
  const double worth = positive * 0.05;  // what a word must make of it to be shown
  std::vector<Evidence> runs;
  for (std::uint32_t at = 0; at < by_word.size(); ++at) {
    if (by_word[at] < worth || worth <= 0) continue;
    const bool joins = !runs.empty() && at - runs.back().last <= 1 &&
                       runs.back().last - runs.back().first < 4 &&
                       note.list[at].clause == note.list[runs.back().first].clause;
    if (joins) {
      runs.back().weight += by_word[at];
      runs.back().last = at + 1;
    } else {
      runs.push_back({at, at + 1, by_word[at]});
    }
  }
  for (auto& run : runs) {
    while (run.last - run.first > 1 && is_little(note.list[run.first])) ++run.first;
    while (run.last - run.first > 1 && is_little(note.list[run.last - 1])) --run.last;
  }
  std::erase_if(runs, [&](const Evidence& run) {
    return run.last - run.first == 1 && is_little(note.list[run.first]);
  });
  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.first < b.first;
  });
  if (runs.size() > most) runs.resize(most);
  return runs;
}

std::size_t Model::bytes() const {
  return table_.weights.size() + slots_.size() * 4 + table_.ids.size() * 12 + table_.biases.size() * 4;
}

}  // namespace bannette::router
