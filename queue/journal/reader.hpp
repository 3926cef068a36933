// Reading a journal without writing to it: by the service beside its writer, and by export and check beside a
// running service. One thread at a time. Each call reads in a transaction of its own and leaves none open.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "queue/journal/dossier_seal.hpp"
#include "queue/journal/journal.hpp"
#include "queue/journal/pending.hpp"
#include "queue/journal/schema.hpp"
#include "queue/journal/sqlite.hpp"

namespace bannette::journal {

// A row of table record as it stands, unchecked.
struct RawRecord {
  std::uint64_t seq = 0;
  std::uint64_t number = 0;
  std::string body;
  std::string sealed;
  std::string hash;
};

// A record whose checksum follows from the one before and whose body says the same as its row.
struct Record {
  Change change;
  std::uint64_t epoch = 0;
  std::string sealed;
  Hash hash{};
};

// Throws Damaged that names the record; CannotOpen where a later version wrote it.
[[nodiscard]] Record check_record(RawRecord raw, const Hash& previous, const std::string& site);
// The same without its checksum: for going on behind a damaged one.
[[nodiscard]] Record decode_row(RawRecord raw, const std::string& site);

struct Personal {
  std::string content;
  std::string text;
  std::string contact;
};

// The end of the chain, read without the master key. Throws CannotOpen, Damaged, Broken.
[[nodiscard]] Head read_head(const std::filesystem::path& data_dir);
// The same for the stored checksum of one record; genesis for 0; nothing where there is no such record.
[[nodiscard]] std::optional<Hash> read_hash(const std::filesystem::path& data_dir, std::uint64_t seq);

class Reader {
 public:
  // Throws CannotOpen where there is no journal, or the master key is not its own.
  Reader(const std::filesystem::path& data_dir, const seal::Key& master, const std::string& vfs = {});
  // From now on what is pending is looked up there, which is kept up by the one who appends.
  void follow(const Pending& pending) { followed_ = &pending; }
  // Adds to `pending`, which is as of the tables or beyond, all that records say behind it.
  void fold(Pending& pending);

  [[nodiscard]] const std::string& site() const { return site_; }
  [[nodiscard]] Head head();
  [[nodiscard]] std::uint64_t last_number();
  [[nodiscard]] Meta meta();
  [[nodiscard]] Head mark();  // up to here an earlier reading has checked the chain
  // The stored checksum of a record; genesis for 0; nothing where there is no such record.
  [[nodiscard]] std::optional<Hash> hash_at(std::uint64_t seq);

  [[nodiscard]] Record record(std::uint64_t seq);  // checked against the row before it
  // The rows after `after`, at most `most`, in one snapshot; answers how many.
  std::size_t each_raw(std::uint64_t after, std::size_t most, const std::function<void(RawRecord&&)>& row);
  // Checks the rows after `from`, at most `most`; answers the last one checked. `each` gets them without what
  // is sealed. Throws Damaged.
  Head verify(const Head& from, std::size_t most, const std::function<void(const Record&)>& each = {});
  [[nodiscard]] std::vector<Change> since(std::uint64_t seq, std::size_t most);  // checked
  // Every change of the site, in order, each checked.
  void each_of_site(const std::function<void(const Change&)>& change);
  // Unchecked, for finding one's way; nothing where the record cannot be read.
  [[nodiscard]] std::optional<std::int64_t> wall_ms(std::uint64_t seq);

  // As of the last record, from rows and what is pending.
  [[nodiscard]] std::optional<Dossier> dossier(std::uint64_t number);
  // What a row of version 1 says, completed from its records.
  [[nodiscard]] Dossier with_history(const Dossier& row);
  void each_dossier(const std::function<void(const Dossier&)>& row);
  // Of the dossiers after `after_number`, at most `most`, in order: where one row may be unreadable.
  [[nodiscard]] std::vector<std::uint64_t> numbers(std::uint64_t after_number, std::size_t most);
  // The highest number that the records up to `seq` bear, each taken as it stands; reads them all, in steps.
  [[nodiscard]] std::uint64_t last_number_in_records(std::uint64_t seq);
  // Newest `most` of a dossier whose last change is `changed_seq`, oldest first. Throws Damaged.
  [[nodiscard]] std::vector<Record> history(std::uint64_t number, std::uint64_t changed_seq,
                                            std::size_t most);

  // What an erasure left. `forged`: not made with this journal's master key for this dossier.
  enum class Mark { none, erased, forged };
  [[nodiscard]] Mark erasure(std::uint64_t number, const Uuid& id);
  // Nothing: erased, or lost (erasure() tells). Throws Damaged where it does not open.
  [[nodiscard]] std::optional<seal::Key> key(std::uint64_t number, const Uuid& id);
  [[nodiscard]] Personal open(const Record& record, const seal::Key& key);  // throws Damaged
  [[nodiscard]] std::vector<std::uint64_t> by_contact(const std::string& e164, std::size_t most);
  [[nodiscard]] bool has_contact(const std::string& e164, std::uint64_t number);

  // A snapshot over several calls.
  [[nodiscard]] sqlite::Transaction snapshot() {
    return sqlite::Transaction(db_, sqlite::Transaction::Kind::read);
  }

 private:
  const Pending& pending();  // inside a transaction
  void fold_one(Pending& to, RawRecord&& raw);
  [[nodiscard]] std::optional<Dossier> folded(std::uint64_t number, std::uint64_t seq);
  void fold_anew(Pending& to, std::uint64_t seq, std::uint64_t number);
  void fold_contact(Pending& to, const Record& record);
  std::optional<Dossier> row(std::uint64_t number);
  // Runs `body` in a transaction, the caller's if there is one.
  template <class F>
  auto at_once(F&& body);

  sqlite::Database db_;
  Meta opened_;
  std::string site_;
  DossierSeal seal_;
  sqlite::Statement record_, hash_, rows_, dossier_, dossiers_, numbers_, records_last_, key_, contact_,
      has_contact_, head_, last_number_;
  std::optional<sqlite::Statement> erasure_;  // none in a file that has no such table yet
  std::optional<sqlite::Statement> settled_;  // none in a file of version 1: its tables are as of its records
  const Pending* followed_ = nullptr;
  Pending own_;
  bool own_begun_ = false;
};

// Does the journal that ends with `head` still hold the record that was checked up to? Nothing: it does; else
// what is wrong, in French.
[[nodiscard]] std::optional<std::string> mark_disagreement(Reader& reader, const Head& head,
                                                           const Head& mark);

// Runs `body`; what SQLite answers becomes Damaged (the file's structure), DiskFull or Broken.
template <class F>
auto reading(F&& body) {
  try {
    return body();
  } catch (const sqlite::Error& e) {
    if (e.corrupt()) throw Damaged(std::string("queue.db est abîmé : ") + e.what());
    if (e.full()) throw DiskFull(e.what());
    throw Broken(e.what());
  }
}

}  // namespace bannette::journal
