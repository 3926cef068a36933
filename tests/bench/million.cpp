#include "tests/bench/million.hpp"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <zmq.hpp>

#include "queue/broker/keys.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/our_site.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr int kOutstanding = 256;
constexpr std::int64_t kDrained = 200'000;  // taken, and as many taken and handled, at most

// A broker in a process of its own. It is started again with the same folder.
class Service {
 public:
  Service(const std::string& self, const fs::path& folder) : self_(self), folder_(folder) { start(); }

  void start() {
    const fs::path ready = folder_ / "ready";
    fs::remove(ready);
    const int fd =
        ::mkfifo(ready.c_str(), 0600) == 0 ? ::open(ready.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
    if (fd < 0) throw std::system_error(errno, std::generic_category(), ready.string());
    child_.emplace(std::vector<std::string>{self_, "serve", "--folder", folder_.string()}, folder_ / "log");
    std::string text;
    for (std::array<char, 256> bytes{}; !text.ends_with('\n');) {
      pollfd item{fd, POLLIN, 0};
      if (::poll(&item, 1, 1'000) == 0 && !child_->running())
        throw std::runtime_error("the broker ended, see " + (folder_ / "log").string());
      const auto got = ::read(fd, bytes.data(), bytes.size());
      if (got > 0) text.append(bytes.data(), static_cast<std::size_t>(got));
    }
    ::close(fd);
    std::istringstream(text) >> endpoint_ >> server_key_;
  }
  void kill() {
    child_->end(SIGKILL);
    child_.reset();
  }
  std::unique_ptr<client::Link> link(const std::string& principal) {
    client::Options options;
    options.endpoint = endpoint_;
    options.curve = key_for(folder_ / "data", principal, server_key_);
    options.request_timeout = std::chrono::seconds{60};
    auto made = open_link(options, nullptr);
    if (!made) throw std::runtime_error("no session");
    return made;
  }
  // Without the page cache: what the process itself holds.
  [[nodiscard]] std::int64_t resident_bytes() const {
    std::ifstream in(fmt::format("/proc/{}/status", child_->pid()));
    for (std::string line; std::getline(in, line);)
      if (line.starts_with("RssAnon:")) return std::stoll(line.substr(8)) * 1024;
    return 0;
  }

 private:
  std::string self_;
  fs::path folder_;
  std::optional<Child> child_;
  std::string endpoint_, server_key_;
};

std::int64_t disk_bytes(const fs::path& folder) {
  std::int64_t bytes = 0;
  for (const auto& each : fs::recursive_directory_iterator(folder))
    if (each.is_regular_file()) bytes += static_cast<std::int64_t>(each.file_size());
  return bytes;
}

// Asks `count` times, kOutstanding at a time; `then` gets each answer and may give another request to follow
// it.
double rate(client::Link& link, std::int64_t count, const std::function<v1::Envelope()>& first,
            const std::function<std::optional<v1::Envelope>(v1::Envelope&&)>& then) {
  std::mutex mutex;
  std::condition_variable ended;
  std::int64_t started = 0, done = 0;
  bool all = false;
  std::function<void()> next;
  const client::Link::Answer answer = [&](v1::Envelope&& reply) {
    must(reply);
    if (auto more = then(std::move(reply))) return link.ask(std::move(*more), answer);
    if (++done == count) {
      const std::lock_guard lock(mutex);
      all = true;
      ended.notify_one();
      return;
    }
    next();
  };
  next = [&] {
    if (started < count) {
      ++started;
      link.ask(first(), answer);
    }
  };
  v1::Envelope nothing;
  nothing.mutable_list_tray()->set_limit(1);
  const auto begin = Clock::now();
  link.ask(std::move(nothing), [&](v1::Envelope&&) {  // on the link's thread, as all that follows
    for (int i = 0; i < kOutstanding; ++i) next();
  });
  std::unique_lock lock(mutex);
  ended.wait(lock, [&] { return all; });
  return static_cast<double>(count) / (micros(Clock::now() - begin) / 1e6);
}

std::optional<v1::Envelope> no_more(v1::Envelope&&) {
  return std::nullopt;
}

void fill(client::Link& router, std::int64_t dossiers, json::object& out) {
  const double per_s = rate(router, dossiers, [] { return submission(kHeap, "59512"); }, no_more);
  out["filled_per_s"] = rounded(per_s);
}

}  // namespace

json::object million(const std::string& self, const fs::path& folder, std::int64_t dossiers) {
  json::object out = machine(folder);
  out["dossiers"] = dossiers;
  fs::create_directories(folder / "data");
  Service service(self, folder);
  const std::int64_t empty = service.resident_bytes();
  {
    const auto router = service.link("router");
    fill(*router, dossiers, out);
  }
  const auto each = [&](std::int64_t bytes) { return bytes / std::max<std::int64_t>(1, dossiers); };
  out["resident_bytes_each_after_filling"] = each(service.resident_bytes() - empty);
  out["disk_bytes_each"] = each(disk_bytes(folder / "data"));

  service.kill();
  const auto begin = Clock::now();
  service.start();
  const auto unit = service.link("unit:tas");
  v1::Envelope taken = unit->ask(take_next()).get();
  must(taken);
  out["kill_to_first_dossier_ms"] = rounded(micros(Clock::now() - begin) / 1e3);
  out["resident_bytes_each"] = each(service.resident_bytes() - empty);

  const std::int64_t count = std::min(kDrained, dossiers / 3);
  out["taken_per_s"] = rounded(rate(*unit, count, take_next, no_more));
  out["taken_and_handled_per_s"] =
      rounded(rate(*unit, count, take_next, [](v1::Envelope&& reply) -> std::optional<v1::Envelope> {
        if (reply.done().header().state() == v1::STATE_HANDLED) return std::nullopt;
        return handle(reply.done().header());
      }));
  out["targets"] = {{"resident_bytes_each", "<= 400"},
                    {"disk_bytes_each", "<= 1100"},
                    {"kill_to_first_dossier_ms", "<= 3000"},
                    {"taken_per_s", ">= 30000"}};
  for (const auto& [name, value] : out)
    if (value.is_int64())
      std::fprintf(stderr, "%-36s %12lld\n", std::string(name).c_str(),
                   static_cast<long long>(value.as_int64()));
  return out;
}

void serve(const fs::path& folder) {
  const fs::path data = folder / "data";
  journal::Options options;
  options.site = "bench";
  options.master = seal::load_or_make_master_key(data);
  const auto journal = journal::open_sqlite(data, options);
  zmq::context_t context(1);
  broker::Options its;
  its.data = data;
  its.tcp = "tcp://127.0.0.1:0";
  broker::Broker broker(context, its, site_rules(), *journal, [](const std::string& why) {
    std::cerr << why << '\n';
    std::_Exit(1);
  });
  broker.start();
  std::ofstream(folder / "ready") << broker.tcp_endpoint() << ' ' << broker.server_key() << '\n';
  for (;;) ::pause();
}

}  // namespace bannette::bench
