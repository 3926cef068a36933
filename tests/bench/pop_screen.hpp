// An operator's browser: logged in, at a post, with its live connection open.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace bannette::bench {

void add_operator(const std::filesystem::path& data);

class Screen {
 public:
  explicit Screen(std::uint16_t port);
  ~Screen();
  void sit_down(const std::string& post);
  [[nodiscard]] bool rings() const;  // a call that rings stands on it
  // Until one does; throws after ten seconds.
  void wait_for_call();
  // Until nothing has come for 50 ms.
  void drop_rest_until_quiet();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::bench
