// Reading DATA/calls.db: by the service that writes it, and beside it by the command line. Format in words:
// README.md.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/journal/journal.hpp"
#include "queue/journal/seal.hpp"
#include "queue/journal/sqlite.hpp"
#include "router/switchboard/call_record.hpp"

namespace bannette::router {

inline constexpr std::int64_t kDayMs = 24LL * 3'600'000;
[[nodiscard]] constexpr std::int64_t day_number(std::int64_t at_ms) {
  return at_ms < 0 ? 0 : at_ms / kDayMs;
}

struct CallsMeta {
  std::int64_t version = 0;
  std::string site;
  std::string recognition;             // of the master key
  std::int64_t erased_before_day = 0;  // what is of people in earlier records is gone, by retention
  std::uint64_t fold_from = 1;         // facts of open calls stand here or later
};

struct CallsPage {
  std::int64_t from_ms = 0, to_ms = 0;  // arrived from <= t < to
  std::string after;                    // `next` of the page before
  std::size_t limit = 25;
  bool unqualified = false;
  std::string person;  // whose; empty: all
};

class CallsRows {
 public:
  CallsRows(sqlite::Database& db, const seal::Key& master, std::string site);

  [[nodiscard]] static CallsMeta meta(sqlite::Database& db);
  [[nodiscard]] static std::string recognition(const seal::Key& master, const std::string& site);
  [[nodiscard]] static journal::Hash genesis(const std::string& site);
  [[nodiscard]] journal::Head head();
  [[nodiscard]] std::optional<journal::Hash> hash_at(std::uint64_t seq);  // genesis for 0

  // Told of each row that cannot be read, and the others are gone on with; without it they throw
  // journal::Damaged.
  void on_damage(std::function<void(const std::string& what)> told) { damage_told_ = std::move(told); }

  // Who sits where as the facts before `fold_from` say, then all facts of open calls and of no call, in
  // order.
  void each_open_fact(
      const std::function<void(std::uint64_t seq, const std::string& call, const calls::Event&)>& take);
  // Of each open call: its first fact. Without reading any.
  void each_first(const std::function<void(const std::string& call, std::uint64_t seq)>& take);
  // All facts, in order, but those that were erased.
  void each_fact(const std::function<void(const calls::Event&)>& take);
  void each_callback(std::int64_t since_ms, const std::function<void(const calls::CallbackChange&)>& take);
  // Calls that are over and arrived since then, by arrival. Without what is of people where `with_hidden` is
  // false.
  void each_call(std::int64_t since_ms, bool with_hidden, const std::function<void(const KeptCall&)>& take);
  void each_post_time(std::int64_t since_ms, const std::function<void(const calls::PostTime&)>& take);
  [[nodiscard]] std::vector<CallLink> open_links();
  // Throws journal::Damaged where it cannot be read.
  [[nodiscard]] std::optional<KeptCall> find(std::string_view id);
  [[nodiscard]] bool knows(std::string_view id);  // is it over? also of one that cannot be read
  // Newest first, and where the next page begins (empty: that was all).
  [[nodiscard]] std::pair<std::vector<KeptCall>, std::string> list(const CallsPage& page);
  [[nodiscard]] static std::string place_of(const calls::Call& call);  // of a page that ends with it
  [[nodiscard]] std::uint32_t calls_of(std::uint64_t caller, std::string_view but_not);
  // Raw rows after `after`, at most `most`: for checking the chain.
  struct Raw {
    std::uint64_t seq = 0;
    std::int64_t kind = 0, day = 0;
    std::string call, clear, sealed, hash;
  };
  std::size_t each_raw(std::uint64_t after, std::size_t most, const std::function<void(const Raw&)>& take);

  // The key of a day; nothing where it was erased (or never made).
  [[nodiscard]] const seal::Key* key_of(std::int64_t day);
  [[nodiscard]] std::string wrapped(std::int64_t day, const seal::Key& key) const;
  void learn(std::int64_t day, const seal::Key& key) { keys_[day] = key; }
  void forget_keys() { keys_.clear(); }
  [[nodiscard]] std::string ad_of(std::uint64_t seq) const;
  // Throws journal::Damaged where it does not open; empty where there is nothing or its day was erased.
  [[nodiscard]] std::string opened(std::uint64_t seq, std::int64_t day, std::string_view sealed);

 private:
  std::optional<KeptCall> kept(const sqlite::Statement& row, bool with_hidden);
  void unless_damaged(const std::function<void()>& read) const;

  sqlite::Database& db_;
  seal::Key key_;
  std::string site_;
  std::map<std::int64_t, seal::Key> keys_;
  std::function<void(const std::string&)> damage_told_;
};

// What a record's checksum covers.
[[nodiscard]] journal::Hash next_hash(const journal::Hash& previous, std::uint64_t seq, CallRecordKind kind,
                                      std::int64_t day, std::string_view call, std::string_view clear,
                                      std::string_view sealed);

}  // namespace bannette::router
