// How fast the journal makes batches durable, on the disk of the folder that is given, and what a million
// dossiers cost: not a test, prints JSON.
//   bench_journal [FOLDER] [SECONDS] [batches|submissions|pace|million]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <poll.h>

#include "queue/journal/sqlite.hpp"
#include "queue/journal/sqlite_journal.hpp"
#include "tests/bench/journal_load.hpp"

using namespace bannette;
using Clock = std::chrono::steady_clock;

namespace {

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Of this thread: a busy machine does not change it much.
double cpu_s() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  double total = 0, resident = 0;
  statm >> total >> resident;
  return resident * 4096 / 1e6;
}

journal::Options options() {
  journal::Options made;
  made.site = "essai";
  made.master.bytes.fill(1);
  return made;
}

struct Place {
  explicit Place(const std::filesystem::path& in) : folder(in) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  ~Place() { std::filesystem::remove_all(folder); }
  std::filesystem::path folder;
};

struct Latencies {
  std::vector<double> ms;
  double at(double part) {
    std::sort(ms.begin(), ms.end());
    return ms[static_cast<std::size_t>(part * double(ms.size() - 1))];
  }
};

// As the committer does it: append, then what was put off.
template <class Append>
void measure(const char* what, std::size_t size, double seconds, Append&& append) {
  Latencies batches;
  std::size_t records = 0;
  double cpu = 0, spent = 0;
  while (spent < seconds) {
    const auto [took, used] = append();
    batches.ms.push_back(took.first * 1'000);
    spent += took.first + took.second;
    cpu += used;
    records += size;
  }
  std::printf(
      "{\"what\":\"%s\",\"batch\":%zu,\"records_per_s\":%.0f,\"cpu_us_per_record\":%.2f,\"append_ms_p50\":%."
      "2f,"
      "\"append_ms_p99\":%.2f,\"records\":%zu}\n",
      what, size, double(records) / spent, cpu * 1e6 / double(records), batches.at(0.5), batches.at(0.99),
      records);
  std::fflush(stdout);
}

using Took = std::pair<std::pair<double, double>, double>;  // seconds of append, of the rest, of CPU

void journal_batches(const std::filesystem::path& folder, const char* what, std::size_t size,
                     double seconds) {
  const Place place(folder);
  auto engine = journal::open_sqlite(folder, options());
  bench::JournalLoad load;
  measure(what, size, seconds, [&]() -> Took {
    const auto batch = what[0] == 's' ? load.submissions(size) : load.cycles(size);
    const auto start = Clock::now();
    const double cpu = cpu_s();
    engine->append(batch);
    const double appended = seconds_since(start);
    engine->tidy(journal::Pause::none);
    return {{appended, seconds_since(start) - appended}, cpu_s() - cpu};
  });
}

// What SQLite alone costs: one table, rows of the same size, the same settings, a commit and a sync a batch.
void bare_batches(const std::filesystem::path& folder, std::size_t size, double seconds) {
  const Place place(folder);
  sqlite::Database db(folder / "bare.db", sqlite::Database::Mode::create);
  db.exec("PRAGMA page_size=8192");
  db.make_durable();
  db.exec("CREATE TABLE row(seq INTEGER PRIMARY KEY, bytes BLOB)");
  sqlite::Statement insert(db, "INSERT INTO row(bytes) VALUES(?)");
  const std::string bytes(900, 'n');
  measure("bare SQLite", size, seconds, [&]() -> Took {
    const auto start = Clock::now();
    const double cpu = cpu_s();
    sqlite::Transaction transaction(db);
    for (std::size_t i = 0; i < size; ++i) insert.bind_blob(1, bytes).run();
    transaction.commit();
    const double appended = seconds_since(start);
    if (db.wal_bytes() > 8 * 1024 * 1024) db.checkpoint(sqlite::Database::Checkpoint::passive);
    return {{appended, seconds_since(start) - appended}, cpu_s() - cpu};
  });
}

// One submission every 5 ms, whatever the disk does: from when it is due until it is durable.
void pace(const std::filesystem::path& folder, double seconds) {
  const Place place(folder);
  auto engine = journal::open_sqlite(folder, options());
  bench::JournalLoad load;
  Latencies each;
  auto due = Clock::now();
  for (const auto end = due + std::chrono::duration<double>(seconds); due < end;
       due += std::chrono::milliseconds(5)) {
    while (Clock::now() + std::chrono::microseconds(200) < due) {
      if (engine->tidy(journal::Pause::brief)) continue;
      const auto rest = std::chrono::nanoseconds(due - Clock::now()).count();
      const timespec left{0, std::max<long>(0, rest)};
      ::ppoll(nullptr, 0, &left, nullptr);
    }
    engine->append(load.submissions(1));
    each.ms.push_back(seconds_since(due) * 1'000);
  }
  std::printf(
      "{\"what\":\"200 a "
      "second\",\"ms_p50\":%.2f,\"ms_p90\":%.2f,\"ms_p99\":%.2f,\"ms_p999\":%.2f,\"ms_max\":%.2f}"
      "\n",
      each.at(0.5), each.at(0.9), each.at(0.99), each.at(0.999), each.at(1));
  std::fflush(stdout);
}

void million(const std::filesystem::path& folder) {
  const Place place(folder);
  constexpr std::uint64_t wanted = 1'000'000;
  auto start = Clock::now();
  double cpu = cpu_s();
  {
    auto engine = journal::open_sqlite(folder, options());
    bench::JournalLoad load;
    while (load.dossiers() < wanted) {
      engine->append(load.submissions(250));
      engine->tidy(journal::Pause::none);
    }
    std::printf("{\"what\":\"a million dossiers\",\"seconds\":%.1f,\"cpu_us_each\":%.2f,\"resident_mb\":%.0f",
                seconds_since(start), cpu_s() - cpu, resident_mb());
    while (engine->tidy(journal::Pause::lasting)) {
    }
  }
  double bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder))
    if (file.path().filename() != "ballast") bytes += double(file.file_size());
  std::printf(",\"bytes_each\":%.0f", bytes / wanted);
  start = Clock::now(), cpu = cpu_s();
  auto engine = journal::open_sqlite(folder, options());
  std::printf(",\"open_s\":%.2f,\"open_cpu_s\":%.2f", seconds_since(start), cpu_s() - cpu);
  start = Clock::now(), cpu = cpu_s();
  std::uint64_t dossiers = 0, keys = 0;
  double first = 0;
  engine->load([&](const Dossier&) { ++dossiers; }, 0,
               [&](const Change&) {
                 if (keys++ == 0) first = seconds_since(start);
               },
               [](const Change&) {});
  std::printf(
      ",\"load_dossiers_s\":%.2f,\"load_s\":%.2f,\"load_cpu_s\":%.2f,\"dossiers\":%llu,\"keys\":%llu}\n",
      first, seconds_since(start), cpu_s() - cpu, static_cast<unsigned long long>(dossiers),
      static_cast<unsigned long long>(keys));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = std::filesystem::path(argc > 1 ? argv[1] : ".") / "bench-journal";
  const double seconds = argc > 2 ? std::atof(argv[2]) : 3;
  const std::string only = argc > 3 ? argv[3] : "";
  for (const std::size_t size : {1U, 10U, 64U, 256U}) {
    if (!only.empty() && only != "batches") break;
    bare_batches(folder, size, seconds);
    journal_batches(folder, "submissions", size, seconds);
    journal_batches(folder, "cycles", size, seconds);
  }
  if (only == "submissions") journal_batches(folder, "submissions", 64, seconds);  // for a profile
  if (only.empty() || only == "pace") pace(folder, 10 * seconds);
  if (only.empty() || only == "million") million(folder);
}
