// `bannette demo`: lets calls come in by typing the sample's labelled notes, as operators would.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>

namespace bannette::console {

struct DemoOptions {
  std::string http;  // http://127.0.0.1:8080, loopback only
  std::string name;
  std::string password;
  std::filesystem::path notes;  // a folder of *.jsonl, or one file
  unsigned per_hour = 300;      // 1..3600
  unsigned calls = 0;           // then stop; 0: until ended
};

int run_demo(const DemoOptions& options, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
