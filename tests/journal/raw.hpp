// Hands on the files behind the journal's back: what damage, or somebody with access to the disk, would do.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace bannette::test {

// Runs SQL on queue.db; the triggers that protect records are dropped first.
void tamper(const std::filesystem::path& folder, const std::string& sql);
// The first column of the first row, as text.
[[nodiscard]] std::string ask(const std::filesystem::path& folder, const std::string& sql);
// Changes one bit in the middle of a column of table record.
void flip(const std::filesystem::path& folder, const std::string& column, std::uint64_t seq);
// Does any file of the folder hold these bytes?
[[nodiscard]] bool on_disk(const std::filesystem::path& folder, std::string_view bytes);
[[nodiscard]] std::string slurp(const std::filesystem::path& file);
void spill(const std::filesystem::path& file, std::string_view bytes);

}  // namespace bannette::test
