#include "router/core/lexicon.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace bannette::router {
namespace {

constexpr double weight_scale = 0.25;      // one point of weight, as a logarithm of odds
constexpr std::size_t negation_reach = 4;  // words before what is denied
constexpr std::size_t words_kept = 4;      // shown for a topic

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Where a negation before stops: "n'ose pas dire qu'il la frappe" denies the saying, not the blow.
bool parts_clauses(std::string_view word) {
  return is_one_of(word, {"que", "qu", "qui", "si", "mais", "car", "parce", "pcq", "quand", "sauf", "et",
                          "donc", "alors", "sinon"});
}

std::string as_written(const Words& words, const Match& match) {
  const auto from = words.list[match.first].begin;
  return cut(std::string_view(words.text).substr(from, words.list[match.last - 1].end - from), 60);
}

}  // namespace

// One reading: what was found, by pattern.
struct LexiconReader::Scan {
  const Words& words;
  const PatternSet& patterns;
  std::vector<Match> matches;
  std::vector<std::vector<std::uint32_t>> by_pattern;  // numbers of matches
  std::vector<bool> denies;                            // by word

  [[nodiscard]] bool any(const std::vector<std::uint32_t>& wanted) const {
    return std::any_of(wanted.begin(), wanted.end(), [&](auto p) { return !by_pattern[p].empty(); });
  }
  [[nodiscard]] bool negated(const Match& match) const {
    const auto clause = words.list[match.first].clause;
    for (std::size_t back = 1; back <= negation_reach && back <= match.first; ++back) {
      const auto at = match.first - back;
      if (words.list[at].clause != clause || parts_clauses(words.list[at].text)) break;
      if (denies[at]) return true;
    }
    // "il frappe pas": after the first word, unless the pattern itself says so, or after the last.
    const auto& elements = patterns.at(match.pattern).elements;
    const auto second = match.first + 1u;
    const bool own = elements.size() > 1 && second < words.list.size() && matches_word(elements[1], second);
    return (!own && denied_by(second, match.first)) || denied_by(match.last, match.last - 1u);
  }
  [[nodiscard]] bool matches_word(const Element& element, std::size_t at) const {
    return bannette::router::matches(element, words.list[at]);
  }
  [[nodiscard]] bool denied_by(std::size_t at, std::size_t verb) const {
    const auto& list = words.list;
    if (at >= list.size() || list[at].clause != list[verb].clause) return false;
    if (!is_one_of(list[at].text, {"pas", "plus", "jamais", "aucun", "aucune"})) return false;
    return at + 1 >= list.size() || !is_one_of(list[at + 1].text, {"fort", "en", "mal", "souvent", "que"});
  }
};

LexiconReader::LexiconReader(const Lexicon& lexicon, const std::vector<Topic>& topics) {
  for (const auto& topic : topics) {
    topics_.push_back(topic.code);
    const auto bias = lexicon.bias.find(topic.code);
    bias_.push_back(bias == lexicon.bias.end() ? 0 : bias->second);
  }
  for (const auto& term : lexicon.terms) {
    const auto number = patterns_.add(term.pattern);
    votes_.resize(patterns_.size());
    votes_[number].push_back({topic_number(term.topic), term.weight, term.heed_negation});
  }
  for (const auto& calm : lexicon.calms) {
    Quiet quiet{calm, add(calm.when), add(calm.without), {}};
    for (const auto& topic : calm.topics) quiet.topics.push_back(topic_number(topic));
    calms_.push_back(std::move(quiet));
  }
  negation_ = add(lexicon.negation);
  votes_.resize(patterns_.size());
}

std::vector<std::uint32_t> LexiconReader::add(const std::vector<Pattern>& patterns) {
  std::vector<std::uint32_t> numbers;
  for (const auto& pattern : patterns) numbers.push_back(patterns_.add(pattern));
  return numbers;
}

std::uint32_t LexiconReader::topic_number(const std::string& code) const {
  return static_cast<std::uint32_t>(std::find(topics_.begin(), topics_.end(), code) - topics_.begin());
}

void LexiconReader::weigh(const Scan& scan, Reading& reading) const {
  std::vector<double> sums(topics_.size());
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = bias_[i];
  std::vector<std::vector<std::pair<int, std::uint32_t>>> spoke(topics_.size());
  for (std::uint32_t pattern = 0; pattern < scan.by_pattern.size(); ++pattern) {
    const auto& places = scan.by_pattern[pattern];
    if (places.empty()) continue;
    for (const auto& vote : votes_[pattern]) {
      if (vote.topic >= sums.size()) continue;
      const auto said = std::find_if(places.begin(), places.end(), [&](auto n) {
        return !vote.heed_negation || !scan.negated(scan.matches[n]);
      });
      if (said == places.end()) continue;
      sums[vote.topic] += vote.weight;
      if (vote.weight > 0) spoke[vote.topic].emplace_back(-vote.weight, *said);
    }
  }

  const double most = sums.empty() ? 0 : *std::max_element(sums.begin(), sums.end());
  double total = 0;
  for (auto& sum : sums) total += sum = std::exp((sum - most) * weight_scale);
  std::vector<std::uint32_t> order(sums.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return sums[a] != sums[b] ? sums[a] > sums[b] : a < b; });
  for (const auto i : order) {
    Heard heard{topics_[i], sums[i] / total, {}};
    std::sort(spoke[i].begin(), spoke[i].end());
    for (const auto& [weight, match] : spoke[i]) {
      auto words = as_written(scan.words, scan.matches[match]);
      const bool fresh = std::find(heard.words.begin(), heard.words.end(), words) == heard.words.end();
      if (fresh && heard.words.size() < words_kept) heard.words.push_back(std::move(words));
    }
    reading.topics.push_back(std::move(heard));
  }
}

Reading LexiconReader::read(const Words& words) const {
  Scan scan{words, patterns_, patterns_.find(words), {}, std::vector<bool>(words.list.size())};
  scan.by_pattern.resize(patterns_.size());
  for (std::uint32_t i = 0; i < scan.matches.size(); ++i)
    scan.by_pattern[scan.matches[i].pattern].push_back(i);
  for (const auto pattern : negation_)
    for (const auto number : scan.by_pattern[pattern])
      for (auto at = scan.matches[number].first; at < scan.matches[number].last; ++at) scan.denies[at] = true;

  Reading reading;
  weigh(scan, reading);
  for (const auto& quiet : calms_) {
    const auto& topics = quiet.calm.topics;
    const bool listed =
        topics.empty() || std::find(topics.begin(), topics.end(),
                                    reading.topics.empty() ? "" : reading.topics[0].topic) != topics.end();
    if (reading.calm == nullptr && listed && scan.any(quiet.when) && !scan.any(quiet.without))
      reading.calm = &quiet.calm;
  }
  return reading;
}

}  // namespace bannette::router
