// The lexicon at work: which topics the words of a note speak for, and what tells that nothing presses.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "router/core/decision.hpp"
#include "router/core/pattern.hpp"

namespace bannette::router {

struct Heard {
  std::string topic;
  double score = 0;                // 0..1; all topics together make 1
  std::vector<std::string> words;  // what spoke for it, as written, the heaviest first
};

struct Reading {
  std::vector<Heard> topics;   // best first; equal scores in the site's order
  const Calm* calm = nullptr;  // the first that applies to the best topic
};

class LexiconReader {
 public:
  LexiconReader(const Lexicon& lexicon, const std::vector<Topic>& topics);
  [[nodiscard]] Reading read(const Words& words) const;

 private:
  struct Vote {
    std::uint32_t topic = 0;
    int weight = 0;
    bool heed_negation = false;
  };
  struct Quiet {
    Calm calm;
    std::vector<std::uint32_t> when, without, topics;
  };
  struct Scan;

  std::vector<std::uint32_t> add(const std::vector<Pattern>& patterns);
  [[nodiscard]] std::uint32_t topic_number(const std::string& code) const;
  void weigh(const Scan& scan, Reading& reading) const;

  PatternSet patterns_;
  std::vector<std::string> topics_;
  std::vector<int> bias_;
  std::vector<std::vector<Vote>> votes_;  // by pattern
  std::vector<Quiet> calms_;
  std::vector<std::uint32_t> negation_;
};

}  // namespace bannette::router
