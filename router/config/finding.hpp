// What is wrong in a configuration, where, and what to write instead.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "router/core/spot.hpp"

namespace bannette::router {

enum class Severity : std::uint8_t { error, warning };

struct Finding {
  Severity severity = Severity::error;
  std::string file;        // relative to the configuration's folder
  std::size_t line = 0;    // 1, 2, 3 ...; 0: the whole file
  std::size_t column = 0;  // in characters, 1, 2, 3 ...; 0: the whole line
  std::string message;     // French: what is wrong
  std::string instead;     // French: what to write instead, or empty
  bool operator==(const Finding&) const = default;
};

// "site.toml:3:8: erreur: ... ; écrire plutôt : ..."
[[nodiscard]] std::string to_string(const Finding& finding);

// Collects the findings of one file.
class Findings {
 public:
  Findings(std::string file, std::vector<Finding>& all) : file_(std::move(file)), all_(all) {}
  void error(const Spot& at, std::string message, std::string instead = {}) {
    add(Severity::error, at, std::move(message), std::move(instead));
  }
  void warning(const Spot& at, std::string message, std::string instead = {}) {
    add(Severity::warning, at, std::move(message), std::move(instead));
  }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  void add(Severity severity, const Spot& at, std::string message, std::string instead);
  std::string file_;
  std::vector<Finding>& all_;
};

inline constexpr std::size_t findings_max = 500;  // beyond it nothing is added

// The known word nearest to a misspelt one, "" where none is near. For "écrire plutôt".
[[nodiscard]] std::string nearest(const std::string& word, const std::vector<std::string>& known);
// "a, b, c", at most twelve.
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace bannette::router
