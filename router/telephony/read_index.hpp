// FILE.idx.jsonl: when which bytes of a captured stream were read.
#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace bannette::telephony {

class ReadIndex {
 public:
  // Nothing is read where there is no such file. Throws std::runtime_error where it is not what it should be.
  explicit ReadIndex(const std::filesystem::path& file);
  [[nodiscard]] bool there() const { return there_; }
  // Milliseconds since the connection when the byte before `offset` had come. Offsets must not go back.
  [[nodiscard]] std::int64_t at(std::uint64_t offset);
  // The last time of the index, for the end of the stream.
  [[nodiscard]] std::int64_t end();

 private:
  bool advance();
  std::ifstream in_;
  std::string name_, line_;
  std::uint64_t number_ = 0, until_ = 0;
  std::int64_t ms_ = 0;
  bool there_ = false;
};

}  // namespace bannette::telephony
