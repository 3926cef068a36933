// How each person likes their screens (saved views, alerts), so that it follows them from one shared PC to
// another: DATA/preferences.db. A comfort, not a record: a cut of power may lose the newest.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "queue/core/error.hpp"

namespace bannette::console {

inline constexpr std::size_t kPreferencesMax = 8 * 1024;  // bytes of one person's
inline constexpr std::int64_t kPreferencesPeople = 10'000;

class Preferences {
 public:
  // Opens, or makes, the file (mode 0600). Throws sqlite::Error where it cannot.
  explicit Preferences(const std::filesystem::path& data);
  ~Preferences();
  Preferences(const Preferences&) = delete;
  Preferences& operator=(const Preferences&) = delete;

  // The text as it was kept; empty: none. Throws sqlite::Error.
  [[nodiscard]] std::string of(std::string_view person);
  // An empty text forgets them. Refused: `too_large` beyond kPreferencesMax, `busy` beyond kPreferencesPeople
  // people or on a full disk. Throws sqlite::Error.
  [[nodiscard]] Result<void> keep(std::string_view person, std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::console
