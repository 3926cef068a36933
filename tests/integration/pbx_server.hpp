// The played PBX on a socket of loopback, at the speed and with the bad manners that a test wants. One
// thread.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ssl/context.hpp>

#include "queue/async/tasks.hpp"
#include "tests/integration/played_pbx.hpp"

namespace bannette::test {

struct Manners {
  double speed = 1'000;          // times real time; 0: as fast as it goes
  std::deque<std::size_t> cuts;  // bytes after which the line is cut: of the first connection, the next ...
  unsigned repeats = 1;          // times that each event is sent
  std::size_t flood = 0;         // events of no concern before the first scene
  std::size_t long_line = 0;     // bytes of a line before the first scene
  bool half = false;             // at the end half an event, then the line is closed
  bool stall = false;            // after login not a byte more, and the line stays open
  std::string greeting;          // in place of Asterisk's
  asio::ssl::context* tls = nullptr;
};

class PbxServer {
 public:
  // `script` and `tasks` outlive it. Plays when a client has logged in for the first time.
  PbxServer(Tasks& tasks, asio::any_io_executor executor, const Script& script, Manners manners,
            PbxAccount account = {});
  ~PbxServer();
  PbxServer(const PbxServer&) = delete;
  PbxServer& operator=(const PbxServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] const PlayedPbx& pbx() const;
  [[nodiscard]] std::size_t connections() const;  // so far
  [[nodiscard]] std::size_t sent() const;         // bytes, to all
  void on_played(std::function<void()> played);   // once, when the script is over
  void cut();                                     // the line, now
  void stop();                                    // twice is harmless

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace bannette::test
