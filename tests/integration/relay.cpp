#include "tests/integration/relay.hpp"

#include "queue/client/socket.hpp"

namespace bannette::test {

Relay::Relay(zmq::context_t& context, const std::string& listen)
    : context_(context), front_(context, zmq::socket_type::router) {
  client::bound_socket(front_);
  front_.bind(listen);
  thread_ = std::thread([this] { run(); });
}

Relay::~Relay() {
  stopping_ = true;
  wake_.signal();
  thread_.join();
}

void Relay::order(std::function<void()> work) {
  std::packaged_task<void()> task(std::move(work));
  auto done = task.get_future();
  {
    const std::lock_guard lock(mutex_);
    orders_.push_back(std::move(task));
  }
  wake_.signal();
  done.get();
}

void Relay::plug_in(const std::string& queue) {
  order([&] { back_ = client::connect_dealer(context_, queue, std::nullopt); });
}

void Relay::unplug() {
  order([this] { back_ = zmq::socket_t(); });
}

void Relay::forward(zmq::socket_t& from, bool reply) {
  std::vector<zmq::message_t> parts;
  while (client::receive_parts(from, parts)) {
    if (!reply) {
      route_ = parts.front().to_string();
      parts.erase(parts.begin());
    }
    const bool lost = pass_ == Pass::nothing || (reply && pass_ == Pass::requests) || (!reply && !back_);
    if (lost) continue;
    zmq::socket_t& to = reply ? front_ : back_;
    if (reply) to.send(zmq::buffer(route_), zmq::send_flags::sndmore);
    for (std::size_t i = 0; i < parts.size(); ++i)
      to.send(parts[i], i + 1 < parts.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
  }
}

void Relay::run() {
  while (!stopping_) {
    std::vector<zmq::pollitem_t> items{{nullptr, wake_.fd(), ZMQ_POLLIN, 0},
                                       {front_.handle(), 0, ZMQ_POLLIN, 0}};
    if (back_) items.push_back({back_.handle(), 0, ZMQ_POLLIN, 0});
    zmq::poll(items, std::chrono::milliseconds{-1});
    wake_.clear();
    std::vector<std::packaged_task<void()>> orders;
    {
      const std::lock_guard lock(mutex_);
      orders.swap(orders_);
    }
    for (auto& each : orders) each();
    forward(front_, false);
    if (back_) forward(back_, true);
  }
  back_ = zmq::socket_t();
  front_.close();
}

}  // namespace bannette::test
