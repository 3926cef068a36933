// A model made by hand: some words, and what each says.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "router/core/model.hpp"

namespace bannette::router::test {

// A word speaks for outputs by name: a topic, "immediate" ... "normal", or "danger".
struct Spoken {
  std::string_view word;
  std::vector<std::string_view> outputs;
};

inline std::size_t output_named(const ModelTable& table, std::string_view name) {
  constexpr std::array<std::string_view, 5> others{"immediate", "urgent", "priority", "normal", "danger"};
  const auto topic = std::find(table.topics.begin(), table.topics.end(), name);
  if (topic != table.topics.end()) return static_cast<std::size_t>(topic - table.topics.begin());
  const auto other = std::find(others.begin(), others.end(), name);
  return table.topics.size() + static_cast<std::size_t>(other - others.begin());
}

inline ModelTable small_table(std::vector<std::string> topics, const std::vector<Spoken>& words) {
  const FeatureReader reader;
  ModelTable table;
  table.reading = reader.version();
  table.notes = 0;  // so that unknown words count nothing
  table.topics = std::move(topics);
  std::map<std::uint32_t, std::vector<std::int8_t>> rows;
  for (const auto& spoken : words)
    for (const auto& feature : reader.read(words_of(spoken.word), {}, {})) {
      if (feature.kind != FeatureKind::word) continue;
      auto& row = rows[feature.id];
      row.assign(table.outputs(), 0);
      for (const auto output : spoken.outputs) row[output_named(table, output)] = 100;
    }
  for (const auto& [id, row] : rows) {
    table.ids.push_back(id);
    table.scales.push_back(1);
    table.steps.push_back(0.1F);
    table.weights.insert(table.weights.end(), row.begin(), row.end());
  }
  table.biases.assign(table.outputs(), 0);
  table.biases[output_named(table, "normal")] = 3;
  table.biases.back() = -3;
  return table;
}

}  // namespace bannette::router::test
