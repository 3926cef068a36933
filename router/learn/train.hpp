// Labelled notes made into a model. Deterministic: the same notes in the same order make the same bytes.
#pragma once
#include <cstddef>
#include <vector>

#include "router/core/model.hpp"
#include "router/core/site.hpp"
#include "router/learn/notes.hpp"

namespace bannette::router {

// Chosen by leave-one-file-out cross-validation.
struct TrainOptions {
  double cost = 30;              // LIBLINEAR's C: how much an error on the training notes counts
  std::size_t rare_below = 2;    // features of fewer notes are left out
  std::size_t folds = 5;         // parts for the calibration: files together, where there are as many
  double danger_recall = 0.985;  // of dangers in notes that were not trained on
};

// A note as the trainer sees it.
struct Sample {
  const LabelledNote* note = nullptr;
  std::vector<Feature> features;
  std::vector<Raised> raised;  // by the site's safety rules
};

// `site` must be prepared and outlive the samples: places named in the notes are masked as its decisions mask
// them.
[[nodiscard]] std::vector<Sample> samples_of(const std::vector<LabelledNote>& notes, const Site& site);

// Weights without calibration: slopes of 1, thresholds of one half.
[[nodiscard]] ModelTable fit(const std::vector<const Sample*>& samples, const Site& site,
                             const TrainOptions& how);

// The whole: weights from all samples; calibration and thresholds from samples that a model of the others
// judged.
[[nodiscard]] ModelTable train_model(const std::vector<Sample>& samples, const Site& site,
                                     const TrainOptions& how);

}  // namespace bannette::router
