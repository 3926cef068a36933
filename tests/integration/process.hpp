// A child process of a test: started, fed, read, and ended by its own process id.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace bannette::test {

using Arguments = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

// What nothing here may take longer than, on a machine that does other things besides.
inline constexpr std::chrono::seconds kPatience{30};

// Leases and steps run on the boot clock and are told on the wall clock, both in whole milliseconds: the two
// may differ by so much.
inline constexpr std::int64_t kRounding = 2;

// The clock's own signal: this instant (Unix time, ms) has come.
void wait_until(std::int64_t wall_ms);

// The program under test: $BANNETTE_BIN, or the one that was built with the tests.
[[nodiscard]] std::string program();

// Another program, by its path or as a shell would find it.
struct Command {
  std::string program;
  Arguments arguments;
};
// Its path; empty where there is none.
[[nodiscard]] std::string found(const std::string& program);

class Process {
 public:
  enum class Output { read, stalled };  // stalled: nobody reads its standard output until read_on()

  // `bannette ARGUMENTS`, with the test's own environment but no BANNETTE_* other than `environment`. The
  // child dies with the thread that made it.
  explicit Process(const Arguments& arguments, const Environment& environment = {},
                   Output output = Output::read)
      : Process(Command{test::program(), arguments}, environment, output) {}
  explicit Process(const Command& command, const Environment& environment = {}, Output output = Output::read);
  ~Process();  // SIGKILL where it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void write(std::string_view text);
  void close_input();
  void read_on();
  // The next line of standard output that was not asked for before. Throws std::runtime_error at its end, or
  // when the patience is over.
  std::string line();
  // Until standard error has this text.
  void wait_error(const std::string& text);
  void signal(int number);
  void freeze();  // SIGSTOP: when it returns, every thread of it has stopped
  // 0..255, or 128 and the signal that ended it. Throws std::runtime_error when the patience is over.
  int wait();
  // Whether it has ended; `most` is how long that may take.
  bool ended(std::chrono::milliseconds most);

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] int pid_fd() const { return pid_fd_; }  // readable when it has ended
  [[nodiscard]] std::string out() const;                // whole once wait() has returned
  [[nodiscard]] std::string err() const;

 private:
  void read_all(int fd, std::string& into);
  void reap();

  pid_t pid_ = 0;
  int pid_fd_ = -1, in_ = -1, out_fd_ = -1, err_fd_ = -1;
  int code_ = -1;  // known when >= 0
  std::size_t told_ = 0;
  mutable std::mutex mutex_;  // of the texts
  std::condition_variable read_;
  std::string out_, err_;
  bool out_ended_ = false, err_ended_ = false;
  std::thread out_reader_, err_reader_;
};

struct Ran {
  int code = -1;
  std::string out, err;
};
// Runs to its end.
[[nodiscard]] Ran run(const Arguments& arguments, std::string_view input = {},
                      const Environment& environment = {});
[[nodiscard]] Ran run(const Command& command, std::string_view input = {});

}  // namespace bannette::test
