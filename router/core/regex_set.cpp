#include "router/core/regex_set.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace bannette::router {
namespace {

constexpr int literal_min = 3;

std::uint32_t start_of(std::string_view text) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(text[0])) << 16U |
         static_cast<std::uint32_t>(static_cast<unsigned char>(text[1])) << 8U |
         static_cast<std::uint32_t>(static_cast<unsigned char>(text[2]));
}

// RE2's reasons in French; what is left says at least which part it is.
std::string in_french(const re2::RE2& expression) {
  const auto part = expression.error_arg().substr(0, 60);
  const auto where = part.empty() ? std::string() : " : « " + part + " »";
  switch (expression.error_code()) {
    case re2::RE2::ErrorMissingParen:
    case re2::RE2::ErrorUnexpectedParen:
      return "parenthèse qui manque ou de trop" + where;
    case re2::RE2::ErrorMissingBracket:
      return "crochet qui manque" + where;
    case re2::RE2::ErrorRepeatArgument:
    case re2::RE2::ErrorRepeatSize:
    case re2::RE2::ErrorRepeatOp:
      return "répétition mal formée ou trop grande" + where;
    case re2::RE2::ErrorPatternTooLarge:
      return "expression trop grande";
    case re2::RE2::ErrorBadEscape:
    case re2::RE2::ErrorTrailingBackslash:
      return "« \\ » mal placé" + where;
    default:
      return "expression que RE2 ne lit pas" + where;
  }
}

re2::RE2::Options options(std::int64_t memory) {
  re2::RE2::Options options(re2::RE2::Latin1);  // bytes: the expressions are ASCII
  options.set_max_mem(memory);
  options.set_log_errors(false);
  options.set_never_capture(true);
  return options;
}

}  // namespace

RegexSet::RegexSet(std::int64_t memory_each)
    : set_(std::make_unique<re2::FilteredRE2>(literal_min)), memory_each_(memory_each) {}
RegexSet::~RegexSet() = default;

Result<std::uint32_t> RegexSet::add(std::string_view expression) {
  const auto whole = "\\b(?:" + std::string(expression) + ")\\b";
  int id = -1;
  if (set_->Add(whole, options(memory_each_), &id) != re2::RE2::NoError) {
    const re2::RE2 alone(std::string(expression),
                         options(memory_each_));  // tells more than with what stands around
    return Refusal{Code::malformed, "pattern", alone.ok() ? "expression trop grande" : in_french(alone)};
  }
  ++size_;
  const auto number = static_cast<std::uint32_t>(id);
  re2::StringPiece match;  // "_" is a word that no text has: what matches there needs nothing
  if (set_->GetRE2(id).Match(" _ ", 0, 3, re2::RE2::UNANCHORED, &match, 1))
    return Refusal{Code::malformed, "pattern", "expression qui convient à n'importe quel texte"};
  return number;
}

void RegexSet::compile() {
  if (size_ == 0) return;
  set_->Compile(&literals_);
  for (std::size_t i = 0; i < literals_.size(); ++i)
    by_start_[start_of(literals_[i])].push_back(static_cast<int>(i));
}

std::vector<bool> RegexSet::candidates(std::string_view text) const {
  std::vector<bool> seen(literals_.size());
  std::vector<int> present;
  for (std::size_t at = 0; at + literal_min <= text.size(); ++at) {
    const auto found = by_start_.find(start_of(text.substr(at)));
    if (found == by_start_.end()) continue;
    for (const auto literal : found->second) {
      const auto index = static_cast<std::size_t>(literal);
      if (seen[index] || !text.substr(at).starts_with(literals_[index])) continue;
      seen[index] = true;
      present.push_back(literal);
    }
  }
  std::vector<int> numbers;
  if (size_ > 0) set_->AllPotentials(present, &numbers);
  std::vector<bool> out(size_);
  for (const auto number : numbers) out[static_cast<std::size_t>(number)] = true;
  return out;
}

ByteSpan RegexSet::find(std::uint32_t number, std::string_view text, std::size_t from) const {
  re2::StringPiece match;
  const re2::StringPiece piece(text.data(), text.size());
  if (!set_->GetRE2(static_cast<int>(number))
           .Match(piece, from, text.size(), re2::RE2::UNANCHORED, &match, 1))
    return {};
  const auto begin = static_cast<std::size_t>(match.data() - text.data());
  return {begin, begin + match.size()};
}

}  // namespace bannette::router
