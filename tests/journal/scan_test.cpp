// Reading a long chain in pieces on two threads.
#include <catch2/catch.hpp>

#include "queue/journal/chain_scan.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using Catch::Contains;
using journal::ChainScan;

TEST_CASE("Of several damaged records among many, the first is named when keys are loaded") {
  Folder folder;
  journal::Options options;
  options.site = site;
  options.master.bytes.fill(1);
  options.wal_reserve_bytes = options.ballast_bytes = 0;
  options.verify_most = options.verify_least = 5;
  Story story;
  auto journal = journal::open_sqlite(folder.path(), options);
  while (story.changes.size() < 3 * ChainScan::kPiece) journal->append(story.walk(3'000));
  settle(*journal);
  journal.reset();
  journal = journal::open_sqlite(folder.path(), options);  // the log is copied, so that the file is read
  const std::uint64_t first = ChainScan::kPiece + GENERATE(1U, 2'000U);
  for (std::uint64_t seq : {first, first + ChainScan::kPiece}) flip(folder.path(), "body", seq);
  const auto nothing = [](const auto&) {};
  CHECK_THROWS_WITH(journal->load(nothing, 0, nothing, nothing),
                    Contains("enregistrement " + std::to_string(first) + " "));
}
