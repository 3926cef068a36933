// A SQLite VFS over the system's that fails on demand and can cut the power: what was written since a file's
// last sync is lost, as a whole or in part.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace bannette::test {

class FaultyVfs {
 public:
  enum class Operation { write, sync, truncate };

  FaultyVfs();   // registers itself under name()
  ~FaultyVfs();  // every connection must be closed
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;
  [[nodiscard]] const std::string& name() const;

  // The nth operation of that kind from now (1 is the next) answers `result` (SQLITE_FULL, SQLITE_IOERR_FSYNC
  // ...), as do all that follow when `stays`. One fault at a time.
  void fail(Operation operation, int nth, int result, bool stays = false);
  // The process kills itself (SIGKILL) at the nth operation of that kind from now.
  void kill(Operation operation, int nth);
  // While `file` is there, the disk is full.
  void full_while(const std::filesystem::path& file);
  void heal();
  [[nodiscard]] bool fired() const;
  [[nodiscard]] std::uint64_t count(Operation operation) const;  // since the beginning

  // Syncs answer "done" and do nothing: what PRAGMA synchronous=OFF amounts to.
  void lie_about_syncs(bool lie);

  // From here on every operation fails. After the connections are closed, restore() puts on disk what a
  // machine without power would find: the synced bytes, and with `seed` a random part of the rest; then
  // heals.
  void cut_power();
  void restore(std::uint64_t seed = 0);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace bannette::test
