// How fast the journal makes batches durable, on the disk of the folder that is given: not a test, prints
// JSON.
//   bench_journal [FOLDER] [SECONDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "queue/journal/sqlite_journal.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using Clock = std::chrono::steady_clock;

namespace {

const std::string content(600, 'n');  // a short note with its address

// What a call costs: submitted, reserved, accepted, handled with a text.
std::vector<journal::Entry> cycles(test::Story& story, std::size_t records) {
  std::vector<journal::Entry> batch;
  std::uint64_t open = story.dossiers.size();
  while (batch.size() < records) {
    const bool first = open == 0 || story.dossiers.at(open).state == State::handled;
    if (first) {
      batch.push_back(story.submit(content, "+336" + std::to_string(10'000'000 + story.changes.size())));
      open = story.dossiers.size();
      continue;
    }
    const State state = story.dossiers.at(open).state;
    const auto kind = state == State::waiting    ? ChangeKind::reserved
                      : state == State::reserved ? ChangeKind::accepted
                                                 : ChangeKind::handled;
    batch.push_back(story.change(open, kind, kind == ChangeKind::handled ? "rendez-vous pris" : ""));
  }
  return batch;
}

void measure(const std::filesystem::path& folder, std::size_t size, bool submissions_only, double seconds) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  journal::Options options;
  options.site = "essai";
  options.master.bytes.fill(1);
  auto engine = journal::open_sqlite(folder, options);
  test::Story story;
  std::vector<double> batch_ms;
  double spent = 0;
  std::size_t records = 0;
  while (spent < seconds) {
    std::vector<journal::Entry> batch;
    if (submissions_only)
      for (std::size_t i = 0; i < size; ++i)
        batch.push_back(story.submit(content, "+336" + std::to_string(10'000'000 + story.changes.size())));
    else
      batch = cycles(story, size);
    const auto start = Clock::now();
    engine->append(batch);
    const double took = std::chrono::duration<double>(Clock::now() - start).count();
    spent += took;
    records += size;
    batch_ms.push_back(took * 1'000);
  }
  std::sort(batch_ms.begin(), batch_ms.end());
  const auto at = [&](double part) {
    return batch_ms[static_cast<std::size_t>(part * double(batch_ms.size() - 1))];
  };
  std::printf(
      "{\"what\":\"%s\",\"batch\":%zu,\"records_per_s\":%.0f,\"batch_ms_p50\":%.2f,\"batch_ms_p99\":%.2f,"
      "\"records\":%zu}\n",
      submissions_only ? "submissions" : "cycles", size, double(records) / spent, at(0.5), at(0.99), records);
  std::fflush(stdout);
  engine.reset();
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = std::filesystem::path(argc > 1 ? argv[1] : ".") / "bench-journal";
  const double seconds = argc > 2 ? std::atof(argv[2]) : 3;
  for (const bool submissions_only : {true, false})
    for (const std::size_t size : {1U, 64U, 256U}) measure(folder, size, submissions_only, seconds);
}
