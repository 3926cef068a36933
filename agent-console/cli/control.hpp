// The running service's ear on its own machine: DATA/control.sock, for whoever may enter the data folder
// (0700). One line in, one line of JSON out.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "queue/system/wake.hpp"

namespace bannette::console {

class Control {
 public:
  // Is called on the socket's thread, one request after the other.
  using Serve = std::function<std::string(const std::string& line)>;

  // Takes the place of a socket that an earlier service left: its lock on the folder must be held. Throws
  // std::system_error.
  Control(const std::filesystem::path& data, Serve serve);
  ~Control();  // ends after the request that is under way
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

 private:
  void run();
  void answer(int peer) const;

  std::filesystem::path data_;
  Serve serve_;
  system::Wake stop_;
  int socket_ = -1;
  std::thread thread_;
};

// Asks the service that runs on this data folder. Throws Refused where none does.
[[nodiscard]] std::string ask_control(const std::filesystem::path& data, const std::string& line);

}  // namespace bannette::console
