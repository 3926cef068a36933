// What the console promises to hold under attack: memory, whatever is sent; and silence about people,
// whatever is asked, on every route that it has.
#include <array>
#include <fstream>
#include <set>
#include <sstream>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/checker/interface.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::size_t kMiB = 1024 * 1024;

std::string token(const Service& service, const std::string& role) {
  Arguments arguments{"token", "add", "--data", service.data().string(), "--name", role, "--role", role};
  if (role == "agent" || role == "manager")
    arguments.insert(arguments.end(), {"--unit", "utpas-roubaix-est"});
  const Ran ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  return ran.out.substr(0, ran.out.size() - 1);
}

// The most that it ever had: what was given back in between counts.
std::size_t peak_bytes(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  throw std::runtime_error("no VmHWM");
}

class Socket {
 public:
  explicit Socket(const std::string& url) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    constexpr timeval patient{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patient, sizeof patient);
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patient, sizeof patient);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    ::inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
  }
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  // False: the other side has had enough.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

 private:
  int fd_;
};

// Sends `block` again and again behind `start`, until so much is sent or the server will no more.
std::size_t flood(const Service& service, const std::string& start, const std::string& block,
                  std::size_t most) {
  Socket socket(service.http());
  std::size_t sent = 0;
  for (bool more = socket.send(start); more && sent < most; sent += block.size()) more = socket.send(block);
  return sent;
}

std::string all_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Bodies for a route, made of its schema: with canaries in every text, or only in those that are free.
class Bodies {
 public:
  explicit Bodies(const json::object& interface)
      : schemas_(interface.at("components").at("schemas").as_object()) {}

  json::value of(const json::object& schema, const std::string& name, bool everywhere) const {
    if (const auto* ref = schema.if_contains("$ref")) {
      const std::string text(ref->as_string());
      return of(schemas_.at(text.substr(text.rfind('/') + 1)).as_object(), name, everywhere);
    }
    const std::string type = type_of(schema);
    if (type == "object") {
      json::object out;
      if (const auto* members = schema.if_contains("properties"))
        for (const auto& each : members->as_object())
          out[each.key()] = of(each.value().as_object(), std::string(each.key()), everywhere);
      else  // whatever the page likes to keep: a draft
        out["note"] = "canaricontenu zibeline";
      return out;
    }
    if (type == "array") return json::array{of(schema.at("items").as_object(), name, everywhere)};
    if (type == "boolean") return true;
    if (type == "integer" || type == "number") return 1;
    return text(schema, name, everywhere);
  }

 private:
  static std::string type_of(const json::object& schema) {
    const auto* type = schema.if_contains("type");
    if (!type) return "string";
    if (type->is_string()) return std::string(type->as_string());
    return std::string(type->as_array().at(0).as_string());
  }
  static json::value text(const json::object& schema, const std::string& name, bool everywhere) {
    // Staff and machines are named in the journal and the audit, by their accounts.
    static const std::set<std::string> staff{"person", "to", "about", "account", "role"};
    if (staff.contains(name)) return "compte.de.service";
    if (name == "phone") return "0698765432";
    if (!everywhere) {
      if (const auto* choice = schema.if_contains("enum")) return choice->as_array().at(0);
      if (name == "insee") return "59512";
      if (name == "until") return "2099-01-01T00:00:00Z";
      if (schema.if_contains("pattern")) return "compte.de.service";
    }
    return json::value("canari" + name + " zibeline");
  }

  const json::object& schemas_;
};

json::object body_of(const Bodies& bodies, const json::object& operation, bool everywhere, bool administers) {
  const auto* body = operation.if_contains("requestBody");
  if (!body) return {};
  const auto& schema = body->at("content").at("application/json").at("schema").as_object();
  json::object made = bodies.of(schema, "", everywhere).as_object();
  if (administers && made.contains("name")) made["name"] = "compte.de.service";
  return made;
}

}  // namespace

TEST_CASE(
    "200 MB of whatever, and hundreds of slow heads and slow bodies, leave the service's memory as it was") {
  Service service;
  service.start();
  const std::string bearer = token(service, "operator");
  HttpSession person(service.http());
  REQUIRE(person.get("/livez").status == 200);
  const std::string head = "POST /api/v1/classify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + bearer +
                           "\r\nContent-Type: application/json\r\n";
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string block(64 * 1024, 'e');
  const std::size_t before = peak_bytes(service.process().pid());
  const auto grown = [&] {
    const std::size_t now = peak_bytes(service.process().pid());
    return now > before ? now - before : 0;
  };
  const struct {
    const char* what;
    std::string start, block;
  } floods[] = {
      {"one chunk's extension", chunked + "1;", block},
      {"trailers", chunked + "2\r\n{}\r\n0\r\n", "X-T: " + block + "\r\n"},
      {"small trailers", chunked + "2\r\n{}\r\n0\r\n", "X-T: tttttttttttttttttttttttttttttttttttttt\r\n"},
      {"extensions of many small chunks", chunked, "1;" + std::string(20'000, 'e') + "\r\n \r\n"},
      {"a header", head + "X-Long: ", block},
      {"headers", head, "X-Short: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"},
      {"a body", head + "Content-Length: 209715200\r\n\r\n", block},
      {"a body in chunks", chunked, "10000\r\n" + block + "\r\n"},
      {"a target", "GET /", block},
  };
  for (const auto& each : floods) {
    CAPTURE(each.what);
    const std::size_t sent = flood(service, each.start, each.block, 200 * kMiB);
    INFO("sent " << sent);
    CHECK(grown() < 16 * kMiB);
  }
  std::vector<Socket> slow;
  for (int i = 0; i < 400; ++i) {
    slow.emplace_back(service.http());
    REQUIRE(slow.back().send(head + "X-Slow: " + std::string(8'000, 's')));
  }
  CHECK(person.get("/livez").status == 200);  // and others are served
  CHECK(grown() < 64 * kMiB);
  for (int i = 0; i < 400; ++i) {
    slow.emplace_back(service.http());
    REQUIRE(slow.back().send(head + "Content-Length: 120000\r\n\r\n" + std::string(100'000, ' ')));
  }
  CHECK(person.get("/livez").status == 200);
  INFO("grown by " << grown());
  CHECK(grown() < 128 * kMiB);  // of 400 bodies as large as may be, 128 kB each
  CHECK(service.stop() == 0);
}

TEST_CASE(
    "Every route, every role: what is sent of people is in no log, no metric, and nowhere in clear on disk") {
  Service service;
  service.start();
  std::map<std::string, HttpSession> roles;
  for (const char* role : {"operator", "agent", "manager", "supervisor", "admin", "auditor"})
    roles.emplace(role, service.http()).first->second.bear(token(service, role));
  const auto logged = roles.at("operator")
                          .post("/api/v1/requests",
                                {{"note", "canarinote zibeline"},
                                 {"commune", "Roubaix"},
                                 {"address", "7 rue canariadresse"},
                                 {"caller", json::object{{"name", "canarinom"}, {"phone", "0698765432"}}},
                                 {"topic", "pmi.petite-enfance"},
                                 {"bannette", kEastPmi}},
                                id_text(new_key()));
  REQUIRE(logged.status == 201);
  const std::string dossier(logged.json().at("id").as_string());
  const auto document = roles.at("operator").get("/api/v1/openapi.json").json();
  const Bodies bodies(document);
  const Interface interface(document);
  std::size_t asked = 0, well = 0;
  for (const auto& path : interface.paths()) {
    const std::string pattern(path.key());
    if (pattern == "/api/v1/live" || pattern == "/api/v1/login") continue;
    const bool administers = pattern.starts_with("/api/v1/admin/");
    std::string target = pattern;
    if (const auto at = target.find("{id}"); at != std::string::npos)
      target.replace(at, 4,
                     pattern.starts_with("/api/v1/dossiers/") ? dossier
                     : pattern.starts_with("/api/v1/drafts/")
                         ? "main:1.7"  // a draft's key is its call, and kept
                         : "canariappel");
    for (const auto& operation : path.value().as_object()) {
      if (operation.key() == "parameters") continue;
      std::string method(operation.key());
      for (char& c : method) c = static_cast<char>(std::toupper(c));
      for (auto& [role, session] : roles) {
        for (const bool everywhere : {true, false}) {
          CAPTURE(role, method, target);
          const HttpAnswer answer =
              method == "GET"
                  ? session.get(target + (everywhere ? "?canari=zibeline" : ""))
                  : session.ask(method, target,
                                body_of(bodies, operation.value().as_object(), everywhere, administers),
                                id_text(new_key()));
          ++asked;
          well += answer.status / 100 == 2 ? 1 : 0;
          CHECK(answer.status != 500);
          CHECK(interface.wrong(pattern, operation.key(), answer.status, answer.body).empty());
        }
      }
    }
  }
  CHECK(asked > 700);
  CHECK(well > 60);  // not only refusals
  const std::string metrics = roles.at("admin").get("/metrics").body;
  REQUIRE(service.stop() == 0);
  const std::array<std::string, 4> canaries{"canari", "zibeline", "98765432", "98 76 54 32"};
  const auto found_in = [&](const std::string& text) {
    for (const auto& each : canaries)
      if (const auto at = text.find(each); at != std::string::npos)
        return text.substr(at < 60 ? 0 : at - 60, 160);
    return std::string{};
  };
  CHECK(found_in(service.log()).empty());
  CHECK(found_in(metrics).empty());
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(service.data())) {
    // The site's own configuration is no secret, and its words are not these callers'.
    if (!entry.is_regular_file() || entry.path().string().find("/configurations/") != std::string::npos)
      continue;
    CAPTURE(entry.path().string());
    CHECK(found_in(all_of(entry.path())).empty());
    ++files;
  }
  CHECK(files >= 6);
}
