// What an operator asks and says, and whom to call, by topic: the site's consignes.toml. It guides people and
// decides nothing.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::router {

// A number to call or to give: "119".
struct Helpline {
  std::string code;
  std::string number;  // as people dial it
  std::string name;
  std::string when;  // for whom, at what hours; may be empty
};

struct GuidedQuestion {
  std::string code;
  std::string label;  // short: how its answer stands in the note
  std::string text;
  std::string hint;                  // may be empty
  std::vector<std::string> choices;  // usual answers; none: free
};

struct Guide {
  std::string topic;
  std::vector<std::string> say;           // words to say
  std::vector<GuidedQuestion> questions;  // in the order of a conversation
  std::vector<std::string> numbers;       // codes of helplines
};

// In immediate danger, whatever the topic.
struct DangerGuide {
  std::vector<std::string> say;
  std::vector<std::string> handover;  // how the call is handed over by voice, step by step
  std::vector<std::string> numbers;
};

// Where callers are sent who are not for the site.
struct Referral {
  std::string code;
  std::string name;
  std::string phone;  // may be empty
  std::string hint;   // may be empty
};

struct CodedLabel {
  std::string code;
  std::string label;
};

struct Consignes {
  std::vector<Helpline> numbers;
  DangerGuide danger;
  std::vector<Guide> guides;  // at most one of a topic
  std::vector<Referral> referrals;
  std::vector<CodedLabel> corrections;  // why an operator corrects a proposal
  std::vector<CodedLabel> no_dossier;   // outcomes of a call without a dossier, of those below
};

// Bounds of the file; texts are at most 300 bytes.
namespace consignes_limits {
inline constexpr std::size_t numbers = 50, questions = 12, choices = 8, lines = 8, referrals = 100,
                             corrections = 20;
}

// Outcomes of a call without a dossier, as the wire's CallOutcome has them.
inline constexpr std::array<std::string_view, 7> no_dossier_outcomes{
    "answered", "redirected", "wrong_number", "prank", "nobody", "cut_off", "internal"};

[[nodiscard]] inline const CodedLabel* find_correction(const Consignes& consignes, std::string_view code) {
  for (const auto& each : consignes.corrections)
    if (each.code == code) return &each;
  return nullptr;
}

}  // namespace bannette::router
