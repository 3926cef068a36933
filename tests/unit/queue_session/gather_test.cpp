#include "queue/session/gather.hpp"

#include <catch2/catch.hpp>

using bannette::session::Gather;

namespace {

constexpr std::int64_t took(std::int64_t sync_us, std::size_t records) {
  return sync_us + static_cast<std::int64_t>(records) * Gather::kRecord;
}

}  // namespace

TEST_CASE("the first batch starts at once, and one alone never waits") {
  Gather gather;
  CHECK(gather.wait_us(0, 1) == 0);
  CHECK_FALSE(gather.worth_a_sync(1'000));  // nothing is known of the disk: what is there to be read is read
  gather.ended(1'000, took(400, 1), 1, 0);
  CHECK(gather.wait_us(1'001, 1) == 0);  // the one that was answered asked again
}

TEST_CASE("a batch waits for those who were just answered, a quarter of a sync at most") {
  Gather gather;
  gather.ended(10'000, took(800, 32), 32, 32);  // two groups that took turns
  CHECK(gather.wait_us(10'000, 32) == 200);
  CHECK(gather.wait_us(10'060, 63) == 140);
  CHECK(gather.wait_us(10'060, 64) == 0);  // all are back
  CHECK(gather.wait_us(10'200, 33) == 0);  // the others do not come
  CHECK(gather.wait_us(99'000, 1) == 0);
}

TEST_CASE("a batch whose records take as long as the sync waits for nobody") {
  Gather gather;
  gather.ended(10'000, took(200, 64), 64, 0);
  CHECK_FALSE(gather.worth_a_sync(39));
  CHECK(gather.wait_us(10'000, 39) == 50);
  CHECK(gather.worth_a_sync(40));
  CHECK(gather.wait_us(10'000, 40) == 0);
}

TEST_CASE("the wait follows the shortest commits, and never grows beyond its bound") {
  Gather gather;
  gather.ended(0, 40'000, 8, 0);
  CHECK(gather.wait_us(0, 1) == Gather::kMost);
  gather.ended(0, took(200, 8), 8, 0);
  CHECK(gather.wait_us(0, 1) == 50);
  gather.ended(0, 40'000, 8, 0);  // a stall is no new measure of the disk
  CHECK(gather.wait_us(0, 1) < 250);
  for (int i = 0; i < 1'000; ++i) gather.ended(0, took(2'000, 8), 8, 0);  // it has become slower
  CHECK(gather.wait_us(0, 1) > 400);
}

TEST_CASE("the state's owner commits by itself what is short, while nobody comes meanwhile") {
  Gather gather;
  CHECK_FALSE(gather.alone(1));  // nothing is known of the disk
  gather.ended(0, took(150, 1), 1, 0);
  CHECK(gather.alone(1));
  CHECK_FALSE(gather.alone(Gather::kBrief / Gather::kRecord));  // too many for a moment
  gather.ended(0, took(150, 1), 1, 0, true);                    // somebody came while it went on
  CHECK_FALSE(gather.alone(1));
  for (int i = 1; i < Gather::kCrowd; ++i) gather.ended(0, took(150, 1), 1, 0);
  CHECK_FALSE(gather.alone(1));
  gather.ended(0, took(150, 1), 1, 0);
  CHECK(gather.alone(1));
  gather.ended(0, took(150, 8), 8, 1);
  CHECK_FALSE(gather.alone(1));
}

TEST_CASE("a disk that has become slow is soon left to another thread") {
  Gather gather;
  gather.ended(0, took(150, 1), 1, 0);
  int left = 0;
  while (gather.alone(1)) gather.ended(0, 50'000, 1, 0), ++left;
  CHECK(left <= 4);
}
