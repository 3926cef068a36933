#include "agent-console/cli/control.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <spdlog/spdlog.h>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {
namespace {

constexpr const char* socket_name = "control.sock";
constexpr std::size_t line_max = 256;  // bytes of a request
constexpr time_t patience_s = 5;       // for the rest of a request that has begun, and for a reader

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Descriptor make_socket() {
  return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

// By way of the folder's descriptor: an address has 108 bytes (unix(7)), and a folder's path may be longer.
sockaddr_un address_in(int folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder) + "/" + socket_name;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

Descriptor open_folder(const std::filesystem::path& data) {
  return Descriptor(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

bool write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(to, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

Control::Control(const std::filesystem::path& data, Serve serve) : data_(data), serve_(std::move(serve)) {
  const Descriptor folder = open_folder(data_);
  Descriptor made = make_socket();
  if (folder.get() < 0 || made.get() < 0) fail(socket_name);
  std::filesystem::remove(data_ / socket_name);
  const sockaddr_un address = address_in(folder.get());
  if (::bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(made.get(), 4) != 0)
    fail(socket_name);
  socket_ = made.release();
  thread_ = std::thread([this] { run(); });
}

Control::~Control() {
  stop_.signal();
  thread_.join();
  ::close(socket_);
  std::error_code ignored;
  std::filesystem::remove(data_ / socket_name, ignored);
}

void Control::run() {
  for (;;) {
    pollfd ready[2] = {{socket_, POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
    if (::poll(ready, 2, -1) < 0 && errno != EINTR) return;
    if (ready[1].revents != 0) return;
    if (ready[0].revents == 0) continue;
    const Descriptor peer(::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC));
    if (peer.get() < 0) continue;
    try {
      answer(peer.get());
    } catch (const std::exception& error) {
      spdlog::error("{}: {}", socket_name, error.what());
    }
  }
}

void Control::answer(int peer) const {
  const timeval patience{patience_s, 0};
  ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  std::string line;
  char c = 0;
  while (line.size() < line_max && ::recv(peer, &c, 1, 0) == 1) {
    if (c == '\n') {
      write_all(peer, serve_(line) + "\n");
      return;
    }
    line += c;
  }
}

std::string ask_control(const std::filesystem::path& data, const std::string& line) {
  const Descriptor folder = open_folder(data);
  const Descriptor made = make_socket();
  if (folder.get() < 0) throw WrongUse("--data : pas de dossier " + data.string());
  const sockaddr_un address = address_in(folder.get());
  if (::connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw Refused("unavailable", "", "aucun service ne tourne avec le dossier " + data.string());
  std::string answer;
  char some[4096];
  if (write_all(made.get(), line + "\n"))
    for (ssize_t got = 0; (got = ::recv(made.get(), some, sizeof some, 0)) > 0;)
      answer.append(some, static_cast<std::size_t>(got));
  if (!answer.ends_with('\n'))
    throw Refused("unavailable", "", "le service n'a pas répondu : voir son journal");
  answer.pop_back();
  return answer;
}

}  // namespace bannette::console
