#include "queue/system/clock.hpp"

#include <fstream>
#include <string>

#include <time.h>

namespace bannette::system {
namespace {

std::int64_t read_ms(clockid_t clock) {
  timespec at{};
  clock_gettime(clock, &at);
  return std::int64_t{at.tv_sec} * 1000 + at.tv_nsec / 1'000'000;
}

std::uint64_t read_boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string text;
  std::getline(file, text);
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  // It goes into SQLite's signed 64-bit integers: keep it positive.
  return hash >> 1;
}

}  // namespace

std::int64_t boot_ms() {
  return read_ms(CLOCK_BOOTTIME);
}

Instant now() {
  static const std::uint64_t boot_id = read_boot_id();
  return {read_ms(CLOCK_REALTIME), boot_ms(), boot_id};
}

}  // namespace bannette::system
