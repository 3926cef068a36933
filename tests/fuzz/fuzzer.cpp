// The fuzzer's entry to the target that BANNETTE_FUZZ_TARGET names.
#include <cstddef>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  bannette::fuzz::BANNETTE_FUZZ_TARGET({bytes, size});
  return 0;
}
