#include "agent-console/cli/serve.hpp"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <optional>
#include <ostream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <zmq.hpp>

#include "agent-console/cli/configurations.hpp"
#include "agent-console/cli/connection.hpp"
#include "agent-console/cli/control.hpp"
#include "agent-console/cli/descriptors.hpp"
#include "agent-console/cli/dry_run.hpp"
#include "agent-console/cli/first_site.hpp"
#include "agent-console/cli/health.hpp"
#include "agent-console/cli/reload.hpp"
#include "agent-console/cli/reporting.hpp"
#include "agent-console/server/link_backend.hpp"
#include "agent-console/server/server.hpp"
#include "agent-console/webhooks/dispatcher.hpp"
#include "agent-console/webhooks/metrics.hpp"
#include "agent-console/webhooks/queue_events.hpp"
#include "queue/broker/broker.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "queue/system/clock.hpp"
#include "router/config/rules.hpp"
#include "router/service/service.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVersion = BANNETTE_VERSION;
constexpr const char* kConsoleSocket = "inproc://queue-console";
constexpr const char* kIntakeSocket = "inproc://intake";
// Descriptors beside those of sessions and of the console: files, threads' wake-ups, and connections to the
// ZeroMQ port that have not said who they are (each ends after three seconds).
constexpr std::uint64_t kOwnDescriptors = 256;
constexpr std::uint64_t kStrangers = 2'000;

// "127.0.0.1:8080", "[::1]:8080".
void split_address(const std::string& option, const std::string& text, std::string& address,
                   std::uint16_t& port) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos)
    throw WrongUse(option + " : écrire plutôt ADRESSE:PORT, par exemple 127.0.0.1:8080");
  address = text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, port);
  if (parsed.ec != std::errc{} || parsed.ptr != end) throw WrongUse(option + " : le port va de 0 à 65535");
}

// libzmq would listen on other transports too, and takes a port beyond 65535 for another one.
void check_zmq(const std::string& endpoint) {
  const std::string tcp = "tcp://";
  if (!endpoint.starts_with(tcp))
    throw WrongUse("--zmq : écrire plutôt tcp://ADRESSE:PORT, par exemple tcp://127.0.0.1:5570");
  std::string address;
  std::uint16_t port = 0;
  split_address("--zmq tcp://", endpoint.substr(tcp.size()), address, port);
}

void check_public_url(const std::string& url) {
  if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://"))
    throw WrongUse("--public-url : écrire plutôt https://bannette.exemple");
}

Catalogue catalogue_of(const router::Site& site) {
  Catalogue out;
  out.consignes = site.consignes;
  out.on_call_at = [all = site.queue.on_call, calendar = site.queue.calendar](std::int64_t wall_ms) {
    return on_call_now(all, calendar, wall_ms);
  };
  out.code = site.code;
  out.name = site.name;
  for (const auto& t : site.topics)
    out.topics.push_back({t.code, t.family, t.label, t.definition, t.urgency, t.restricted});
  for (const auto& u : site.units) out.units.push_back({u.code, u.name});
  for (const auto& s : site.services) out.services.push_back({s.code, s.name});
  for (const auto& b : router::bannettes_of(site)) out.bannettes.push_back({b, router::label_of(site, b)});
  if (site.telephony)
    for (const auto& pbx : site.telephony->pbxs)
      if (pbx.kind == router::Telephony::Pbx::Kind::cti) out.pbxs.push_back(pbx.code);
  for (const auto& c : site.communes) out.communes.emplace(c.insee, c.name);
  return out;
}

// Whoever waits for the service reads this file: whole or not at all.
void write_endpoints(const fs::path& data, const boost::json::object& endpoints) {
  const fs::path file = data / "endpoints.json", draft = data / "endpoints.json.new";
  {
    std::ofstream out(draft, std::ios::trunc);
    out << boost::json::serialize(endpoints) << '\n';
    if (!out.flush()) throw std::runtime_error("impossible d'écrire " + draft.string());
  }
  fs::rename(draft, file);
}

// A failed sync is never answered: the process ends, and tells the truth at its next start.
void broken(const std::string& why) {
  spdlog::critical("stopping at once: {}", why);
  ::_exit(1);
}

// The signals that end the service or have it read its configuration anew, blocked before the first thread is
// made so that every thread inherits that.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (int each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, each);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Until one that ends it.
  int wait(Reloading& reloading) {
    for (;;) {
      int which = 0;
      sigwait(&set_, &which);
      if (which != SIGHUP || of_terminal_) return which;
      reloading.ask({ConfigurationWish::Act::activate, 0, {"SIGHUP", ""}},
                    [](bool, const std::string& report) { spdlog::info("{}", report); });
    }
  }

 private:
  sigset_t set_{};
  const bool of_terminal_ = ::isatty(STDERR_FILENO) == 1;  // SIGHUP then says that it closes
};

Options console_options(const ServeOptions& options, const router::Site& site) {
  Options out;
  split_address("--http", options.http, out.address, out.port);
  out.tls_cert = options.tls_cert;
  out.tls_key = options.tls_key;
  out.behind_proxy = options.behind_proxy;
  out.data = options.data;
  out.demo = options.demo;
  out.version = kVersion;
  out.catalogue = catalogue_of(site);
  out.failed = broken;
  if (auto exposed = check_exposure(out); exposed.has_error()) throw WrongUse(exposed.error().detail);
  return out;
}

std::unique_ptr<webhook::Dispatcher> make_dispatcher(const ServeOptions& options, const router::Site& site,
                                                     const seal::Key& master, zmq::context_t& context) {
  webhook::DispatcherOptions out;
  out.file = options.data / "webhooks.db";
  out.key = seal::subkey(master, seal::Use::webhooks);
  out.console = options.public_url;
  while (out.console.ends_with('/')) out.console.pop_back();
  out.post.agent = std::string("bannette/") + kVersion;
  out.random = [] { return randombytes_random(); };
  out.failed = broken;
  client::Options to_queue;
  to_queue.endpoint = kConsoleSocket;
  to_queue.program = "webhooks";
  return std::make_unique<webhook::Dispatcher>(
      std::move(out), std::make_unique<webhook::QueueEvents>(to_queue, &context, site.code));
}

// endpoints.json says "ready": queue and router have found each other. Something that keeps them apart is
// told by /readyz, and does not keep the console from saying so.
void wait_ready(const broker::Broker& broker, const router::RouterService& router) {
  const auto most = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (!reasons_not_ready(broker.health(), router.health()).empty() &&
         std::chrono::steady_clock::now() < most)
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
}

std::vector<std::string> reasons_of(const broker::Broker& broker, const router::RouterService& router,
                                    const webhook::Dispatcher& webhooks) {
  auto reasons = reasons_not_ready(broker.health(), router.health());
  if (webhooks.damaged())
    reasons.emplace_back("webhooks.db est abîmé : aucune alerte ne part (voir README, « Webhooks »)");
  return reasons;
}

// Who waits for the service may come.
void announce(const ServeOptions& options, const router::Site& site, const Options& http,
              const Server& server, const broker::Broker& broker) {
  const std::string scheme = server.tls() ? "https://" : "http://";
  const std::string host =
      http.address.find(':') == std::string::npos ? http.address : "[" + http.address + "]";
  const std::string url = scheme + host + ":" + std::to_string(server.local_port());
  write_endpoints(options.data, {{"http", url},
                                 {"zmq", broker.tcp_endpoint()},
                                 {"server_key", broker.server_key()},
                                 {"site", site.code},
                                 {"version", kVersion},
                                 {"pid", ::getpid()}});
  spdlog::info("{} {}: {} and {}", site.name, kVersion, url, broker.tcp_endpoint());
}

// For the control socket: waits for the answer, as its peer does.
std::string reloaded(Reloading& reloading, const std::string& line) {
  if (line != "reload" && line != "check") return "{}";
  std::promise<std::string> report;
  const auto act = line == "check" ? ConfigurationWish::Act::look : ConfigurationWish::Act::activate;
  reloading.ask({act, 0, {}}, [&](bool, std::string text) { report.set_value(std::move(text)); });
  return report.get_future().get();
}

Administration administration_of(std::optional<Reloading>& reloading, DryRun& trying,
                                 decltype(Administration::health) health) {
  Administration out;
  out.configure = [&](const ConfigurationWish& wish, Administration::Configured answer) {
    reloading->ask(wish, std::move(answer));
  };
  out.configurations = [&] { return reloading->configurations(); };
  out.start_dry_run = [&](const DryRunWish& wish) { return trying.start(wish); };
  out.cancel_dry_run = [&] { trying.cancel(); };
  out.dry_run = [&] { return trying.state(); };
  out.health = std::move(health);
  return out;
}

router::ServiceOptions router_options(const ServeOptions& options, const seal::Key& master) {
  router::ServiceOptions out;
  out.data = options.data;
  out.master = master;
  out.listen = kIntakeSocket;
  return out;
}

broker::Options broker_options(const ServeOptions& options) {
  broker::Options out;
  out.data = options.data;
  out.console = kConsoleSocket;
  out.router = router::ServiceOptions{}.queue;
  out.tcp = options.zmq;
  out.intake = kIntakeSocket;
  return out;
}

std::unique_ptr<Backend> make_backend(zmq::context_t& context) {
  client::Options to_queue, to_router;
  to_queue.endpoint = kConsoleSocket;
  to_router.endpoint = kIntakeSocket;
  return std::make_unique<LinkBackend>(to_queue, to_router, &context);
}

journal::Options journal_options(const router::Site& site, const seal::Key& master) {
  journal::Options out;
  out.site = site.code;
  out.master = master;
  return out;
}

int serve(const ServeOptions& options, std::ostream& err) {
  Configurations kept(options.data);
  const FirstSite first = first_site(options.config, kept, err);
  const auto& site = first.site;
  Options http = console_options(options, *site);
  Signals signals;

  fs::create_directories(options.data);
  ::chmod(options.data.c_str(), 0700);
  const seal::Key master = seal::load_or_make_master_key(options.data);
  http.drafts_key = seal::subkey(master, seal::Use::drafts);
  const auto journal = journal::open_sqlite(options.data, journal_options(*site, master));
  fs::remove(options.data / "endpoints.json");  // ours, now that the lock is: another's stays as it is
  keep_first(first, options.config, options.data, kept);

  zmq::context_t context(1);
  router::RouterService router(context, router_options(options, master), site, broken);
  broker::Broker broker(context, broker_options(options), rules_of(*site), *journal, broken);
  broker.start();
  router.start();

  const auto webhooks = make_dispatcher(options, *site, master, context);
  webhooks->start();
  http.not_ready = [&] { return reasons_of(broker, router, *webhooks); };
  http.more_metrics = [&] {
    return metrics_of(broker.health(), router.health()) + metrics_of(kept, options.data) +
           webhook::metrics_of(webhooks->state(), system::now().wall_ms);
  };
  std::optional<Reloading> reloading;
  DryRun trying(options.config, options.data, master, kept);
  http.administration = administration_of(reloading, trying, [&](const std::vector<std::string>& reasons) {
    return health_json(
        {broker.health(), router.health(), webhooks->state(), reasons, options.data, kVersion});
  });
  Reporting reporting(options.data, master, site->queue.calendar);
  http.report = std::bind_front(&Reporting::ask, &reporting);
  Server server(http, make_backend(context));
  const auto show = [&](const router::Site& fresh) { server.use(catalogue_of(fresh)); };
  reloading.emplace(options.config, site, Reloading::Parts{broker, router, show, kept, options.data});
  server.start();
  std::optional<Control> control(std::in_place, options.data,
                                 [&](const std::string& line) { return reloaded(*reloading, line); });

  wait_ready(broker, router);
  announce(options, *site, http, server, broker);

  const int which = signals.wait(*reloading);
  spdlog::info("signal {}: draining", which);
  fs::remove(options.data / "endpoints.json");
  control.reset();
  reloading->stop();
  trying.stop();
  reporting.stop();
  server.stop();
  webhooks->stop();
  router.stop();
  broker.stop();
  spdlog::info("stopped at change {}", journal->head().seq);
  return 0;
}

}  // namespace

int run_serve(const ServeOptions& options, std::ostream& err) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("bannette"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  spdlog::flush_on(spdlog::level::info);
  try {
    check_zmq(options.zmq);
    claim_descriptors(limits::sessions + Limits{}.connections + kStrangers + kOwnDescriptors);
    check_public_url(options.public_url);
    return serve(options, err);
  } catch (const WrongUse&) {
    throw;
  } catch (const std::exception& error) {
    err << "erreur : " << error.what() << '\n';
    return 1;
  }
}

}  // namespace bannette::console
