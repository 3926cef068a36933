// What the log says about messages that could not be read: who sent how many, at most one line a second, so
// that bad input cannot fill it.
#pragma once
#include <cstdint>
#include <map>
#include <string>

namespace bannette::broker {

class MalformedLog {
 public:
  // The counts so far, by principal, which only grow. The line to write now; empty: none.
  [[nodiscard]] std::string look(const std::map<std::string, std::uint64_t>& by_principal,
                                 std::int64_t now_boot_ms);

 private:
  std::map<std::string, std::uint64_t> told_;
  std::int64_t next_ms_ = 0;
};

}  // namespace bannette::broker
