#include "tests/sim/simulation.hpp"

#include <memory>

#include "tests/sim/people.hpp"
#include "tests/unit/queue_core/world.hpp"

namespace bannette::sim {
namespace {

constexpr std::int64_t kTroubleMs = 40'000;
constexpr std::int64_t kRecoveryMs = 3'500;  // the slowest commit may still be on its way
constexpr std::int64_t kPeaceMs = 30'000;    // longer than every lease, timeout and repetition

Rules small_site() {
  Rules rules = test::site_rules();
  rules.site = "simulation";
  rules.bannettes = {"roubaix/enfance", "roubaix/pmi", "lille/enfance"};
  return rules;
}

class Simulation {
 public:
  Simulation(std::uint64_t seed, Mutant mutant)
      : schedule_(seed), server_(schedule_, network_, rules_, mutant) {
    network_.to_server = [this](const std::string& route, int client, const std::string& bytes) {
      server_.receive(route, client, bytes);
    };
    network_.to_client = [this](int client, const std::string& bytes) {
      clients_[static_cast<std::size_t>(client)]->hear(bytes);
    };
    for (int i = 0; i < 2; ++i) add<Submitter>("router", rules_);
    for (const char* unit : {"roubaix", "lille"})
      for (const char* person : {"alice", "bob"}) add<Agent>("unit:" + std::string(unit), unit, person);
  }

  Outcome run() {
    server_.start();
    for (auto& each : clients_) each->start();
    for (auto& work : works_) schedule_.after(schedule_.between(1, 500), work);
    trouble();
    schedule_.run_until(kTroubleMs);
    heal();
    schedule_.run_until(kTroubleMs + kRecoveryMs);
    oracle_.peace(server_.disk().durable, kEpochMs + schedule_.now());
    schedule_.run_until(kTroubleMs + kPeaceMs);
    for (const auto& each : clients_)
      if (!each->finished()) oracle_.complain("a client still waits for an answer");
    return {oracle_.judge(server_.disk()), schedule_.trace_hash(), server_.disk().durable,
            oracle_.confirmed(), crashes_};
  }

 private:
  template <class Person, class... Arguments>
  void add(std::string principal, const Arguments&... arguments) {
    server_.admit(std::move(principal));
    auto person = std::make_unique<Person>(schedule_, network_, oracle_, arguments...);
    works_.push_back([raw = person.get()] { raw->work(); });
    clients_.push_back(std::move(person));
  }

  // Something goes wrong every second or so; each trouble ends by itself.
  void trouble() {
    if (healed_) return;
    const std::int64_t lasts = schedule_.between(50, 4'000);
    switch (schedule_.between(1, 9)) {
      case 1:
      case 2:
        crash(schedule_.chance(30), lasts / 2);
        break;
      case 3:
        server_.disk().full = true;
        schedule_.after(lasts, [this] { server_.disk().full = false; });
        break;
      case 4:
        server_.disk().fails = true;  // the process ends at its next write, and tells nobody
        schedule_.after(lasts, [this] {
          server_.kill(false);
          server_.start();
        });
        break;
      case 5:
        server_.slow_disk(true);
        schedule_.after(lasts, [this] { server_.slow_disk(false); });
        break;
      case 6:
        server_.jump_wall(schedule_.between(-3'600'000, 3'600'000));
        break;
      case 7:  // everybody is cut off, from short to longer than a session lives
        for (const auto& each : clients_) network_.cut(each->number(), lasts * 2);
        break;
      default:
        network_.cut(static_cast<int>(schedule_.between(0, static_cast<std::int64_t>(clients_.size()) - 1)),
                     lasts);
    }
    schedule_.after(schedule_.between(100, 2'500), [this] { trouble(); });
  }

  void crash(bool machine, std::int64_t down_ms) {
    ++crashes_;
    server_.kill(machine);
    schedule_.after(down_ms, [this] { server_.start(); });
  }

  void heal() {
    healed_ = true;
    for (const auto& each : clients_) each->rest();
    server_.disk().full = server_.disk().fails = false;
    server_.slow_disk(false);
    server_.jump_wall(0);
    server_.start();
  }

  Schedule schedule_;
  Network network_{schedule_};
  Rules rules_ = small_site();
  Oracle oracle_;
  Server server_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<std::function<void()>> works_;
  int crashes_ = 0;
  bool healed_ = false;
};

}  // namespace

Outcome simulate(std::uint64_t seed, Mutant mutant) {
  return Simulation(seed, mutant).run();
}

}  // namespace bannette::sim
