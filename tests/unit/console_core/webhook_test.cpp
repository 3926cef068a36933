// When a webhook is tried again, and which one is next.
#include "agent-console/core/webhook.hpp"

#include <catch2/catch.hpp>

using namespace bannette::console::webhook;

namespace {

constexpr std::uint32_t kNoJitter = 0;

Delivery event(std::uint64_t seq) {
  Delivery one;
  one.seq = seq;
  one.id = "essai-1-" + std::to_string(seq);
  one.body = "{}";
  one.at_ms = static_cast<std::int64_t>(1'000'000 + seq);
  return one;
}

Lane lane_of(std::initializer_list<std::uint64_t> seqs) {
  Lane lane;
  for (const auto seq : seqs) lane.add(event(seq));
  return lane;
}

Lane::Answer answer(int status, std::int64_t retry_after_ms = 0) {
  return {verdict_of(status), status, status >= 200 && status < 300 ? "" : "réponse", retry_after_ms};
}
const Lane::Answer kNoConnection{Verdict::unreachable, 0, "connexion", 0};

std::uint64_t next_of(const Lane& lane, std::int64_t now_ms) {
  const Delivery* next = lane.next(now_ms);
  return next == nullptr ? 0 : next->seq;
}

}  // namespace

TEST_CASE("What is signed is the id, the time and the body, with points between") {
  CHECK(signed_text("msg_1", 1'614'265'330, "{\"a\": 1}") == "msg_1.1614265330.{\"a\": 1}");
}

TEST_CASE("What an answer means") {
  for (const int status : {200, 201, 202, 204, 299}) CHECK(verdict_of(status) == Verdict::delivered);
  for (const int status : {100, 199, 301, 302, 307, 308, 408, 425, 429, 500, 502, 503, 599})
    CHECK(verdict_of(status) == Verdict::failing);
  for (const int status : {400, 401, 403, 404, 410, 422}) CHECK(verdict_of(status) == Verdict::refused);
}

TEST_CASE("Delays double up to five minutes, and chance takes up to a half") {
  const std::int64_t whole[] = {1'000,  2'000,   4'000,   8'000,   16'000, 32'000,
                                64'000, 128'000, 256'000, 300'000, 300'000};
  for (std::uint32_t i = 0; i < 11; ++i) {
    CHECK(delay_ms(i + 1, kNoJitter) == whole[i]);
    CHECK(delay_ms(i + 1, 0xffff'ffffU) == whole[i] / 2 + 1);
    CHECK(delay_ms(i + 1, 0x8000'0000U) == whole[i] - whole[i] / 4);
  }
  CHECK(delay_ms(0, 7) == 0);
  CHECK(delay_ms(4'000'000'000U, kNoJitter) == 300'000);
}

TEST_CASE("Events are told in order, and an endpoint that cannot be reached is asked again later") {
  Lane lane = lane_of({3, 1, 2});
  CHECK(lane.oldest_ms() == 1'000'001);
  CHECK(next_of(lane, 0) == 1);
  CHECK(lane.answered(1, answer(200), 0, kNoJitter) == Lane::Fate::delivered);
  CHECK(lane.find(1) == nullptr);
  CHECK(next_of(lane, 0) == 2);
  CHECK(lane.answered(2, kNoConnection, 100, kNoJitter) == Lane::Fate::again);
  CHECK(next_of(lane, 1'099) == 0);  // nothing at all goes to it meanwhile
  CHECK(lane.next_ms() == 1'100);
  CHECK(next_of(lane, 1'100) == 2);
  CHECK(lane.answered(2, kNoConnection, 1'100, kNoJitter) == Lane::Fate::again);
  CHECK(lane.next_ms() == 3'100);
  CHECK(next_of(lane, 3'100) == 2);
  CHECK(lane.find(2)->attempts == 2);
  CHECK(lane.find(2)->error == "connexion");
  CHECK(lane.answered(2, answer(204), 3'100, kNoJitter) == Lane::Fate::delivered);
  CHECK(next_of(lane, 3'100) == 3);  // at once
}

TEST_CASE("After an outage what could not get through goes at once, whatever its own delay had grown to") {
  Lane lane = lane_of({1, 2});
  std::int64_t now = 0;
  for (int i = 0; i < 20; ++i) {
    now = *lane.next_ms();
    CHECK(lane.answered(next_of(lane, now), kNoConnection, now, kNoJitter) == Lane::Fate::again);
  }
  now = *lane.next_ms();
  const auto first = next_of(lane, now);
  lane.answered(first, answer(200), now, kNoJitter);
  CHECK(next_of(lane, now) == 3 - first);
}

TEST_CASE("An event that the endpoint fails on does not keep those behind it back for long") {
  Lane lane = lane_of({1, 2, 3});
  std::int64_t now = 0;
  for (int i = 0; i < 3; ++i) {
    now = *lane.next_ms();
    REQUIRE(next_of(lane, now) == 1);
    lane.answered(1, answer(500), now, kNoJitter);
  }
  now = *lane.next_ms();
  REQUIRE(next_of(lane, now) == 2);
  lane.answered(2, answer(200), now, kNoJitter);
  CHECK(next_of(lane, now) == 3);
  lane.answered(3, answer(200), now, kNoJitter);
  CHECK(next_of(lane, now) == 0);
  CHECK(next_of(lane, *lane.next_ms()) == 1);  // its turn comes again
}

TEST_CASE("A refused event lets the others go, and is parked after twelve refusals in a row") {
  Lane lane = lane_of({1, 2});
  CHECK(lane.answered(1, answer(400), 0, kNoJitter) == Lane::Fate::again);
  CHECK(lane.next_ms() == 1'000);  // an endpoint that refuses everything is not stormed either
  lane.answered(1, kNoConnection, 1'000, kNoJitter);  // the row is broken
  lane.answered(2, answer(200), 2'000, kNoJitter);
  for (std::uint32_t i = 1; i < kRefusalsMost; ++i)
    REQUIRE(lane.answered(1, answer(404), *lane.next_ms(), kNoJitter) == Lane::Fate::again);
  CHECK(lane.answered(1, answer(404), *lane.next_ms(), kNoJitter) == Lane::Fate::parked);
  CHECK(lane.parked() == 1);
  CHECK(lane.waiting() == 0);
  CHECK_FALSE(lane.next_ms());
  CHECK(lane.oldest_ms() == 0);
  CHECK(lane.find(1)->status == 404);
  CHECK(lane.unpark_all() == std::vector<std::uint64_t>{1});
  CHECK(lane.find(1)->attempts == 0);
  CHECK(next_of(lane, 10'000'000) == 1);
}

TEST_CASE("The attempts of an unreachable endpoint end after about three days, never earlier") {
  Lane lane = lane_of({1});
  std::int64_t now = 0;
  Lane::Fate fate = Lane::Fate::again;
  std::uint32_t attempts = 0;
  while (fate == Lane::Fate::again) {
    now = *lane.next_ms();
    REQUIRE(next_of(lane, now) == 1);
    fate = lane.answered(1, kNoConnection, now, kNoJitter);
    ++attempts;
  }
  CHECK(fate == Lane::Fate::parked);
  CHECK(attempts == kAttemptsMost);
  CHECK(now > 3LL * 24 * 3'600'000);
  CHECK(now < 4LL * 24 * 3'600'000);
}

TEST_CASE("An endpoint that names a time is left alone until then, within bounds") {
  Lane lane = lane_of({1});
  lane.answered(1, answer(503, 60'000), 0, kNoJitter);
  CHECK(lane.next_ms() == 60'000);
  lane.answered(1, answer(429, 999'999'999), 60'000, kNoJitter);
  CHECK(lane.next_ms() == 360'000);
  lane.answered(1, answer(503, -5), 360'000, kNoJitter);
  CHECK(lane.next_ms() == 368'000);  // twice its own delay: it has failed three times
}

TEST_CASE("What waits is bounded, and an event that is there already keeps its place") {
  Lane lane;
  for (std::uint64_t seq = 1; seq < kWaitingMost; ++seq) lane.add(event(seq));
  CHECK(lane.room());
  lane.answered(1, answer(500), 0, kNoJitter);
  lane.add(event(1));  // told again by a cursor that was set back
  CHECK(lane.find(1)->attempts == 1);
  CHECK(lane.waiting() == kWaitingMost - 1);
  lane.add(event(kWaitingMost));
  CHECK_FALSE(lane.room());
  CHECK(lane.answered(77'777, answer(200), 0, kNoJitter) == Lane::Fate::again);  // not of this lane
  CHECK(lane.waiting() == kWaitingMost);
}
