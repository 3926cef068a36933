// `bannette train` and `bannette evaluate`: models from labelled notes, and how right decisions are.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

struct LearnOptions {
  std::filesystem::path notes;   // a file, or a folder of *.jsonl
  std::filesystem::path config;  // empty: the notes' own site, or the sample site below the current folder
  std::filesystem::path model;   // train: to be written; evaluate: instead of the site's, where not empty
  bool json = false;
  bool cross_validate = false;  // each file by a model of the others
};

// Exit codes: 0 done, 1 refused (a line of the notes, the configuration, the model), 2 nothing to work with.
int run_train(const LearnOptions& options, std::ostream& out, std::ostream& err);
int run_evaluate(const LearnOptions& options, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
