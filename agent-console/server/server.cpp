#include "agent-console/server/server.hpp"

#include <future>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/server/connection.hpp"
#include "agent-console/server/handlers_admin.hpp"

namespace bannette::console {
namespace {

using asio::ip::tcp;

constexpr std::chrono::seconds kTick{1};  // sessions that ended lose their live connection within this
constexpr std::chrono::seconds kCountsAnyway{10};
constexpr std::chrono::seconds kAttendAgain{60};        // the queue believes it for two minutes
constexpr std::uint32_t kCallsWaitMs = 3'000;           // below what an answer of the router is waited for
constexpr std::chrono::milliseconds kAcceptPause{100};  // out of descriptors: try again
constexpr std::chrono::seconds kLastWait{2};            // for what was aborted

std::unique_ptr<asio::ssl::context> make_tls(const Options& options) {
  if (options.tls_cert.empty()) return nullptr;
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                       asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                       asio::ssl::context::no_tlsv1_1);
  boost::system::error_code error;
  context->use_certificate_chain_file(options.tls_cert.string(), error);
  if (error)
    throw std::runtime_error("--tls-cert " + options.tls_cert.string() + " : certificat illisible (" +
                             error.message() + ")");
  context->use_private_key_file(options.tls_key.string(), asio::ssl::context::pem, error);
  if (error) {
    throw std::runtime_error("--tls-key " + options.tls_key.string() +
                             " : clé illisible, ou d’un autre certificat (" + error.message() + ")");
  }
  return context;
}

}  // namespace

struct Server::Impl {
  Impl(Options given, std::unique_ptr<Backend> behind)
      : options(std::move(given)), backend(std::move(behind)) {}

  // What ran on the io_context may still hold references when it is destroyed, so the order below matters:
  // what coroutines refer to outlives `io`; what is bound to `io` (and what may hold a coroutine's handler)
  // goes before it.
  Options options;
  std::unique_ptr<asio::ssl::context> tls;
  std::unique_ptr<Api> api;
  Connections connections;
  std::unique_ptr<Serving> serving;
  asio::io_context io{1};
  std::unique_ptr<Backend> backend;
  Tasks tasks{io.get_executor(), [this](const std::string& why) { failed(why); }};
  tcp::acceptor acceptor{io};
  bool counts_due = true;
  std::uint64_t calls_version = 0;  // that was heard of
  bool has_failed = false;
  std::thread thread;
  std::uint16_t port = 0;

  ~Impl() {
    if (!api) return;
    api->hashing.stop();
    api->drafting.stop();
  }

  void failed(const std::string& why) {
    spdlog::critical("console: task ended: {}", why);
    if (!has_failed && options.failed) options.failed(why);
    has_failed = true;
  }

  void open() {
    if (auto exposed = check_exposure(options); !exposed) throw std::runtime_error(exposed.error().detail);
    tls = make_tls(options);
    api = std::make_unique<Api>(options, *backend, tasks);
    serving = std::make_unique<Serving>(Serving{*api, tasks, connections, tls.get()});
    const tcp::endpoint where(asio::ip::make_address(options.address), options.port);
    boost::system::error_code error;
    acceptor.open(where.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(where, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (error) throw std::system_error(error, options.address + ":" + std::to_string(options.port));
    port = acceptor.local_endpoint().port();
  }

  Backend::Events events() {
    Backend::Events all;
    all.deliver = [this](v1::Deliver&& hint) {
      api->last_seq = std::max(api->last_seq, hint.seq());
      counts_due = true;
      api->live.deliver(hint);
    };
    all.lost = [this] {
      counts_due = true;
      api->live.resync();
    };
    all.link = [this](bool up) {
      counts_due = true;
      api->live.forget_attendance();
      api->live.link(up);
      if (up) api->live.resync();
    };
    return all;
  }

  void start_tasks() {
    tasks.start("accept", accept());
    tasks.start("sessions", watch_sessions());
    tasks.start("counts", watch_counts());
    tasks.start("presence", watch_presence());
    watch_calls();
  }

  asio::awaitable<void> accept() {
    for (;;) {
      auto [error, socket] = co_await acceptor.async_accept(with_error);
      if (api->stopping) co_return;
      if (error) {
        spdlog::warn("console: accept: {}", error.message());
        co_await tasks.pause(kAcceptPause);
      } else if (connections.size() >= options.limits.connections) {
        refuse(std::move(socket));
      } else {
        tasks.start("connection", serve_connection(*serving, std::move(socket)));
      }
    }
  }

  // One line that fits the socket's buffer; nobody is waited for.
  void refuse(tcp::socket socket) {
    static constexpr std::string_view busy =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n";
    api->metrics.connection_refused();
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    if (!tls) socket.write_some(asio::buffer(busy), ignored);
  }

  // Sessions that are over, or whose account was changed by another process, lose their live connection.
  asio::awaitable<void> watch_sessions() {
    for (;;) {
      const bool goes_on = co_await tasks.pause(kTick);
      if (!goes_on) co_return;
      try {
        api->sessions.sweep(*api->accounts.current(), std::chrono::steady_clock::now());
        handlers::write_failed_logins(*api);
      } catch (const std::exception& error) {
        spdlog::error("console: {}", error.what());
      }
      api->live.close_ended();
    }
  }

  // Whoever has an agent's screen open watches the bannettes of their units. Each in that person's name; an
  // answer is not waited for, and what is refused is said again a minute later.
  asio::awaitable<void> watch_presence() {
    for (;;) {
      const bool goes_on = co_await tasks.pause(kTick);
      if (!goes_on) co_return;
      if (!backend->queue_up()) continue;
      for (const Person& person : api->live.unattended(std::chrono::steady_clock::now(), kAttendAgain)) {
        v1::Envelope word = question(person);
        word.mutable_attend();
        backend->ask_queue(std::move(word), [](v1::Envelope&& reply) {
          if (reply.has_error()) spdlog::debug("console: presence refused: {}", reply.error().code());
        });
      }
    }
  }

  // The console asks for itself, with no person, and hands to each what that person may see.
  asio::awaitable<void> watch_counts() {
    auto asked = std::chrono::steady_clock::time_point::min();
    for (;;) {
      const bool goes_on = co_await tasks.pause(kTick);
      if (!goes_on) co_return;
      const auto now = std::chrono::steady_clock::now();
      const bool anyway =
          asked == std::chrono::steady_clock::time_point::min() || now - asked >= kCountsAnyway;
      if (!backend->queue_up() || !(anyway || (counts_due && api->live.size() > 0))) continue;
      counts_due = false;
      asked = now;
      v1::Envelope question;
      question.mutable_count();
      auto reply = co_await ask_queue(*api, std::move(question));
      if (!reply.has_counts()) continue;
      api->last_seq = std::max(api->last_seq, reply.counts().as_of_seq());
      api->metrics.counts(reply.counts());
      api->live.counts(reply.counts());
      keep_curves(reply.counts());
    }
  }

  // One question waits at the router for news of calls; each answer is handed out, and the next asks behind
  // it. No task, for a stop does not wait for it.
  void watch_calls() {
    v1::Envelope question;
    question.mutable_watch_calls()->set_after(calls_version);
    question.mutable_watch_calls()->set_wait_ms(kCallsWaitMs);
    backend->ask_router(std::move(question), [this](v1::Envelope&& reply) {
      if (api->stopping) return;
      if (!reply.has_calls_now()) {
        calls_version = 0;
        return tasks.start("calls", watch_calls_later());
      }
      calls_version = reply.calls_now().version();
      api->live.calls(reply.calls_now());
      watch_calls();
    });
  }
  asio::awaitable<void> watch_calls_later() {
    const bool goes_on = co_await tasks.pause(kTick);
    if (goes_on) watch_calls();
  }

  void keep_curves(const v1::Counts& counts) {
    std::vector<Curves::Sample> samples;
    for (const auto& each : counts.bannettes())
      samples.push_back({each.bannette(), each.waiting(), each.late(), each.in_progress(), each.taken()});
    api->curves.add(counts.at_ms(), std::move(samples));
  }

  // On the server's thread.
  void begin_stop() {
    api->stopping = true;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    tasks.end_pauses();
    connections.abort_idle();
    api->live.close_all("server stops");
  }

  // Runs on the server's thread and waits there; false: the time is over.
  bool idle_within(std::chrono::milliseconds most) {
    auto done = std::make_shared<std::promise<void>>();
    auto idle = done->get_future();
    asio::post(io, [this, done] { tasks.when_idle([done] { done->set_value(); }); });
    return idle.wait_for(most) == std::future_status::ready;
  }

  void run() {
    try {
      io.run();
    } catch (const std::exception& error) {
      failed(error.what());
    }
  }
};

Server::Server(Options options, std::unique_ptr<Backend> backend)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(backend))) {}

Server::~Server() {
  stop();
}

void Server::start() {
  impl_->open();
  impl_->backend->start([this](std::function<void()> work) { asio::post(impl_->io, std::move(work)); },
                        impl_->events());
  impl_->start_tasks();
  impl_->thread = std::thread([this] {
    const auto working = asio::make_work_guard(impl_->io);
    impl_->run();
  });
  spdlog::info("console: listening on {}:{}{}", impl_->options.address, impl_->port,
               impl_->tls ? " (TLS)" : "");
}

void Server::stop() {
  if (!impl_->thread.joinable()) return;
  asio::post(impl_->io, [this] { impl_->begin_stop(); });
  bool idle = impl_->idle_within(impl_->options.limits.drain);
  asio::post(impl_->io, [this] { impl_->backend->stop(); });
  if (!idle) {
    asio::post(impl_->io, [this] { impl_->connections.abort_all(); });
  }
  idle = impl_->idle_within(kLastWait);
  if (!idle) spdlog::error("console: some tasks did not end in time");
  impl_->io.stop();
  impl_->thread.join();
  handlers::write_failed_logins(*impl_->api, true);
}

void Server::use(Catalogue catalogue) {
  asio::post(impl_->io, [this, fresh = std::move(catalogue)]() mutable {
    impl_->api->render.use(std::move(fresh));
    impl_->api->live.resync();
  });
}

std::uint16_t Server::local_port() const {
  return impl_->port;
}
bool Server::tls() const {
  return !impl_->options.tls_cert.empty();
}

}  // namespace bannette::console
