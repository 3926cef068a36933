// A browser's live connection.
#pragma once
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json/parse.hpp>

#include "tests/unit/console_server/harness.hpp"

namespace bannette::console::testing {

class LiveWire {
 public:
  // The status of the handshake; 101: open.
  int open(Site& site, const Headers& headers) {
    boost::beast::get_lowest_layer(socket_).connect(
        {boost::asio::ip::make_address("127.0.0.1"), site.port()});
    socket_.set_option(boost::beast::websocket::stream_base::decorator(
        [headers](boost::beast::websocket::request_type& request) {
          for (const auto& [name, value] : headers) request.set(name, value);
        }));
    boost::beast::websocket::response_type response;
    boost::beast::error_code error;
    socket_.handshake(response, site.host(), "/api/v1/live", error);
    return static_cast<int>(response.result_int());
  }
  boost::json::object next() {
    boost::beast::flat_buffer buffer;
    socket_.read(buffer);
    return boost::json::parse(std::string(static_cast<const char*>(buffer.data().data()), buffer.size()))
        .as_object();
  }
  // The next message of this type; others are passed over.
  boost::json::object next(std::string_view type) {
    for (;;) {
      auto message = next();
      if (message.at("type").as_string() == type) return message;
    }
  }
  boost::beast::websocket::close_code closed() {
    boost::beast::flat_buffer buffer;
    boost::beast::error_code error;
    while (!error) {
      socket_.read(buffer, error);
      buffer.clear();
    }
    return error == boost::beast::websocket::error::closed
               ? boost::beast::websocket::close_code(socket_.reason().code)
               : boost::beast::websocket::close_code::abnormal;
  }
  void send(const std::string& text) { socket_.write(boost::asio::buffer(text)); }

 private:
  boost::asio::io_context io_;
  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> socket_{io_};
};

}  // namespace bannette::console::testing
