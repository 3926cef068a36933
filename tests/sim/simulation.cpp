#include "tests/sim/simulation.hpp"

#include <memory>

#include "queue/codec/frame.hpp"
#include "tests/sim/people.hpp"
#include "tests/sim/server.hpp"

namespace bannette::sim {
namespace {

// A rush of seconds and a quiet spell of minutes take turns: in the first much happens at once, in the second
// everything that has a delay runs out.
struct Spell {
  std::int64_t pace, lasts_ms;
};
constexpr Spell kSpells[] = {{1, 15'000}, {60, 900'000}, {1, 15'000}, {60, 900'000}, {1, 10'000}};
constexpr std::int64_t kPeaceMs = 60'000;  // longer than every lease, timeout and repetition
// Until the evening of the next day: working days end, and nobody is there.
constexpr std::int64_t kNightMs = 33 * kHour;
constexpr std::int64_t kMorningMs = 60'000;

std::string words(const Schedule::Line& line) {
  const auto decoded = codec::decode({codec::kHeader, line.what});
  const bool is_message = line.who.starts_with('c') && decoded.has_value();
  constexpr std::size_t kMost = 300;
  const std::string what = is_message ? decoded.value().ShortDebugString() : line.what;
  return std::to_string(line.at) + " " + line.who + " " + what.substr(0, kMost);
}

class Simulation {
 public:
  Simulation(std::uint64_t seed, Mutant mutant)
      : schedule_(seed), server_(schedule_, network_, oracle_.timeline(), mutant) {
    server_.complain = [this](std::string what) { oracle_.complain(std::move(what)); };
    server_.configuration = [this] {
      if (schedule_.chance(15)) other_hours_ = !other_hours_;
      const Site& site = other_hours_ ? other_site_ : site_;
      oracle_.in_force(schedule_.now(), &site);
      return rules_of(site);
    };
    network_.to_server = [this](const std::string& route, int client, const std::string& bytes) {
      server_.receive(route, client, bytes);
    };
    network_.to_client = [this](int client, const std::string& bytes) {
      clients_[static_cast<std::size_t>(client)]->hear(bytes);
    };
    for (int i = 0; i < 2; ++i) add(std::make_unique<Submitter>(schedule_, network_, oracle_, site_));
    for (const char* unit : {"unit:roubaix", "unit:lille"})
      for (const char* person : {"alice", "bob"}) add<Agent>({unit, person, v1::ROLE_AGENT, {}});
    add<Agent>({"console", "sandra", v1::ROLE_AGENT, {"standard", "arbitrage"}, true});
    add<Agent>({"console", "rene", v1::ROLE_AGENT, {"roubaix"}});
    add<Chief>({"console", "marc", v1::ROLE_MANAGER, {"roubaix"}});
    add<Chief>({"console", "sophie", v1::ROLE_SUPERVISOR, {}});
    add<Chief>({"console", "astrid", v1::ROLE_AGENT, {}});
    auto watcher = std::make_unique<Watcher>(schedule_, network_, oracle_, site_);
    watcher_ = watcher.get();
    add(std::move(watcher));
  }

  Outcome run() {
    server_.start();
    for (auto& each : clients_) {
      each->start();
      schedule_.after(schedule_.between(1, 500), [person = each.get()] { person->work(); });
    }
    trouble();
    for (const Spell& spell : kSpells) {
      schedule_.pace(spell.pace);
      pass(spell.lasts_ms);
    }
    heal();
    pass(kPeaceMs);
    for (const auto& each : clients_)
      if (!each->finished()) oracle_.complain(each->who().label() + " still waits for an answer");
    const auto evening = schedule_.last();  // before hours of heartbeats
    night();
    watcher_->come_back();
    watcher_->catch_up();
    pass(kMorningMs);
    if (!watcher_->done()) oracle_.complain("the last events could not be read");
    Outcome outcome;
    outcome.complaints = oracle_.judge(server_.disk(), schedule_.now());
    outcome.trace_hash = schedule_.trace_hash();
    outcome.changes = server_.disk().durable;
    outcome.kinds = oracle_.kinds();
    outcome.confirmed = oracle_.confirmed();
    outcome.crashes = crashes_;
    if (outcome.complaints.empty()) return outcome;
    for (const auto& line : evening) outcome.last.push_back(words(line));
    return outcome;
  }

 private:
  void add(std::unique_ptr<Person> person) {
    server_.admit(person->who().principal);
    clients_.push_back(std::move(person));
  }
  template <class Someone>
  void add(Who who) {
    add(std::make_unique<Someone>(schedule_, network_, oracle_, std::move(who), site_));
  }
  void pass(std::int64_t ms) { schedule_.run_until(schedule_.now() + ms); }

  // Nobody is there. Now and then the server is disturbed, for minutes.
  void night() {
    for (const auto& each : clients_) each->leave();
    server_.rarely(true);
    oracle_.night_falls(schedule_.now());
    const std::int64_t end = schedule_.now() + kNightMs;
    while (end - schedule_.now() > 10 * kHour) {
      pass(schedule_.between(kHour / 2, 7 * kHour));
      schedule_.chance(50) ? of_the_process(schedule_.between(10'000, 900'000))
                           : of_the_disk(schedule_.between(10'000, 900'000));
      pass(kHour / 2);
      heal();
    }
    schedule_.run_until(end);
    server_.rarely(false);
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
        server_.disk_full(true);
        return schedule_.after(lasts, [this] { server_.disk_full(false); });
      case 2:
        server_.disk_fails(true);  // the process ends at its next write, and tells nobody
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
    server_.disk_full(false);
    server_.disk_fails(false);
    server_.slow_disk(false);
    server_.low_space(false);
    server_.jump_wall(0);
    server_.freeze(0);
    server_.start();
  }

  const Site site_ = site_of(false), other_site_ = site_of(true);
  Schedule schedule_;
  Network network_{schedule_};
  Oracle oracle_;
  Server server_;
  std::vector<std::unique_ptr<Person>> clients_;
  Watcher* watcher_ = nullptr;
  bool other_hours_ = false;
  int crashes_ = 0;
  bool healed_ = false;
};

}  // namespace

Outcome simulate(std::uint64_t seed, Mutant mutant) {
  return Simulation(seed, mutant).run();
}

}  // namespace bannette::sim
