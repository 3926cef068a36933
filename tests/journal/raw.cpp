#include "tests/journal/raw.hpp"

#include <fstream>
#include <iterator>

#include "queue/journal/sqlite.hpp"

namespace bannette::test {

using sqlite::Database;

void tamper(const std::filesystem::path& folder, const std::string& sql) {
  Database db(folder / "queue.db", Database::Mode::read_write);
  db.exec("DROP TRIGGER IF EXISTS record_is_never_changed; DROP TRIGGER IF EXISTS record_is_never_deleted");
  db.exec(sql.c_str());
}

std::string ask(const std::filesystem::path& folder, const std::string& sql) {
  Database db(folder / "queue.db", Database::Mode::read_only);
  sqlite::Statement query(db, sql);
  return query.step() ? std::string(query.blob(0)) : std::string();
}

void flip(const std::filesystem::path& folder, const std::string& column, std::uint64_t seq) {
  std::string bytes = ask(folder, "SELECT " + column + " FROM record WHERE seq=" + std::to_string(seq));
  bytes.at(bytes.size() / 2) ^= 0x10;
  std::string hex;
  for (const char c : bytes) {
    constexpr const char* digits = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  tamper(folder, "UPDATE record SET " + column + "=x'" + hex + "' WHERE seq=" + std::to_string(seq));
}

bool on_disk(const std::filesystem::path& folder, std::string_view bytes) {
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
    if (file.is_regular_file() && slurp(file.path()).find(bytes) != std::string::npos) return true;
  return false;
}

std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void spill(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace bannette::test
