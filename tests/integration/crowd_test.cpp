// Connections that say nothing: libzmq has no cap on them, so the service must bear many.
#include <cstdlib>
#include <fstream>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::size_t kSilent = 2'000;
constexpr std::size_t kMemory = 64 * 1024;  // KiB
constexpr std::chrono::seconds kConnects{5};

// Of /proc/PID/status, in KiB.
std::size_t memory(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":"))
      return static_cast<std::size_t>(std::stoul(line.substr(name.size() + 1)));
  throw std::runtime_error("no " + name);
}

// Keeps so many connections open, each made anew when the service has had enough of it.
class Crowd {
 public:
  Crowd(const std::string& endpoint, std::size_t size) : sockets_(size, -1) {
    where_.sin_family = AF_INET;
    where_.sin_port = htons(static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
    where_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fill_up();
  }
  ~Crowd() {
    for (const int each : sockets_) ::close(each);
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // How many had to be made.
  std::size_t fill_up() {
    std::size_t made = 0;
    for (int& each : sockets_) {
      if (each >= 0 && open(each)) continue;
      if (each >= 0) ::close(each);
      each = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      REQUIRE(::connect(each, reinterpret_cast<const sockaddr*>(&where_), sizeof where_) == 0);
      ++made;
    }
    return made;
  }

 private:
  // What the service says (its greeting) is of no interest.
  static bool open(int socket) {
    char room[256];
    ssize_t got = 1;
    while (got > 0) got = ::recv(socket, room, sizeof room, MSG_DONTWAIT);
    return got < 0 && errno == EAGAIN;
  }
  sockaddr_in where_{};
  std::vector<int> sockets_;
};

// The service does not start either where so many are not allowed.
void raise_own_limit() {
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  REQUIRE(limit.rlim_max > kSilent + 500);
  limit.rlim_cur = limit.rlim_max;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

}  // namespace

TEST_CASE("Where too few descriptors are allowed the service does not start, and says what to write") {
  const Service service;
  Arguments words{"--nofile=1000:1000", program()};
  for (const auto& each : service.serve_arguments()) words.push_back(each);
  const Ran ran = run(Command{"prlimit", words});
  INFO(ran.err);
  CHECK(ran.code == 1);
  CHECK(ran.err.find("LimitNOFILE=") != std::string::npos);
  CHECK(!std::filesystem::exists(service.data() / "queue.db"));
}

TEST_CASE("With every descriptor taken by strangers, what is confirmed goes on, and they are let go") {
  raise_own_limit();
  Service service;
  service.start();
  const pid_t pid = service.process().pid();
  const auto other = service.link("router");
  REQUIRE(ask(*other, submit("avant")).has_receipt());
  rlimit limit{};
  REQUIRE(::prlimit(pid, RLIMIT_NOFILE, nullptr, &limit) == 0);
  CHECK(limit.rlim_cur == limit.rlim_max);  // it took all that it may have
  limit.rlim_cur = 200;
  REQUIRE(::prlimit(pid, RLIMIT_NOFILE, &limit, nullptr) == 0);
  {
    const Crowd crowd(service.zmq(), 400);
    for (int i = 0; i < 500; ++i) REQUIRE(ask(*other, submit("pendant")).has_receipt());
  }
  const auto link = service.link(kEast);
  CHECK(ask(*link, list_tray()).tray().total() == 501);
  CHECK(HttpSession(service.http()).get("/readyz").status == 200);
  CHECK(service.stop() == 0);
  CHECK(run({"check", "--data", service.data().string()}).code == 0);
}

TEST_CASE("Beside 2,000 silent connections a client connects within 5 s, and memory stays bounded") {
  raise_own_limit();
  Service service;
  service.start();
  const auto other = service.link("router");
  REQUIRE(ask(*other, submit("avant")).has_receipt());
  const pid_t pid = service.process().pid();
  const std::size_t before = memory(pid, "VmRSS");
  Crowd crowd(service.zmq(), kSilent);
  for (int time = 0; time < 3; ++time) {
    const auto began = std::chrono::steady_clock::now();
    const auto link = service.quiet_link(kEast);
    link->start();
    REQUIRE(link->wait_up(kConnects));
    CHECK(ask(*link, list_tray()).has_tray());
    CHECK(std::chrono::steady_clock::now() - began < kConnects);
    CHECK(ask(*other, submit("pendant")).has_receipt());
    CHECK(HttpSession(service.http()).get("/readyz").status == 200);
    (void)crowd.fill_up();
  }
  CHECK(memory(pid, "VmHWM") < before + kMemory);
  WARN("2,000 silent connections: " << memory(pid, "VmHWM") - before << " KiB more at the most");
}
