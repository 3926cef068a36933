// What a model hears in a note, put in an order and into words: topics with the words that speak for them,
// urgency and danger with theirs.
#pragma once
#include <string>
#include <vector>

#include "router/core/decision.hpp"
#include "router/core/model.hpp"

namespace bannette::router {

struct TopicHeard {
  std::string topic;
  double score = 0;        // 0..1; all together 1
  std::size_t output = 0;  // of the model
};

class Hearing {
 public:
  // `model` may be nothing: then every topic is as probable as the others. `words` must outlive the hearing.
  Hearing(const Site& site, const Words& note, const std::vector<Mention>& places,
          const std::vector<Raised>& raised);

  [[nodiscard]] std::vector<TopicHeard>& topics() { return topics_; }  // best first
  [[nodiscard]] bool is_uncertain() const;                             // a human should look at the topic
  [[nodiscard]] Urgency urgency() const;                               // normal without a model
  [[nodiscard]] bool danger() const;

  // To be asked once the topics are in their last order.
  [[nodiscard]] std::vector<Reason> why_topic(const Site& site) const;
  [[nodiscard]] std::vector<Reason> why_urgency() const;

 private:
  [[nodiscard]] std::string words_for(std::size_t output, std::size_t against) const;
  [[nodiscard]] double understood() const;

  const Model* model_;
  const Words& note_;
  Opinion opinion_;
  std::vector<TopicHeard> topics_;
};

}  // namespace bannette::router
