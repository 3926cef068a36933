#include "tests/integration/service.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "queue/broker/keys.hpp"
#include "tests/integration/http.hpp"

namespace bannette::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenAsking{10};

// Below the ports that the system gives to clients: a client that tries again and again could otherwise be
// given the very port that it looks for, and be connected to itself.
std::uint16_t free_port() {
  constexpr std::uint16_t first = 20'000, count = 10'000;
  const auto start = static_cast<std::uint16_t>(::getpid() % count);
  for (std::uint16_t i = 0; i < count; ++i) {
    const auto port = static_cast<std::uint16_t>(first + (start + i) % count);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    if (bound) return port;
  }
  throw std::runtime_error("no free port");
}

// Returns when `file` is there: what is renamed into its folder is told by the kernel.
void wait_for_file(const fs::path& file, Process& process, Steady::time_point until) {
  const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  ::inotify_add_watch(watch, file.parent_path().c_str(), IN_MOVED_TO);
  const auto left = [&] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now()).count();
  };
  bool there = fs::exists(file);
  while (!there && left() > 0) {
    pollfd items[2]{{watch, POLLIN, 0}, {process.pid_fd(), POLLIN, 0}};
    ::poll(items, 2, static_cast<int>(left()));
    char events[4'096];
    while (::read(watch, events, sizeof events) > 0) {
    }
    there = fs::exists(file);
    if (items[1].revents != 0) break;
  }
  ::close(watch);
  if (there) return;
  const std::string how = process.ended({}) ? "ended with " + std::to_string(process.wait()) : "not in time";
  throw std::runtime_error("the service did not start (" + how + "): " + process.err());
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "bannette-integration-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path site_folder() {
  return fs::path(BANNETTE_SOURCE_DIR) / "configs" / "roubaix-tourcoing";
}

void skip(const std::string& why) {
  std::printf("SKIPPED: %s\n", why.c_str());
  std::fflush(stdout);
}

Service::Service(ServiceOptions options)
    : options_(std::move(options)),
      data_(options_.data.empty() ? folder_.path() / "data" : options_.data),
      keys_(folder_.path() / "clients"),
      listen_("tcp://127.0.0.1:" + std::to_string(options_.same_port ? free_port() : 0)) {
  fs::create_directories(data_);
  fs::create_directory(keys_);
}

Arguments Service::serve_arguments() const {
  const fs::path config = options_.config.empty() ? site_folder() : options_.config;
  return {"serve",  "--config",    config.string(), "--data", data_.string(),
          "--http", "127.0.0.1:0", "--zmq",         listen_};
}

void Service::start() {
  fs::remove(data_ / "endpoints.json");  // of a service that was killed
  if (process_) past_log_ += process_->err();
  process_.emplace(serve_arguments(), options_.environment);
  const auto until = Steady::now() + kPatience;
  wait_for_file(data_ / "endpoints.json", *process_, until);
  const json::object endpoints = json::parse(text_of(data_ / "endpoints.json")).as_object();
  http_ = endpoints.at("http").as_string();
  zmq_ = endpoints.at("zmq").as_string();
  server_key_ = endpoints.at("server_key").as_string();
  wait_ready();  // its parts may still be finding each other
}

void Service::wait_ready() {
  const auto until = Steady::now() + kPatience;
  HttpSession session(http_);
  while (session.get("/readyz").status != 200)
    if (Steady::now() > until || process_->ended(kBetweenAsking))
      throw std::runtime_error("not ready: " + log());
}

void Service::kill() {
  process_->signal(SIGKILL);
  process_->wait();
}

int Service::stop() {
  process_->signal(SIGTERM);
  return process_->wait();
}

std::string Service::log() const {
  return process_ ? past_log_ + process_->err() : past_log_;
}

fs::path Service::new_key(const std::string& name) {
  std::string file = name;
  for (char& each : file)
    if (each == ':') each = '-';
  const fs::path path = keys_ / (file + ".key");
  if (fs::exists(path)) return path;
  const Ran ran = run({"key", "new", "--out", path.string()});
  if (ran.code != 0) throw std::runtime_error("key new: " + ran.err);
  return path;
}

fs::path Service::key(const std::string& principal) {
  const fs::path file = new_key(principal);
  const Ran ran = run(
      {"key", "add", "--data", data_.string(), "--principal", principal, "--public", file.string() + ".pub"});
  if (ran.code != 0) throw std::runtime_error("key add: " + ran.err);
  return file;
}

client::Curve Service::curve(const fs::path& key_file) const {
  const broker::KeyPair pair = broker::read_key_pair(key_file).value();
  return {pair.public_key, pair.secret_key, server_key_};
}

std::unique_ptr<client::Link> Service::quiet_link(const std::string& principal,
                                                  std::chrono::milliseconds request_timeout) {
  client::Options options;
  options.endpoint = zmq_;
  options.curve = curve(key(principal));
  options.program = "integration";
  options.request_timeout = request_timeout;
  return std::make_unique<client::Link>(options);
}

std::unique_ptr<client::Link> Service::link(const std::string& principal,
                                            std::chrono::milliseconds request_timeout) {
  auto made = quiet_link(principal, request_timeout);
  made->start();
  if (!made->wait_up(kPatience)) throw std::runtime_error("no session for " + principal + ": " + log());
  return made;
}

Arguments Service::verb(const std::string& verb, const std::string& principal, const Arguments& arguments) {
  Arguments all{verb,
                "--zmq",
                zmq_,
                "--key",
                key(principal).string(),
                "--server-key",
                (data_ / "endpoints.json").string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

}  // namespace bannette::test
