// The line to a PBX cut after any number of bytes, on virtual time: what the ledger then says is the PBX's
// own log, or is explained by the loss.
#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

#include <catch2/catch.hpp>

#include "router/calls/ledger.hpp"
#include "router/telephony/ami_session.hpp"
#include "router/telephony/leg_json.hpp"
#include "router/telephony/reconcile.hpp"
#include "tests/integration/played_pbx.hpp"

using namespace bannette;
using namespace bannette::telephony;

namespace {

constexpr auto kNoCut = std::numeric_limits<std::size_t>::max();

// One PBX, one session, one ledger, joined without a socket.
class Sitting {
 public:
  explicit Sitting(const test::Script& script) : script_(script), pbx_(script) {}

  // The line is lost after so many bytes of the PBX; while nobody listens, `missed` more scenes happen.
  void run(std::size_t cut_after, std::size_t missed) {
    left_ = cut_after;
    missed_ = missed;
    join();
    while (pbx_.next_ms()) {
      const auto bytes = pbx_.play();
      at_ms_ = pbx_.now_ms();
      auto fields = test::fields_of(bytes);
      if (!bytes.empty()) coverage_.heard(now().wall_ms, fields["Privilege"], fields["Uniqueid"]);
      give(bytes);
      advance();
    }
    session_.lost(now(), effects_);
    obey();
    ledger_.close(now().wall_ms);
    coverage_.end(now().wall_ms);
    take();
    std::ranges::sort(legs, {}, [](const calls::Leg& leg) {
      return leg.joined.order != 0 ? leg.joined.order : leg.end().order;
    });
  }
  // Differences from the PBX's own log, one a line: those that nothing explains.
  [[nodiscard]] std::string unexplained(const QueueLog& log, std::size_t& explained) const {
    std::string out;
    for (const auto& each : reconcile(legs, log.legs, coverage_)) {
      if (each.explained_by)
        ++explained;
      else
        out += difference_json(each) + "\n";
    }
    return out;
  }

  std::vector<calls::Leg> legs;
  std::size_t given = 0;  // bytes

 private:
  [[nodiscard]] Instant now() const { return {script_.began_ms + at_ms_, 1'000'000 + at_ms_, 1}; }
  void join() {
    session_.begin(now());
    give(pbx_.connect());
  }
  void give(std::string bytes) {
    while (!bytes.empty()) {
      const auto piece = bytes.substr(0, left_);
      if (left_ != kNoCut) left_ -= piece.size();
      given += piece.size();
      session_.receive(piece, now(), effects_);
      bytes = obey();
      if (left_ == 0) {
        cut();
        return;
      }
    }
  }
  // What the PBX answers to what is sent.
  std::string obey() {
    std::string answers;
    for (auto& each : std::exchange(effects_, {})) {
      if (const auto* out = std::get_if<Send>(&each)) {
        answers += pbx_.hear(out->bytes);
      } else if (const auto* fact = std::get_if<Fact>(&each)) {
        coverage_.see(fact->event);
        ledger_.apply(fact->event);
      }
    }
    return answers;
  }
  void cut() {
    left_ = kNoCut;
    pbx_.disconnect();
    session_.lost(now(), effects_);
    obey();
    for (std::size_t i = 0; i < missed_ && pbx_.next_ms(); ++i) static_cast<void>(pbx_.play());
    at_ms_ = pbx_.now_ms();
    join();
  }
  void advance() {
    ledger_.advance(now().wall_ms);
    take();
  }
  void take() {
    for (const auto& call : ledger_.take_finished())
      legs.insert(legs.end(), call.legs.begin(), call.legs.end());
  }

  const test::Script& script_;
  test::PlayedPbx pbx_;
  AmiSession session_{"main", {"accueil", "essai-accueil"}, {}};
  Effects effects_;
  calls::Ledger ledger_{{.unqualified_ms = 0}};
  Coverage coverage_;
  std::int64_t at_ms_ = 0;
  std::size_t left_ = kNoCut, missed_ = 0;
};

QueueLog log_of(const std::string& name) {
  std::ifstream in(test::capture(name, ".queue_log"));
  REQUIRE(in);
  return read_queue_log(in);
}

// Cut everywhere, in steps of `step` bytes.
void cut_all_over(const std::string& name, std::size_t step) {
  const auto script = test::Script::of(test::capture(name));
  const auto log = log_of(name);
  Sitting whole(script);
  whole.run(kNoCut, 0);
  std::size_t explained = 0;
  CAPTURE(name);
  CHECK(whole.unexplained(log, explained) == "");
  CHECK(explained == 0);
  std::string first;  // that nothing explains
  std::size_t unexplained = 0;
  for (std::size_t at = 1; at < whole.given; at += step) {
    for (const std::size_t missed : {0U, 5U, 40U}) {
      Sitting sitting(script);
      sitting.run(at, missed);
      const auto found = sitting.unexplained(log, explained);
      if (found.empty() || ++unexplained > 5) continue;
      first += "cut after " + std::to_string(at) + ", missed " + std::to_string(missed) + ": " + found;
    }
  }
  CAPTURE(first);
  CHECK(unexplained == 0);
  CHECK(explained > 0);  // some cuts do cost something: else this test would show nothing
}

}  // namespace

TEST_CASE("cut anywhere, the ledger is the PBX's log or says why not") {
  for (const char* name : {"05-answered-agent-ends", "09-ring-no-answer", "12-timeout-both-queues",
                           "07-abandon-waiting", "30-blind-transfer-refer", "62-ringall-three-callers"})
    cut_all_over(name, 499);
}

TEST_CASE("cut after every byte", "[.][long]") {
  cut_all_over("05-answered-agent-ends", 1);
  cut_all_over("12-timeout-both-queues", 1);
  cut_all_over("70-busy-hour", 1'009);
}
