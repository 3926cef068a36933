#include <cstdio>
#include <fstream>

#include "tests/unit/queue_codec/golden.hpp"

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string path = std::string(BANNETTE_GOLDEN_DIR) + "/" + argv[i] + ".hex";
    if (std::ifstream(path).good()) {
      std::fprintf(stderr, "%s is there already: a golden message never changes\n", path.c_str());
      return 1;
    }
    std::ofstream(path) << bannette::test::as_hex(bannette::test::golden_text(argv[i]));
  }
  return argc > 1 ? 0 : 2;
}
