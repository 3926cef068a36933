// The server's process: the real desk on a simulated disk, killed and started again. It does what the
// broker's thread does, with events for sockets.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "queue/desk/desk.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/sim_journal.hpp"

namespace bannette::sim {

// A rule that this server breaks, so that the oracle can be seen to notice. The code under test stays as it
// is: the rule is broken between it and the world.
enum class Mutant {
  none,
  reply_before_commit,  // what was written counts as durable
  no_fence_check,       // every fence and every holder is made right before the desk sees it
  dedup_forgotten,      // each message arrives under a key of its own
  unit_filter_missing,  // every unit's key opens the first unit's bannettes
  leases_never_end,     // the boot clock stands still
  leases_end_late,      // the clock is looked at every ten seconds
  disk_lies,            // a crash loses the last thing that was synced
};

class Server {
 public:
  Server(Schedule& schedule, Network& network, Rules rules, Mutant mutant);

  void admit(std::string principal) { principals_.push_back(std::move(principal)); }  // of the next client

  void start();
  void kill(bool machine);  // machine: another boot when it starts again
  [[nodiscard]] bool running() const { return desk_ != nullptr; }
  void receive(const std::string& route, int client, const std::string& bytes);
  void jump_wall(std::int64_t offset_ms) { wall_offset_ms_ = offset_ms; }
  void slow_disk(bool slow) { slow_ = slow; }
  test::SimDisk& disk() { return disk_; }

 private:
  [[nodiscard]] Instant instant() const;
  [[nodiscard]] Authority authority(int client) const;
  std::string broken_rule(const std::string& bytes);
  void tick(int life);
  void flush();
  void commit();
  void synced();

  Schedule& schedule_;
  Network& network_;
  Rules rules_;
  std::vector<std::string> principals_;  // by client
  Mutant mutant_;
  test::SimDisk disk_;
  std::unique_ptr<test::SimJournal> journal_;
  std::unique_ptr<desk::Desk> desk_;
  bool writing_ = false;
  bool slow_ = false;
  int life_ = 0;
  std::uint64_t boot_id_ = 1;
  std::int64_t booted_at_ = -3'600'000;
  std::int64_t wall_offset_ms_ = 0;
  std::uint64_t made_keys_ = 0;
};

inline constexpr std::int64_t kEpochMs = 1'773'738'000'000;  // Unix time of the simulation's zero

}  // namespace bannette::sim
