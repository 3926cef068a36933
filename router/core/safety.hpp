// The safety lexicon: rules that raise topic, urgency and danger, and never lower them. What a rule says, no
// model takes back.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/rules.hpp"
#include "router/core/safety_context.hpp"
#include "router/core/safety_pattern.hpp"

namespace bannette::router {

struct AgeRange {
  int low = 0;  // years
  int high = 0;
  bool operator==(const AgeRange&) const = default;
};

struct SafetyRule {
  std::string id;
  std::string text;  // French, shown to the operator
  Urgency urgency = Urgency::normal;
  bool danger = false;           // then the urgency is at least urgent
  std::string topic;             // that it speaks for, or empty
  double strength = 1;           // how many times more probable that topic becomes
  std::vector<Spot> when;        // one of these
  std::vector<Spot> with;        // and, where not empty, one of these, anywhere in the note
  std::vector<Spot> without;     // and none of these
  bool with_danger = false;      // and only where another rule tells a danger
  std::optional<AgeRange> ages;  // the age told nearest, where one is told in the sentence
  std::array<bool, context_count> heeds{true, true, true, true, true, true};  // by Context
  std::vector<Spot> examples;                                                 // notes that must call it
  std::vector<Spot> counter_examples;                                         // notes that must not
};

// As written in a file.
struct Safety {
  WordClasses classes;
  ContextLexicon contexts;
  std::vector<SafetyRule> rules;
};

// A rule that a note calls.
struct Raised {
  const SafetyRule* rule = nullptr;
  Urgency urgency = Urgency::normal;  // the rule's, held back to urgent for what is only reported
  std::string words;                  // as written, at most 60 bytes
};

// What of a file RE2 or the pattern language refuses.
struct SafetyFault {
  Spot at;
  std::string what;  // French
};

// The rules compiled, once. Immutable: may be shared between threads.
class SafetyLexicon {
 public:
  // Leaves out what is wrong and tells it in faults(); never throws for what the rules hold.
  explicit SafetyLexicon(Safety written);
  ~SafetyLexicon();
  SafetyLexicon(const SafetyLexicon&) = delete;
  SafetyLexicon& operator=(const SafetyLexicon&) = delete;

  [[nodiscard]] const std::vector<SafetyRule>& rules() const { return written_.rules; }
  [[nodiscard]] const std::vector<SafetyFault>& faults() const { return faults_; }

  // The rules that the note calls, the most urgent first, then in the file's order. `danger`: told by
  // somebody else (a model); then the rules that ask for one are read as well.
  [[nodiscard]] std::vector<Raised> read(const Words& note, bool danger = false) const;

 private:
  struct Expression {
    std::uint32_t number = 0;
    bool denies = false;
  };
  struct Compiled {
    std::vector<Expression> when, with, without;
  };
  struct Reading;

  void add(std::vector<Expression>& list, const std::vector<Spot>& patterns);
  [[nodiscard]] std::optional<std::uint32_t> add_together(const std::vector<Spot>& patterns);
  void mark(const SafetyText& text, std::optional<std::uint32_t> expression, std::vector<bool>& bits,
            const std::vector<bool>* except) const;
  [[nodiscard]] const Marks& marks(Reading& reading) const;
  [[nodiscard]] bool stands(Reading& reading, const SafetyRule& rule, const Expression& by, Span match,
                            bool accompanies) const;
  [[nodiscard]] std::optional<Raised> call(Reading& reading, std::size_t rule) const;
  [[nodiscard]] std::optional<Span> first_standing(Reading& reading, const SafetyRule& rule,
                                                   const std::vector<Expression>& list,
                                                   bool accompanies) const;

  Safety written_;
  std::vector<SafetyFault> faults_;
  RegexSet set_;
  std::vector<Compiled> compiled_;  // by rule
  std::array<std::optional<std::uint32_t>, context_count> contexts_, exceptions_;
  std::optional<std::uint32_t> present_, not_present_, adult_, clause_, subject_;
  std::size_t patterns_ = 0;
};

// How many times more probable the rules make a topic; 1 where none speaks for it.
[[nodiscard]] double strength_for(const std::vector<Raised>& raised, std::string_view topic);

}  // namespace bannette::router
