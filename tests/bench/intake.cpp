#include "tests/bench/intake.hpp"

#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "queue/core/ids.hpp"
#include "queue/system/random.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/http_wire.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::chrono::seconds kPatience{60};
constexpr std::size_t kPosts = 10;  // of a switchboard

// A note of the usual length; each is another caller's.
std::string body_of(std::size_t which) {
  return R"({"note":"Colis alimentaire demandé, frigo vide, deux enfants de 3 et 6 ans, RSA suspendu depuis lundi, )"
         R"(a vu l'assistante sociale le mois dernier","commune":"Roubaix","address":"12 rue de Lannoy",)"
         R"("caller":{"name":"Mme Delattre","phone":"06)" +
         fmt::format("{:08}", 10'000'000 + which % 90'000'000) + R"("}})";
}

std::string read_all(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The real program, and a machine's token for it.
class Program {
 public:
  Program(const fs::path& folder, const IntakeRun& how)
      : data_(folder / "intake"),
        serve_({how.program, "serve", "--config", how.config.string(), "--data", data_.string(), "--http",
                "127.0.0.1:0", "--zmq", "tcp://127.0.0.1:0"},
               folder / "serve.log") {
    const fs::path file = data_ / "endpoints.json";
    const auto until = Clock::now() + kPatience;
    while (!fs::exists(file)) {
      if (!serve_.running() || Clock::now() > until)
        throw std::runtime_error("bannette serve did not start:\n" + read_all(folder / "serve.log"));
      wait_until(Clock::now() + std::chrono::milliseconds{10});
    }
    const std::string url(json::parse(read_all(file)).at("http").as_string());
    port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    Child add({how.program, "token", "add", "--data", data_.string(), "--name", "bench"},
              folder / "token.log");
    if (add.wait() != 0) throw std::runtime_error("no token:\n" + read_all(folder / "token.log"));
    std::istringstream lines(read_all(folder / "token.log"));
    std::getline(lines, token);
  }
  std::uint16_t port = 0;
  std::string token;

 private:
  fs::path data_;
  Child serve_;
};

// `connections` at once, each asking again as soon as it is answered.
Figures drive(std::uint16_t port, std::size_t connections, std::size_t requests,
              const std::function<void(HttpWire&, std::size_t)>& request) {
  std::mutex mutex;
  std::vector<double> all;
  std::vector<std::thread> threads;
  std::string failed;
  const auto begin = Clock::now();
  for (std::size_t one = 0; one < connections; ++one)
    threads.emplace_back([&, one] {
      std::vector<double> each;
      try {
        HttpWire wire(port);
        for (std::size_t i = one; i < requests; i += connections) {
          const auto asked = Clock::now();
          request(wire, i);
          each.push_back(micros(Clock::now() - asked));
        }
      } catch (const std::exception& error) {
        const std::lock_guard lock(mutex);
        failed = error.what();
      }
      const std::lock_guard lock(mutex);
      all.insert(all.end(), each.begin(), each.end());
    });
  for (auto& thread : threads) thread.join();
  if (!failed.empty()) throw std::runtime_error(failed);
  return figures_of(requests, std::chrono::duration<double>(Clock::now() - begin).count(), std::move(all));
}

struct Measure {
  const char* name;
  std::size_t connections, requests;
  std::function<void(HttpWire&, std::size_t)> request;
  std::uint16_t port;
};

std::vector<Measure> measures(const Program& program, const BareBeast& bare, const BareBeast& synced,
                              std::size_t& next) {
  const std::string bearer = "Authorization: Bearer " + program.token + "\r\n";
  const auto echo = [](HttpWire& wire, std::size_t i) {
    if (wire.post("/echo", "", body_of(i)) != 200) throw std::runtime_error("the echo refused");
  };
  const auto classify = [bearer](HttpWire& wire, std::size_t) {
    const std::string body = R"({"note":"Colis alimentaire, frigo vide, deux enfants","commune":"Roubaix"})";
    if (wire.post("/api/v1/classify", bearer, body) != 200) throw std::runtime_error("classify was refused");
  };
  const auto log = [bearer, &next](HttpWire& wire, std::size_t i) {
    const std::string key = "Idempotency-Key: " + to_string(system::new_uuid7()) + "\r\n";
    const int status = wire.post("/api/v1/requests", bearer + key, body_of(next + i));
    if (status != 201)
      throw std::runtime_error("a call got " + std::to_string(status) + ", not a durable receipt");
  };
  return {
      {"echo-1", 1, 1'000, echo, bare.port()},        {"echo-sync-1", 1, 500, echo, synced.port()},
      {"intake-1", 1, 500, log, program.port},        {"classify-1", 1, 1'000, classify, program.port},
      {"echo-10", kPosts, 4'000, echo, bare.port()},  {"echo-sync-10", kPosts, 1'000, echo, synced.port()},
      {"intake-10", kPosts, 2'000, log, program.port}};
}

void tell(const std::map<std::string, Figures>& medians) {
  std::cerr << fmt::format("{:<13}{:>10}{:>12}{:>12}\n", "", "per s", "p50 us", "p99 us");
  for (const auto& [name, figures] : medians)
    std::cerr << fmt::format("{:<13}{:>10}{:>12}{:>12}\n", name, rounded(figures.per_s),
                             rounded(figures.p50_us), rounded(figures.p99_us));
}

}  // namespace

json::object intake(const fs::path& folder, const IntakeRun& how) {
  const Program program(folder, how);
  const BareBeast bare, synced(folder / "echo.synced");
  std::map<std::string, std::vector<Figures>> runs;
  std::vector<double> one, ten;
  std::size_t next = 0;
  for (int run = 0; run < how.runs; ++run) {
    for (const Measure& each : measures(program, bare, synced, next)) {
      const auto requests = std::max(
          each.connections * 10, static_cast<std::size_t>(how.scale * static_cast<double>(each.requests)));
      runs[each.name].push_back(drive(each.port, each.connections, requests, each.request));
      next += requests;
    }
    one.push_back(runs["intake-1"].back().p50_us / runs["echo-sync-1"].back().p50_us);
    ten.push_back(runs["intake-10"].back().per_s / runs["echo-sync-10"].back().per_s);
  }
  const Syncs syncs = measure_syncs(folder);
  std::map<std::string, Figures> medians;
  json::object out{{"machine", machine(folder)}, {"fdatasync_us", rounded(syncs.reused_us)}};
  for (const auto& [name, all] : runs) {
    medians[name] = median(all);
    out[name] = as_json(medians[name]);
  }
  out["intake_1_over_echo_sync_1"] = median(one);
  out["intake_10_of_echo_sync_10"] = median(ten);
  tell(medians);
  std::cerr << fmt::format(
      "one call at a time: {:.2f} x an echo that syncs; ten at once: {:.2f} x its rate\n", median(one),
      median(ten));
  return out;
}

}  // namespace bannette::bench
