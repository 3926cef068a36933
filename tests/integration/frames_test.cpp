// What is not a message of the protocol is refused, counted, and harms nobody.
#include <sstream>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <zmq.hpp>

#include "queue/client/socket.hpp"
#include "queue/codec/frame.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/monitor.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

// A client that knows CURVE and nothing else.
class RawClient {
 public:
  RawClient(const std::string& endpoint, const client::Curve& curve, const std::string& route = {})
      : socket_(context_, zmq::socket_type::dealer), monitor_(socket_) {
    client::bound_socket(socket_);
    socket_.set(zmq::sockopt::immediate, 1);  // what is sent goes to a connection that is there
    socket_.set(zmq::sockopt::rcvtimeo, 30'000);
    socket_.set(zmq::sockopt::sndtimeo, 30'000);
    socket_.set(zmq::sockopt::curve_publickey, curve.public_key);
    socket_.set(zmq::sockopt::curve_secretkey, curve.secret_key);
    socket_.set(zmq::sockopt::curve_serverkey, curve.server_key);
    if (!route.empty()) socket_.set(zmq::sockopt::routing_id, route);
    socket_.connect(endpoint);
  }
  void send(const std::vector<std::string>& frames) {
    for (std::size_t i = 0; i < frames.size(); ++i)
      REQUIRE(socket_.send(zmq::buffer(frames[i]),
                           i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none));
  }
  void send(const v1::Envelope& envelope) {
    send({std::string(codec::kHeader), envelope.SerializeAsString()});
  }
  v1::Envelope next() {
    zmq::message_t header, body;
    REQUIRE(socket_.recv(header));
    REQUIRE(header.more());
    REQUIRE(socket_.recv(body));
    v1::Envelope envelope;
    REQUIRE(envelope.ParseFromArray(body.data(), static_cast<int>(body.size())));
    return envelope;
  }
  std::string code(const std::vector<std::string>& frames) {
    send(frames);
    return code_of(next());
  }
  std::string code(const v1::Envelope& envelope) {
    send(envelope);
    return code_of(next());
  }
  void greet() {
    v1::Envelope hello;
    hello.mutable_hello()->set_protocol(1);
    hello.mutable_hello()->set_heartbeat_ms(60'000);
    send(hello);
    REQUIRE(next().has_welcome());
  }
  // The connection was closed, and another one has come.
  void wait_reconnected() {
    REQUIRE(monitor_.wait([this] { return monitor_.closed == 1 && monitor_.opened == 2; }));
  }

 private:
  zmq::context_t context_{1};
  zmq::socket_t socket_;
  Monitor monitor_;
};

// Bytes straight to the port, as a scanner would send them.
class RawConnection {
 public:
  explicit RawConnection(const std::string& endpoint)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  void send(const std::string& bytes) { (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  // Whether the server closes, within the patience; what it says before is of no interest.
  bool closed() {
    const timeval most{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    char room[1'024];
    for (ssize_t got = 1; got != 0;) {
      got = ::recv(socket_, room, sizeof room, 0);
      if (got < 0) return errno == ECONNRESET;
    }
    return true;
  }

 private:
  int socket_;
};

std::string bytes_of(const v1::Envelope& envelope) {
  return envelope.SerializeAsString();
}

const std::string kGood(codec::kHeader);

double metric(const Service& service, const std::string& name) {
  std::istringstream lines(HttpSession(service.http()).get("/metrics").body);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name + " ")) return std::stod(line.substr(name.size()));
  return 0;
}

v1::Envelope numbered(v1::Envelope envelope) {
  envelope.set_request_id(7);
  return envelope;
}

}  // namespace

TEST_CASE("Malformed frames are refused one by one and harm nobody") {
  Service service;
  service.start();
  const auto other = service.link("router");
  const auto others_go_on = [&] { return ask(*other, submit("pendant ce temps")).has_receipt(); };
  RawClient raw(service.zmq(), service.curve(service.key(kEast)));
  const std::string tray = bytes_of(numbered(list_tray()));

  const std::vector<std::vector<std::string>> no_messages{
      {""},
      {kGood},
      {kGood, tray, ""},
      std::vector<std::string>(1'000, "x"),
      {"BN\x01", tray},
      {kGood + "x", tray},
      {"NB" + kGood.substr(2), tray},
      {tray, kGood},
      {kGood, ""},
      {kGood, std::string(500, '\xff')},
      {kGood, tray.substr(0, tray.size() - 1)},
      {kGood, std::string("\x08\x01", 2)},              // a number and no body
      {kGood, "\xca\x3e\x01x"},                         // a field that nobody knows
      {kGood, "\x08\x07\xa2\x01\x04\x0a\x02\xff\xfe"},  // a name that is not UTF-8
      {kGood, std::string(60'000, 'x')},
      {kGood, std::string(30'000, '\x0b')},     // groups in groups in groups
      {kGood, "\xa2\x01\xff\xff\xff\xff\x0f"},  // a field of 4 GiB
      {kGood, "\xa2\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f"},
      {kGood, std::string(11, '\xff')}};  // a number without an end
  for (std::size_t i = 0; i < no_messages.size(); ++i) {
    INFO("kind " << i);
    CHECK(raw.code(no_messages[i]) == "malformed");
    CHECK(others_go_on());
  }
  const std::string version_two("BN\x02\x00", 4);
  CHECK(raw.code({version_two, tray}) == "unsupported_version");

  // Well formed, and yet not to be had.
  CHECK(raw.code(numbered(list_tray())) == "not_authenticated");  // before HELLO
  v1::Envelope hello;
  hello.mutable_hello()->set_protocol(2);
  CHECK(raw.code(hello) == "unsupported_version");
  hello.mutable_hello()->set_protocol(1);
  hello.mutable_hello()->set_heartbeat_ms(5);
  CHECK(raw.code(hello) == "malformed");
  raw.greet();
  CHECK(raw.code(list_tray()) == "missing");  // no number
  v1::Envelope welcome = numbered({});
  welcome.mutable_welcome();
  CHECK(raw.code(welcome) == "malformed");
  v1::Envelope request = numbered(submit("x"));
  request.mutable_submit()->set_urgency(static_cast<v1::Urgency>(77));
  CHECK(raw.code(request) == "unknown_enum");
  request = numbered(submit("x"));
  request.clear_idempotency_key();
  CHECK(raw.code(request) == "key_missing");
  request.set_idempotency_key("court");
  CHECK(raw.code(request) == "malformed");
  request = numbered(submit(std::string(20'001, 'x')));
  CHECK(raw.code(request) == "too_large");
  request = numbered(submit("x", "utpas-de-nulle-part/pmi"));
  CHECK(raw.code(request) == "unknown_bannette");

  CHECK(raw.code(no_messages.front()) == "malformed");  // and this harms not even the session itself
  raw.send(numbered(list_tray()));
  CHECK(raw.next().has_tray());
  CHECK(others_go_on());
  CHECK(HttpSession(service.http()).get("/readyz").status == 200);
}

TEST_CASE(
    "Any number of frames is refused, counted by principal, and told in the log once a second at most") {
  Service service;
  service.start();
  const auto other = service.link("router");
  RawClient raw(service.zmq(), service.curve(service.key(kEast)));
  raw.greet();
  const auto began = std::chrono::steady_clock::now();
  const std::string name = R"(bannette_queue_malformed_total{principal="unit:utpas-roubaix-est"})";
  std::size_t sent = 0;
  for (std::size_t frames = 0; frames <= 1'000; ++frames) {
    if (frames == 2) continue;
    // No frame at all: ZeroMQ's smallest message is one that is empty.
    const std::vector<std::string> message(std::max<std::size_t>(frames, 1), frames == 0 ? "" : kGood);
    INFO(frames << " frames");
    REQUIRE(raw.code(message) == "malformed");
    ++sent;
  }
  CHECK(ask(*other, submit("pendant")).has_receipt());
  raw.send(numbered(list_tray()));
  CHECK(raw.next().has_tray());
  const auto most = began + kPatience;
  while (metric(service, name) < static_cast<double>(sent)) REQUIRE(std::chrono::steady_clock::now() < most);
  CHECK(metric(service, name) == static_cast<double>(sent));
  CHECK(metric(service, R"(bannette_queue_malformed_total{principal="router"})") == 0);
  service.process().wait_error("messages could not be read since the last line: unit:utpas-roubaix-est ");
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began).count();
  const std::string log = service.log();
  std::int64_t lines = 0;
  for (auto at = log.find("could not be read"); at != std::string::npos;
       at = log.find("could not be read", at + 1))
    ++lines;
  CHECK(lines >= 1);
  CHECK(lines <= seconds + 2);
}

TEST_CASE("A client that chooses its own routing id gets no session, so it hears nothing that is another's") {
  Service service;
  service.start();
  const auto curve = service.curve(service.key(kEast));
  RawClient chosen(service.zmq(), curve, "case-software");
  v1::Envelope hello;
  hello.mutable_hello()->set_protocol(1);
  CHECK(chosen.code(hello) == "malformed");
  v1::Envelope subscribe = numbered({});
  subscribe.mutable_subscribe()->set_credit(10);
  CHECK(chosen.code(subscribe) == "malformed");
  RawClient plain(service.zmq(), curve);
  plain.greet();
}

TEST_CASE("A message beyond 64 KiB costs its sender the connection, and nobody else") {
  Service service;
  service.start();
  const auto other = service.link("router");
  RawClient raw(service.zmq(), service.curve(service.key(kEast)));
  raw.greet();
  CHECK(raw.code({kGood, std::string(65'520, 'x')}) == "malformed");  // CURVE's own bytes do not count
  CHECK(raw.code({kGood, std::string(65'600, 'x')}) == "too_large");
  raw.send({kGood, std::string(1'000'000, 'x')});
  raw.wait_reconnected();
  raw.greet();  // over a new connection: the session is gone, the key is not
  raw.send(numbered(list_tray()));
  CHECK(raw.next().has_tray());
  CHECK(ask(*other, submit("pendant")).has_receipt());
}

TEST_CASE("Bytes that are not even ZeroMQ, and connections that say nothing, harm nobody") {
  Service service;
  service.start();
  const auto other = service.link("router");
  RawConnection web(service.zmq()), noise(service.zmq()), half(service.zmq());
  web.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + std::string(200, 'x'));
  noise.send(std::string(4'096, '\xff'));
  half.send(std::string("\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f", 10));  // the beginning of a greeting
  std::vector<std::unique_ptr<RawConnection>> silent;
  for (int i = 0; i < 100; ++i) silent.push_back(std::make_unique<RawConnection>(service.zmq()));
  CHECK(ask(*other, submit("pendant")).has_receipt());
  CHECK(web.closed());
  CHECK(noise.closed());
  CHECK(half.closed());            // a handshake has three seconds
  CHECK(silent.back()->closed());  // so has one that never begins
  CHECK(ask(*other, submit("après")).has_receipt());
}
