// Weights by LIBLINEAR, one output at a time; outputs are independent, so that threads change nothing in the
// result.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>
#include <unordered_map>

#include <linear.h>

#include "router/core/engine.hpp"
#include "router/core/territory.hpp"
#include "router/learn/train.hpp"

namespace bannette::router {
namespace {

// Rounded so that another processor's last bits make no other file.
float rounded(double value, int bits = 12) {
  if (value == 0) return 0;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  return static_cast<float>(std::ldexp(std::round(std::ldexp(fraction, bits)), exponent - bits));
}

// Ids that enough notes have, ascending, and what each is worth in a note: the kind's weight, times how rare
// it is.
void choose_features(const std::vector<const Sample*>& samples, std::size_t rare_below, ModelTable& table) {
  struct Seen {
    std::size_t notes = 0;
    const Sample* last = nullptr;
    FeatureKind kind = FeatureKind::word;
  };
  std::unordered_map<std::uint32_t, Seen> seen;
  for (const auto* sample : samples)
    for (const auto& feature : sample->features) {
      auto& each = seen[feature.id];
      if (each.last != sample) ++each.notes;
      each.last = sample;
      each.kind = feature.kind;
    }
  for (const auto& [id, each] : seen)
    if (each.notes >= rare_below) table.ids.push_back(id);
  std::sort(table.ids.begin(), table.ids.end());
  for (const auto id : table.ids) {
    const auto& each = seen.at(id);
    table.scales.push_back(rounded(weight_of(each.kind) * std::log(1 + static_cast<double>(samples.size()) /
                                                                           static_cast<double>(each.notes))));
  }
}

using Vector = std::vector<feature_node>;

// As Model::read() makes it; the last feature is the bias.
Vector vector_of(const Sample& sample, const ModelTable& table) {
  auto features = sample.features;
  keep_first_of_each(features);
  double squares = 0;
  Vector vector;
  for (const auto& feature : features) {
    const auto at = std::lower_bound(table.ids.begin(), table.ids.end(), feature.id);
    const auto row = static_cast<std::size_t>(at - table.ids.begin());
    const bool known = at != table.ids.end() && *at == feature.id;
    const double value = known ? table.scales[row] : unknown_value(feature.kind, table.notes);
    squares += value * value;
    if (known) vector.push_back({static_cast<int>(row) + 1, value});
  }
  for (auto& node : vector) node.value /= std::sqrt(squares);
  vector.push_back({static_cast<int>(table.ids.size()) + 1, 1.0});
  vector.push_back({-1, 0});
  return vector;
}

enum class Says : std::uint8_t { no, yes, neither };

// What a note says of an output: the topics, the urgencies, danger. An accepted topic that is not the first
// speaks neither for nor against itself.
Says says(const LabelledNote& note, std::size_t output, const std::vector<std::string>& topics) {
  const auto yes = [](bool what) { return what ? Says::yes : Says::no; };
  if (output < topics.size()) {
    if (note.topic == topics[output]) return Says::yes;
    const bool accepted =
        std::find(note.accepted.begin(), note.accepted.end(), topics[output]) != note.accepted.end();
    return accepted ? Says::neither : Says::no;
  }
  const auto urgency = output - topics.size();
  return urgency < urgencies ? yes(static_cast<std::size_t>(note.urgency) == urgency + 1) : yes(note.danger);
}

void silent(const char* /*text*/) {}

// Weights of one output; the last is the bias. Without both a yes and a no: never, or always.
std::vector<double> fit_output(const std::vector<const Sample*>& samples, std::vector<Vector>& vectors,
                               std::size_t output, const ModelTable& table, double cost) {
  std::vector<feature_node*> rows;
  std::vector<double> answers;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto said = says(*samples[i]->note, output, table.topics);
    if (said == Says::neither) continue;
    rows.push_back(vectors[i].data());
    answers.push_back(said == Says::yes ? 1 : -1);
  }
  const auto count = table.ids.size() + 1;
  if (answers.empty() ||
      std::adjacent_find(answers.begin(), answers.end(), std::not_equal_to<>()) == answers.end()) {
    std::vector<double> weights(count);
    weights.back() = answers.empty() || answers.front() < 0 ? -10 : 10;
    return weights;
  }
  problem task{static_cast<int>(rows.size()), static_cast<int>(count), answers.data(), rows.data(), 1.0};
  parameter how{};
  how.solver_type = L2R_LR;
  how.eps = 0.01;
  how.C = cost;
  model* made = ::train(&task, &how);
  std::vector<double> weights(made->w, made->w + count);
  if (made->label[0] != 1)
    for (auto& weight : weights) weight = -weight;
  free_and_destroy_model(&made);
  return weights;
}

// Weights as bytes, each feature with a step of its own.
void put_weights(ModelTable& table, const std::vector<std::vector<double>>& by_output) {
  const auto outputs = table.outputs();
  table.weights.assign(table.ids.size() * outputs, 0);
  for (std::size_t row = 0; row < table.ids.size(); ++row) {
    double most = 0;
    for (const auto& weights : by_output) most = std::max(most, std::fabs(weights[row]));
    const double step = rounded(most / 127 * 1.001);
    table.steps.push_back(static_cast<float>(step));
    for (std::size_t output = 0; output < outputs && step > 0; ++output)
      table.weights[row * outputs + output] =
          static_cast<std::int8_t>(std::lround(std::clamp(by_output[output][row] / step, -127.0, 127.0)));
  }
  for (const auto& weights : by_output) table.biases.push_back(rounded(weights.back()));
}

}  // namespace

std::vector<Sample> samples_of(const std::vector<LabelledNote>& notes, const Site& site) {
  const FeatureReader reader;
  std::vector<Sample> samples;
  for (const auto& note : notes) {
    const auto words = words_of(note.call.note);
    Sample sample{&note, {}, {}};
    if (site.safety != nullptr) sample.raised = site.safety->read(words);
    sample.features = reader.read(words, site.engine->territory.mentions(words), sample.raised);
    samples.push_back(std::move(sample));
  }
  return samples;
}

ModelTable fit(const std::vector<const Sample*>& samples, const Site& site, const TrainOptions& how) {
  ModelTable table;
  table.reading = FeatureReader().version();
  table.notes = static_cast<std::uint32_t>(samples.size());
  for (const auto& topic : site.topics) table.topics.push_back(topic.code);
  choose_features(samples, how.rare_below, table);
  std::vector<Vector> vectors;
  for (const auto* sample : samples) vectors.push_back(vector_of(*sample, table));
  set_print_string_function(silent);
  std::vector<std::vector<double>> by_output(table.outputs());
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::clamp(std::thread::hardware_concurrency(), 1U, 8U); ++i)
    threads.emplace_back([&] {
      for (auto output = next++; output < by_output.size(); output = next++)
        by_output[output] = fit_output(samples, vectors, output, table, how.cost);
    });
  threads.clear();
  put_weights(table, by_output);
  return table;
}

}  // namespace bannette::router
