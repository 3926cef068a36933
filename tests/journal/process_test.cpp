// Real processes and threads: what was confirmed before a kill -9 is there; reading beside writing.
#include <atomic>
#include <csignal>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/journal/engines.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

journal::Options options_for_files() {
  journal::Options options;
  options.site = site;
  options.master.bytes.fill(7);
  options.wal_soft_bytes = 128 * 1024;
  options.pending_dossiers = 40;  // the tables are written again and again, too
  return options;
}

// Appends until it is killed; tells each confirmed sequence.
[[noreturn]] void write_for_ever(const std::filesystem::path& folder, int to) {
  auto journal = journal::open_sqlite(folder, options_for_files());
  Story story(11);
  story.walk(journal->head().seq);
  for (;;) {
    const std::uint64_t seq = journal->append(story.walk(17)).seq;
    if (::write(to, &seq, sizeof seq) != sizeof seq) ::_exit(1);
    journal->tidy(journal::Pause::none);
  }
}

// Starts the writer, kills it after `confirmations`; answers the last one that was told.
std::uint64_t kill_after(const std::filesystem::path& folder, int confirmations) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    try {
      write_for_ever(folder, ends[1]);
    } catch (...) {
      ::_exit(2);
    }
  }
  ::close(ends[1]);
  std::uint64_t seq = 0;
  std::uint64_t told = 0;
  for (int i = 0; i < confirmations && ::read(ends[0], &told, sizeof told) == sizeof told; ++i) seq = told;
  ::kill(child, SIGKILL);
  while (::read(ends[0], &told, sizeof told) == sizeof told) seq = told;
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return seq;
}

}  // namespace

TEST_CASE("What was confirmed before kill -9 is there, identical") {
  Folder folder;
  for (int round = 1; round <= 6; ++round) {
    const std::uint64_t confirmed = kill_after(folder.path(), 15 * round);
    auto journal = journal::open_sqlite(folder.path(), options_for_files());
    const std::uint64_t seq = journal->head().seq;
    REQUIRE(confirmed > 0);
    CHECK(seq >= confirmed);
    CHECK(seq % 17 == 0);  // batches are whole
    Story story(11);
    story.walk(seq);
    std::vector<Dossier> dossiers;
    journal->load([&](const Dossier& one) { dossiers.push_back(one); }, 0, [](const Change&) {},
                  [](const Change&) {});
    REQUIRE(dossiers.size() == story.dossiers.size());
    for (const Dossier& one : dossiers) CHECK(one == story.dossiers.at(one.number));
    CHECK(journal->content(dossiers.size()) == story.histories.at(dossiers.size()).front().content);
    CHECK(journal->epoch() == static_cast<std::uint64_t>(2 * round));
  }
}

TEST_CASE("Readers beside the writer see whole histories") {
  Folder folder;
  auto options = options_for_files();
  options.wal_hard_bytes = 512 * 1024;
  auto journal = journal::open_sqlite(folder.path(), options);
  Story story;
  journal->append(story.life());
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> histories = 0;
  std::atomic<std::uint64_t> wrong = 0;
  std::thread reader([&] {
    while (!done) {
      const std::uint64_t number = journal->last_number();
      const auto past = journal->history(number, 100);  // a life is one batch
      if (past.size() != 6 || past.front().change.number != number || past[2].text != canary) ++wrong;
      if (journal->content(number) != std::string(canary)) ++wrong;
      journal->sync_head();
      (void)journal->verify_some(50);  // throws where the chain does not hold
      ++histories;
    }
  });
  for (int i = 0; i < 300 || histories < 50; ++i) {
    journal->append(story.life());
    journal->tidy(journal::Pause::none);
  }
  done = true;
  reader.join();
  CHECK(wrong == 0);
  while (journal->verify_some(1'000) < journal->head().seq) {
  }
}
