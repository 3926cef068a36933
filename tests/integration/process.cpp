#include "tests/integration/process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace bannette::test {
namespace {

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    read = ends[0];
    write = ends[1];
  }
};

std::vector<std::string> environment_of(const Environment& given) {
  std::vector<std::string> all;
  for (char** each = environ; *each != nullptr; ++each)
    if (!std::string_view(*each).starts_with("BANNETTE_")) all.emplace_back(*each);
  for (const auto& [name, value] : given) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& each : texts) all.push_back(each.data());
  all.push_back(nullptr);
  return all;
}

bool readable(int fd, std::chrono::milliseconds most) {
  pollfd item{fd, POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + most;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    const int ready = ::poll(&item, 1, left.count() < 0 ? 0 : static_cast<int>(left.count()));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace

std::string found(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  const char* path = std::getenv("PATH");
  std::istringstream folders(std::string(path != nullptr ? path : "") + ":/usr/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const std::string file = folder + "/" + program; ::access(file.c_str(), X_OK) == 0) return file;
  return {};
}

void wait_until(std::int64_t wall_ms) {
  const timespec when{static_cast<time_t>(wall_ms / 1'000), static_cast<long>(wall_ms % 1'000) * 1'000'000};
  while (::clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &when, nullptr) == EINTR) {
  }
}

std::string program() {
  const char* named = std::getenv("BANNETTE_BIN");
  return named != nullptr ? named : BANNETTE_PROGRAM;
}

Process::Process(const Command& command, const Environment& environment, Output output) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  std::vector<std::string> words{found(command.program)};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables = environment_of(environment);
  const std::vector<char*> argv = pointers(words), envp = pointers(variables);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) {  // only what is safe between fork and exec
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::signal(SIGPIPE, SIG_DFL);
    ::signal(SIGXFSZ, SIG_IGN);  // a limit on files is an error of the disk, not the end
    ::dup2(in.read, 0);
    ::dup2(out.write, 1);
    ::dup2(err.write, 2);
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  for (int each : {in.read, out.write, err.write}) ::close(each);
  in_ = in.write;
  out_fd_ = out.read;
  err_fd_ = err.read;
  pid_fd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));  // glibc 2.36 has it for C only
  err_reader_ = std::thread([this] { read_all(err_fd_, err_); });
  if (output == Output::read) read_on();
}

Process::~Process() {
  if (code_ < 0) {
    ::kill(pid_, SIGKILL);
    read_on();
    reap();
  }
  close_input();
  for (int each : {pid_fd_, out_fd_, err_fd_}) ::close(each);
}

void Process::read_on() {
  if (!out_reader_.joinable()) out_reader_ = std::thread([this] { read_all(out_fd_, out_); });
}

void Process::read_all(int fd, std::string& into) {
  std::vector<char> room(65'536);
  for (;;) {
    const ssize_t got = ::read(fd, room.data(), room.size());
    if (got < 0 && errno == EINTR) continue;
    const std::lock_guard lock(mutex_);
    if (got > 0)
      into.append(room.data(), static_cast<std::size_t>(got));
    else
      (fd == out_fd_ ? out_ended_ : err_ended_) = true;
    read_.notify_all();
    if (got <= 0) return;
  }
}

void Process::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(in_, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return;  // it ended: what it says about that is for the test to see
    text.remove_prefix(static_cast<std::size_t>(put));
  }
}

void Process::close_input() {
  if (in_ >= 0) ::close(in_);
  in_ = -1;
}

std::string Process::line() {
  std::unique_lock lock(mutex_);
  std::size_t end = std::string::npos;
  const bool came = read_.wait_for(lock, kPatience, [&] {
    end = out_.find('\n', told_);
    return end != std::string::npos || out_ended_;
  });
  if (!came || end == std::string::npos)
    throw std::runtime_error("no further line of output; errors: " + err_);
  std::string text = out_.substr(told_, end - told_);
  told_ = end + 1;
  return text;
}

void Process::wait_error(const std::string& text) {
  std::unique_lock lock(mutex_);
  const auto there = [&] { return err_.find(text) != std::string::npos; };
  const bool came = read_.wait_for(lock, kPatience, [&] { return there() || err_ended_; });
  if (!came || !there()) throw std::runtime_error("never said \"" + text + "\": " + err_);
}

void Process::signal(int number) {
  if (code_ < 0) ::kill(pid_, number);
}

void Process::freeze() {
  signal(SIGSTOP);
  siginfo_t ignored{};
  while (::waitid(P_PID, static_cast<id_t>(pid_), &ignored, WSTOPPED) < 0 && errno == EINTR) {
  }
}

bool Process::ended(std::chrono::milliseconds most) {
  return code_ >= 0 || readable(pid_fd_, most);
}

int Process::wait() {
  if (code_ >= 0) return code_;
  if (!ended(kPatience)) throw std::runtime_error("the process does not end; errors: " + err());
  reap();
  return code_;
}

void Process::reap() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  read_on();
  out_reader_.join();
  err_reader_.join();
}

std::string Process::out() const {
  const std::lock_guard lock(mutex_);
  return out_;
}
std::string Process::err() const {
  const std::lock_guard lock(mutex_);
  return err_;
}

namespace {

Ran run(Process& process, std::string_view input) {
  process.write(input);
  process.close_input();
  Ran ran;
  ran.code = process.wait();
  ran.out = process.out();
  ran.err = process.err();
  return ran;
}

}  // namespace

Ran run(const Arguments& arguments, std::string_view input, const Environment& environment) {
  Process process(arguments, environment);
  return run(process, input);
}

Ran run(const Command& command, std::string_view input) {
  Process process(command);
  return run(process, input);
}

}  // namespace bannette::test
