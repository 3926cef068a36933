// Runs each kept input through the same function as the fuzzer: what was found once stays found.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/targets.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  int inputs = 0, failed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
    try {
      bannette::fuzz::BANNETTE_FUZZ_TARGET(
          {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s: %s\n", entry.path().c_str(), error.what());
      ++failed;
    }
    ++inputs;
  }
  std::printf("%d inputs, %d failed\n", inputs, failed);
  return inputs > 0 && failed == 0 ? 0 : 1;
}
