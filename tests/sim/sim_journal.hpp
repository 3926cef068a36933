// The journal over a simulated disk: same port, no file. The simulation decides when a batch becomes durable
// and what a crash keeps.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "queue/journal/journal.hpp"

namespace bannette::test {

// Outlives the journals that are opened on it, as a disk outlives a process.
struct SimDisk {
  struct Row {
    journal::Entry entry;
    journal::Hash hash{};
  };
  std::vector<Row> rows;             // row i is sequence i + 1
  std::vector<std::size_t> written;  // ends of the batches that were written and not yet synced
  std::size_t durable = 0;           // rows that a crash keeps
  std::uint64_t epoch = 0;
  std::set<std::uint64_t> erased;
  bool full = false;   // writing answers DiskFull
  bool fails = false;  // writing and syncing answer Broken

  // The machine dies: batches that were not synced are lost, but for the first `kept` of them, which had
  // reached the disk by chance. Journals on it must not be used any more.
  void crash(std::size_t kept = 0);
};

class SimJournal final : public journal::Journal {
 public:
  SimJournal(SimDisk& disk, std::string site);

  // append() in two steps, with time to pass between: written (lost in a crash), then durable. One batch at a
  // time.
  void write(std::span<const journal::Entry> batch);
  journal::Head sync();

  journal::Head append(std::span<const journal::Entry> batch) override;
  [[nodiscard]] journal::Head head() const override { return head_; }
  [[nodiscard]] std::uint64_t epoch() const override { return epoch_; }
  [[nodiscard]] std::uint64_t last_number() const override { return dossiers_.size(); }
  void load(const std::function<void(const Dossier&)>& dossier, std::int64_t since_wall_ms,
            const std::function<void(const Change&)>& keyed,
            const std::function<void(const Change&)>& site) override;
  [[nodiscard]] std::vector<Change> since(std::uint64_t seq, std::size_t most) override;
  [[nodiscard]] std::optional<Dossier> dossier(std::uint64_t number) override;
  [[nodiscard]] std::optional<std::string> content(std::uint64_t number) override;
  [[nodiscard]] std::vector<journal::Past> history(std::uint64_t number, std::size_t most) override;
  [[nodiscard]] std::vector<std::uint64_t> by_contact(const std::string& e164, std::size_t most) override;
  [[nodiscard]] bool erased(std::uint64_t number) override;
  void erase(std::uint64_t number) override;
  void sync_head() override {}
  std::uint64_t verify_some(std::size_t) override { return head_.seq; }

 private:
  void learn(std::size_t from);  // what became durable
  void refuse_if_broken() const;

  SimDisk& disk_;
  std::string site_;
  std::uint64_t epoch_;
  journal::Head head_;
  std::map<std::uint64_t, Dossier> dossiers_;
  bool broken_ = false;
};

}  // namespace bannette::test
