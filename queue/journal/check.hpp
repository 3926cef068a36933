// Checks a whole journal, also beside a running service: each step reads in a short snapshot.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "queue/journal/reader.hpp"

namespace bannette::journal {

// What does not hold; the text (French) names the record or the dossier and says what it means.
struct Finding {
  std::uint64_t seq = 0;     // 0: not of one record
  std::uint64_t number = 0;  // 0: not of one dossier
  std::string text;
};

struct CheckReport {
  Head head;
  std::uint64_t dossiers = 0;
  std::uint64_t erased = 0;  // with the mark that erasing leaves
  std::uint64_t findings = 0;
};

// Chain and numbers without gaps, every record decodes and follows its dossier's last, the head file and
// the mark of an earlier checking are reached, every dossier's row is its folded history, keys unwrap or
// their erasing left its mark, sealed parts open, contacts are found. Throws Broken, CannotOpen.
[[nodiscard]] CheckReport check_journal(Reader& reader, const std::optional<Head>& told,
                                        const std::function<void(const Finding&)>& found);

}  // namespace bannette::journal
