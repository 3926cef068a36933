// A connection to a played PBX, its ledger, and the one thread that both sides run on.
#pragma once
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "queue/system/clock.hpp"
#include "router/calls/ledger.hpp"
#include "router/telephony/ami_connection.hpp"
#include "tests/integration/pbx_server.hpp"

namespace bannette::test {

class OneThread {
 public:
  asio::io_context context{1};
  Tasks tasks{context.get_executor(), [](const std::string& why) { throw std::runtime_error(why); }};

  // Works until it is so. False: it is not so in time, which is longer than anything here takes.
  [[nodiscard]] bool until(const std::function<bool()>& so,
                           std::chrono::seconds patience = std::chrono::seconds{10}) {
    const auto most = std::chrono::steady_clock::now() + patience;
    context.restart();
    while (!so()) {
      if (std::chrono::steady_clock::now() >= most) return false;
      context.run_one_for(std::chrono::milliseconds{100});
      if (context.stopped()) context.restart();
    }
    return true;
  }
  [[nodiscard]] bool ends() {
    return until([this] { return tasks.running() == 0; });
  }
};

struct PbxClient {
  static telephony::AmiOptions options_for(std::uint16_t port) {
    telephony::AmiOptions options;
    options.pbx = "main";
    options.address.host = "127.0.0.1";
    options.address.port = port;
    options.account = {"accueil", "essai-accueil"};
    options.backoff.first = 1;
    options.backoff.most = 4;
    options.now = [] { return system::now(); };
    options.random = [] { return 0U; };
    return options;
  }

  PbxClient(OneThread& thread, telephony::AmiOptions options)
      : connection(
            thread.tasks, thread.context.get_executor(), std::move(options),
            [this](const calls::Event& event) {
              facts.push_back(event);
              ledger.apply(event);
            },
            [this] { troubles.push_back(connection.state().trouble); }) {
    connection.start();
  }

  [[nodiscard]] std::size_t count(calls::Kind kind) const {
    std::size_t n = 0;
    for (const auto& each : facts) n += each.kind == kind ? 1 : 0;
    return n;
  }
  // "queue uniqueid outcome post" of every leg.
  [[nodiscard]] std::vector<std::string> legs() {
    std::vector<std::string> out;
    ledger.close(system::now().wall_ms);
    for (const auto& call : ledger.take_finished())
      for (const auto& leg : call.legs)
        out.push_back(leg.queue + " " + leg.uniqueid + " " + std::string(calls::name(leg.outcome())) + " " +
                      leg.post);
    return out;
  }

  calls::Ledger ledger{{.unqualified_ms = 0}};
  std::vector<calls::Event> facts;
  std::vector<std::string> troubles;  // each that was told; "" = it is up
  telephony::AmiConnection connection;
};

}  // namespace bannette::test
