#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

// Each command that only a holder may give.
std::vector<Command> held_commands(std::uint64_t n, std::uint64_t fence) {
  return {Renew{number(n), fence}, Release{number(n), fence}, Accept{number(n), fence},
          AddNote{number(n), fence}, Handle{number(n), fence, Outcome::answered}};
}

}  // namespace

TEST_CASE("a stale holder is refused in every command, and nothing changes") {
  World w;
  const auto n = w.submit();
  const auto stale = w.reserve(n, kRoubaix, 5'000);
  w.pass(5'000);
  SECTION("nobody has it since") {
    w.expire();
  }
  SECTION("another has it since") {
    CHECK(w.reserve(n, kRoubaixBob) == stale + 1);
  }
  SECTION("the same person has it since, in another window") {
    CHECK(w.reserve(n, kRoubaix) == stale + 1);
  }
  SECTION("another takes it") {
    CHECK(w.take(n, kRoubaixBob) == stale + 1);
  }
  const auto before = w.bannettes.find(n);
  for (const Command& command : held_commands(n, stale)) {
    const Effects effects = w.apply(kRoubaix, command);
    CHECK(code(effects) == Code::stale_fence);
    CHECK(refusal(effects).field == "fence");
    CHECK(effects.persist.empty());
  }
  CHECK(w.bannettes.find(n) == before);
}

TEST_CASE("the right fence in the wrong hands is refused") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n);
  for (const Command& command : held_commands(n, fence))
    CHECK(code(w.apply(kRoubaixBob, command)) == Code::held_by_other);
  CHECK(w.bannettes.find(n)->holder == "unit:roubaix/alice");
}

TEST_CASE("a fence from the future or none is refused") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n);
  for (const Command& command : held_commands(n, fence + 1))
    CHECK(code(w.apply(kRoubaix, command)) == Code::stale_fence);
  for (const Command& command : held_commands(n, 0)) CHECK(code(w.apply(kRoubaix, command)) == Code::missing);
}

TEST_CASE("the fence grows by one at each reservation and never goes back") {
  World w;
  const auto n = w.submit();
  for (std::uint64_t expected = 1; expected <= 5; ++expected) {
    const auto fence = w.reserve(n, expected % 2 != 0 ? kRoubaix : kRoubaixBob);
    CHECK(fence == expected);
    done(w.apply(expected % 2 != 0 ? kRoubaix : kRoubaixBob, Release{number(n), fence}));
  }
  CHECK(w.take(n) == 6);
}
