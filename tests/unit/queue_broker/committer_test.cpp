#include "queue/broker/committer.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_broker/held_journal.hpp"

using namespace bannette;
using broker::Committer;
using test::HeldJournal;

namespace {

std::vector<journal::Entry> batch_of(std::size_t count) {
  return std::vector<journal::Entry>(count);
}

void no_failure(const std::string&) {
  std::abort();
}

}  // namespace

TEST_CASE("a batch is committed on the caller's thread, and its result is there at once") {
  HeldJournal journal;
  Committer committer(journal, no_failure, [] {});
  auto batch = batch_of(2);
  while (!committer.commit_here(batch)) {  // its own thread may be tidying
  }
  CHECK(journal.appended_by == std::this_thread::get_id());
  const auto result = committer.result();
  REQUIRE(result);
  CHECK(result->durable_seq == 2);
  CHECK_FALSE(committer.result());
  CHECK_FALSE(committer.committing_here());
}

TEST_CASE("while a commit on the caller's thread lasts, another thread does the caller's work") {
  HeldJournal journal;
  std::promise<void> disk;
  const auto begun = journal.hold_append(disk.get_future().share());
  Committer* its = nullptr;
  std::thread::id stood_in_by;
  bool was_committing = false, had_result = true;
  int rounds = 0;
  Committer committer(journal, no_failure, [&] {
    stood_in_by = std::this_thread::get_id();
    was_committing = its->committing_here();
    had_result = its->result().has_value();
    disk.set_value();
    while (its->committing_here()) std::this_thread::yield();
    ++rounds;
  });
  its = &committer;
  auto batch = batch_of(1);
  while (!committer.commit_here(batch)) {
  }
  CHECK((was_committing && !had_result));
  CHECK(rounds == 1);  // it has left before the caller goes on
  CHECK(stood_in_by != std::this_thread::get_id());
  CHECK(committer.result()->durable_seq == 1);
}

TEST_CASE("where the journal is at other work, the caller keeps the batch and hands it over") {
  HeldJournal journal;
  std::promise<void> tidy;
  journal.tidy_until = tidy.get_future().share();
  auto tidying = journal.tidied.get_future();
  Committer committer(journal, no_failure, [] {});
  tidying.wait();
  auto batch = batch_of(3);
  CHECK_FALSE(committer.commit_here(batch));
  CHECK(batch.size() == 3);
  committer.commit(std::move(batch));
  tidy.set_value();
  std::optional<Committer::Result> result;
  while (!result) result = committer.result();
  CHECK(result->durable_seq == 3);
  CHECK(journal.appended_by != std::this_thread::get_id());
}

TEST_CASE("while the head file's sync does not end, the caller does not wait for the same disk") {
  HeldJournal journal;
  std::promise<void> disk;
  journal.sync_until = disk.get_future().share();
  auto syncing = journal.syncing.get_future();
  Committer committer(journal, no_failure, [] {});
  auto batch = batch_of(1);
  while (!committer.commit_here(batch)) {
  }
  CHECK(committer.result());
  syncing.wait();  // a second later
  batch = batch_of(2);
  CHECK_FALSE(committer.commit_here(batch));
  committer.commit(std::move(batch));
  disk.set_value();
  std::optional<Committer::Result> result;
  while (!result) result = committer.result();
  CHECK(result->durable_seq == 3);
}

TEST_CASE("a journal that breaks is told once, and the batch never ends") {
  HeldJournal journal;
  journal.fails = true;
  std::atomic<int> told = 0;
  Committer committer(journal, [&](const std::string&) { ++told; }, [] {});
  auto batch = batch_of(1);
  while (!committer.commit_here(batch)) {
  }
  CHECK_FALSE(committer.result());
  committer.commit(batch_of(1));
  while (journal.appended_by == std::this_thread::get_id()) std::this_thread::yield();
  CHECK(told == 1);
}
