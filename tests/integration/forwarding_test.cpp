// The way from the intake to the queue when either side is killed at any moment, when the disk is full, and
// when the queue is away for long: what was told is true, each call becomes one dossier, and no caller's
// calls change their order.
#include <atomic>
#include <csignal>
#include <future>
#include <map>
#include <thread>

#include "tests/integration/machine.hpp"
#include "tests/integration/mount.hpp"
#include "tests/integration/relay.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

v1::Envelope call_of(const std::string& phone, const std::string& note) {
  v1::Envelope call = log_call(note);
  call.mutable_log_call()->mutable_caller()->set_phone(phone);
  call.mutable_actor()->set_name("odile");
  call.mutable_actor()->set_role(v1::ROLE_OPERATOR);
  return call;
}

std::string phone_of(std::size_t caller) {
  return "06 00 00 00 " + std::to_string(10 + caller);
}

// Queue and router as processes over one disk.
struct Parts {
  TemporaryFolder folder;
  std::string queue_address = "ipc://" + (folder.path() / "queue.socket").string();
  std::string intake_address = "ipc://" + (folder.path() / "intake.socket").string();
  std::optional<Process> queue, router;

  Parts() {
    std::filesystem::create_directories(folder.path() / "queue");
    std::filesystem::create_directories(folder.path() / "router");
    start_queue();
    start_router();
  }
  void start_queue() {
    queue.emplace(
        test::Command{BANNETTE_PART_CHILD, {"queue", (folder.path() / "queue").string(), queue_address}});
    REQUIRE(queue->line() == "ready");
  }
  void start_router() {
    router.emplace(test::Command{
        BANNETTE_PART_CHILD, {"router", (folder.path() / "router").string(), queue_address, intake_address}});
    REQUIRE(router->line() == "ready");
  }
  static void kill(std::optional<Process>& part) {
    part->signal(SIGKILL);
    CHECK(part->wait() == 128 + SIGKILL);
    part.reset();
  }
};

// The console's session with the router's process.
class Session {
 public:
  explicit Session(const Parts& parts) : far_(context_, "inproc://near") {
    far_.plug_in(parts.intake_address);
    client::Options options;
    options.endpoint = "inproc://near";
    options.request_timeout = std::chrono::milliseconds{1'500};
    link_.emplace(options, &context_);
    link_->start();
  }
  client::Link& operator*() { return *link_; }

 private:
  zmq::context_t context_{1};
  Relay far_;
  std::optional<client::Link> link_;
};

// Until it is told: a receipt, or recorded. Whatever is killed meanwhile, the same key. Without an answer in
// time, the last one.
v1::Envelope until_told(client::Link& link, const v1::Envelope& call) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    v1::Envelope reply = ask(link, call);
    if (reply.has_receipt() || reply.has_recorded() || std::chrono::steady_clock::now() > until) return reply;
  }
}

// One caller who calls again as soon as the last call was told; calls[i] was told before calls[i + 1] was
// made.
struct Caller {
  std::vector<v1::Envelope> calls;
  std::map<std::size_t, std::string> receipts;  // ids, of those that had one at once
};

class Load {
 public:
  Load(const Parts& parts, std::size_t callers, std::size_t calls) : all_(callers) {
    for (std::size_t caller = 0; caller < callers; ++caller)
      threads_.emplace_back([this, &parts, caller, calls] {
        Session link(parts);
        for (std::size_t i = 0; i < calls; ++i) {
          auto call =
              call_of(phone_of(caller), "appel " + std::to_string(i) + " de " + std::to_string(caller));
          all_[caller].calls.push_back(call);
          const auto told = until_told(*link, call);
          if (told.has_receipt()) all_[caller].receipts[i] = told.receipt().id();
          signal_.change([&] {
            confirmed_ += told.has_receipt() ? 1 : 0;
            recorded_ += told.has_recorded() ? 1 : 0;
          });
        }
      });
  }
  ~Load() { join(); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  void join() {
    for (auto& each : threads_)
      if (each.joinable()) each.join();
  }
  [[nodiscard]] bool wait_told(std::size_t count) {
    return signal_.wait([&] { return confirmed_ + recorded_ >= count; });
  }
  [[nodiscard]] bool wait_recorded(std::size_t count) {
    return signal_.wait([&] { return recorded_ >= count; });
  }
  [[nodiscard]] std::size_t recorded() {
    return signal_.read([&] { return recorded_; });
  }
  [[nodiscard]] const std::vector<Caller>& all() const { return all_; }

 private:
  std::vector<Caller> all_;
  Signal signal_;
  std::size_t confirmed_ = 0, recorded_ = 0;
  std::vector<std::thread> threads_;
};

// Everything runs again: all are in the queue, once, in the order of each caller, and what was told is what
// is there.
void judge(const Parts& parts, const std::vector<Caller>& all) {
  Session link(parts);
  const auto until = std::chrono::steady_clock::now() + kPatience;
  std::size_t calls = 0;
  std::set<std::string> ids;
  for (const Caller& caller : all) {
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < caller.calls.size(); ++i) {
      v1::Envelope reply = ask(*link, caller.calls[i]);
      while (!reply.has_receipt()) {  // recorded: it is on its way
        REQUIRE(std::chrono::steady_clock::now() < until);
        reply = ask(*link, caller.calls[i]);
      }
      CHECK(reply.receipt().seq() > last);
      last = reply.receipt().seq();
      if (const auto told = caller.receipts.find(i); told != caller.receipts.end())
        CHECK(told->second == reply.receipt().id());
      ids.insert(reply.receipt().id());
      ++calls;
    }
  }
  CHECK(ids.size() == calls);
  std::uint64_t highest = 0;
  for (const auto& id : ids) highest = std::max(highest, dossier_number(*uuid_from_bytes(id)));
  CHECK(highest == calls);  // no dossier that nobody asked for
  v1::Envelope question;
  question.mutable_outbox_state();
  question.mutable_actor()->set_name("odile");
  question.mutable_actor()->set_role(v1::ROLE_OPERATOR);
  CHECK(ask(*link, question).outbox_report().waiting() == 0);
}

void killed_under_load(int rounds) {
  Parts parts;
  std::size_t recorded = 0;
  std::vector<Caller> all;
  for (int round = 0; round < rounds; ++round) {
    CAPTURE(round);
    Load load(parts, 6, 8);
    REQUIRE(load.wait_told(6));
    if (round % 2 == 0) {  // the queue, and while letters wait for it the router too
      Parts::kill(parts.queue);
      REQUIRE(load.wait_recorded(1));
      Parts::kill(parts.router);
      parts.start_router();
      parts.start_queue();
    } else {  // the router alone, and again while it sends
      Parts::kill(parts.router);
      parts.start_router();
      REQUIRE(load.wait_told(20));
      Parts::kill(parts.router);
      parts.start_router();
    }
    load.join();
    recorded += load.recorded();
    for (const auto& each : load.all()) all.push_back(each);
    REQUIRE(load.wait_told(6 * 8));
    judge(parts, all);
  }
  CHECK(recorded > 0);
}

}  // namespace

// First, while this process has one thread.
TEST_CASE("A full disk: refused in so many words, never recorded, and what was recorded before leaves") {
  if (const auto why = private_mounts(); !why.empty()) return skip(why);
  SmallDisk disk(16);
  for (const std::uint64_t mark : {std::uint64_t{0}, std::uint64_t{4} << 20}) {
    CAPTURE(mark);
    const auto folder = disk.path() / ("router-" + std::to_string(mark));
    std::filesystem::create_directories(folder);
    Machine machine(folder, mark);
    machine.start_router();
    std::vector<v1::Envelope> recorded, refused;
    for (std::size_t i = 0; i < 3; ++i) recorded.push_back(call_of(phone_of(i), "avant"));
    for (const auto& each : recorded) REQUIRE(ask(*machine.console, each).has_recorded());
    disk.fill(mark == 0 ? 0 : mark / 2);  // below the mark there is room, and it is left alone
    std::vector<std::future<v1::Envelope>> answers;
    const std::string note(18'000, 'n');  // more than what is left of the log's last page
    for (std::size_t i = 0; i < 8; ++i) refused.push_back(call_of(phone_of(10 + i), note));
    for (const auto& each : refused) answers.push_back(machine.console->ask(each));
    for (auto& each : answers) CHECK(code_of(each.get()) == "disk_full");
    CHECK(machine.outbox().waiting() == 3);

    machine.start_queue();  // what is here leaves, although nothing more fits
    for (std::size_t i = 0; i < 3; ++i) CHECK(machine.note_of(machine.hints.next().deliver()) == "avant");
    disk.free();
    machine.wait_outbox_empty();
    CHECK(machine.dossiers() == 3);
    for (const auto& each : refused)
      CHECK(ask(*machine.console, each).has_receipt());  // the same keys, later
    CHECK(machine.dossiers() == 11);
  }
}

TEST_CASE("Router and queue are killed under load: each call once, in its caller's order, and told truly") {
  killed_under_load(2);
}

TEST_CASE("The same, very often", "[.][long]") {
  killed_under_load(60);
}

// An hour of a busy centre in a few seconds: its calls, without its pauses. That an hour of asking in vain
// stays bounded is shown on virtual time (tests/unit/router_core/lanes_test.cpp).
TEST_CASE("The queue is away for an hour's calls: all are seen waiting with their age, and arrive in order") {
  Machine machine;
  machine.start_router();
  std::vector<v1::Envelope> calls;
  std::vector<std::future<v1::Envelope>> answers;
  for (std::size_t i = 0; i < 140; ++i)
    calls.push_back(call_of(phone_of(i % 50), "appel " + std::to_string(i)));
  for (const auto& each : calls) answers.push_back(machine.console->ask(each));
  for (auto& each : answers) REQUIRE(each.get().has_recorded());
  const auto seen = machine.letters();
  CHECK(seen.report().waiting() == 140);
  CHECK_FALSE(seen.report().queue_up());
  REQUIRE(seen.items_size() == 100);  // a page
  for (const auto& each : seen.items()) CHECK(each.since_ms() <= seen.at_ms());
  machine.start_queue();
  machine.wait_outbox_empty();
  CHECK(machine.dossiers() == 140);
  std::map<std::string, std::uint64_t> last;
  for (const auto& each : calls) {
    const auto receipt = ask(*machine.console, each).receipt();
    CHECK(receipt.seq() > last[each.log_call().caller().phone()]);
    last[each.log_call().caller().phone()] = receipt.seq();
  }
}
