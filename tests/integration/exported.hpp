// What `bannette export` wrote, read apart from the program that wrote it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace bannette::test {

struct ExportedChange {
  std::uint64_t seq = 0;
  std::string actor, change, reason;
};

struct ExportedDossier {
  std::string id, reference, bannette, state, holder, note, caller;
  std::uint64_t fence = 0;
  std::vector<ExportedChange> history;
  [[nodiscard]] bool has(std::uint64_t seq, const std::string& change) const;
};

struct Exported {
  std::vector<ExportedDossier> dossiers;  // as they stood in the file
  // Throws std::runtime_error for a line that is no dossier.
  explicit Exported(const std::string& lines);
  // Runs `bannette export --data DATA`; throws std::runtime_error where it fails.
  static Exported of(const std::filesystem::path& data);

  // Nothing where there is none; the id's only one.
  [[nodiscard]] const ExportedDossier* find(const std::string& id) const;
  [[nodiscard]] std::size_t with_note(const std::string& note) const;
  // The number of changes of the histories. Each number, id and reference stands once, and hardly a number is
  // missing: those are the site's own changes (its calendar), which `bannette check` accounts for. Throws
  // std::runtime_error otherwise.
  [[nodiscard]] std::uint64_t check_whole() const;

 private:
  std::map<std::string, std::size_t> places_, notes_;
};

}  // namespace bannette::test
