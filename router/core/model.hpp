// A trained model at work: how probable each topic and urgency and a danger are for a note, and which of its
// words say so. Linear: a sum of the weights of what FeatureReader reads, so that a reason can always be
// given. Trained by router/learn with LIBLINEAR (Fan et al., 2008), L2-regularised logistic regression, one
// against all.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/error.hpp"
#include "queue/core/rules.hpp"
#include "router/core/features.hpp"

namespace bannette::router {

inline constexpr std::size_t model_topics_max = 200;
inline constexpr std::size_t model_features_max = 1'000'000;
inline constexpr std::size_t model_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t urgencies = 4;

// As trained and as kept in a file. Outputs: the topics, then the four urgencies, then danger.
struct ModelTable {
  std::uint64_t reading = 0;  // FeatureReader::version() that it was trained with
  std::uint32_t notes = 0;    // that it was trained on
  std::vector<std::string> topics;
  std::vector<std::uint32_t> ids;    // of features, ascending
  std::vector<float> scales;         // by feature: its value before the note is normalised
  std::vector<float> steps;          // by feature: what a weight of 1 is worth
  std::vector<std::int8_t> weights;  // by feature, then output
  std::vector<float> biases;         // by output
  std::array<float, 3> slopes{1, 1,
                              1};  // calibration of topic, urgency, danger: probability of slope * score
  float danger_offset = 0;         // ... + offset
  // What is decided with the probabilities, chosen so that little that is grave passes. 0..1
  float danger_from = 0.5F;
  float immediate_from = 0.5F;
  float urgent_from = 0.5F;    // of immediate and urgent together
  float priority_from = 0.5F;  // of immediate, urgent and priority together

  [[nodiscard]] std::size_t outputs() const { return topics.size() + urgencies + 1; }
  bool operator==(const ModelTable&) const = default;
};

// Leaves each id once, in its first place; ascending by id.
void keep_first_of_each(std::vector<Feature>& features);
// What a feature that the model does not know counts in the length of a note, to which the others are set in
// proportion: a note of words that nobody has seen speaks faintly.
[[nodiscard]] float unknown_value(FeatureKind kind, std::uint32_t notes);

// The file's bytes: little-endian, checksummed. Same table, same bytes.
[[nodiscard]] std::string to_bytes(const ModelTable& table);
// Code::malformed with a French detail where it is no model, cut, altered, of another version or out of
// bounds.
[[nodiscard]] Result<ModelTable> from_bytes(std::string_view bytes);
// "3f2a9c0e1b7d4a65": names what the bytes hold, protects nothing.
[[nodiscard]] std::string model_version(std::string_view bytes);

// What a model thinks of one note.
struct Opinion {
  struct Known {
    std::uint32_t row = 0;
    std::uint32_t first = 0;  // words of the note: [first, last)
    std::uint32_t last = 0;
    float value = 0;
  };
  std::vector<Known> known;                 // what the model knows of what was read, once each
  std::vector<double> scores;               // by output, before calibration
  std::vector<double> topics;               // probabilities, as ModelTable::topics; together 1
  std::array<double, urgencies> urgency{};  // by Urgency; together 1
  double danger = 0;
  std::size_t words = 0;        // different ones that were read
  std::size_t words_known = 0;  // of them, by the model
};

// What of the note speaks for something: words [first, last), and how much of the score they make.
struct Evidence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  double weight = 0;
};

class Model {
 public:
  // Code::malformed where the table was trained with another reader than this program's.
  [[nodiscard]] static Result<Model> make(ModelTable table, std::string version);

  [[nodiscard]] Opinion read(const Words& note, const std::vector<Mention>& places,
                             const std::vector<Raised>& raised) const;
  [[nodiscard]] Urgency urgency_of(const Opinion& opinion) const;
  [[nodiscard]] bool danger_of(const Opinion& opinion) const { return opinion.danger >= table_.danger_from; }

  [[nodiscard]] const std::vector<std::string>& topics() const { return table_.topics; }
  [[nodiscard]] std::size_t urgency_output(Urgency urgency) const {
    return table_.topics.size() + static_cast<std::size_t>(urgency) - 1;
  }
  [[nodiscard]] std::size_t danger_output() const { return table_.outputs() - 1; }

  // The runs of words that speak most for an output (rather than for `against`, where it is another), the
  // heaviest first, at most `most`; little words at either end are left out.
  [[nodiscard]] std::vector<Evidence> evidence(const Words& note, const Opinion& opinion, std::size_t output,
                                               std::size_t against, std::size_t most) const;

  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] std::size_t features() const { return table_.ids.size(); }
  [[nodiscard]] std::size_t bytes() const;  // of memory

 private:
  Model() = default;
  [[nodiscard]] std::uint32_t row_of(std::uint32_t id) const;
  [[nodiscard]] double weight(std::uint32_t row, std::size_t output) const {
    return static_cast<double>(table_.steps[row]) * table_.weights[row * table_.outputs() + output];
  }

  FeatureReader reader_;
  ModelTable table_;
  std::vector<std::uint32_t> slots_;  // open addressing by id: row + 1, or 0
  std::string version_;
};

}  // namespace bannette::router
