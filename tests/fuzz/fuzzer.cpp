#include <cstddef>

#include "tests/fuzz/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  bannette::fuzz::wire({bytes, size});
  return 0;
}
