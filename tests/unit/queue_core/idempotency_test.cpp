#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {
const Submit kSubmit{"roubaix/pmi", "aide", Urgency::normal, false, ""};
}

TEST_CASE("a retry gets the first receipt, and makes nothing") {
  World w;
  const Uuid key = w.new_key();
  const Receipt first = receipt(w.apply_with(key, kRouter, kSubmit));
  w.submit();
  w.pass(3 * kHour);
  const Effects again = w.apply_with(key, kRouter, kSubmit);
  CHECK(receipt(again) == first);
  CHECK(again.persist.empty());
  CHECK(w.bannettes.size() == 2);
  CHECK(again.reply_after_seq == w.bannettes.last_seq());  // never before what it saw is durable
}

TEST_CASE("a retried change gives the first sequence and fence, with the dossier as it is now") {
  World w;
  const auto n = w.submit();
  const Uuid key = w.new_key();
  const Done first = done(w.apply_with(key, kRoubaix, Reserve{number(n), 5'000}));
  w.pass(5'000);
  w.expire();
  w.reserve(n, kRoubaixBob);
  const Done again = done(w.apply_with(key, kRoubaix, Reserve{number(n), 5'000}));
  CHECK(again.seq == first.seq);
  CHECK(again.fence == first.fence);  // stale now: it gives no right
  CHECK(again.dossier.holder == "unit:roubaix/bob");
  CHECK(code(w.apply(kRoubaix, Accept{number(n), again.fence})) == Code::stale_fence);
}

TEST_CASE("take next, retried, does not take a second one") {
  World w;
  w.submit();
  w.submit();
  const Uuid key = w.new_key();
  const auto first = done(w.apply_with(key, kRoubaix, Take{next_of()})).dossier.number;
  CHECK(done(w.apply_with(key, kRoubaix, Take{next_of()})).dossier.number == first);
  CHECK(w.state(2) == State::waiting);
}

TEST_CASE("the same key with other content is refused") {
  World w;
  const Uuid key = w.new_key();
  receipt(w.apply_with(key, kRouter, kSubmit, 1));
  const Effects other = w.apply_with(key, kRouter, kSubmit, 2);
  CHECK(code(other) == Code::key_reused);
  CHECK(refusal(other).field == "idempotency_key");
  CHECK(w.bannettes.size() == 1);
}

TEST_CASE("a key belongs to its principal") {
  World w;
  const Uuid key = w.new_key();
  const Receipt mine = receipt(w.apply_with(key, kRouter, kSubmit));
  const Receipt theirs = receipt(w.apply_with(key, kRoubaix, kSubmit));
  CHECK(mine.number != theirs.number);
}

TEST_CASE("a refused request does not use its key up") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n, kRoubaixBob);
  const Uuid key = w.new_key();
  CHECK(code(w.apply_with(key, kRoubaix, Reserve{number(n)})) == Code::held_by_other);
  done(w.apply(kRoubaixBob, Release{number(n), fence}));
  CHECK(done(w.apply_with(key, kRoubaix, Reserve{number(n)})).fence == fence + 1);
}

TEST_CASE("a change without a key, or with a key that is no UUIDv7, is refused") {
  World w;
  CHECK(code(w.apply(Request{kRouter, std::nullopt, {}, kSubmit})) == Code::key_missing);
  Uuid version4 = w.new_key();
  version4.bytes[6] = static_cast<std::uint8_t>(0x40 | (version4.bytes[6] & 15));
  CHECK(code(w.apply_with(version4, kRouter, kSubmit)) == Code::malformed);
  CHECK(w.bannettes.size() == 0);
}

TEST_CASE("keys too old or too far ahead are refused, so that forgetting is safe") {
  World w;
  CHECK(code(w.apply_with(w.key_at(w.now.wall_ms - 30 * kDay - 1), kRouter, kSubmit)) == Code::key_expired);
  CHECK(code(w.apply_with(w.key_at(w.now.wall_ms + 2 * kHour + 1), kRouter, kSubmit)) == Code::key_expired);
  receipt(w.apply_with(w.key_at(w.now.wall_ms - 30 * kDay), kRouter, kSubmit));
  receipt(w.apply_with(w.key_at(w.now.wall_ms + 2 * kHour), kRouter, kSubmit));
  CHECK(w.bannettes.size() == 2);
}

TEST_CASE("a key used ahead of its time is never accepted a second time") {
  World w;
  const Uuid ahead = w.key_at(w.now.wall_ms + 2 * kHour);
  const Receipt first = receipt(w.apply_with(ahead, kRouter, kSubmit));
  for (int hour = 0; hour < 33 * 24; ++hour) {
    w.pass(kHour - 1);
    const Effects again = w.apply_with(ahead, kRouter, kSubmit);
    if (refused(again))
      CHECK(code(again) == Code::key_expired);
    else
      CHECK(receipt(again) == first);
  }
  CHECK(w.bannettes.size() == 1);
}

TEST_CASE("keys are remembered over a restart") {
  World w;
  const Uuid key = w.new_key();
  const Receipt first = receipt(w.apply_with(key, kRouter, kSubmit, 5));
  Bannettes fresh(site_rules());
  fresh.restore(w.journal.back().after, w.now);
  fresh.restore_key(w.journal.back().change);
  fresh.begin(first.seq, first.number, w.now);
  w.bannettes = std::move(fresh);
  CHECK(receipt(w.apply_with(key, kRouter, kSubmit, 5)) == first);
  CHECK(code(w.apply_with(key, kRouter, kSubmit, 6)) == Code::key_reused);
}

TEST_CASE("a wall clock that jumps ahead and back does not make a key usable twice") {
  World w;
  const Uuid key = w.new_key();
  const Receipt first = receipt(w.apply_with(key, kRouter, kSubmit));
  w.now.wall_ms += 90 * kDay;
  w.now.boot_ms += 1'000;
  w.submit();  // whatever is forgotten is forgotten now
  w.now.wall_ms -= 90 * kDay;
  CHECK(receipt(w.apply_with(key, kRouter, kSubmit)) == first);
  CHECK(w.bannettes.size() == 2);
}
