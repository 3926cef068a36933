// Processes that are stopped (SIGSTOP) and go on: a holder, the service, a consumer.
#include <csignal>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "queue/system/clock.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/judged.hpp"
#include "tests/integration/service.hpp"
#include "tests/integration/watcher.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::int64_t kLease = 5'000;  // ms, the shortest
constexpr std::int64_t kLate = 2'000;   // ms, at the most

Process unit_child(Service& service) {
  return Process(
      Command{BANNETTE_UNIT_CHILD, {service.zmq(), service.key(kEast).string(), service.server_key()}});
}

// Its next line that begins so; the others pass.
std::string line(Process& child, const std::string& beginning) {
  for (;;)
    if (std::string each = child.line(); each.starts_with(beginning)) return each;
}

std::string answer(Process& child, const std::string& request, const std::string& beginning) {
  child.write(request + "\n");
  return line(child, beginning);
}

std::string word(const std::string& text, std::size_t number) {
  std::istringstream words(text);
  std::string each;
  for (std::size_t i = 0; i <= number; ++i) words >> each;
  return each;
}

std::size_t memory_kib(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string each; std::getline(status, each);)
    if (each.starts_with("VmHWM:")) return static_cast<std::size_t>(std::stoul(each.substr(6)));
  return 0;
}

double metric(Service& service, const std::string& name) {
  std::istringstream lines(HttpSession(service.http()).get("/metrics").body);
  for (std::string each; std::getline(lines, each);)
    if (each.starts_with(name + " ")) return std::stod(each.substr(name.size()));
  throw std::runtime_error("no metric " + name);
}

}  // namespace

TEST_CASE("A stopped holder loses its lease in time, its old place is kept, its fence is stale") {
  Service service;
  service.start();
  Watcher watcher(service);
  const auto router = service.link("router");
  std::vector<std::string> order;
  order.push_back(ask(*router, submit("a", kEastPmi, v1::URGENCY_URGENT)).receipt().reference());
  for (const char* each : {"b", "c"}) order.push_back(ask(*router, submit(each)).receipt().reference());
  Process holder = unit_child(service);
  (void)line(holder, "up");
  const std::string held = answer(holder, "reserve " + std::to_string(kLease), "reserved");
  REQUIRE(word(held, 1) == order[0]);
  const std::string named = word(held, 1) + " " + word(held, 2);
  holder.write("keep " + named + " " + std::to_string(kLease) + "\n");
  // While it runs it keeps it, beyond the first lease.
  std::int64_t lease_until = 0;
  for (int renewed = 0; renewed < 5; ++renewed) lease_until = std::stoll(word(line(holder, "kept"), 1));

  holder.freeze();
  const v1::Deliver expired = watcher.next("lease_expired");
  CHECK(expired.header().reference() == order[0]);
  CHECK(expired.header().state() == v1::STATE_WAITING);
  CHECK(expired.header().changed_ms() >= lease_until - kRounding);
  CHECK(expired.header().changed_ms() <= lease_until + kLease / 3 + kLate);  // one renewal may be untold
  for (const auto& each : order) {
    const v1::Header next = ask(*watcher.link, reserve()).done().header();
    CHECK(next.reference() == each);  // as they arrived
    if (each == order[0]) CHECK(std::to_string(next.fence()) > word(held, 2));
  }
  holder.signal(SIGCONT);
  CHECK(line(holder, "lost") == "lost stale_fence");
  CHECK(answer(holder, "accept " + named, "refused") == "refused stale_fence");
}

TEST_CASE("A service stopped beyond a lease ends it when it goes on, and loses nothing else") {
  Service service;
  service.start();
  const auto unit = service.link(kEast);
  const auto router = service.link("router");
  const auto first = std::make_shared<Submitter>(*router, "first", 2, 1);
  first->start();
  REQUIRE(first->wait_receipts(2));
  const v1::Header brief = ask(*unit, reserve({}, kLease)).done().header();
  const v1::Header kept = ask(*unit, reserve({}, 600'000)).done().header();
  const auto load = std::make_shared<Submitter>(*router, "load", 400, 100);
  load->start();
  REQUIRE(load->wait_receipts(100));
  service.process().freeze();
  auto late = unit->ask(accept(brief.reference(), brief.fence()));  // waits for it at the door
  wait_until(brief.lease_until_ms() + 500);
  const std::int64_t went_on = system::now().wall_ms;
  service.process().signal(SIGCONT);

  REQUIRE(late.wait_for(kPatience) == std::future_status::ready);
  CHECK(code_of(late.get()) == "stale_fence");  // whether or not the timer had run before it was read
  // In the history: a session that heard nothing for so long has greeted again, and must pull.
  const v1::Envelope shown = ask(*unit, show(brief.reference()));
  std::vector<std::int64_t> ended_ms;
  for (const auto& each : shown.dossier().history())
    if (each.change() == "lease_expired") ended_ms.push_back(each.at_ms());
  REQUIRE(ended_ms.size() == 1);
  CHECK(ended_ms[0] >= brief.lease_until_ms() - kRounding);
  CHECK(ended_ms[0] <= went_on + kLate);
  CHECK(code_of(ask(*unit, accept(kept.reference(), kept.fence()))) == "");
  const v1::Header next = ask(*unit, reserve()).done().header();
  CHECK(next.reference() == brief.reference());
  REQUIRE(load->wait_receipts(400));
  const Exported after = Exported::of(service.data());
  (void)after.check_whole();
  CHECK(after.dossiers.size() == 402);
  std::vector<Submission> told = load->all();
  for (auto& one : first->all()) told.push_back(std::move(one));
  CHECK(faults(told, after) == "");
}

TEST_CASE("A stopped consumer slows nobody and bloats nothing; when it goes on it pulls") {
  Service service;
  service.start();
  const auto router = service.link("router");
  Process consumer = unit_child(service);
  (void)line(consumer, "up");
  REQUIRE(answer(consumer, "subscribe 1000", "subscribed") == "subscribed");
  REQUIRE(ask(*router, submit("première")).has_receipt());
  Watcher other(service);
  const std::size_t before = memory_kib(service.process().pid());
  consumer.freeze();
  const auto load = std::make_shared<Submitter>(*router, "load", 5'000, 64);
  load->start();
  REQUIRE(load->wait_receipts(5'000));
  for (int i = 0; i < 500; ++i) CHECK(other.next("submitted").header().bannette() == kEastPmi);
  CHECK(memory_kib(service.process().pid()) < before + 64 * 1024);
  // It is silent for three of its heartbeats: forgotten.
  const auto sessions = [&] { return metric(service, "bannette_queue_sessions"); };
  const double with_it = sessions();
  const auto most = std::chrono::steady_clock::now() + kPatience;
  while (sessions() >= with_it) REQUIRE(std::chrono::steady_clock::now() < most);
  consumer.signal(SIGCONT);
  (void)line(consumer, "up");  // greets again
  CHECK(answer(consumer, "tray", "tray") == "tray 5001");
  CHECK(std::stoul(word(answer(consumer, "hints", "hints"), 1)) <= 1'000);
  REQUIRE(answer(consumer, "subscribe 10", "subscribed") == "subscribed");
  REQUIRE(ask(*router, submit("dernière")).has_receipt());
  CHECK(answer(consumer, "tray", "tray") == "tray 5002");
}

TEST_CASE("A consumer that is stopped for a moment, out of credit, hears that it has to pull") {
  Service service;
  service.start();
  const auto router = service.link("router");
  Process consumer = unit_child(service);
  (void)line(consumer, "up");
  REQUIRE(answer(consumer, "subscribe 5", "subscribed") == "subscribed");
  consumer.freeze();
  for (int i = 0; i < 20; ++i) REQUIRE(ask(*router, submit("vite")).has_receipt());
  consumer.signal(SIGCONT);
  CHECK(answer(consumer, "tray", "tray") == "tray 20");
  CHECK(answer(consumer, "hints", "hints") == "hints 5");
  CHECK(answer(consumer, "credit 10", "pull") == "pull");
}
