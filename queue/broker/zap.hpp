// The ZAP handler (ZeroMQ RFC 27): who may connect over TCP. Must run before any CURVE socket is bound, since
// without a handler CURVE accepts anybody.
#pragma once
#include <filesystem>
#include <thread>

#include <zmq.hpp>

namespace bannette::broker {

// The User-Id that an accepted connection carries on every message: "PRINCIPAL KEY".
class ZapHandler {
 public:
  ZapHandler(zmq::context_t& context, const std::filesystem::path& data);  // bound when it returns
  ~ZapHandler();
  ZapHandler(const ZapHandler&) = delete;
  ZapHandler& operator=(const ZapHandler&) = delete;

 private:
  std::thread thread_;
  zmq::context_t& context_;
};

}  // namespace bannette::broker
