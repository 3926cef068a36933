// Who talks to the server: the real ClientSession and codec, over the simulated network. Asks again, with the
// same key, until there is a definite answer.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "queue/core/ids.hpp"
#include "queue/session/client_session.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/oracle.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::sim {

class Client {
 public:
  // `person`: who uses a unit's key, or empty.
  Client(Schedule& schedule, Network& network, Oracle& oracle, std::string principal, std::string person);
  virtual ~Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void start();
  void hear(const std::string& bytes);
  void rest() { resting_ = true; }  // nothing new; what is asked is finished
  [[nodiscard]] bool finished() const { return asked_.empty() && waiting_ == 0; }
  [[nodiscard]] int number() const { return number_; }

 protected:
  virtual void answered(const v1::Envelope& asked, const v1::Envelope& answer) = 0;
  void ask(v1::Envelope envelope);
  [[nodiscard]] v1::Envelope change();  // an envelope with a new key, in the name of the person
  [[nodiscard]] bool resting() const { return resting_; }

  Schedule& schedule_;
  Oracle& oracle_;

 private:
  void obey(const session::Actions& actions, const v1::Envelope* heard = nullptr);
  void answer(std::uint64_t id, const v1::Envelope& heard);
  void tick();
  void send(const v1::Envelope& envelope);

  Network& network_;
  std::string principal_, person_;
  int number_;
  session::ClientSession session_;
  std::map<std::uint64_t, v1::Envelope> asked_;
  std::uint64_t next_id_ = 1;
  std::uint64_t keys_ = 0;
  int waiting_ = 0;  // to be asked again
  bool resting_ = false;
};

}  // namespace bannette::sim
