// The engines under test, each with the same handles for trouble.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "queue/journal/sqlite_journal.hpp"
#include "tests/journal/faulty_vfs.hpp"
#include "tests/sim/sim_journal.hpp"

namespace bannette::test {

inline constexpr const char* site = "essai";

// A folder that goes with its owner.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Writes all that the journal has put off.
void settle(journal::Journal& journal);

class SqliteEngine {
 public:
  SqliteEngine();
  [[nodiscard]] std::unique_ptr<journal::Journal> open() {
    return journal::open_sqlite(folder.path(), options);
  }
  // The power goes while `journal` is open: what was not synced is lost. With a seed, a part of it is not.
  void crash(std::unique_ptr<journal::Journal>& journal, std::uint64_t seed = 0);
  void disk_full(bool full);
  void break_syncs();  // from the next one on

  Folder folder;
  FaultyVfs vfs;
  journal::Options options;
};

// Writes the derived tables again and again, in small steps.
class BusyEngine : public SqliteEngine {
 public:
  BusyEngine() {
    options.pending_dossiers = 1;
    options.pending_records = 4;
  }
};

class SimEngine {
 public:
  [[nodiscard]] std::unique_ptr<journal::Journal> open() { return std::make_unique<SimJournal>(disk, site); }
  void crash(std::unique_ptr<journal::Journal>& journal, std::uint64_t seed = 0);
  void disk_full(bool full) { disk.full = full; }
  void break_syncs() { disk.fails = true; }

  SimDisk disk;
};

}  // namespace bannette::test
