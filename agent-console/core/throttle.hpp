// Slows down password guessing without ever locking an account: the more failures from one place, the longer
// the next answer takes. Pure: time is given.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>

namespace bannette::console {

class Throttle {
 public:
  struct Bounds {
    int free_failures = 3;              // of a person who mistypes
    std::int64_t first_delay_ms = 500;  // then doubled at each failure
    std::int64_t most_delay_ms = 8'000;
    std::int64_t most_wait_ms = 15'000;  // attempts that would queue up longer are refused
    std::int64_t forget_ms = 900'000;    // without a failure
    std::size_t places = 10'000;         // remembered, of each kind; beyond, the stalest is forgotten
    std::int64_t remember_ms = 30LL * 86'400'000;  // a success
  };
  Throttle() : Throttle(Bounds{}) {}
  explicit Throttle(Bounds bounds) : bounds_(bounds) {}

  // How long this attempt must wait, in milliseconds; -1: refuse it (too many wait already). Attempts of one
  // place are put one behind another, so that asking in parallel gains nothing.
  [[nodiscard]] std::int64_t admit(const std::string& place, std::int64_t now_ms);
  void failed(const std::string& place, std::int64_t now_ms);
  void succeeded(const std::string& place, std::int64_t now_ms);
  // Somebody got in from here within Bounds::remember_ms: whoever guesses other names cannot claim that.
  [[nodiscard]] bool known(const std::string& place, std::int64_t now_ms) const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    int failures = 0;
    std::int64_t last_ms = 0;
    std::int64_t next_ms = 0;  // before this no attempt is answered
  };
  [[nodiscard]] std::int64_t delay(int failures) const;
  void make_room(std::int64_t now_ms);

  Bounds bounds_;
  std::unordered_map<std::string, Place> places_;
  std::unordered_map<std::string, std::int64_t> known_;  // when it last succeeded
};

}  // namespace bannette::console
