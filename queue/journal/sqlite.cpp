#include "queue/journal/sqlite.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include <sqlite3.h>

namespace bannette::sqlite {
namespace {

std::string_view view(const void* bytes, int size) {
  return bytes == nullptr ? std::string_view{}
                          : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

// SQLite would make the file with the umask's mode; the log and the index take the file's.
void make_private(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);  // an existing file keeps its mode; another error is told by sqlite3_open
}

}  // namespace

bool is_full(int extended_code, int system_errno) {
  if ((extended_code & 0xff) == SQLITE_FULL) return true;
  const bool no_room = system_errno == ENOSPC || system_errno == EDQUOT;
  return no_room && (extended_code == SQLITE_IOERR_WRITE || extended_code == SQLITE_IOERR_SHMSIZE);
}

bool Error::full() const {
  return is_full(code, system_errno);
}
bool Error::corrupt() const {
  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

Database::Database(const std::filesystem::path& file, Mode mode, const std::string& vfs) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == Mode::create) make_private(file);
  if (mode == Mode::read_only) flags |= SQLITE_OPEN_READONLY;
  if (mode != Mode::read_only) flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  const int rc = sqlite3_open_v2(file.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
  try {
    if (rc != SQLITE_OK) fail(rc, file.c_str());
    sqlite3_busy_timeout(handle_, 2'000);
    // On every connection: the last one to close would otherwise checkpoint, unchecked.
    const int set = sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (set != SQLITE_OK) fail(set, "no checkpoint on close");
    exec("PRAGMA trusted_schema=OFF");
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

Database::~Database() {
  begin_write_.reset();
  begin_read_.reset();
  commit_.reset();
  sqlite3_close_v2(handle_);
}

void Database::fail(int rc, const char* doing) const {
  const std::string message = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(rc);
  throw Error("SQLite (" + std::string(doing) + ") : " + message + " [" + std::to_string(rc) + "]", rc,
              handle_ != nullptr ? sqlite3_system_errno(handle_) : 0);
}

void Database::exec(const char* sql) {
  const int rc = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) fail(rc, sql);
}

int Database::on_commit(void* self, sqlite3*, const char*, int frames) {
  static_cast<Database*>(self)->wal_frames_ = frames;
  return SQLITE_OK;
}

void Database::make_durable() {
  exec("PRAGMA journal_mode=WAL");
  sync_commits(true);
  exec("PRAGMA wal_autocheckpoint=0");
  exec("PRAGMA foreign_keys=ON");
  sqlite3_wal_hook(handle_, &Database::on_commit, this);  // after the pragma, which takes the same place
  Statement mode(*this, "PRAGMA journal_mode");
  if (!mode.step() || mode.text(0) != "wal")
    throw Error("SQLite : le mode WAL n'est pas disponible", SQLITE_CANTOPEN, 0);
  Statement page(*this, "PRAGMA page_size");
  if (page.step()) page_size_ = page.integer(0);
}

void Database::sync_commits(bool each) {
  exec(each ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

bool Database::checkpoint(Checkpoint mode, int wait_ms) {
  const int how = mode == Checkpoint::passive   ? SQLITE_CHECKPOINT_PASSIVE
                  : mode == Checkpoint::restart ? SQLITE_CHECKPOINT_RESTART
                                                : SQLITE_CHECKPOINT_TRUNCATE;
  sqlite3_busy_timeout(handle_, wait_ms);
  int left_in_log = -1;
  int copied = -1;
  const int rc = sqlite3_wal_checkpoint_v2(handle_, nullptr, how, &left_in_log, &copied);
  sqlite3_busy_timeout(handle_, 2'000);
  if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED) return false;
  if (rc != SQLITE_OK) fail(rc, "checkpoint");
  return left_in_log == copied;
}

// The index of so many frames of the log, in regions of 4,096 (sqlite.org/walformat.html, 2.2). Where it has
// to grow on a full disk, a commit fails after its frames were written: then nobody knows.
bool Database::reserve_wal_index(std::int64_t frames) {
  constexpr std::int64_t frames_a_region = 4'096, fewer_in_first = 34;
  constexpr int region_bytes = 32 * 1024;
  sqlite3_file* file = nullptr;
  const int found =
      sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  if (found != SQLITE_OK) fail(found, "the database's file");
  for (int region = 0; region <= (frames + fewer_in_first) / frames_a_region; ++region) {
    volatile void* mapped = nullptr;
    const int rc = file->pMethods->xShmMap(file, region, region_bytes, 1, &mapped);
    if (is_full(rc, errno)) return false;
    if (rc != SQLITE_OK) fail(rc, "reserving the log's index");
  }
  return true;
}

bool Database::reserve_wal(std::int64_t bytes) {
  sqlite3_file* log = nullptr;
  const int found =
      sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
  if (found != SQLITE_OK) fail(found, "the log's file");
  if (log == nullptr || log->pMethods == nullptr) return false;
  sqlite3_int64 size = 0;
  if (const int rc = log->pMethods->xFileSize(log, &size); rc != SQLITE_OK) fail(rc, "the log's size");
  if (!reserve_wal_index(std::max<std::int64_t>(size, bytes) / (page_size_ + 24))) return false;
  if (size >= bytes) return true;
  static constexpr std::array<char, 64 * 1024> zeroes{};
  while (size < bytes) {
    const int piece = static_cast<int>(std::min<std::int64_t>(bytes - size, zeroes.size()));
    const int rc = log->pMethods->xWrite(log, zeroes.data(), piece, size);
    if (is_full(rc, errno)) return false;
    if (rc != SQLITE_OK) fail(rc, "reserving the log");
    size += piece;
  }
  if (const int rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL); rc != SQLITE_OK)
    fail(rc, "reserving the log");
  return true;
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}
std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

Statement::Statement(Database& db, std::string_view sql) : db_(db) {
  const int rc = sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (rc != SQLITE_OK) db.fail(rc, std::string(sql).c_str());
}

Statement::~Statement() {
  sqlite3_finalize(handle_);
}

Statement& Statement::bind(int index, std::int64_t value) {
  const int rc = sqlite3_bind_int64(handle_, index, value);
  if (rc != SQLITE_OK) db_.fail(rc, "bind");
  return *this;
}
Statement& Statement::bind_unsigned(int index, std::uint64_t value) {
  return bind(index, static_cast<std::int64_t>(value));
}
Statement& Statement::bind_text(int index, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  const int rc = sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (rc != SQLITE_OK) db_.fail(rc, "bind");
  return *this;
}
Statement& Statement::bind_blob(int index, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  const int rc = sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_STATIC);
  if (rc != SQLITE_OK) db_.fail(rc, "bind");
  return *this;
}
Statement& Statement::bind_blob(int index, std::span<const std::uint8_t> value) {
  return bind_blob(index, std::string_view(reinterpret_cast<const char*>(value.data()), value.size()));
}
Statement& Statement::bind_null(int index) {
  const int rc = sqlite3_bind_null(handle_, index);
  if (rc != SQLITE_OK) db_.fail(rc, "bind");
  return *this;
}

bool Statement::step() {
  const int rc = sqlite3_step(handle_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  db_.fail(rc, sqlite3_sql(handle_));
}

void Statement::run() {
  const Rows rows(*this);
  while (step()) {
  }
}

void Statement::reset() {
  sqlite3_reset(handle_);
}  // repeats the error of the last step, which was told already

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}
std::uint64_t Statement::unsigned_integer(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(handle_, column));
}
std::string_view Statement::text(int column) const {
  const void* bytes = sqlite3_column_text(handle_, column);
  return view(bytes, sqlite3_column_bytes(handle_, column));
}
std::string_view Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  return view(bytes, sqlite3_column_bytes(handle_, column));
}
bool Statement::null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

void Database::run_kept(Database& db, std::unique_ptr<Statement>& kept, std::string_view sql) {
  if (!kept) kept = std::make_unique<Statement>(db, sql);
  kept->run();
}

Transaction::Transaction(Database& db, Kind kind) : db_(db) {
  if (kind == Kind::write)
    Database::run_kept(db, db.begin_write_, "BEGIN IMMEDIATE");
  else
    Database::run_kept(db, db.begin_read_, "BEGIN");
}

Transaction::~Transaction() {
  if (!open_ || !db_.in_transaction()) return;
  // Not checked: where a roll-back matters (a writer that goes on), rollback() was called.
  sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  Database::run_kept(db_, db_.commit_, "COMMIT");
  open_ = false;
}

void Transaction::rollback() {
  open_ = false;
  if (db_.in_transaction()) db_.exec("ROLLBACK");  // some errors have rolled back already
}

}  // namespace bannette::sqlite
