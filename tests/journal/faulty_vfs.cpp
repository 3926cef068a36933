#include "tests/journal/faulty_vfs.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <vector>

#include <sqlite3.h>

namespace bannette::test {
namespace {

struct Op {
  bool truncates = false;
  std::size_t offset = 0;  // or the new size
  std::string bytes;
};

struct Image {
  std::string durable;
  std::vector<Op> unsynced;
};

void apply(std::string& to, const Op& op) {
  if (op.truncates) return to.resize(op.offset);
  if (to.size() < op.offset + op.bytes.size()) to.resize(op.offset + op.bytes.size());
  std::copy(op.bytes.begin(), op.bytes.end(), to.begin() + static_cast<std::ptrdiff_t>(op.offset));
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

struct FaultyVfs::State {
  std::mutex mutex;
  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* base = nullptr;
  std::map<std::string, Image> images;
  Operation failing = Operation::write;
  int countdown = 0;  // 0: no fault
  int result = SQLITE_OK;
  bool stays = false;
  bool kills = false;
  std::filesystem::path filler;
  bool fired = false;
  bool lying = false;
  bool dead = false;
  std::uint64_t counts[3] = {0, 0, 0};

  int fault(Operation operation) {
    ++counts[static_cast<int>(operation)];
    if (dead) return operation == Operation::sync ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE;
    if (operation == Operation::write && !filler.empty() && std::filesystem::exists(filler))
      return SQLITE_FULL;
    if (countdown == 0 || operation != failing || --countdown > 0) return SQLITE_OK;
    fired = true;
    if (kills) ::raise(SIGKILL);
    if (stays) countdown = 1;
    return result;
  }
};

namespace {

// The system's file follows this one in memory; SQLite is told the size of both.
struct File {
  sqlite3_file base;
  FaultyVfs::State* state;
  Image* image;  // null: not kept (temporary files)
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* self(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return self(file)->real();
}

int x_close(sqlite3_file* f) {
  return real(f)->pMethods->xClose(real(f));
}
int x_read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  if (self(f)->state->dead) return SQLITE_IOERR_READ;
  return real(f)->pMethods->xRead(real(f), to, n, at);
}
int x_write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  const std::scoped_lock lock(self(f)->state->mutex);
  if (const int rc = self(f)->state->fault(FaultyVfs::Operation::write)) return rc;
  if (self(f)->image != nullptr)
    self(f)->image->unsynced.push_back(
        {false, static_cast<std::size_t>(at),
         std::string(static_cast<const char*>(from), static_cast<std::size_t>(n))});
  return real(f)->pMethods->xWrite(real(f), from, n, at);
}
int x_truncate(sqlite3_file* f, sqlite3_int64 size) {
  const std::scoped_lock lock(self(f)->state->mutex);
  if (const int rc = self(f)->state->fault(FaultyVfs::Operation::truncate)) return rc;
  if (self(f)->image != nullptr)
    self(f)->image->unsynced.push_back({true, static_cast<std::size_t>(size), {}});
  return real(f)->pMethods->xTruncate(real(f), size);
}
int x_sync(sqlite3_file* f, int) {
  const std::scoped_lock lock(self(f)->state->mutex);
  if (const int rc = self(f)->state->fault(FaultyVfs::Operation::sync)) return rc;
  if (self(f)->image == nullptr || self(f)->state->lying) return SQLITE_OK;
  for (const Op& op : self(f)->image->unsynced) apply(self(f)->image->durable, op);
  self(f)->image->unsynced.clear();
  return SQLITE_OK;  // the machine is not cut for real: no need to wait for its disk
}
int x_file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
int x_lock(sqlite3_file* f, int how) {
  return real(f)->pMethods->xLock(real(f), how);
}
int x_unlock(sqlite3_file* f, int how) {
  return real(f)->pMethods->xUnlock(real(f), how);
}
int x_reserved(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int x_control(sqlite3_file* f, int op, void* arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
int x_sector(sqlite3_file* f) {
  return real(f)->pMethods->xSectorSize(real(f));
}
int x_characteristics(sqlite3_file* f) {
  return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
int x_shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** to) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
}
int x_shm_lock(sqlite3_file* f, int at, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}
void x_shm_barrier(sqlite3_file* f) {
  real(f)->pMethods->xShmBarrier(real(f));
}
int x_shm_unmap(sqlite3_file* f, int remove) {
  return real(f)->pMethods->xShmUnmap(real(f), remove);
}

const sqlite3_io_methods methods = {
    2,           x_close,    x_read,    x_write,  x_truncate,        x_sync,    x_file_size, x_lock,
    x_unlock,    x_reserved, x_control, x_sector, x_characteristics, x_shm_map, x_shm_lock,  x_shm_barrier,
    x_shm_unmap, nullptr,    nullptr};

FaultyVfs::State* state_of(sqlite3_vfs* vfs) {
  return static_cast<FaultyVfs::State*>(vfs->pAppData);
}

int x_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* f, int flags, int* out) {
  FaultyVfs::State* state = state_of(vfs);
  f->pMethods = nullptr;
  self(f)->state = state;
  self(f)->image = nullptr;
  const int rc = state->base->xOpen(state->base, path, self(f)->real(), flags, out);
  if (rc != SQLITE_OK) return rc;
  const std::scoped_lock lock(state->mutex);
  if (path != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0) {
    const auto [at, fresh] = state->images.try_emplace(path);
    if (fresh) at->second.durable = read_file(path);
    self(f)->image = &at->second;
  }
  f->pMethods = &methods;
  return SQLITE_OK;
}
int x_delete(sqlite3_vfs* vfs, const char* path, int sync) {
  FaultyVfs::State* state = state_of(vfs);
  const std::scoped_lock lock(state->mutex);
  if (state->dead) return SQLITE_IOERR_DELETE;
  if (const auto at = state->images.find(path); at != state->images.end()) at->second = {};
  return state->base->xDelete(state->base, path, sync);
}
int x_access(sqlite3_vfs* vfs, const char* path, int flags, int* out) {
  return state_of(vfs)->base->xAccess(state_of(vfs)->base, path, flags, out);
}
int x_full_path(sqlite3_vfs* vfs, const char* path, int n, char* out) {
  return state_of(vfs)->base->xFullPathname(state_of(vfs)->base, path, n, out);
}

}  // namespace

FaultyVfs::FaultyVfs() : state_(std::make_unique<State>()) {
  static int made = 0;
  State& s = *state_;
  s.name = "faulty-" + std::to_string(++made);
  s.base = sqlite3_vfs_find(nullptr);
  s.vfs = *s.base;  // time, sleep, randomness, errors stay the system's
  s.vfs.pNext = nullptr;
  s.vfs.iVersion = 2;
  s.vfs.szOsFile = static_cast<int>(sizeof(File)) + s.base->szOsFile;
  s.vfs.zName = s.name.c_str();
  s.vfs.pAppData = &s;
  s.vfs.xOpen = x_open;
  s.vfs.xDelete = x_delete;
  s.vfs.xAccess = x_access;
  s.vfs.xFullPathname = x_full_path;
  sqlite3_vfs_register(&s.vfs, 0);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FaultyVfs::name() const {
  return state_->name;
}

void FaultyVfs::fail(Operation operation, int nth, int result, bool stays) {
  const std::scoped_lock lock(state_->mutex);
  state_->failing = operation;
  state_->countdown = nth;
  state_->result = result;
  state_->stays = stays;
  state_->fired = false;
}

void FaultyVfs::kill(Operation operation, int nth) {
  fail(operation, nth, SQLITE_IOERR);
  state_->kills = true;
}

void FaultyVfs::full_while(const std::filesystem::path& file) {
  const std::scoped_lock lock(state_->mutex);
  state_->filler = file;
}

void FaultyVfs::heal() {
  const std::scoped_lock lock(state_->mutex);
  state_->filler.clear();
  state_->countdown = 0;
  state_->stays = false;
}

bool FaultyVfs::fired() const {
  return state_->fired;
}
std::uint64_t FaultyVfs::count(Operation operation) const {
  return state_->counts[static_cast<int>(operation)];
}
void FaultyVfs::lie_about_syncs(bool lie) {
  state_->lying = lie;
}
void FaultyVfs::cut_power() {
  state_->dead = true;
}

void FaultyVfs::restore(std::uint64_t seed) {
  const std::scoped_lock lock(state_->mutex);
  std::mt19937_64 random(seed);
  for (auto& [path, image] : state_->images) {
    for (const Op& op : image.unsynced)
      if (seed != 0 && random() % 2 == 0) apply(image.durable, op);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << image.durable;
    std::filesystem::remove(path + "-shm");
    image.unsynced.clear();
  }
  state_->dead = false;
  state_->countdown = 0;
}

}  // namespace bannette::test
