// ./dev bench calls: how fast a PBX's bytes become a ledger, and that memory stays. Figures, never a pass or
// a failure. JSON on stdout, a table for people on stderr.
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "router/calls/ledger.hpp"
#include "router/telephony/ami_parser.hpp"
#include "router/telephony/ami_reader.hpp"
#include "tests/bench/figures.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece = 16 * 1024;  // as a socket gives them

// Of this thread: others use the machine's cores too.
double processor_s() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::int64_t resident_kb() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
  }
  return 0;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The busy hour again and again, each time with other channels and later.
class Rounds {
 public:
  explicit Rounds(const fs::path& capture) : text_(text_of(capture)) {
    for (std::size_t at = 0; (at = text_.find("179544", at)) != std::string::npos; at += 6)
      ids_.push_back(at);
    for (std::size_t at = 0; (at = text_.find("\r\nEvent: ", at)) != std::string::npos; ++at) ++events_;
  }
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] std::size_t bytes() const { return text_.size(); }
  // Seven digits of ten name a round: it lasts a thousand seconds.
  [[nodiscard]] static std::int64_t began_ms(std::size_t round) {
    return (first_round + static_cast<std::int64_t>(round)) * 1'000'000;
  }
  [[nodiscard]] std::string_view next(std::size_t round) {
    const auto digits = std::to_string(first_round + static_cast<std::int64_t>(round));
    for (const auto at : ids_) text_.replace(at, digits.size(), digits);
    return text_;
  }

 private:
  static constexpr std::int64_t first_round = 1'700'000;
  std::string text_;
  std::vector<std::size_t> ids_;  // where ids and times stand, ten digits each
  std::size_t events_ = 0;
};

enum class Upto { messages, facts, ledger };

struct Run {
  double seconds = 0;
  std::uint64_t events = 0, bytes = 0, facts = 0, calls = 0, legs = 0;
  std::int64_t resident_early_kb = 0, resident_late_kb = 0;
  std::int64_t told_ms = 0;  // from the first event to the last, by the PBX's clock
};

constexpr std::int64_t busy_hour_ms = 80;  // between two events
constexpr std::int64_t flood_ms = 1;

Run run(Rounds& rounds, std::uint64_t events, Upto upto, std::int64_t pace_ms = busy_hour_ms) {
  Run all;
  telephony::AmiParser parser;
  const telephony::AmiReader reader("main");
  calls::Ledger ledger({.unqualified_ms = 0});
  std::size_t round = 0;
  auto now = Rounds::began_ms(0);
  for (; all.events < events; ++round) {
    const auto text = rounds.next(round);
    if (pace_ms == busy_hour_ms) now = Rounds::began_ms(round);
    const auto before = processor_s();
    for (std::size_t at = 0; at < text.size(); at += piece) {
      parser.feed(text.substr(at, piece));
      while (const auto* message = parser.next()) {
        all.events += !message->event().empty();
        if (upto == Upto::messages) continue;
        now += pace_ms;
        const auto fact = reader.read(*message, {.ms = now, .timed = true});
        if (!fact) continue;
        ++all.facts;
        if (upto == Upto::facts) continue;
        ledger.apply(*fact);
        ledger.advance(now);
      }
    }
    for (const auto& call : ledger.take_finished()) {
      ++all.calls;
      all.legs += call.legs.size();
    }
    all.seconds += processor_s() - before;
    all.bytes += text.size();
    if (all.resident_early_kb == 0 && all.events >= events / 10) all.resident_early_kb = resident_kb();
  }
  all.resident_late_kb = resident_kb();
  all.told_ms = now - Rounds::began_ms(0);
  return all;
}

boost::json::object shown(const char* name, const Run& run) {
  const auto per_s = static_cast<double>(run.events) / run.seconds;
  std::cerr << name << ": " << rounded(per_s) << " events/s, "
            << rounded(static_cast<double>(run.bytes) / run.seconds / 1e6) << " MB/s, " << run.facts
            << " facts, " << run.calls << " calls, " << run.legs << " legs in " << run.told_ms / 60'000
            << " minutes of the PBX, resident " << run.resident_early_kb << " kB after a tenth, "
            << run.resident_late_kb << " kB at the end\n";
  return {{"events", run.events},
          {"events_per_s", rounded(per_s)},
          {"bytes", run.bytes},
          {"facts", run.facts},
          {"calls", run.calls},
          {"legs", run.legs},
          {"told_ms", run.told_ms},
          {"resident_kb_after_a_tenth", run.resident_early_kb},
          {"resident_kb", run.resident_late_kb}};
}

}  // namespace
}  // namespace bannette::bench

int main(int argc, char** argv) {
  using namespace bannette::bench;
  CLI::App app("Figures of calls: AMI's bytes to the ledger, on one core");
  std::string capture = BANNETTE_CAPTURE;
  std::uint64_t events = 1'000'000;
  app.add_option("--capture", capture, "a captured stream (.ami) that is told again and again")
      ->check(CLI::ExistingFile);
  app.add_option("--events", events, "how many (1000000)")->check(CLI::Range(10'000, 100'000'000));
  CLI11_PARSE(app, argc, argv);
  Rounds rounds(capture);
  boost::json::object figures{{"machine", machine(".")}};
  figures["messages"] = shown("messages", run(rounds, events, Upto::messages));
  figures["facts"] = shown("facts", run(rounds, events, Upto::facts));
  figures["ledger"] = shown("ledger", run(rounds, events, Upto::ledger));
  figures["flood"] = shown("flood", run(rounds, events, Upto::ledger, flood_ms));
  std::cout << boost::json::serialize(figures) << '\n';
  return 0;
}
