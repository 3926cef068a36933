// How right decisions are, on labelled notes that nothing was trained or tuned on.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "router/core/model.hpp"
#include "router/learn/notes.hpp"
#include "router/learn/train.hpp"

namespace bannette::router {

struct Tally {
  std::size_t right = 0;
  std::size_t of = 0;
  void count(bool good) {
    right += good ? 1 : 0;
    ++of;
  }
  [[nodiscard]] double share() const {
    return of == 0 ? 0 : static_cast<double>(right) / static_cast<double>(of);
  }
};

// Of one topic: how many of its notes were found, and how many that were given it are of it (or accept it).
struct TopicFigures {
  Tally recall, precision;
};

// Decisions by how sure they were: [0, 0.1), [0.1, 0.2) ...
struct Bin {
  std::size_t decisions = 0;
  double sure = 0;  // sum of the scores
  std::size_t right = 0;
};

struct Figures {
  std::size_t notes = 0;
  Tally topic;     // the first topic is `motif`
  Tally accepted;  // ... or one of `motifs_ok`
  Tally first_three;
  std::map<std::string, TopicFigures> by_topic;
  std::map<std::string, std::map<std::string, std::size_t>> confusion;  // right topic, then answered
  Tally danger_recall, danger_precision;
  Tally urgency;
  std::array<std::array<std::size_t, urgencies>, urgencies> urgency_table{};  // right, then answered
  Tally insee, unit;  // where the note's label tells one
  Tally untold;       // where the label tells no unit: none was answered
  std::array<Bin, 10> bins{};
  [[nodiscard]] std::size_t immediate_as_normal() const { return urgency_table[0][3]; }
  // Expected calibration error of the first topic's score (Naeini et al., 2015), 0..1.
  [[nodiscard]] double calibration_error() const;
};

void count(Figures& figures, const LabelledNote& note, const Decision& decision);
[[nodiscard]] Figures evaluate(const std::vector<LabelledNote>& notes, const Site& site);

// Each file judged by a model of all the others: the name of the file, then its figures; last, all together
// ("ensemble").
[[nodiscard]] std::vector<std::pair<std::string, Figures>> cross_validate(
    const std::vector<LabelledNote>& notes, const Site& site, const TrainOptions& how);

// For people, in French; and one JSON object.
[[nodiscard]] std::string report(const Figures& figures);
[[nodiscard]] std::string report_json(const Figures& figures);

}  // namespace bannette::router
