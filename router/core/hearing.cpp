#include "router/core/hearing.hpp"

#include <algorithm>
#include <cmath>

namespace bannette::router {
namespace {

constexpr double sure_from = 0.55;    // below, the topic is uncertain
constexpr double sure_margin = 0.20;  // ahead of the runner-up
constexpr double runner_up_from = 0.05;
constexpr std::size_t runs_shown = 4;
constexpr std::size_t run_bytes = 60;

std::string hundredths(double score) {
  return std::to_string(static_cast<int>(std::lround(score * 100))) + " %";
}

}  // namespace

Hearing::Hearing(const Site& site, const Words& note, const std::vector<Mention>& places,
                 const std::vector<Raised>& raised)
    : model_(site.model.get()), note_(note) {
  if (model_ == nullptr) {
    for (const auto& topic : site.topics)
      topics_.push_back({topic.code, 1.0 / static_cast<double>(site.topics.size()), topics_.size()});
    return;
  }
  opinion_ = model_->read(note, places, raised);
  for (std::size_t i = 0; i < opinion_.topics.size(); ++i)
    topics_.push_back({model_->topics()[i], opinion_.topics[i], i});
  // Where few words are known ("zzz, merci"), what they say counts the less, and all topics are nearly alike.
  const double known = understood();
  for (auto& heard : topics_)
    heard.score = known * heard.score + (1 - known) / static_cast<double>(topics_.size());
  std::sort(topics_.begin(), topics_.end(), [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.output < b.output;
  });
}

// 0..1: 0 up to a fifth of the words known, 1 from three fifths on.
double Hearing::understood() const {
  if (opinion_.words == 0) return 0;
  const double share = static_cast<double>(opinion_.words_known) / static_cast<double>(opinion_.words);
  return std::clamp((share - 0.2) / 0.4, 0.0, 1.0);
}

bool Hearing::is_uncertain() const {
  if (model_ == nullptr || topics_.size() < 2) return true;
  const auto& best = topics_[0];
  return best.score < sure_from || best.score - topics_[1].score < sure_margin;
}

Urgency Hearing::urgency() const {
  return model_ == nullptr ? Urgency::normal : model_->urgency_of(opinion_);
}

bool Hearing::danger() const {
  return model_ != nullptr && model_->danger_of(opinion_);
}

std::string Hearing::words_for(std::size_t output, std::size_t against) const {
  std::string out;
  for (const auto& run : model_->evidence(note_, opinion_, output, against, runs_shown)) {
    const auto from = note_.list[run.first].begin;
    const auto words =
        cut(std::string_view(note_.text).substr(from, note_.list[run.last - 1].end - from), run_bytes);
    out += (out.empty() ? "« " : ", « ") + std::string(words) + " »";
  }
  return out;
}

std::vector<Reason> Hearing::why_topic(const Site& site) const {
  std::vector<Reason> out;
  if (model_ == nullptr) {
    out.push_back({"model:none", "Aucun modèle n'est installé : le motif est à choisir"});
    return out;
  }
  const auto& best = topics_[0];
  const auto label = label_of_topic(site, best.topic);
  const auto words = words_for(best.output, best.output);
  if (opinion_.words_known == 0) {
    out.push_back({"model:unknown", "Aucun mot de la note n'est connu : le motif est à choisir"});
  } else {
    out.push_back({"model:" + best.topic, label + " (" + hundredths(best.score) + ")" +
                                              (words.empty() ? " : aucun mot décisif" : " : " + words)});
  }
  if (topics_.size() < 2 || topics_[1].score < runner_up_from) return out;
  const auto& next = topics_[1];
  const auto its = words_for(next.output, best.output);
  out.push_back({"runner-up", "Autre motif possible : " + label_of_topic(site, next.topic) + " (" +
                                  hundredths(next.score) + ")" + (its.empty() ? "" : ", à cause de " + its)});
  if (const auto decided = words_for(best.output, next.output); !decided.empty())
    out.push_back({"runner-up:against", "Entre les deux, " + decided + " a fait préférer : " + label});
  return out;
}

std::vector<Reason> Hearing::why_urgency() const {
  std::vector<Reason> out;
  if (model_ == nullptr) return out;
  const auto because = [&](std::size_t output) {
    const auto words = words_for(output, output);
    return words.empty() ? std::string() : " : " + words;
  };
  if (danger())
    out.push_back({"model:danger", "Danger possible (" + hundredths(opinion_.danger) + ")" +
                                       because(model_->danger_output())});
  if (const auto level = urgency(); level < Urgency::normal)
    out.push_back({"model:urgency",
                   "Urgence " + std::string(in_french(level)) + because(model_->urgency_output(level))});
  return out;
}

}  // namespace bannette::router
