#include "router/config/finding.hpp"

#include "router/core/spelling.hpp"

namespace bannette::router {

std::string to_string(const Finding& finding) {
  std::string out = finding.file;
  if (finding.line > 0) out += ":" + std::to_string(finding.line);
  if (finding.line > 0 && finding.column > 0) out += ":" + std::to_string(finding.column);
  out += finding.severity == Severity::error ? ": erreur: " : ": avertissement: ";
  out += finding.message;
  if (!finding.instead.empty()) out += " ; écrire plutôt : " + finding.instead;
  return out;
}

void Findings::add(Severity severity, const Spot& at, std::string message, std::string instead) {
  if (all_.size() >= findings_max) return;
  all_.push_back({severity, file_, at.line, at.column, std::move(message), std::move(instead)});
}

std::string nearest(const std::string& word, const std::vector<std::string>& known) {
  int least = 4;
  std::string best;
  for (const auto& candidate : known)
    if (const int slips = distance(word, candidate, least - 1); slips < least) {
      least = slips;
      best = candidate;
    }
  return best;
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < 12; ++i) out += (i == 0 ? "" : ", ") + words[i];
  if (words.size() > 12) out += ", …";
  return out;
}

}  // namespace bannette::router
