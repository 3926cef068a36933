#include "tests/integration/pbx_server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "queue/async/moment.hpp"

namespace bannette::test {
namespace {

using asio::ip::tcp;
using std::chrono::milliseconds;

constexpr milliseconds kLong{3'600'000};

}  // namespace

struct PbxServer::Impl : std::enable_shared_from_this<PbxServer::Impl> {
  struct Line {
    explicit Line(tcp::socket its_socket) : socket(std::move(its_socket)) {}
    tcp::socket socket;
    std::optional<asio::ssl::stream<tcp::socket&>> tls;
    std::string unsent;
    std::size_t left = 0;  // bytes until it is cut
    bool sending = false;
    bool last = false;  // when all is sent it is closed
  };
  using LinePtr = std::shared_ptr<Line>;

  Impl(Tasks& its_tasks, asio::any_io_executor its_executor, const Script& script, Manners its_manners,
       PbxAccount account)
      : tasks(its_tasks),
        executor(std::move(its_executor)),
        manners(std::move(its_manners)),
        pbx(script, std::move(account)),
        acceptor(executor, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        woken(executor) {}

  Tasks& tasks;
  asio::any_io_executor executor;
  Manners manners;
  PlayedPbx pbx;
  tcp::acceptor acceptor;
  Moment woken;  // the player: somebody logged in, an action came, or the end
  LinePtr line;
  std::size_t connections = 0, sent = 0;
  bool begun = false, stopping = false;
  std::function<void()> played;

  asio::awaitable<void> accept(std::shared_ptr<Impl> self);
  asio::awaitable<void> serve(std::shared_ptr<Impl> self, LinePtr mine);
  asio::awaitable<void> flush(std::shared_ptr<Impl> self, LinePtr mine);
  asio::awaitable<void> play(std::shared_ptr<Impl> self);
  void send(const std::string& bytes);
  void begin();
  void close(const LinePtr& mine);
};

void PbxServer::Impl::close(const LinePtr& mine) {
  boost::system::error_code ignored;
  mine->socket.close(ignored);
  if (line != mine) return;
  line = nullptr;
  pbx.disconnect();
}

asio::awaitable<void> PbxServer::Impl::accept(std::shared_ptr<Impl> self) {
  while (!stopping) {
    auto [error, socket] = co_await acceptor.async_accept(with_error);
    if (error) co_return;
    if (line) close(line);
    ++connections;
    auto mine = std::make_shared<Line>(std::move(socket));
    mine->left = std::string::npos;
    if (!manners.cuts.empty()) {
      mine->left = manners.cuts.front();
      manners.cuts.pop_front();
    }
    line = mine;
    tasks.start("a PBX's client", serve(self, mine));
  }
}

asio::awaitable<void> PbxServer::Impl::serve(std::shared_ptr<Impl> self, LinePtr mine) {
  if (manners.tls != nullptr) {
    mine->tls.emplace(mine->socket, *manners.tls);
    const auto [error] = co_await mine->tls->async_handshake(asio::ssl::stream_base::server, with_error);
    if (error) {
      close(mine);
      co_return;
    }
  }
  const auto greeting = pbx.connect();
  send(manners.greeting.empty() ? greeting : manners.greeting);
  std::array<char, 4'096> bytes{};
  while (line == mine) {
    const auto buffer = asio::buffer(bytes);
    std::size_t size = 0;
    if (mine->tls) {
      const auto [error, read] = co_await mine->tls->async_read_some(buffer, with_error);
      size = error ? 0 : read;
    } else {
      const auto [error, read] = co_await mine->socket.async_read_some(buffer, with_error);
      size = error ? 0 : read;
    }
    if (size == 0 || line != mine) break;
    if (manners.stall && pbx.logged_in()) continue;
    send(pbx.hear(std::string(bytes.data(), size)));
    if (pbx.logged_in()) begin();
    woken.come();
    if (pbx.closed() && !mine->sending) break;
  }
  close(mine);
}

void PbxServer::Impl::begin() {
  if (manners.stall || std::exchange(begun, true)) return;
  std::string rude;
  for (std::size_t i = 0; i < manners.flood; ++i)
    rude += "Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Flot\r\nNumero: " + std::to_string(i) +
            "\r\n\r\n";
  if (manners.long_line > 0)
    rude += "Event: UserEvent\r\nTexte: " + std::string(manners.long_line, 'x') + "\r\n\r\n";
  send(rude);
  tasks.start("a PBX's script", play(shared_from_this()));
}

void PbxServer::Impl::send(const std::string& bytes) {
  if (!line || bytes.empty()) return;
  line->unsent += bytes;
  if (!std::exchange(line->sending, true)) tasks.start("a PBX's bytes", flush(shared_from_this(), line));
}

asio::awaitable<void> PbxServer::Impl::flush(std::shared_ptr<Impl> self, LinePtr mine) {
  while (!mine->unsent.empty() && mine->left > 0) {
    auto bytes = std::exchange(mine->unsent, {});
    if (bytes.size() > mine->left) bytes.resize(mine->left);
    const auto buffer = asio::buffer(bytes);
    bool good = false;
    if (mine->tls) {
      const auto [error, size] = co_await asio::async_write(*mine->tls, buffer, with_error);
      good = !error;
    } else {
      const auto [error, size] = co_await asio::async_write(mine->socket, buffer, with_error);
      good = !error;
    }
    if (!good) break;
    sent += bytes.size();
    if (mine->left != std::string::npos) mine->left -= bytes.size();
  }
  mine->sending = false;
  if (mine->left == 0 || mine->last || pbx.closed()) close(mine);
}

asio::awaitable<void> PbxServer::Impl::play(std::shared_ptr<Impl> self) {
  const auto start = std::chrono::steady_clock::now();
  std::int64_t waited_ms = 0;  // of the script, for its client's actions: the rest comes later by as much
  const auto script_ms = [&] {
    const std::chrono::duration<double, std::milli> real = std::chrono::steady_clock::now() - start;
    return manners.speed > 0 ? static_cast<std::int64_t>(real.count() * manners.speed) - waited_ms
                             : INT64_MAX;
  };
  while (!stopping && !pbx.over()) {
    const auto next = pbx.next_ms();
    if (!next) {
      const auto before = script_ms();
      co_await woken.wait(kLong);
      if (manners.speed > 0) waited_ms += script_ms() - before;
      continue;
    }
    if (const auto left = *next - script_ms(); left > 0) {
      const milliseconds real{static_cast<std::int64_t>(static_cast<double>(left) / manners.speed) + 1};
      co_await woken.wait(real);
      continue;
    }
    const auto bytes = pbx.play();
    for (unsigned i = 0; i < manners.repeats; ++i) send(bytes);
    if (manners.speed <= 0) {  // others have their turn too
      const milliseconds none{0};
      co_await woken.wait(none);
    }
  }
  if (manners.half && line) {
    line->last = true;
    send("Event: QueueCallerJoin\r\nUniqueid: never whole");
  }
  if (played) std::exchange(played, nullptr)();
}

PbxServer::PbxServer(Tasks& tasks, asio::any_io_executor executor, const Script& script, Manners manners,
                     PbxAccount account)
    : impl_(std::make_shared<Impl>(tasks, std::move(executor), script, std::move(manners),
                                   std::move(account))) {
  tasks.start("a PBX", impl_->accept(impl_));
}

PbxServer::~PbxServer() {
  stop();
}

std::uint16_t PbxServer::port() const {
  return impl_->acceptor.local_endpoint().port();
}
const PlayedPbx& PbxServer::pbx() const {
  return impl_->pbx;
}
std::size_t PbxServer::connections() const {
  return impl_->connections;
}
std::size_t PbxServer::sent() const {
  return impl_->sent;
}
void PbxServer::on_played(std::function<void()> played) {
  impl_->played = std::move(played);
}
void PbxServer::cut() {
  if (impl_->line) impl_->close(impl_->line);
}

void PbxServer::stop() {
  if (std::exchange(impl_->stopping, true)) return;
  boost::system::error_code ignored;
  impl_->acceptor.close(ignored);
  cut();
  impl_->woken.come();
}

}  // namespace bannette::test
