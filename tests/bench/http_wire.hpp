// As little HTTP as a measure needs: a kept connection, requests written out before, answers with a length.
// And a bare Beast server that echoes what it gets: what any HTTP service on this machine costs at the least.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace bannette::bench {

class HttpWire {
 public:
  explicit HttpWire(std::uint16_t port);  // 127.0.0.1
  ~HttpWire();
  HttpWire(const HttpWire&) = delete;
  HttpWire& operator=(const HttpWire&) = delete;
  // The status. Throws where the connection breaks.
  int post(const std::string& path, const std::string& headers, const std::string& body);

 private:
  int fd_;
  std::string read_;
};

// One thread and one io_context, as the console's server: a connection is a coroutine, what is posted comes
// back.
class BareBeast {
 public:
  // With a file: 4 KiB are written over what is there and synced before each answer.
  explicit BareBeast(const std::filesystem::path& synced = {});
  ~BareBeast();
  BareBeast(const BareBeast&) = delete;
  BareBeast& operator=(const BareBeast&) = delete;
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::bench
