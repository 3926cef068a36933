#include "tests/bench/figures.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <zmq.hpp>

#include "queue/broker/keys.hpp"

namespace bannette::bench {
namespace {

constexpr int kSyncs = 200;
constexpr int kRoundTrips = 500;

double sync_us(const std::filesystem::path& file, bool growing) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const std::string page(4096, 'p');
  const auto size = static_cast<off_t>(page.size());
  if (fd < 0) std::abort();
  if (!growing)
    for (int i = 0; i < kSyncs; ++i)
      if (::pwrite(fd, page.data(), page.size(), i * size) < 0) std::abort();
  if (::fsync(fd) != 0) std::abort();
  std::vector<double> each;
  for (int i = 0; i < kSyncs; ++i) {
    const auto begin = Clock::now();
    if (::pwrite(fd, page.data(), page.size(), i * size) < 0 || ::fdatasync(fd) != 0) std::abort();
    each.push_back(micros(Clock::now() - begin));
  }
  ::close(fd);
  std::filesystem::remove(file);
  return median(each);
}

// The first word after the colon of the line that begins with `name`.
std::string from_proc(const char* file, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(name)) return line.substr(std::min(line.size(), line.find(':') + 2));
  return "unknown";
}

// The mount that holds the folder: the longest mount point that is a prefix of it.
std::string filesystem_of(const std::filesystem::path& folder) {
  const std::string path = std::filesystem::canonical(folder).string();
  std::ifstream in("/proc/mounts");
  std::string best, type;
  for (std::string device, point, kind, rest; in >> device >> point >> kind && std::getline(in, rest);)
    if (path.starts_with(point) && point.size() >= best.size()) {
      best = point;
      type = kind;
    }
  return type;
}

}  // namespace

void wait_until(Clock::time_point due) {
  const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(due - Clock::now()).count();
  if (left <= 0) return;
  const timespec wait{left / 1'000'000'000, left % 1'000'000'000};
  ::ppoll(nullptr, 0, &wait, nullptr);
}

double percentile(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

double median(std::vector<double> values) {
  return percentile(std::move(values), 0.5);
}

std::int64_t rounded(double value) {
  return static_cast<std::int64_t>(value + 0.5);
}

Figures figures_of(std::size_t count, double seconds, std::vector<double> each_us) {
  Figures out;
  out.per_s = static_cast<double>(count) / seconds;
  out.p50_us = percentile(each_us, 0.5);
  out.p99_us = percentile(each_us, 0.99);
  out.max_us = percentile(each_us, 1);
  return out;
}

Figures median(const std::vector<Figures>& runs) {
  const auto of = [&](double Figures::* which) {
    std::vector<double> values;
    for (const Figures& run : runs) values.push_back(run.*which);
    return median(values);
  };
  return {of(&Figures::per_s), of(&Figures::p50_us), of(&Figures::p99_us), of(&Figures::max_us)};
}

boost::json::object as_json(const Figures& figures) {
  return {{"per_s", rounded(figures.per_s)},
          {"p50_us", rounded(figures.p50_us)},
          {"p99_us", rounded(figures.p99_us)},
          {"max_us", rounded(figures.max_us)}};
}

Syncs measure_syncs(const std::filesystem::path& folder) {
  return {sync_us(folder / "sync.probe", true), sync_us(folder / "sync.probe", false)};
}

double zmq_round_trip_us(bool curve_over_tcp) {
  zmq::context_t server_context(1), own_context(1);
  zmq::context_t& client_context = curve_over_tcp ? own_context : server_context;
  zmq::socket_t server(server_context, zmq::socket_type::router);
  zmq::socket_t client(client_context, zmq::socket_type::dealer);
  server.set(zmq::sockopt::linger, 0);
  client.set(zmq::sockopt::linger, 0);
  if (curve_over_tcp) {
    const auto its = broker::new_key_pair(), ours = broker::new_key_pair();
    server.set(zmq::sockopt::curve_server, 1);
    server.set(zmq::sockopt::curve_secretkey, its.secret_key);
    client.set(zmq::sockopt::curve_publickey, ours.public_key);
    client.set(zmq::sockopt::curve_secretkey, ours.secret_key);
    client.set(zmq::sockopt::curve_serverkey, its.public_key);
  }
  server.bind(curve_over_tcp ? "tcp://127.0.0.1:0" : "inproc://echo");
  client.connect(server.get(zmq::sockopt::last_endpoint));
  std::thread echo([&] {
    const std::string reply(100, 'r');
    for (int i = 0; i < kRoundTrips; ++i) {
      zmq::message_t route, request;
      if (!server.recv(route) || !server.recv(request)) std::abort();
      server.send(route, zmq::send_flags::sndmore);
      server.send(zmq::buffer(reply), zmq::send_flags::none);
    }
  });
  std::vector<double> each;
  const std::string request(600, 'q');
  for (int i = 0; i < kRoundTrips; ++i) {
    const auto begin = Clock::now();
    zmq::message_t reply;
    client.send(zmq::buffer(request), zmq::send_flags::none);
    if (!client.recv(reply)) std::abort();
    each.push_back(micros(Clock::now() - begin));
  }
  echo.join();
  return median(each);
}

boost::json::object machine(const std::filesystem::path& folder) {
  utsname kernel{};
  ::uname(&kernel);
  return {{"processor", from_proc("/proc/cpuinfo", "model name")},
          {"cores", static_cast<std::int64_t>(::sysconf(_SC_NPROCESSORS_ONLN))},
          {"memory_kb", from_proc("/proc/meminfo", "MemTotal")},
          {"kernel", kernel.release},
          {"filesystem", filesystem_of(folder)}};
}

}  // namespace bannette::bench
