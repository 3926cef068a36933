// The command line's own session with a service over ZeroMQ.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "queue/client/link.hpp"
#include "queue/core/error.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::console {

struct QueueConnectionOptions {
  std::string endpoint;
  std::string key_file;
  std::string server_key_file;
  std::string unit;            // optional: "CODE", "service:CODE" or one bannette "CODE/SERVICE"
  std::string actor;           // optional: the person, for the history
  std::string role = "agent";  // of that person
  bool json = false;
};

class QueueConnection {
 public:
  // Throws WrongUse for what the user must correct, Refused when the service does not answer or the key is
  // not known.
  explicit QueueConnection(const QueueConnectionOptions& options);

  // Sends, with an idempotency key where one is given; waits; throws Refused on an Error.
  v1::Envelope ask(v1::Envelope request);
  void ask(v1::Envelope request, client::Link::Answer answer) {
    link_->ask(std::move(request), std::move(answer));
  }
  // The bannettes that --unit names; empty: all that the key may read.
  [[nodiscard]] std::vector<std::string> bannettes();
  void put_actor(v1::Envelope& request) const;

 private:
  std::string unit_;
  std::string actor_;
  v1::Role role_ = v1::ROLE_AGENT;
  std::string principal_;
  std::unique_ptr<client::Link> link_;
};

struct WrongUse : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Refused : std::runtime_error {
  Refused(std::string its_code, std::string its_field, const std::string& detail)
      : std::runtime_error(detail), code(std::move(its_code)), field(std::move(its_field)) {}
  std::string code, field;
};

}  // namespace bannette::console
