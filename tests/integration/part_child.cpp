// The queue or the router as a process of its own, so that either can be killed: `queue FOLDER QUEUE_ADDRESS`
// or `router FOLDER QUEUE_ADDRESS INTAKE_ADDRESS`, over ipc://. Says "ready" and runs until its standard
// input ends.
#include <cstdio>
#include <iostream>

#include "tests/integration/machine.hpp"
#include "tests/integration/relay.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr const char* kNear = "inproc://near";

void wait_for_end() {
  std::printf("ready\n");
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) continue;
}

int run_queue(const std::string& folder, const std::string& address) {
  journal::Options kept;
  kept.site = sample_site()->code;
  kept.master = master();
  const auto journal = journal::open_sqlite(folder, kept);
  zmq::context_t context(1);
  broker::Options options;
  options.data = folder;
  options.console = "inproc://console";
  options.router = address;
  broker::Broker queue(context, options, rules_of(*sample_site()), *journal, broken);
  queue.start();
  wait_for_end();
  return 0;
}

int run_router(const std::string& folder, const std::string& queue, const std::string& intake) {
  zmq::context_t context(1);
  Relay far(context, kNear);  // a link speaks inproc or TCP with keys; the router has none
  far.plug_in(queue);
  router::ServiceOptions options;
  options.data = folder;
  options.master = master();
  options.listen = intake;
  options.queue = kNear;
  router::RouterService router(context, options, sample_site(), broken);
  router.start();
  wait_for_end();
  return 0;
}

}  // namespace

int main(int count, char** argv) {
  seal::start();
  const std::string part = count > 3 ? argv[1] : "";
  if (part == "queue") return run_queue(argv[2], argv[3]);
  if (part == "router" && count > 4) return run_router(argv[2], argv[3], argv[4]);
  return 2;
}
