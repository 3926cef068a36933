// The real desk with a journal in memory, several authenticated callers, and a witness at the door. What the
// fuzz targets drive.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/desk/desk.hpp"
#include "tests/fuzz/witness.hpp"
#include "tests/sim/sim_journal.hpp"

namespace bannette::fuzz {

[[nodiscard]] Rules rules();

// Somebody who has a dossier, as an answer said.
struct Holding {
  std::size_t caller = 0;
  std::optional<v1::Actor> actor;
  std::string dossier;  // its reference
  std::uint64_t fence = 0;
};

// What has been seen in answers, so that a request can name what exists.
struct Seen {
  std::vector<std::string> dossiers;  // references and ids
  std::vector<Holding> holdings;      // newest last; some are over
  std::vector<std::uint64_t> relays;  // asked of the router
};

class Office {
 public:
  struct Caller {
    session::Peer peer;
    Authority who;
  };
  Office();

  [[nodiscard]] static const std::vector<Caller>& callers();
  void greet(std::size_t caller);
  void greet_all();  // those without a session
  void say(std::size_t caller, const std::vector<std::string_view>& frames);
  void router_says(const std::vector<std::string_view>& frames);
  void pass(std::int64_t ms);       // both clocks
  void set_clock(std::int64_t ms);  // wall time jumps by that much
  // False: there was nothing to commit. A batch that fails was not kept.
  bool commit(bool fails);
  void low_space(bool low) { desk_->low_space(low); }
  void revoke(std::size_t caller);
  void restart();  // what was not committed is lost
  // All that waits is committed and answered. Throws std::logic_error where something was promised and not
  // kept.
  void end();

  [[nodiscard]] const Instant& now() const { return now_; }
  [[nodiscard]] const Seen& seen() const { return seen_; }

 private:
  void start();
  void send();
  void remember(std::size_t caller, const v1::Envelope& answer);
  void check_memory();

  test::SimDisk disk_;
  Instant now_;
  Instant began_;  // of the process
  std::unique_ptr<test::SimJournal> journal_;
  std::unique_ptr<desk::Desk> desk_;
  Witness witness_;
  Seen seen_;
  std::map<std::pair<std::size_t, std::uint64_t>, v1::Actor> actors_;  // of requests, by caller and id
};

}  // namespace bannette::fuzz
