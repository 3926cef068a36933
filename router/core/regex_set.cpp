#include "router/core/regex_set.hpp"

#include <algorithm>

#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace bannette::router {
namespace {

constexpr int literal_min = 2;
constexpr std::size_t start_max = 5;  // bytes of a literal that are looked up
constexpr unsigned some_bits = 15, hash_bits = 12;

std::size_t hash(std::uint64_t key, unsigned bits) {
  return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ULL >> (64U - bits));
}

std::uint64_t start_of(std::string_view text, std::size_t length) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < length; ++i) key = key << 8U | static_cast<unsigned char>(text[i]);
  return key;
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
  if (const auto known = known_.find(std::string(expression)); known != known_.end()) return known->second;
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
  known_.emplace(expression, number);
  return number;
}

void RegexSet::compile() {
  if (size_ == 0) return;
  set_->Compile(&literals_);
  for (std::size_t length = literal_min; length <= start_max; ++length) {
    Starts starts{length, std::vector<bool>(1U << some_bits), {}, {}};
    std::vector<std::vector<int>> by_hash(1U << hash_bits);
    for (std::size_t i = 0; i < literals_.size(); ++i) {
      if (std::min(literals_[i].size(), start_max) != length) continue;
      const auto key = start_of(literals_[i], length);
      starts.some[hash(key, some_bits)] = true;
      by_hash[hash(key, hash_bits)].push_back(static_cast<int>(i));
    }
    for (const auto& list : by_hash) {
      starts.first.push_back(static_cast<std::uint32_t>(starts.literals.size()));
      starts.literals.insert(starts.literals.end(), list.begin(), list.end());
    }
    starts.first.push_back(static_cast<std::uint32_t>(starts.literals.size()));
    starts_.push_back(std::move(starts));
  }
}

void RegexSet::look_up(const Starts& starts, std::uint64_t key, std::string_view rest,
                       std::vector<bool>& seen, std::vector<int>& present) const {
  if (!starts.some[hash(key, some_bits)]) return;
  const auto bucket = hash(key, hash_bits);
  for (auto i = starts.first[bucket]; i < starts.first[bucket + 1]; ++i) {
    const auto literal = starts.literals[i];
    const auto index = static_cast<std::size_t>(literal);
    if (seen[index] || !rest.starts_with(literals_[index])) continue;
    seen[index] = true;
    present.push_back(literal);
  }
}

std::vector<bool> RegexSet::candidates(std::string_view text) const {
  std::vector<bool> seen(literals_.size());
  std::vector<int> present;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint64_t key = 0;
    std::size_t read = 0;
    for (const auto& starts : starts_) {
      if (at + starts.length > text.size()) break;
      for (; read < starts.length; ++read) key = key << 8U | static_cast<unsigned char>(text[at + read]);
      look_up(starts, key, text.substr(at), seen, present);
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
