// Reads one TOML table key by key and reports what is wrong with its place: wrong kinds, missing and unknown
// keys.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/config/finding.hpp"

namespace bannette::router {

class TomlTable {
 public:
  struct Node;  // keeps toml++ out of this header
  TomlTable(std::shared_ptr<const Node> node, Findings& findings);

  // The file's top table, or nothing, as a finding says.
  [[nodiscard]] static std::optional<TomlTable> read(const std::filesystem::path& path, Findings& findings);

  // Absent optional keys give nothing without a finding. Text is at most 300 bytes and not empty.
  [[nodiscard]] std::optional<Spot> text(std::string_view key, bool required = true);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high,
                                                    bool required = true);
  [[nodiscard]] std::optional<double> fraction(std::string_view key);  // 0..1
  [[nodiscard]] bool flag(std::string_view key, bool otherwise);
  [[nodiscard]] std::vector<Spot> texts(std::string_view key, bool required = true);
  [[nodiscard]] std::optional<TomlTable> table(std::string_view key, bool required = true);
  [[nodiscard]] std::vector<TomlTable> tables(std::string_view key, bool required = true);

  [[nodiscard]] std::vector<Spot> keys() const;
  [[nodiscard]] Spot here() const;                         // where the table begins
  [[nodiscard]] Spot spot_of(std::string_view key) const;  // of the key's value; here() where it is absent
  // Reports keys that nobody asked for.
  void finish();

 private:
  void wrong_kind(std::string_view key, std::string_view wanted);
  void missing(std::string_view key);
  std::shared_ptr<const Node> node_;
  Findings* findings_;
  std::vector<std::string> asked_;
};

}  // namespace bannette::router
