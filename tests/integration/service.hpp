// `bannette serve` as a real process on loopback, in a data folder of its own.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "queue/client/link.hpp"
#include "tests/integration/process.hpp"

namespace bannette::test {

// Removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::filesystem::path site_folder();

// Says why a test does not run, in the one way that ctest takes for skipped.
void skip(const std::string& why);

struct ServiceOptions {
  bool same_port = false;        // the same free ZeroMQ port at each start, so that sessions find it again
  std::filesystem::path data;    // empty: in a temporary folder of its own
  std::filesystem::path config;  // empty: the sample site
  Environment environment;
};

class Service {
 public:
  // Not started.
  explicit Service(ServiceOptions options);
  explicit Service(bool same_port = false) : Service(ServiceOptions{same_port, {}, {}, {}}) {}

  // Until DATA/endpoints.json is there and /readyz says 200. Throws std::runtime_error with the log
  // otherwise.
  void start();
  void wait_ready();         // /readyz says 200; throws likewise
  void kill();               // SIGKILL, and reaped
  [[nodiscard]] int stop();  // SIGTERM; the exit code

  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  [[nodiscard]] const std::string& http() const { return http_; }  // http://127.0.0.1:PORT
  [[nodiscard]] const std::string& zmq() const { return zmq_; }
  [[nodiscard]] const std::string& server_key() const { return server_key_; }
  [[nodiscard]] Process& process() { return *process_; }
  [[nodiscard]] std::string log() const;  // standard error of all starts
  [[nodiscard]] Arguments serve_arguments() const;

  // A new key pair, by the command line; its file, outside the data folder.
  [[nodiscard]] std::filesystem::path new_key(const std::string& name);
  // And authorised for this principal. The same file each time.
  [[nodiscard]] std::filesystem::path key(const std::string& principal);
  [[nodiscard]] client::Curve curve(const std::filesystem::path& key_file) const;
  // A session, up.
  [[nodiscard]] std::unique_ptr<client::Link> link(
      const std::string& principal, std::chrono::milliseconds request_timeout = std::chrono::seconds{20});
  // Not started, so that its callbacks can be set.
  [[nodiscard]] std::unique_ptr<client::Link> quiet_link(
      const std::string& principal, std::chrono::milliseconds request_timeout = std::chrono::seconds{20});
  // `bannette VERB --zmq ... --key ... --server-key ... ARGUMENTS`, with the key of `principal`.
  [[nodiscard]] Arguments verb(const std::string& verb, const std::string& principal,
                               const Arguments& arguments = {});

 private:
  TemporaryFolder folder_;
  ServiceOptions options_;
  std::filesystem::path data_, keys_;
  std::string listen_, http_, zmq_, server_key_, past_log_;
  std::optional<Process> process_;
};

}  // namespace bannette::test
