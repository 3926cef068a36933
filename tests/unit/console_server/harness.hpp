// A running console server on a free port of 127.0.0.1, a backend that the test answers for, and a plain HTTP
// client.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/json/object.hpp>

#include "agent-console/server/accounts.hpp"
#include "agent-console/server/server.hpp"

namespace bannette::console::testing {

inline constexpr const char* kKey = "01890a5d-ac96-774b-bcce-b302099a8057";  // a UUIDv7
inline constexpr const char* kPassword = "un mot de passe long";

// Answers as the test says, on the server's thread, and remembers what was asked.
class TestBackend final : public Backend {
 public:
  using Reply = std::function<std::optional<v1::Envelope>(const v1::Envelope&)>;  // nothing: never answers

  void start(Post post, Events events) override;
  void stop() override;
  void ask_queue(v1::Envelope question, Answer answer) override;
  void ask_router(v1::Envelope question, Answer answer) override;
  bool queue_up() const override { return up; }
  bool router_up() const override { return up; }

  void on_queue(Reply reply);
  void on_router(Reply reply);
  [[nodiscard]] std::vector<v1::Envelope> asked();  // since the last call
  // What the desk of calls shows from now on: told to who watches. Watching is not remembered as asked.
  void calls(v1::CallsNow now);
  void deliver(v1::Deliver hint);
  void lost();
  void link(bool is_up);

 private:
  void answer(const Reply& reply, v1::Envelope question, Answer answer);
  void watch(const v1::WatchCalls& watch, Answer answer);

  std::mutex mutex_;
  Post post_;
  Events events_;
  Reply queue_;
  Reply router_;
  std::vector<v1::Envelope> asked_;
  std::vector<Answer> unanswered_;
  std::optional<v1::CallsNow> calls_;
  std::vector<Answer> watching_;
  std::atomic<bool> up{true};
};

struct Folder {
  Folder();
  ~Folder();
  std::filesystem::path path;
};

// People: olga (operator), agathe (agent of u1), amar (agent of u2), marie (manager of u1), simon
// (supervisor), adele (admin), aude (auditor); all with kPassword. A machine's token is in Site::token
// (operator).
class Site {
 public:
  explicit Site(const std::function<void(Options&)>& change = {});
  ~Site();

  std::uint16_t port() const { return server->local_port(); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
  std::string origin() const { return "http://" + host(); }

  Folder folder;
  std::string token;
  Options options;
  TestBackend* backend = nullptr;
  std::unique_ptr<Server> server;
};

struct Answered {
  int status = 0;
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;
  [[nodiscard]] std::string header(const std::string& name) const;
  [[nodiscard]] boost::json::object json() const;
  [[nodiscard]] std::string code() const;  // of a problem
  [[nodiscard]] std::string field() const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// One connection; a request on it.
class Wire {
 public:
  explicit Wire(std::uint16_t port);
  Answered send(const std::string& method, const std::string& target, const Headers& headers = {},
                const std::string& body = {});
  void write(std::string_view bytes);  // as they are
  Answered read();
  [[nodiscard]] bool closed();  // reads to the end; true when the peer closed
  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
};

// A person at a browser: keeps cookie and CSRF token, sends Origin.
class Browser {
 public:
  Browser(Site& site, const std::string& who);
  Answered get(const std::string& target);
  Answered post(const std::string& target, const std::string& body = "{}");
  Answered send(const std::string& method, const std::string& target, const std::string& body);
  [[nodiscard]] Headers headers() const;

  std::string name;
  std::string cookie;
  std::string csrf;

 private:
  Site& site_;
  Wire wire_;
};

v1::Envelope error_reply(const std::string& code, const std::string& field = {},
                         const std::string& detail = {});

}  // namespace bannette::console::testing
