// The judge. It knows what clients were told, and in the end reads what the disk kept; from these two alone
// it says which promise was broken. It shares no rule with the code under test: the lifecycle, the order and
// the rights stand here a second time, written from the design.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/sim/sim_journal.hpp"
#include "tests/sim/who.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::sim {

class Oracle {
 public:
  // Everything that a client hears, and each answer with what it answers.
  void seen(const Who& who, const v1::Envelope& envelope);
  void answered(const Who& who, const v1::Envelope& asked, const v1::Envelope& answer);
  void complain(std::string what);

  // From now on nothing fails: the disk holds this many changes, and the server's wall clock is right again.
  void peace(std::uint64_t seq, std::int64_t wall_ms);
  // The end, when everything should be settled. Returns what is wrong.
  [[nodiscard]] std::vector<std::string> judge(const test::SimDisk& disk);
  [[nodiscard]] std::size_t confirmed() const { return receipts_.size() + dones_.size(); }

 private:
  struct Seen {
    std::string principal;
    v1::Header header;
  };
  struct Answer {
    std::string principal, label;
    v1::Envelope asked, answer;
  };
  // A dossier as the oracle follows it through the history.
  struct Followed {
    std::string id, bannette, holder;
    char state = 'W';  // Waiting, Reserved, in Progress, Handled
    int urgency = 0;
    std::int64_t deadline = 0;
    std::uint64_t arrival = 0, last = 0, fence = 0;
    std::int64_t lease_until_boot = 0;
    std::uint64_t lease_boot = 0;
  };
  struct Row {
    std::uint64_t number = 0, fence = 0;
    std::string id, actor, key, change;
    char state = 'W';
  };

  void follow(const journal::Entry& entry);
  void begin(const Change& change, const std::string& content);
  void held(const Change& change, Followed& dossier);
  void check_lease_end(const Change& change, const Followed& dossier);
  void check_next(const Change& change, const Followed& dossier);
  void check_receipts();
  void check_dones();
  void check_seen();
  void check_settled();

  std::vector<std::string> complaints_;
  std::vector<Seen> seen_;
  std::vector<Answer> receipts_, dones_;
  std::vector<Row> rows_;
  std::map<std::uint64_t, Followed> dossiers_;
  std::map<std::string, std::uint64_t> tokens_;         // -> sequence of the submission
  std::set<std::pair<std::string, std::string>> keys_;  // (principal, key)
  std::map<std::string, std::string> contents_;         // token -> the content that was asked to be kept
  std::set<std::string> confirmed_tokens_;
  std::uint64_t peace_seq_ = 0;
  std::int64_t peace_wall_ms_ = 0;
  std::uint64_t highest_seen_ = 0;
};

}  // namespace bannette::sim
