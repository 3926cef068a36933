// The server's process: the real desk on a simulated disk, killed and started again. It does what the
// broker's thread does, with events for sockets.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "queue/desk/desk.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/saboteur.hpp"
#include "tests/sim/sim_journal.hpp"
#include "tests/sim/timeline.hpp"

namespace bannette::sim {

class Server {
 public:
  Server(Schedule& schedule, Network& network, Timeline& timeline, Mutant mutant);

  std::function<void(std::string)> complain;  // what only the server's side can see
  std::function<Rules()> configuration;       // read at each start

  void admit(std::string principal) {
    principals_.push_back({std::move(principal), {}});
  }  // the next client's

  void start();
  void kill(bool machine);           // machine: another boot when it starts again
  void stop();                       // asked to: finishes what it accepted, then ends
  void freeze(std::int64_t for_ms);  // SIGSTOP: time passes, nothing is done
  void revoke(int client);           // its key; restore() gives it back
  void restore(int client) { principals_[static_cast<std::size_t>(client)].revoked_at.reset(); }
  void jump_wall(std::int64_t offset_ms);
  void disk_full(bool full);
  void disk_fails(bool fails);
  void slow_disk(bool slow) { slow_ = slow; }
  void low_space(bool low);
  void rarely(bool rarely) { rarely_ = rarely; }  // looks at the clock only when there is something to do
  [[nodiscard]] bool running() const { return desk_ != nullptr; }
  void receive(const std::string& route, int client, const std::string& bytes);
  [[nodiscard]] const test::SimDisk& disk() const { return disk_; }

 private:
  struct Key {
    std::string principal;
    std::optional<std::int64_t> revoked_at;
  };
  struct Arrived {
    std::string route;
    int client;
    std::string bytes;
  };
  [[nodiscard]] Instant instant() const;
  [[nodiscard]] bool frozen() const { return schedule_.now() < frozen_until_; }
  void tell();  // the timeline
  void send(const session::Peer& peer, v1::Envelope envelope);
  void tick(int life);
  void flush();
  void commit();
  void synced();
  void end_when_idle();

  Schedule& schedule_;
  Network& network_;
  Timeline& timeline_;
  Saboteur saboteur_;
  Rules rules_;
  std::vector<Key> principals_;         // by client
  std::map<std::string, int> clients_;  // by route
  test::SimDisk disk_;
  std::unique_ptr<test::SimJournal> journal_;
  std::unique_ptr<desk::Desk> desk_;
  std::vector<Arrived> arrived_;  // while frozen
  std::int64_t frozen_until_ = 0;
  bool writing_ = false;
  bool slow_ = false, low_ = false, rarely_ = false;
  bool stopping_ = false;
  int life_ = 0;
  std::int64_t started_at_ = 0;
  Instant began_;  // this process
  std::uint64_t boot_id_ = 1;
  std::int64_t booted_at_ = -3'600'000;
  std::int64_t wall_offset_ms_ = 0;
};

}  // namespace bannette::sim
