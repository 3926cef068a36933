// What the console's server must be told, and every bound that it keeps.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agent-console/core/report.hpp"
#include "agent-console/server/administration.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/error.hpp"
#include "queue/core/on_call.hpp"
#include "queue/journal/seal.hpp"
#include "router/core/consignes.hpp"

namespace bannette::console {

// What a site consists of, as the console shows it.
struct Catalogue {
  struct Topic {
    std::string code;
    std::string family;
    std::string label;
    std::string definition;
    Urgency urgency = Urgency::normal;  // by default
    bool restricted = false;
  };
  struct Named {
    std::string code;
    std::string name;
  };
  std::string code;  // of the site
  std::string name;
  std::vector<Topic> topics;
  std::vector<Named> units;
  std::vector<Named> services;
  std::vector<Named> bannettes;                        // name on the wire, French label
  std::vector<std::string> pbxs;                       // codes of those that tell by the webhook
  std::map<std::string, std::string> communes;         // INSEE code -> name
  std::shared_ptr<const router::Consignes> consignes;  // for operators; or null
  std::function<std::vector<OnCallContact>(std::int64_t wall_ms)> on_call_at;  // nothing: nobody ever is
};

// Sizes in bytes.
struct Limits {
  std::size_t header = 16 * 1024;
  std::size_t body = 128 * 1024;
  std::size_t buffer = 32 * 1024;  // what is read ahead; also bounds a chunk's extensions and the trailers
  std::size_t connections = 1'024;
  std::size_t live_clients = 512;
  std::size_t live_message = 4 * 1024;  // from a browser
  std::size_t live_queue = 256;         // messages that wait for a slow browser; beyond: resync
  std::size_t live_queue_bytes = 1024 * 1024;
  std::size_t sessions = 4'096;
  std::size_t sessions_per_account = 16;  // beyond, the oldest ends
  std::size_t hashes_waiting = 64;        // logins that wait for the hashing threads; beyond: busy
  std::size_t hashing_threads = 2;
  std::chrono::milliseconds handshake{10'000};  // TLS
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{20'000};
  std::chrono::milliseconds write_time{30'000};
  std::chrono::milliseconds idle{75'000};       // between two requests of a connection
  std::chrono::milliseconds live_idle{60'000};  // a browser that answers no ping
  std::chrono::milliseconds drain{5'000};       // at stop, for requests under way
  std::chrono::seconds session_idle{30 * 60};   // without a key or a movement of the pointer in its pages
  std::chrono::seconds session_age{12 * 3600};
  // Of somebody's screen: then colleagues may take over the calls on it. A page says something every 15 s.
  std::chrono::seconds absence{60};
};

struct Options {
  std::string address = "127.0.0.1";  // numeric, IPv4 or IPv6
  std::uint16_t port = 8080;          // 0: any free one, see Server::local_port()
  std::filesystem::path tls_cert;     // PEM chain and key; both or none
  std::filesystem::path tls_key;
  bool behind_proxy = false;   // a proxy does TLS; its X-Forwarded-For is believed
  std::filesystem::path data;  // folder of accounts.db, preferences.db and drafts.db
  seal::Key drafts_key;        // seal::Use::drafts
  bool demo = false;
  std::string version;
  Catalogue catalogue;  // at the start; see Server::use()
  Limits limits;
  Administration administration;
  // Reckons a report somewhere else, and answers once on any thread. Nothing: this program cannot.
  using Reported = std::function<void(Result<Report>)>;
  std::function<void(ReportWish wish, Reported answer)> report;
  // Reasons why the program is not ready, in French; called on the server's thread, must be quick.
  std::function<std::vector<std::string>()> not_ready;
  // More metrics in Prometheus' text format; called on the server's thread, must be quick.
  std::function<std::string()> more_metrics;
  // A task ended with an exception: the program should stop. Called on the server's thread, at most once.
  std::function<void(const std::string& why)> failed;
};

// Off loopback passwords and dossiers must not travel in clear: refused, with what to do, unless TLS is set
// or a proxy does it. Also refuses an address that is not numeric, and half a TLS pair.
[[nodiscard]] Result<void> check_exposure(const Options& options);

}  // namespace bannette::console
