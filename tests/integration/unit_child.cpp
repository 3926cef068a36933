// A unit's software as a process of its own, so that it can be stopped: does what standard input says, a line
// each, and says on standard output what became of it.
//   reserve LEASE_MS          -> reserved REFERENCE FENCE | refused CODE
//   keep REFERENCE FENCE LEASE_MS     renews three times a lease -> kept ... | lost CODE
//   accept REFERENCE FENCE    -> done SEQ | refused CODE
//   subscribe CREDIT          -> subscribed | refused CODE
//   credit MORE               nothing; what was missed is told as "pull"
//   tray                      -> tray TOTAL
//   hints                     -> hints NUMBER
// and of itself: up, down, pull.
#include <condition_variable>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

#include "queue/broker/keys.hpp"
#include "tests/integration/messages.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

void say(const std::string& line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

v1::Envelope renew(const std::string& dossier, std::uint64_t fence, std::uint32_t lease_ms) {
  v1::Envelope request;
  request.set_idempotency_key(new_key());
  request.mutable_renew()->set_dossier(dossier);
  request.mutable_renew()->set_fence(fence);
  request.mutable_renew()->set_lease_ms(lease_ms);
  return request;
}

// Renews a reservation until it is lost or the child ends.
class Keeper {
 public:
  Keeper(client::Link& link, std::string dossier, std::uint64_t fence, std::uint32_t lease_ms)
      : thread_([this, &link, dossier, fence, lease_ms] {
          std::unique_lock lock(mutex_);
          do {
            const v1::Envelope reply = ask(link, renew(dossier, fence, lease_ms));
            if (reply.has_error()) return say("lost " + reply.error().code());
            say("kept " + std::to_string(reply.done().header().lease_until_ms()));
          } while (!ended_.wait_for(lock, std::chrono::milliseconds{lease_ms / 3}, [this] { return over_; }));
        }) {}
  ~Keeper() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

std::string outcome(const v1::Envelope& reply) {
  if (reply.has_error()) return "refused " + reply.error().code();
  if (reply.has_subscribed()) return "subscribed";
  if (reply.has_tray()) return "tray " + std::to_string(reply.tray().total());
  const auto& done = reply.done();
  if (done.header().state() != v1::STATE_RESERVED) return "done " + std::to_string(done.seq());
  return "reserved " + done.header().reference() + " " + std::to_string(done.header().fence());
}

void work(client::Link& link, std::atomic<std::size_t>& hints) {
  std::optional<Keeper> keeper;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string verb, dossier;
    std::uint64_t fence = 0;
    std::uint32_t number = 0;
    words >> verb;
    if (verb == "reserve") {
      words >> number;
      say(outcome(ask(link, reserve({}, number))));
    } else if (verb == "keep") {
      words >> dossier >> fence >> number;
      keeper.emplace(link, dossier, fence, number);
    } else if (verb == "accept") {
      words >> dossier >> fence;
      say(outcome(ask(link, accept(dossier, fence))));
    } else if (verb == "subscribe" || verb == "credit") {
      words >> number;
      v1::Envelope request;
      if (verb == "credit") {
        request.mutable_credit()->set_credit(number);
        link.ask(std::move(request), [](v1::Envelope&&) {});
        continue;
      }
      request.mutable_subscribe()->set_credit(number);
      say(outcome(ask(link, request)));
    } else if (verb == "tray") {
      say(outcome(ask(link, list_tray())));
    } else if (verb == "hints") {
      say("hints " + std::to_string(hints));
    }
  }
}

}  // namespace

// ENDPOINT KEY_FILE SERVER_KEY
int main(int, char** argv) {
  client::Options options;
  const auto pair = broker::read_key_pair(argv[2]).value();
  options.endpoint = argv[1];
  options.curve = {pair.public_key, pair.secret_key, argv[3]};
  options.program = "unit";
  options.request_timeout = std::chrono::seconds{20};
  std::atomic<std::size_t> hints{0};
  client::Link link(options);
  link.on_delivery([&](v1::Envelope&& envelope) {
    if (envelope.has_deliver())
      ++hints;
    else
      say("pull");
  });
  link.on_change([](bool up) { say(up ? "up" : "down"); });
  link.start();
  work(link, hints);
}
