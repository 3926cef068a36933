#include "router/service/memory.hpp"

#include <cstring>
#include <vector>

#include <spdlog/spdlog.h>

namespace bannette::router {
namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"  // nothing is promised of it
    "CREATE TABLE IF NOT EXISTS seen("
    " key BLOB PRIMARY KEY CHECK(length(key) = 16),"
    " number INTEGER NOT NULL,"
    " at_ms INTEGER NOT NULL,"
    " sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS seen_at ON seen(at_ms);"
    "PRAGMA user_version = 1;";
constexpr std::uint64_t kForgetEach = 64;  // additions

std::string ad_of(const std::string& key) {
  return "bannette recent 1 " + key;
}

std::string packed(const Seen& seen) {
  std::string out(sizeof seen.caller + sizeof seen.sketch.features, '\0');
  std::memcpy(out.data(), &seen.caller, sizeof seen.caller);
  std::memcpy(out.data() + sizeof seen.caller, &seen.sketch.features, sizeof seen.sketch.features);
  out.append(reinterpret_cast<const char*>(seen.sketch.least.data()), seen.sketch.least.size());
  return out + seen.insee + '\n' + seen.topic + '\n' + seen.bannette;
}

bool unpack(std::string_view text, Seen& seen) {
  constexpr std::size_t head = sizeof seen.caller + sizeof seen.sketch.features + sketch_hashes;
  if (text.size() < head) return false;
  std::memcpy(&seen.caller, text.data(), sizeof seen.caller);
  std::memcpy(&seen.sketch.features, text.data() + sizeof seen.caller, sizeof seen.sketch.features);
  std::memcpy(seen.sketch.least.data(), text.data() + head - sketch_hashes, sketch_hashes);
  text.remove_prefix(head);
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  if (second == std::string_view::npos) return false;
  seen.insee = text.substr(0, first);
  seen.topic = text.substr(first + 1, second - first - 1);
  seen.bannette = text.substr(second + 1);
  return true;
}

}  // namespace

Memory::Memory(std::filesystem::path file, const seal::Key& master, std::int64_t now_ms)
    : file_(std::move(file)), key_(seal::subkey(master, seal::Use::recent_calls)) {
  std::array<std::uint8_t, 16> bytes{};
  seal::derive(key_, "sketches", bytes.data(), bytes.size());
  std::memcpy(&secret_, bytes.data(), sizeof secret_);
  safely("open", [&] { open(now_ms); });
}

// Damaged, or made by another: begun anew.
void Memory::open(std::int64_t now_ms) {
  try {
    db_ = std::make_unique<sqlite::Database>(file_, sqlite::Database::Mode::create);
    db_->exec(kSchema);
    read(now_ms);
  } catch (const sqlite::Error& error) {
    if (!error.corrupt()) throw;
    spdlog::warn("recent calls: {} is damaged and begun anew", file_.string());
    db_.reset();
    recent_ = Recent{};
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
    db_ = std::make_unique<sqlite::Database>(file_, sqlite::Database::Mode::create);
    db_->exec(kSchema);
  }
}

// The newest that fit, in order of time.
void Memory::read(std::int64_t now_ms) {
  sqlite::Statement select(
      *db_,
      "SELECT key, number, at_ms, sealed FROM"
      " (SELECT * FROM seen WHERE at_ms >= ?1 ORDER BY at_ms DESC LIMIT ?2) ORDER BY at_ms");
  select.bind(1, now_ms - Recent::window_ms).bind_unsigned(2, Recent::bound);
  sqlite::Rows rows(select);
  while (rows.next()) {
    Seen seen;
    const std::string key(select.blob(0));
    const auto opened = seal::open(key_, ad_of(key), select.blob(3));
    if (!opened || !unpack(*opened, seen)) continue;
    seen.key = uuid_from_bytes(key).value_or(Uuid{});
    seen.number = select.unsigned_integer(1);
    seen.at_ms = select.integer(2);
    recent_.add(std::move(seen));
  }
}

std::uint64_t Memory::caller(std::string_view e164) const {
  if (e164.empty()) return 0;
  const auto hash = seal::keyed_hash(key_, e164);
  std::uint64_t caller = 0;
  std::memcpy(&caller, hash.data(), sizeof caller);
  return caller == 0 ? 1 : caller;
}

void Memory::add(const v1::Envelope& asked, std::uint64_t number, std::int64_t at_ms) {
  const v1::Submit& submit = asked.submit();
  Seen seen;
  seen.key = uuid_from_bytes(asked.idempotency_key()).value_or(Uuid{});
  seen.number = number;
  seen.at_ms = at_ms;
  seen.caller = caller(submit.contact());
  seen.insee = submit.insee();
  seen.topic = submit.topic();
  seen.bannette = submit.bannette();
  seen.sketch = sketch(submit.content().note());
  recent_.forget(at_ms);
  safely("write", [&] { write(seen); });
  recent_.add(std::move(seen));
}

void Memory::write(const Seen& seen) {
  const std::string key = to_bytes(seen.key);
  const std::string sealed = seal::seal(key_, ad_of(key), packed(seen));
  sqlite::Statement insert(*db_,
                           "INSERT INTO seen(key, number, at_ms, sealed) VALUES(?1, ?2, ?3, ?4)"
                           " ON CONFLICT(key) DO UPDATE SET number = max(number, excluded.number)");
  insert.bind_blob(1, std::string_view(key)).bind_unsigned(2, seen.number).bind(3, seen.at_ms);
  insert.bind_blob(4, std::string_view(sealed)).run();
  if (written_++ % kForgetEach != 0) return;
  sqlite::Statement forget(*db_, "DELETE FROM seen WHERE at_ms < ?1");
  forget.bind(1, seen.at_ms - Recent::window_ms).run();
}

template <class Work>
void Memory::safely(const char* doing, Work&& work) {
  if (!db_ && std::string_view(doing) != "open") return;
  try {
    work();
  } catch (const sqlite::Error& error) {
    if (error.full() && std::string_view(doing) != "open") return;  // this one is forgotten at the next start
    spdlog::error("recent calls: cannot {} {}: {}; kept in memory alone", doing, file_.string(),
                  error.what());
    db_.reset();
  }
}

}  // namespace bannette::router
