// What people do all day: calls come in, agents take, renew, note, handle, fall silent, and come back too
// late.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "queue/core/rules.hpp"
#include "tests/sim/client.hpp"

namespace bannette::sim {

class Submitter final : public Client {
 public:
  Submitter(Schedule& schedule, Network& network, Oracle& oracle, const Rules& rules);
  void work();

 private:
  void answered(const v1::Envelope&, const v1::Envelope&) override {}

  const Rules& rules_;
  int calls_ = 0;
};

class Agent final : public Client {
 public:
  Agent(Schedule& schedule, Network& network, Oracle& oracle, Who who);
  void work();

 private:
  struct Held {
    std::string dossier;
    std::uint64_t fence = 0;
  };
  void answered(const v1::Envelope& asked, const v1::Envelope& answer) override;
  void hold(bool is_next);
  void act(const Held& held);
  void look();

  std::deque<Held> held_;          // as the agent believes
  std::vector<std::string> seen_;  // dossiers of the last tray
};

}  // namespace bannette::sim
