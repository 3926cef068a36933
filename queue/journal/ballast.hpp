// DATA/ballast: space that is kept for what must still be written when the disk is full.
#pragma once
#include <cstdint>
#include <filesystem>

namespace bannette::journal {

class Ballast {
 public:
  // Makes the file where it is not there, `bytes` long (0: none is kept), unless the disk has not four times
  // as much: then it is made later. Throws std::system_error for anything else.
  Ballast(const std::filesystem::path& data_dir, std::int64_t bytes);

  [[nodiscard]] bool there() const { return there_; }
  // Gives its space back to the disk. False: it was given already, or there never was any.
  bool release();
  // Makes it again where the disk has room: four times as much. Answers whether it is there.
  bool restore();

 private:
  [[nodiscard]] bool room() const;

  std::filesystem::path path_;
  std::filesystem::path folder_;
  std::int64_t bytes_;
  bool there_ = false;
};

}  // namespace bannette::journal
