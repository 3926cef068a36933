#include "tests/sim/simulation.hpp"

#include <memory>

#include "queue/codec/frame.hpp"
#include "tests/sim/people.hpp"
#include "tests/sim/server.hpp"
#include "tests/unit/queue_core/world.hpp"

namespace bannette::sim {
namespace {

// A rush of seconds and a quiet spell of minutes take turns: in the first much happens at once, in the second
// everything that has a delay runs out.
struct Spell {
  std::int64_t pace, lasts_ms;
};
constexpr Spell kSpells[] = {{1, 15'000}, {60, 900'000}, {1, 15'000}, {60, 900'000}, {1, 10'000}};
constexpr std::int64_t kRecoveryMs = 3'500;  // the slowest commit may still be on its way
constexpr std::int64_t kPeaceMs = 45'000;    // longer than every lease, timeout and repetition

Rules small_site() {
  Rules rules = test::site_rules();
  rules.site = "simulation";
  rules.bannettes = {"roubaix/enfance", "roubaix/pmi", "lille/enfance"};
  return rules;
}

std::string words(const Schedule::Line& line) {
  const auto decoded = codec::decode({codec::kHeader, line.what});
  const bool is_message = line.who.starts_with('c') && decoded.has_value();
  return std::to_string(line.at) + " " + line.who + " " +
         (is_message ? decoded.value().ShortDebugString() : line.what);
}

class Simulation {
 public:
  Simulation(std::uint64_t seed, Mutant mutant)
      : schedule_(seed), server_(schedule_, network_, rules_, mutant) {
    server_.complain = [this](std::string what) { oracle_.complain(std::move(what)); };
    network_.to_server = [this](const std::string& route, int client, const std::string& bytes) {
      server_.receive(route, client, bytes);
    };
    network_.to_client = [this](int client, const std::string& bytes) {
      clients_[static_cast<std::size_t>(client)]->hear(bytes);
    };
    for (int i = 0; i < 2; ++i) add<Submitter>("router", rules_);
    for (const char* unit : {"roubaix", "lille"})
      for (const char* person : {"alice", "bob"}) {
        const std::string principal = "unit:" + std::string(unit);
        add<Agent>(principal, Who{principal, person, v1::ROLE_AGENT, {}});
      }
  }

  Outcome run() {
    server_.start();
    for (auto& each : clients_) each->start();
    for (auto& work : works_) schedule_.after(schedule_.between(1, 500), work);
    trouble();
    for (const Spell& spell : kSpells) {
      schedule_.pace(spell.pace);
      schedule_.run_until(schedule_.now() + spell.lasts_ms);
    }
    heal();
    schedule_.run_until(schedule_.now() + kRecoveryMs);
    oracle_.peace(server_.disk().durable, kEpochMs + schedule_.now());
    schedule_.run_until(schedule_.now() + kPeaceMs);
    for (const auto& each : clients_)
      if (!each->finished()) oracle_.complain("a client still waits for an answer");
    Outcome outcome{oracle_.judge(server_.disk()), {},      schedule_.trace_hash(), server_.disk().durable,
                    oracle_.confirmed(),           crashes_};
    if (outcome.complaints.empty()) return outcome;
    for (const auto& line : schedule_.last()) outcome.last.push_back(words(line));
    return outcome;
  }

 private:
  template <class Person, class Argument>
  void add(std::string principal, const Argument& argument) {
    server_.admit(std::move(principal));
    auto person = std::make_unique<Person>(schedule_, network_, oracle_, argument);
    works_.push_back([raw = person.get()] { raw->work(); });
    clients_.push_back(std::move(person));
  }

  // Something goes wrong every second or so; each trouble ends by itself.
  void trouble() {
    if (healed_) return;
    const std::int64_t lasts = schedule_.at_pace(50, 4'000);
    switch (schedule_.between(1, 4)) {
      case 1:
        of_the_process(lasts);
        break;
      case 2:
        of_the_disk(lasts);
        break;
      default:
        of_the_network(lasts);
    }
    schedule_.after(schedule_.at_pace(100, 2'500), [this] { trouble(); });
  }

  void of_the_process(std::int64_t lasts) {
    switch (schedule_.between(1, 6)) {
      case 1:
      case 2:
        return crash(false, lasts / 2);
      case 3:
        return crash(true, lasts / 2);
      case 4:
        server_.stop();
        return start_after(lasts);
      case 5:
        return server_.freeze(lasts);
      default:
        return server_.jump_wall(schedule_.between(-3'600'000, 3'600'000));
    }
  }

  void of_the_disk(std::int64_t lasts) {
    switch (schedule_.between(1, 4)) {
      case 1:
        server_.disk().full = true;
        return schedule_.after(lasts, [this] { server_.disk().full = false; });
      case 2:
        server_.disk().fails = true;  // the process ends at its next write, and tells nobody
        return schedule_.after(lasts, [this] {
          server_.kill(false);
          server_.start();
        });
      case 3:
        server_.low_space(true);
        return schedule_.after(lasts, [this] { server_.low_space(false); });
      default:
        server_.slow_disk(true);
        return schedule_.after(lasts, [this] { server_.slow_disk(false); });
    }
  }

  void of_the_network(std::int64_t lasts) {
    const int client = static_cast<int>(schedule_.between(0, static_cast<std::int64_t>(clients_.size()) - 1));
    const auto way = static_cast<Network::Way>(schedule_.between(0, 2));
    switch (schedule_.between(1, 7)) {
      case 1:  // everybody is cut off, from short to longer than a session lives
        for (const auto& each : clients_) network_.cut(each->number(), lasts * 2);
        return;
      case 2:  // a part of them, and nobody notices
        for (const auto& each : clients_)
          if (schedule_.chance(50)) network_.stall(each->number(), way, lasts * 2);
        return;
      case 3:
        return network_.stall(client, way, lasts);
      case 4:
        network_.weather(static_cast<int>(schedule_.between(1, 15)));
        return schedule_.after(lasts, [this] { network_.weather(0); });
      case 5:
        server_.revoke(client);
        return schedule_.after(lasts, [this, client] { server_.restore(client); });
      default:
        return network_.cut(client, lasts);
    }
  }

  void crash(bool machine, std::int64_t down_ms) {
    ++crashes_;
    server_.kill(machine);
    start_after(down_ms);
  }
  void start_after(std::int64_t down_ms) {
    schedule_.after(down_ms, [this] { server_.start(); });
  }

  void heal() {
    healed_ = true;
    schedule_.pace(1);
    for (const auto& each : clients_) {
      each->rest();
      server_.restore(each->number());
    }
    network_.heal();
    server_.disk().full = server_.disk().fails = false;
    server_.slow_disk(false);
    server_.low_space(false);
    server_.jump_wall(0);
    server_.freeze(0);
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
