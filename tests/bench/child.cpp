#include "tests/bench/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bannette::bench {

Child::Child(const std::vector<std::string>& arguments, const std::filesystem::path& log,
             const std::optional<std::string>& user) {
  std::vector<char*> argv;
  for (const auto& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
  argv.push_back(nullptr);
  const passwd* who = user && ::geteuid() == 0 ? ::getpwnam(user->c_str()) : nullptr;
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ > 0) return;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (out < 0 || ::dup2(out, 1) < 0 || ::dup2(out, 2) < 0) ::_exit(126);
  if (who != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(who->pw_gid) != 0 || ::setuid(who->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // after setuid, which clears it
  if (::getppid() != parent) ::_exit(126);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

Child::~Child() {
  if (pid_ > 0) end(SIGTERM);
}

int Child::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Child::end(int signal) {
  ::kill(pid_, signal);
  wait();
}

bool Child::running() {
  int status = 0;
  if (pid_ < 0 || ::waitpid(pid_, &status, WNOHANG) == 0) return pid_ > 0;
  pid_ = -1;
  return false;
}

std::string find_program(const std::string& name, const std::vector<std::filesystem::path>& more) {
  std::vector<std::filesystem::path> folders = more;
  const char* path = std::getenv("PATH");
  std::istringstream parts(path != nullptr ? path : "");
  for (std::string part; std::getline(parts, part, ':');) folders.emplace_back(part);
  for (const auto& folder : folders)
    if (const auto file = folder / name; ::access(file.c_str(), X_OK) == 0) return file.string();
  return {};
}

}  // namespace bannette::bench
