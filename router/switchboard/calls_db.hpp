// DATA/calls.db: the journal of calls, with the queue's discipline (queue/journal/README.md): one writer,
// WAL, synchronous=FULL, one transaction a batch, explicit checkpoints, a chain of checksums whose end stands
// in calls.head. Facts, callbacks and calls that are over; what is of people is sealed under a key of its
// day, so that erasing a day is deleting its key. Format: README.md.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>

#include "queue/core/error.hpp"
#include "queue/journal/head_file.hpp"
#include "router/switchboard/calls_rows.hpp"

namespace bannette::router {

struct CallsDbOptions {
  std::filesystem::path data;
  seal::Key master;
  std::string site;
  std::string vfs = {};  // of SQLite: a test's, which fails
};

class CallsDb {
 public:
  static constexpr std::size_t batch_most = 4'096;    // records in one transaction
  static constexpr std::uint64_t tail_most = 50'000;  // records of the chain's end that an opening checks

  // Makes it where it is not there; else checks owner, version, that it reaches calls.head, and the chain's
  // tail. Throws journal::CannotOpen, journal::Damaged, journal::Broken, sqlite::Error.
  explicit CallsDb(const CallsDbOptions& options);

  // Synced when it returns. disk_full: nothing of it was kept, it may be tried again. Anything else that the
  // disk answers is thrown, and the process must end. At most batch_most records.
  Result<void> append(std::span<const CallRecord> batch);
  // Makes what is of people in all days before this moment's unreadable for ever, durably: their keys go, and
  // the facts' bytes. Days of calls that are still open are kept. Answers how many days were erased.
  Result<std::size_t> forget_before(std::int64_t at_ms);
  // Facts of these are needed at the next start no longer, though no call came of them: a post that
  // telephoned by itself.
  void forget_closed(const std::function<bool(const std::string& call)>& open);
  void tidy(bool idle);  // checkpoints; throws
  void sync_head() { head_file_.sync(); }
  [[nodiscard]] CallsRows& rows() { return rows_; }
  [[nodiscard]] const journal::Head& head() const { return head_; }

 private:
  void check_tail();
  void write(const CallRecord& record);
  void index_call(const CallRecord& record, std::uint64_t seq);
  const seal::Key& key_for(std::int64_t day);
  [[nodiscard]] std::uint64_t fold_from() const;

  CallsDbOptions options_;
  sqlite::Database db_;
  CallsRows rows_;
  journal::Head head_;
  journal::HeadFile head_file_;
  sqlite::Statement insert_;                     // of a record
  std::map<std::string, std::uint64_t> firsts_;  // of each open call: its first fact
  std::multiset<std::uint64_t> first_order_;
  std::int64_t erased_before_ = 0;  // day
};

}  // namespace bannette::router
