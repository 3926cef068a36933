// A text of a configuration and where it stands in its file.
#pragma once
#include <cstddef>
#include <string>

namespace bannette::router {

struct Spot {
  std::string text;
  std::size_t line = 0;    // 1, 2, 3 ...; 0: not known
  std::size_t column = 0;  // in characters, 1, 2, 3 ...; 0: not known
};

}  // namespace bannette::router
