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
  Client(Schedule& schedule, Network& network, Oracle& oracle, Who who);
  virtual ~Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void start();
  void hear(const std::string& bytes);
  void rest() { resting_ = true; }  // nothing new; what is asked is finished
  void leave() { gone_ = true; }    // says nothing any more, not even a heartbeat
  void come_back() {
    gone_ = false;
    tick_at_ = INT64_MAX;
    start();
  }
  [[nodiscard]] bool finished() const { return asked_.empty() && waiting_ == 0; }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] const Who& who() const { return who_; }

 protected:
  // Each query's answer, and each change's where it is definite.
  virtual void answered(const v1::Envelope& asked, const v1::Envelope& answer) = 0;
  void ask(v1::Envelope envelope);
  [[nodiscard]] v1::Envelope query() const;  // in the name of the person
  [[nodiscard]] v1::Envelope change();       // with a new key
  [[nodiscard]] bool resting() const { return resting_; }

  Schedule& schedule_;
  Oracle& oracle_;

 private:
  void obey(const session::Actions& actions, const v1::Envelope* heard = nullptr);
  void answer(std::uint64_t id, const v1::Envelope& heard);
  void use_a_key_again(const v1::Envelope& other);
  void tick_when_due();
  void send(const v1::Envelope& envelope);

  Network& network_;
  Who who_;
  int number_;
  session::ClientSession session_;
  struct Asking {
    v1::Envelope envelope;
    std::size_t number = 0;  // the oracle's
  };
  std::map<std::uint64_t, Asking> asked_;
  std::vector<v1::Envelope> done_;  // the last that were confirmed: their keys have served
  std::uint64_t next_id_ = 1;
  std::uint64_t keys_ = 0;
  std::int64_t tick_at_ = INT64_MAX;
  int waiting_ = 0;  // to be asked again
  bool resting_ = false;
  bool gone_ = false;
};

}  // namespace bannette::sim
