// A process that the bench starts and ends.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace bannette::bench {

class Child {
 public:
  // Runs `arguments` (the first is the program, looked up in PATH); output goes to `log`. `user`: whom to
  // become, when root.
  Child(const std::vector<std::string>& arguments, const std::filesystem::path& log,
        const std::optional<std::string>& user = {});
  ~Child();  // SIGTERM, and waits
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  int wait();            // its exit code
  void end(int signal);  // and waits
  [[nodiscard]] bool running();
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
};

// In PATH, else in one of `more`; empty: nowhere.
[[nodiscard]] std::string find_program(const std::string& name,
                                       const std::vector<std::filesystem::path>& more = {});

}  // namespace bannette::bench
