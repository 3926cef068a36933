// Reading a configuration's files: bounded, valid UTF-8, and CSV with positions.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/config/finding.hpp"

namespace bannette::router {

inline constexpr std::size_t file_max = 4 * 1024 * 1024;  // bytes of one file
inline constexpr std::size_t rows_max = 100'000;          // of one CSV file
inline constexpr std::size_t cell_max = 2'000;            // bytes of one cell

[[nodiscard]] bool is_utf8(std::string_view text);  // and holds no zero byte

// The text without a byte order mark, or nothing: missing, not a file, too large or not UTF-8, as a finding
// says.
[[nodiscard]] std::optional<std::string> read_text(const std::filesystem::path& path, Findings& findings,
                                                   std::size_t most = file_max);

// One line of a CSV file, a cell for each expected column.
struct Row {
  std::vector<Spot> cells;
  std::size_t line = 0;
  [[nodiscard]] const Spot& operator[](std::size_t column) const { return cells[column]; }
};

// Semicolons between cells, quotes as in RFC 4180, the first line names the columns. Rows with a wrong number
// of cells are reported and left out. Columns may stand in any order; the last `optional` ones may be absent,
// and their cells are then empty. Nothing where the header is wrong.
[[nodiscard]] std::optional<std::vector<Row>> read_csv(const std::filesystem::path& path,
                                                       const std::vector<std::string>& columns,
                                                       Findings& findings, std::size_t optional = 0);

}  // namespace bannette::router
