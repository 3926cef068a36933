// A captured stream of AMI as something that happens once, whoever listens: what came by itself, at its time.
// What was an answer to the captured client is kept apart, to be given to ours.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bannette::test {

struct Scene {
  std::string bytes;       // one message with its blank line
  std::int64_t at_ms = 0;  // since the captured connection began
  std::string action;      // the PBX waits for this action of its client first; empty: it comes by itself
  std::string action_id;   // of the captured client: ours takes its place
};

struct Script {
  std::string name;
  std::vector<Scene> scenes;
  std::int64_t began_ms = 0;  // Unix time: by the Uniqueids, less than a second too early

  // Throws std::runtime_error where the capture or its index cannot be read.
  [[nodiscard]] static Script of(const std::filesystem::path& ami);
};

// A capture of tests/data/telephony, without its ending.
[[nodiscard]] std::filesystem::path capture(const std::string& name, const char* ending = ".ami");
[[nodiscard]] std::string file_text(const std::filesystem::path& file);

// "Key: value" lines of a message; the first of each key.
using Fields = std::map<std::string, std::string>;
[[nodiscard]] Fields fields_of(const std::string& message);

}  // namespace bannette::test
