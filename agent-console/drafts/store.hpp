// DATA/drafts.db: calls that are still being typed. Content is sealed; what was ended keeps its line for a
// while, without content, so that a page left open cannot bring it back.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/error.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::console::drafts {

struct Bounds {
  std::size_t content = 64 * 1024;             // bytes of one draft
  std::size_t of_one = 20;                     // open drafts of a person
  std::size_t all = 1'000;                     // open drafts; 64 MB at the most
  std::size_t pages = 32'768;                  // of the file, 4 KiB each
  std::int64_t age_ms = 7 * 86'400'000LL;      // untouched for so long: erased, and lines of ended ones too
  std::int64_t trace_ms = 365 * 86'400'000LL;  // hand-overs are kept for a year
  std::size_t traces = 20'000;                 // and not more of them than this
};

// What is known of a draft without reading it.
struct Header {
  std::string key;    // of its call
  std::string owner;  // whose screen it is on
  std::uint64_t version = 0;
  std::int64_t made_ms = 0;
  std::int64_t changed_ms = 0;
  bool danger = false;
  bool offered = false;  // its owner wants somebody to take it
  std::size_t bytes = 0;
  std::string from;  // who had it before, where it was taken over
};
struct Draft {
  Header header;
  std::string content;  // as the page gave it
};
struct Handover {
  std::int64_t at_ms = 0;
  std::string key;
  std::string from;
  std::string to;
};

// One thread. What it answers stands only once the caller's transaction is committed (keeper.hpp). Throws
// sqlite::Error.
class Store {
 public:
  // Opens or makes the file (0600). `key`: seal::Use::drafts.
  Store(const std::filesystem::path& file, const seal::Key& key, const Bounds& bounds = {});
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // `base` is the version that the page has, 0 for none: `stale_fence` where another page wrote since,
  // `held_by_other` where somebody took it over, `bad_state` where it was ended, `too_large` beyond a bound.
  Result<Header> put(const std::string& key, const std::string& owner, std::uint64_t base, bool danger,
                     std::string_view content, std::int64_t now_ms);
  // Of this owner; else `not_found`. What cannot be opened any more: `unavailable`.
  Result<Draft> get(const std::string& key, const std::string& owner);
  [[nodiscard]] std::vector<Header> open();  // all, the last changed first
  Result<Header> offer(const std::string& key, const std::string& owner, bool offered);
  // From whoever has it to `taker`, with a trace; `held_by_other` where that is not `from` any more.
  Result<Draft> take(const std::string& key, const std::string& from, const std::string& taker,
                     std::int64_t now_ms);
  // Sent or given up; again: nothing. Of another owner: `not_found`.
  Result<void> end(const std::string& key, const std::string& owner, std::int64_t now_ms);
  [[nodiscard]] std::vector<Handover> handovers(std::size_t most);  // newest first
  // Erases what is too old; gives how many drafts.
  std::size_t sweep(std::int64_t now_ms);

  // Runs `work` in one transaction, synced when it returns. False: no room, and nothing was changed.
  template <class Work>
  bool durably(Work&& work);

 private:
  struct Impl;
  bool commit_of(void (*run)(void*), void* work);
  std::unique_ptr<Impl> impl_;
};

template <class Work>
bool Store::durably(Work&& work) {
  return commit_of([](void* inner) { (*static_cast<std::remove_reference_t<Work>*>(inner))(); }, &work);
}

// Of a file that a service may be writing: how many open drafts there are, and how many cannot be read.
struct Checked {
  std::uint64_t open = 0;
  std::uint64_t damaged = 0;
};
[[nodiscard]] Checked check(const std::filesystem::path& file, const seal::Key& key);

}  // namespace bannette::console::drafts
