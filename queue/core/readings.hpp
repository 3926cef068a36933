// Who read what lately. Consecutive reads of one dossier by one person are one record: a page that is open
// asks again at each change, and a history of repeats would hide who looked.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>

namespace bannette {

// The reasons of a read by a right of one's own; otherwise it is a Purpose's name.
inline constexpr const char* kByUnit = "unit";
inline constexpr const char* kByCopy = "copy";
inline constexpr const char* kByProposal = "proposal";

// In memory only, and bounded by limits::readings: what is forgotten makes one record more, never one less.
class Readings {
 public:
  // Is what `reader` reads now, by this right or for this purpose, told by a record within limits::reading?
  [[nodiscard]] bool told(std::uint64_t number, const std::string& reader, const std::string& why,
                          std::int64_t boot_ms) const;
  // `seq`: of the record.
  void add(std::uint64_t number, const std::string& reader, std::string why, std::int64_t boot_ms,
           std::uint64_t seq);
  // Records above it were not kept: they tell nothing.
  void forget_above(std::uint64_t seq);
  [[nodiscard]] std::size_t size() const { return last_.size(); }

 private:
  using Who = std::pair<std::uint64_t, std::string>;
  struct Last {
    std::int64_t boot_ms = 0;
    std::string why;
    std::uint64_t seq = 0;
  };
  std::map<Who, Last> last_;
  std::deque<std::pair<std::int64_t, Who>>
      order_;  // as they were added; an older one of a reader may stand in it
};

}  // namespace bannette
