// The captures of tests/data/telephony, and small streams of our own.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "router/telephony/captured.hpp"
#include "router/telephony/reconcile.hpp"

namespace bannette::telephony::test {

inline std::filesystem::path capture(const std::string& name, const char* ending = ".ami") {
  return std::filesystem::path(BANNETTE_SOURCE_DIR) / "tests/data/telephony" / (name + ending);
}

struct Replayed {
  Captured captured;
  std::vector<calls::Call> calls;
  std::vector<calls::Leg> legs;  // in the order of joining
};

inline Replayed replayed(const std::filesystem::path& file) {
  Replayed all;
  all.captured = replay(file, "main", [&](const calls::Call& call) {
    all.calls.push_back(call);
    all.legs.insert(all.legs.end(), call.legs.begin(), call.legs.end());
  });
  std::ranges::sort(all.legs, {}, [](const calls::Leg& leg) {
    return leg.joined.order != 0 ? leg.joined.order : leg.end().order;
  });
  return all;
}

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::vector<std::string> captures() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(capture("", ""))) {
    if (entry.path().extension() == ".ami") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace bannette::telephony::test
