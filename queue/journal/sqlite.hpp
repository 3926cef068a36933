// SQLite with every result checked: connections, prepared statements, transactions. Used by the journal, the
// outbox and the accounts. A connection and its statements belong to one thread at a time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace bannette::sqlite {

// What SQLite answered, with its extended result code. An Error that is not full() from a write, a commit or
// a checkpoint means that nobody knows what is on the disk: the process must end.
struct Error : std::runtime_error {
  Error(const std::string& what, int extended_code, int os_errno)
      : std::runtime_error(what), code(extended_code), system_errno(os_errno) {}
  int code;
  int system_errno;
  [[nodiscard]] bool full() const;     // no room: roll back, go on, try again later
  [[nodiscard]] bool corrupt() const;  // the file's structure is damaged, or it is no database
};

// A write for want of room (ENOSPC, quota)? A failed sync never counts as such, whatever its cause.
[[nodiscard]] bool is_full(int extended_code, int system_errno);

class Statement;

class Database {
 public:
  enum class Mode { read_only, read_write, create };
  enum class Checkpoint { passive, restart, truncate };

  // `vfs`: name of a registered SQLite VFS, empty for the system's (tests inject faults there). A file that
  // is made gets mode 0600. Throws Error.
  Database(const std::filesystem::path& file, Mode mode, const std::string& vfs = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void exec(const char* sql);
  // WAL, synchronous=FULL, no automatic checkpoint (it would swallow I/O errors), foreign keys. For the one
  // writer.
  void make_durable();
  // False: commits return before they are synced, and a cut of power may undo the last of them; a later one
  // that is synced carries them with it. Not inside a transaction. Throws Error.
  void sync_commits(bool each);
  // False where readers were in the way, after at most `wait_ms`. Throws Error.
  bool checkpoint(Checkpoint mode, int wait_ms = 0);
  // Size of what the write-ahead log holds after the last commit of this connection: its file may be larger.
  [[nodiscard]] std::int64_t wal_bytes() const { return wal_frames_ * (page_size_ + 24); }
  // Makes the log's file at least `bytes` long, with zeroes behind what it holds (which end it, as its format
  // says), synced: a sync over space that is there is much cheaper than one that makes a file grow. Its index
  // gets room for as much. For the one writer, outside of a transaction. False: no room, or the log has no
  // file yet. Throws Error.
  bool reserve_wal(std::int64_t bytes);
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] std::int64_t changes() const;  // rows that the last statement changed
  [[nodiscard]] sqlite3* handle() const { return handle_; }

  [[noreturn]] void fail(int rc, const char* doing) const;

 private:
  friend class Transaction;
  bool reserve_wal_index(std::int64_t frames);
  static int on_commit(void* self, sqlite3*, const char*, int frames);
  static void run_kept(Database& db, std::unique_ptr<Statement>& kept, std::string_view sql);

  sqlite3* handle_ = nullptr;
  std::unique_ptr<Statement> begin_write_, begin_read_, commit_;  // prepared once
  std::int64_t wal_frames_ = 0;
  std::int64_t page_size_ = 4096;
};

// Bound texts and blobs are not copied: they must live until reset(), run() or the end of Rows.
class Statement {
 public:
  Statement(Database& db, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, std::int64_t value);
  Statement& bind_unsigned(int index, std::uint64_t value);  // kept as the signed number of the same bits
  Statement& bind_text(int index, std::string_view value);
  Statement& bind_blob(int index, std::string_view value);
  Statement& bind_blob(int index, std::span<const std::uint8_t> value);
  Statement& bind_null(int index);

  void run();   // to the end, then reset; also after an error
  bool step();  // true: a row is there
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t unsigned_integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  // until the next step
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool null(int column) const;

 private:
  Database& db_;
  sqlite3_stmt* handle_ = nullptr;
};

// Reading rows: resets the statement at the end of the scope, so that no snapshot stays open.
class Rows {
 public:
  explicit Rows(Statement& statement) : statement_(statement) {}
  ~Rows() { statement_.reset(); }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  bool next() { return statement_.step(); }

 private:
  Statement& statement_;
};

// Rolls back unless committed. Throws Error.
class Transaction {
 public:
  enum class Kind { write, read };  // BEGIN IMMEDIATE; BEGIN (a snapshot from the first read on)
  explicit Transaction(Database& db, Kind kind = Kind::write);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();
  void rollback();

 private:
  Database& db_;
  bool open_ = true;
};

}  // namespace bannette::sqlite
