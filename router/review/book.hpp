// Corrections with what was decided about them: found in the journal, reviewed by a person, exported.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "queue/core/error.hpp"
#include "router/review/reviews.hpp"

namespace bannette::router {

// A person's decision; what is not set stays as proposed.
struct Decided {
  std::string by;
  std::int64_t at_ms = 0;
  std::optional<std::string> motif;
  std::optional<Urgency> urgency;
  std::optional<bool> danger;
  std::vector<std::string> hidden;  // words that are taken out as well
};

class CorrectionBook {
 public:
  static constexpr std::size_t listed_max = 10'000;

  // Reads the journal beside a running service. `site` outlives it. Throws what journal and SQLite throw.
  CorrectionBook(const std::filesystem::path& data, const seal::Key& master, const Site& site);

  struct Entry {
    Correction correction;
    std::string id;  // as exported
    Reviewed status = Reviewed::proposed;
    std::optional<Review> review;  // also where the dossier went on since: then `status` is proposed again
  };
  struct Page {
    std::vector<Entry> entries;  // in order of arrival, the first listed_max
    std::uint64_t found = 0;
    PastTally tally;
  };
  // Of the dossiers that arrived at `from_ms` (Unix time) or later.
  [[nodiscard]] Page list(std::int64_t from_ms);
  // not_found: no such dossier, not readable, or nobody decided otherwise.
  [[nodiscard]] Result<Entry> show(std::uint64_t number);
  // missing `motif`: it cannot be told which of several was meant; unknown_topic; malformed: a danger is
  // urgent.
  [[nodiscard]] Result<Entry> accept(std::uint64_t number, const Decided& decided);
  [[nodiscard]] Result<Entry> reject(std::uint64_t number, const Decided& decided);

  struct Exported {
    std::uint64_t written = 0;
    std::uint64_t stale = 0;   // the dossier went on since: to be looked at again
    std::uint64_t erased = 0;  // the dossier was erased: forgotten here too
  };
  // One line of JSON for each accepted one, word for word what was read.
  Exported write(const std::function<void(const std::string& line)>& line);

 private:
  [[nodiscard]] Entry entry_of(const Past& past, Correction correction);
  [[nodiscard]] std::optional<Entry> found(std::uint64_t number, const std::vector<std::string>& hidden,
                                           std::string& basis);

  const Site& site_;
  Scrubber scrubber_;
  journal::Reader reader_;
  Reviews reviews_;
};

}  // namespace bannette::router
