#include "router/core/safety.hpp"

#include <algorithm>
#include <tuple>

#include "queue/core/utf8.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t matches_max = 32;  // places of one expression in one note that are looked at
constexpr std::size_t words_bytes = 60;

std::string as_written(const Words& words, Span match) {
  const auto from = words.list[match.first].begin;
  return cut(std::string_view(words.text).substr(from, words.list[match.last - 1].end - from), words_bytes);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// In years, where a word is a number that tells an age: "12 ans", "5 a", "bebe de 3 mois".
std::optional<int> age_at(const std::vector<Word>& words, std::size_t at) {
  if (at + 1 >= words.size()) return std::nullopt;
  const auto& unit = words[at + 1].text;
  const int number = words[at].number >= 0                      ? words[at].number
                     : is_one_of(words[at].text, {"un", "une"}) ? 1
                                                                : -1;
  if (number < 0 || number > 130) return std::nullopt;
  if (is_one_of(unit, {"ans", "an", "annees"}) || (unit == "a" && words[at].number >= 0)) {
    const bool lasting =
        at > 0 && is_one_of(words[at - 1].text, {"depuis", "dps", "dep", "dp", "pendant", "a", "y"});
    return lasting && unit != "a" ? std::nullopt : std::optional(number);
  }
  const bool born = at > 0 && is_one_of(words[at - 1].text, {"de", "bb", "bebe", "nourrisson", "petit",
                                                             "petite", "fille", "fils", "enfant", "jumeaux"});
  if (born && is_one_of(unit, {"mois", "m", "sem", "semaine", "semaines", "jour", "jours", "j"})) return 0;
  return std::nullopt;
}

// Is the age told nearest to the match, within its sentence, out of the range? Where children are asked for,
// an age right behind an adult ("mere 19 a") says nothing of them.
bool out_of(const AgeRange& range, const Marks& marks, Span match) {
  const auto& words = marks.words.list;
  const auto of_adult = [&](std::size_t at) {
    return range.high < 18 && ((at >= 1 && marks.adult[at - 1]) || (at >= 2 && marks.adult[at - 2]));
  };
  std::optional<int> nearest;
  std::size_t least = words.size();
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].sentence != words[match.first].sentence) continue;
    const auto age = age_at(words, at);
    if (!age || of_adult(at)) continue;
    const auto away = at < match.first ? match.first - at : at >= match.last ? at - match.last + 1 : 0;
    if (away < least) {
      least = away;
      nearest = age;
    }
  }
  return nearest && (*nearest < range.low || *nearest > range.high);
}

}  // namespace

// One note being read. Marks are made only once a rule has found its words.
struct SafetyLexicon::Reading {
  const Words& words;
  SafetyText text;
  std::vector<bool> candidates;  // expressions that may stand in the note
  std::optional<Marks> marks;
};

SafetyLexicon::SafetyLexicon(Safety written) : written_(std::move(written)), set_(safety_memory) {
  for (const auto& rule : written_.rules) {
    Compiled compiled;
    add(compiled.when, rule.when);
    add(compiled.with, rule.with);
    add(compiled.without, rule.without);
    compiled_.push_back(std::move(compiled));
  }
  for (std::size_t i = 0; i < context_count; ++i) {
    contexts_[i] = add_together(written_.contexts.contexts[i].words);
    exceptions_[i] = add_together(written_.contexts.contexts[i].except);
  }
  present_ = add_together(written_.contexts.present.words);
  not_present_ = add_together(written_.contexts.present.except);
  adult_ = add_together(written_.contexts.adult);
  clause_ = add_together(written_.contexts.clause);
  subject_ = add_together(written_.contexts.subject);
  set_.compile();
}
SafetyLexicon::~SafetyLexicon() = default;

void SafetyLexicon::add(std::vector<Expression>& list, const std::vector<Spot>& patterns) {
  for (const auto& pattern : patterns) {
    if (++patterns_ > safety_patterns_max) {
      if (patterns_ == safety_patterns_max + 1)
        faults_.push_back({pattern, "plus de " + std::to_string(safety_patterns_max) + " motifs de mots"});
      return;
    }
    const auto expression = write_out(pattern.text, written_.classes);
    const auto number = expression ? set_.add(*expression) : Result<std::uint32_t>(expression.error());
    if (number)
      list.push_back({*number, denies(*expression)});
    else
      faults_.push_back({pattern, number.error().detail});
  }
}

// The patterns of a context run as one. Each is first tried alone, so that a fault is told at its place.
std::optional<std::uint32_t> SafetyLexicon::add_together(const std::vector<Spot>& patterns) {
  std::string all;
  RegexSet alone(safety_memory);
  for (const auto& pattern : patterns) {
    const auto expression = write_out(pattern.text, written_.classes);
    const auto number = expression ? alone.add(*expression) : Result<std::uint32_t>(expression.error());
    if (number)
      all += (all.empty() ? "(?:" : "|(?:") + *expression + ")";
    else
      faults_.push_back({pattern, number.error().detail});
  }
  if (all.empty()) return std::nullopt;
  const auto number = set_.add(all);
  if (number) return *number;
  faults_.push_back({patterns.front(), number.error().detail});
  return std::nullopt;
}

void SafetyLexicon::mark(const SafetyText& text, std::optional<std::uint32_t> expression,
                         std::vector<bool>& bits, const std::vector<bool>* except) const {
  bits.assign(text.size(), false);
  if (!expression) return;
  for (std::size_t from = 0; from < text.bytes().size();) {
    const auto found = set_.find(*expression, text.bytes(), from);
    if (found.begin == found.end) return;
    const auto span = text.words_at(found.begin, found.end);
    for (auto at = span.first; at < span.last; ++at) bits[at] = except == nullptr || !(*except)[at];
    from = found.end;
  }
}

const Marks& SafetyLexicon::marks(Reading& reading) const {
  if (reading.marks) return *reading.marks;
  auto& marks = reading.marks.emplace(Marks{reading.words, {}, {}, {}, {}, {}});
  std::vector<bool> except;
  for (std::size_t i = 0; i < context_count; ++i) {
    mark(reading.text, exceptions_[i], except, nullptr);
    mark(reading.text, contexts_[i], marks.told[i], &except);
  }
  mark(reading.text, not_present_, except, nullptr);
  mark(reading.text, present_, marks.present, &except);
  mark(reading.text, adult_, marks.adult, nullptr);
  mark(reading.text, clause_, marks.clause, nullptr);
  mark(reading.text, subject_, marks.subject, nullptr);
  return marks;
}

// A match that accompanies ("avec") need only not be denied, nor be part of a set phrase ("un petit studio").
bool SafetyLexicon::stands(Reading& reading, const SafetyRule& rule, const Expression& by, Span match,
                           bool accompanies) const {
  const auto heeds = [&](Context context) { return rule.heeds[static_cast<std::size_t>(context)]; };
  const auto& all = marks(reading);
  if (!by.denies && (heeds(Context::negation) || accompanies) && all.denied(match)) return false;
  if (accompanies) return !all.figure(match);
  return !(rule.ages && out_of(*rule.ages, all, match)) && !(heeds(Context::past) && all.past(match)) &&
         !(heeds(Context::hypothesis) && all.supposed(match)) &&
         !(heeds(Context::figure) && all.figure(match)) &&
         !(heeds(Context::retraction) && all.anywhere(Context::retraction));
}

std::optional<Span> SafetyLexicon::first_standing(Reading& reading, const SafetyRule& rule,
                                                  const std::vector<Expression>& list,
                                                  bool accompanies) const {
  const auto& text = reading.text;
  for (const auto& expression : list) {
    if (!reading.candidates[expression.number]) continue;
    std::size_t from = 0;
    for (std::size_t tried = 0; tried < matches_max && from < text.bytes().size(); ++tried) {
      const auto found = set_.find(expression.number, text.bytes(), from);
      if (found.begin == found.end) {
        if (tried == 0) reading.candidates[expression.number] = false;  // not for another rule either
        break;
      }
      const auto match = text.words_at(found.begin, found.end);
      if (stands(reading, rule, expression, match, accompanies)) return match;
      from = match.first + 1 < text.size() ? text.begin_of(match.first + 1) : text.bytes().size();
    }
  }
  return std::nullopt;
}

std::optional<Raised> SafetyLexicon::call(Reading& reading, std::size_t number) const {
  const auto& rule = written_.rules[number];
  const auto& compiled = compiled_[number];
  const auto match = first_standing(reading, rule, compiled.when, false);
  if (!match) return std::nullopt;
  if (!compiled.with.empty() && !first_standing(reading, rule, compiled.with, true)) return std::nullopt;
  for (const auto& each : compiled.without) {
    if (!reading.candidates[each.number]) continue;
    const auto found = set_.find(each.number, reading.text.bytes(), 0);
    if (found.begin != found.end) return std::nullopt;
    reading.candidates[each.number] = false;
  }
  auto urgency = rule.danger ? std::min(rule.urgency, Urgency::urgent) : rule.urgency;
  const auto& all = marks(reading);
  if (rule.heeds[static_cast<std::size_t>(Context::report)] && all.anywhere(Context::report) &&
      !all.now(*match))
    urgency = std::max(urgency, Urgency::urgent);
  return Raised{&rule, urgency, as_written(reading.words, *match)};
}

std::vector<Raised> SafetyLexicon::read(const Words& note, bool danger) const {
  std::vector<Raised> raised;
  if (note.list.empty()) return raised;
  SafetyText text(note);
  auto candidates = set_.candidates(text.bytes());
  Reading reading{note, std::move(text), std::move(candidates), std::nullopt};
  for (const bool after_danger : {false, true}) {
    if (after_danger && !danger) break;
    for (std::size_t i = 0; i < compiled_.size(); ++i) {
      if (written_.rules[i].with_danger != after_danger) continue;
      if (auto called = call(reading, i)) {
        danger = danger || called->rule->danger;
        raised.push_back(std::move(*called));
      }
    }
  }
  std::sort(raised.begin(), raised.end(), [](const Raised& a, const Raised& b) {
    return std::tie(a.urgency, a.rule) < std::tie(b.urgency, b.rule);  // rules stand in the file's order
  });
  return raised;
}

double strength_for(const std::vector<Raised>& raised, std::string_view topic) {
  double most = 1;
  for (const auto& each : raised)
    if (each.rule->topic == topic) most = std::max(most, each.rule->strength);
  return most;
}

}  // namespace bannette::router
