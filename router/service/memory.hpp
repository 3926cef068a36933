// The calls of the last weeks as the router remembers them (router/core/recent.hpp), over a restart too:
// DATA/recent.db, sealed, and without a word of anybody. It is a help, not a record: what cannot be written
// or read is forgotten, told once in the log, and no call is refused for it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "queue/journal/seal.hpp"
#include "queue/journal/sqlite.hpp"
#include "router/core/recent.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::router {

class Memory {
 public:
  Memory(std::filesystem::path file, const seal::Key& master, std::int64_t now_ms);

  // A request of the intake (Submit, with its key), kept by the queue as this dossier, or recorded only (0).
  void add(const v1::Envelope& asked, std::uint64_t number, std::int64_t at_ms);
  [[nodiscard]] const Recent& recent() const { return recent_; }
  // As they are remembered: of a note, and of a number in E.164 (0 of none).
  [[nodiscard]] Sketch sketch(std::string_view note) const { return sketch_of(note, secret_); }
  [[nodiscard]] std::uint64_t caller(std::string_view e164) const;

 private:
  void open(std::int64_t now_ms);
  void read(std::int64_t now_ms);
  void write(const Seen& seen);
  template <class Work>
  void safely(const char* doing, Work&& work);

  std::filesystem::path file_;
  seal::Key key_;
  std::uint64_t secret_ = 0;
  Recent recent_;
  std::unique_ptr<sqlite::Database> db_;  // nothing: in memory alone from now on
  std::uint64_t written_ = 0;
};

}  // namespace bannette::router
