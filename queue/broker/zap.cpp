#include "queue/broker/zap.hpp"

#include <future>
#include <string>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "queue/broker/keys.hpp"
#include "queue/client/socket.hpp"
#include "queue/system/clock.hpp"

namespace bannette::broker {
namespace {

constexpr const char* kStop = "inproc://zap-stop";

std::string z85(const zmq::message_t& key) {
  if (key.size() != 32) return {};
  char text[41];
  return zmq_z85_encode(text, static_cast<const std::uint8_t*>(key.data()), key.size()) ? text
                                                                                        : std::string{};
}

// At most one line a second, with how many it stands for: strangers must not fill the log.
void tell_refused(const std::vector<zmq::message_t>& request) {
  static std::int64_t next_ms = 0;
  static std::uint64_t untold = 0;
  ++untold;
  if (system::boot_ms() < next_ms) return;
  next_ms = system::boot_ms() + 1'000;
  spdlog::warn("connection refused ({} since the last line): unknown key {} from {}",
               std::exchange(untold, 0), request.size() == 7 ? z85(request[6]) : "",
               request.size() > 3 ? request[3].to_string_view() : "");
}

// version, request id, domain, address, identity, mechanism, key
void answer(zmq::socket_t& socket, const std::vector<zmq::message_t>& request, KeyRing& ring) {
  std::string status = "400", text = "Unauthorized", user;
  if (request.size() == 7 && request[5].to_string_view() == "CURVE") {
    ring.refresh();
    const std::string key = z85(request[6]);
    if (const auto principal = ring.principal_of(key)) {
      status = "200";
      text = "OK";
      user = *principal + " " + key;
    }
  }
  if (status != "200") tell_refused(request);
  const std::string_view version = "1.0";
  socket.send(zmq::buffer(version), zmq::send_flags::sndmore);
  socket.send(zmq::buffer(request.size() > 1 ? request[1].to_string_view() : std::string_view{}),
              zmq::send_flags::sndmore);
  socket.send(zmq::buffer(status), zmq::send_flags::sndmore);
  socket.send(zmq::buffer(text), zmq::send_flags::sndmore);
  socket.send(zmq::buffer(user), zmq::send_flags::sndmore);
  socket.send(zmq::message_t{}, zmq::send_flags::none);
}

void run(zmq::context_t& context, const std::filesystem::path& data, std::promise<void>& bound) {
  zmq::socket_t socket(context, zmq::socket_type::rep), stop(context, zmq::socket_type::pair);
  try {
    stop.bind(kStop);
    socket.set(zmq::sockopt::linger, 0);
    socket.bind("inproc://zeromq.zap.01");
  } catch (...) {
    return bound.set_exception(std::current_exception());
  }
  bound.set_value();
  KeyRing ring(data);
  for (;;) {
    std::vector<zmq::pollitem_t> items{{socket.handle(), 0, ZMQ_POLLIN, 0},
                                       {stop.handle(), 0, ZMQ_POLLIN, 0}};
    zmq::poll(items, std::chrono::milliseconds{-1});
    if (items[1].revents != 0) return;
    std::vector<zmq::message_t> request;
    zmq::message_t part;
    do {
      if (!socket.recv(part)) break;
      const bool more = part.more();
      request.push_back(std::move(part));
      if (!more) break;
    } while (true);
    answer(socket, request, ring);
  }
}

}  // namespace

ZapHandler::ZapHandler(zmq::context_t& context, const std::filesystem::path& data) : context_(context) {
  std::promise<void> bound;
  auto ready = bound.get_future();
  thread_ = std::thread([&context, data, &bound] { run(context, data, bound); });
  try {
    ready.get();
  } catch (...) {
    thread_.join();
    throw;
  }
}

ZapHandler::~ZapHandler() {
  zmq::socket_t stop(context_, zmq::socket_type::pair);
  stop.set(zmq::sockopt::linger, 0);
  stop.connect(kStop);
  stop.send(zmq::message_t{}, zmq::send_flags::none);
  thread_.join();
}

}  // namespace bannette::broker
