// What people do all day: calls come in, agents take, renew, note, pause, hand over, handle, fall silent, and
// come back too late; managers and supervisors step in; and the console reads the events.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "tests/sim/client.hpp"
#include "tests/sim/site.hpp"

namespace bannette::sim {

class Person : public Client {
 public:
  using Client::Client;
  // Does something, again and again, until it rests.
  void work();

 protected:
  virtual void act() = 0;
  [[nodiscard]] virtual std::int64_t pause() = 0;
};

class Submitter final : public Person {
 public:
  Submitter(Schedule& schedule, Network& network, Oracle& oracle, const Site& site);

 private:
  void act() override;
  std::int64_t pause() override { return schedule_.at_pace(10, 900); }
  void answered(const v1::Envelope& asked, const v1::Envelope& answer) override;

  const Site& site_;
  int calls_ = 0;
  std::deque<std::string> logged_;  // the last ones' references
};

// Of a unit's own software, or at the console: works on what waits.
class Agent final : public Person {
 public:
  Agent(Schedule& schedule, Network& network, Oracle& oracle, Who who, const Site& site);

 private:
  struct Held {
    std::string dossier;
    std::uint64_t fence = 0;
  };
  void act() override;
  std::int64_t pause() override { return schedule_.at_pace(20, 500); }
  void answered(const v1::Envelope& asked, const v1::Envelope& answer) override;
  void take();
  void go_on(const Held& held);
  void hand_over(const Held& held);
  void for_others();
  void look();
  [[nodiscard]] std::string some_dossier();

  const Site& site_;
  std::deque<Held> held_;                    // as the agent believes
  std::vector<std::string> seen_, offered_;  // of the last tray
  std::deque<std::string> handled_;
};

// Managers, supervisors, on-call: see trays, and decide over others' heads.
class Chief final : public Person {
 public:
  Chief(Schedule& schedule, Network& network, Oracle& oracle, Who who, const Site& site);

 private:
  void act() override;
  std::int64_t pause() override { return schedule_.at_pace(200, 2'500); }
  void answered(const v1::Envelope& asked, const v1::Envelope& answer) override;
  void delegate();
  void look();

  const Site& site_;
  std::vector<v1::Header> seen_;
};

// Reads the events by cursor, for ever.
class Watcher final : public Person {
 public:
  Watcher(Schedule& schedule, Network& network, Oracle& oracle, const Site& site);
  // Up to the last one; then it is `done`.
  void catch_up();
  [[nodiscard]] bool done() const { return done_; }

 private:
  void act() override;
  std::int64_t pause() override { return schedule_.at_pace(300, 1'500); }
  void answered(const v1::Envelope& asked, const v1::Envelope& answer) override;

  std::uint64_t cursor_ = 0;
  bool catching_up_ = false, done_ = false;
};

}  // namespace bannette::sim
