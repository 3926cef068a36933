// Reads a range of the chain, each record checked against the one before it, and gathers what is remembered
// of idempotency keys: in pieces, on a thread of its own and on the caller's. A million records take two
// seconds of one processor, and a service that starts has nothing to do meanwhile.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <exception>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "queue/core/interned.hpp"
#include "queue/journal/reader.hpp"

namespace bannette::journal {

class ChainScan {
 public:
  struct Where {
    std::filesystem::path data_dir;
    seal::Key master;
    std::string vfs;
  };
  static constexpr std::uint64_t kPiece = 4'096;  // records; no second thread for one piece

  // Begins with the record after `from`, which exists (or 0), and ends with `until`. Keys of changes before
  // `since_wall_ms` are not gathered.
  ChainScan(Where where, std::uint64_t from, std::uint64_t until, std::int64_t since_wall_ms);
  ~ChainScan();
  ChainScan(const ChainScan&) = delete;
  ChainScan& operator=(const ChainScan&) = delete;

  // Helps with what is left, then gives the changes that bear a key, in order of sequence; of each only what
  // is remembered: key, digest, principal, number, fence, sequence and wall time; of a submission its kind
  // and its actor too. Throws Damaged that names the first record that is not as it was written; CannotOpen,
  // Broken.
  void finish(Reader& reader, const std::function<void(const Change&)>& keyed);

 private:
  struct Keyed {
    Uuid key;
    Digest digest{};
    std::int64_t wall_ms = 0;
    std::uint32_t behind = 0;  // the piece's `from`
    std::uint32_t number = 0, fence = 0, principal = 0;
    std::uint32_t actor = 0;  // among the principals; of a submission, else 0
    ChangeKind kind{};
  };
  struct Piece {
    std::uint64_t from = 0, until = 0;
    Interned principals;  // and actors
    std::vector<Keyed> found;
    std::exception_ptr failed;
    std::atomic<bool> done{false};
  };
  bool work_one(Reader& reader);
  void read(Reader& reader, Piece& piece) const;
  static void give(Piece& piece, const std::function<void(const Change&)>& keyed);

  const Where where_;
  const std::int64_t since_wall_ms_;
  std::deque<Piece> pieces_;  // which stay where they are
  std::atomic<std::size_t> next_{0};
  std::exception_ptr failed_;  // of the thread as a whole
  std::thread thread_;
};

}  // namespace bannette::journal
