#include "queue/journal/sqlite_journal.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>

#include "queue/journal/ballast.hpp"
#include "queue/journal/batch.hpp"
#include "queue/journal/chain.hpp"
#include "queue/journal/chain_scan.hpp"
#include "queue/journal/data_lock.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/opening.hpp"
#include "queue/journal/pending.hpp"
#include "queue/journal/reader.hpp"
#include "queue/journal/settling.hpp"
#include "queue/journal/writer.hpp"

namespace bannette::journal {
namespace {

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(const std::filesystem::path& data_dir, const Options& options)
      : options_(options),
        data_dir_(data_dir),
        lock_(data_dir),
        ballast_(data_dir, options.ballast_bytes),
        db_(open_for_writing(data_dir, options)),
        opened_(admit(*db_, data_dir, options)),
        writer_(*db_, options.master, options.site, opened_.epoch),
        settling_(*db_, pending_),
        reader_(data_dir, options.master, options.vfs),
        head_(opened_.head),
        last_number_(fold_pending()),
        checked_{0, genesis(options.site)},
        mark_(opened_.head),
        head_file_(data_dir, opened_.head) {}

  Head append(std::span<const Entry> batch) override;
  bool tidy(Pause pause) override;
  bool tight() const override { return tight_; }
  Head head() const override {
    const std::scoped_lock lock(head_mutex_);
    return head_;
  }
  std::uint64_t epoch() const override { return opened_.epoch; }
  std::uint64_t last_number() const override {
    const std::scoped_lock lock(head_mutex_);
    return last_number_;
  }
  void load(const std::function<void(const Dossier&)>& dossier, std::int64_t since_wall_ms,
            const std::function<void(const Change&)>& keyed,
            const std::function<void(const Change&)>& site) override;
  std::vector<Change> since(std::uint64_t seq, std::size_t most) override {
    const std::scoped_lock lock(reader_mutex_);
    return reader_.since(seq, most);
  }
  std::optional<Dossier> dossier(std::uint64_t number) override {
    const std::scoped_lock lock(reader_mutex_);
    return reader_.dossier(number);
  }
  std::optional<std::string> content(std::uint64_t number) override;
  std::vector<Past> history(std::uint64_t number, std::size_t most) override;
  std::vector<std::uint64_t> by_contact(const std::string& e164, std::size_t most) override {
    const std::scoped_lock lock(reader_mutex_);
    return reader_.by_contact(e164, most);
  }
  bool erased(std::uint64_t number) override;
  void erase(std::uint64_t number) override;
  void sync_head() override { head_file_.sync(); }
  std::uint64_t verify_some(std::size_t most) override;

 private:
  std::uint64_t fold_pending();
  Head write_batch(std::span<const Entry> batch);
  void now_durable(std::span<const Entry> batch, const Head& next);
  template <class F>
  void transaction(F&& body);
  [[nodiscard]] bool too_much_pending(std::size_t times) const {
    return pending_.size() >= times * options_.pending_dossiers ||
           pending_.records() >= times * options_.pending_records;
  }
  template <class F>
  void unsynced(F&& body);
  bool settle(std::size_t rows);
  [[nodiscard]] bool checkpoint_is_due(std::int64_t grown);
  void checkpoint(bool wait);
  void restore_ballast();
  void keep_up();
  void refuse_if_broken() const {
    if (broken_) throw Broken("le journal a déjà échoué ; il faut redémarrer");
  }

  const Options options_;
  const std::filesystem::path data_dir_;
  const DataLock lock_;
  Ballast ballast_;
  const std::unique_ptr<sqlite::Database> db_;
  const Opened opened_;
  Pending pending_;

  // append's thread
  Writer writer_;
  Settling settling_;
  bool broken_ = false;
  bool settling_failed_ = false;      // for want of room; until the next batch goes through
  std::int64_t wal_bytes_tried_ = 0;  // size of the log at the last checkpoint that was tried
  std::uint64_t mark_written_ = 0;
  std::atomic<bool> tight_ = false;
  std::chrono::steady_clock::time_point next_restore_{};

  std::mutex reader_mutex_;
  Reader reader_;

  mutable std::mutex head_mutex_;
  Head head_;
  std::uint64_t last_number_;
  Head checked_;  // by verify_some, since start
  Head mark_;     // how far the file has been read and checked: kept with the next batch

  HeadFile head_file_;
};

// Answers the number of the newest dossier.
std::uint64_t SqliteJournal::fold_pending() {
  const Meta meta = reader_.meta();
  pending_.begin(meta.settled_seq, meta.site_seq);
  reader_.fold(pending_);
  reader_.follow(pending_);
  return reader_.last_number();
}

template <class F>
void SqliteJournal::transaction(F&& body) {
  refuse_if_broken();
  bool begun = false;
  try {
    sqlite::Transaction transaction(*db_);
    begun = true;
    try {
      body();
      transaction.commit();
    } catch (const sqlite::Error& e) {
      if (!e.full()) throw;
      transaction.rollback();
      throw DiskFull(e.what());
    } catch (const Damaged&) {
      transaction.rollback();
      throw;
    }
  } catch (const sqlite::Error& e) {
    if (!begun && e.full()) throw DiskFull(e.what());
    broken_ = true;
    throw Broken(e.what());
  }
}

// A transaction that a cut of power may undo: what it says can be derived again. The next batch's sync, or a
// checkpoint's, carries it.
template <class F>
void SqliteJournal::unsynced(F&& body) {
  refuse_if_broken();
  const auto sync_commits = [this](bool each) {
    broken_ = true;  // unless it works: no batch may be confirmed unsynced
    try {
      db_->sync_commits(each);
    } catch (const sqlite::Error& e) {
      throw Broken(e.what());
    }
    broken_ = false;
  };
  sync_commits(false);
  try {
    transaction(body);
  } catch (...) {
    if (!broken_) sync_commits(true);
    throw;
  }
  sync_commits(true);
}

Head SqliteJournal::write_batch(std::span<const Entry> batch) {
  Head next = head_;  // only this thread changes it
  Head mark;
  {
    const std::scoped_lock lock(head_mutex_);
    mark = mark_;
  }
  const bool mark_due = mark.seq > mark_written_ + 10'000;
  transaction([&] {
    writer_.begin(pending_, last_number_);
    for (const Entry& entry : batch) next = {entry.persist.change.seq, writer_.write(entry, next.hash)};
    if (mark_due) writer_.mark_verified(mark);
  });
  if (mark_due) mark_written_ = mark.seq;
  return next;
}

void SqliteJournal::now_durable(std::span<const Entry> batch, const Head& next) {
  for (const Entry& entry : batch) {
    const Change& change = entry.persist.change;
    if (change.number == 0) {
      pending_.add_of_site(change.seq);
      continue;
    }
    pending_.add(change.seq, entry.persist.after);
    if (!entry.contact.empty()) pending_.add_contact(writer_.contact_hash(entry.contact), change.number);
  }
  const std::scoped_lock lock(head_mutex_);
  head_ = next;
  for (const Entry& entry : batch) last_number_ = std::max(last_number_, entry.persist.change.number);
}

Head SqliteJournal::append(std::span<const Entry> batch) {
  refuse_if_broken();
  if (batch.empty()) return head();
  check_batch(batch, head_, last_number_);
  const bool must = std::none_of(batch.begin(), batch.end(), [](const Entry& entry) {
    return entry.persist.change.kind == ChangeKind::submitted;
  });
  Head next;
  try {
    keep_up();
    next = write_batch(batch);
  } catch (const DiskFull&) {
    if (!must || !ballast_.release()) throw;
    tight_ = true;
    keep_up();
    next = write_batch(batch);
  }
  settling_failed_ = false;
  now_durable(batch, next);
  try {
    head_file_.write(next);
    if (checkpoint_is_due(options_.wal_hard_bytes)) checkpoint(true);
  } catch (...) {
    broken_ = true;
    throw;
  }
  return next;
}

// Who appends without tidying, or faster than it helps, pays here: memory stays bounded.
void SqliteJournal::keep_up() {
  while (too_much_pending(4)) {
    settle(1'024);
    if (settling_failed_) throw DiskFull("les tables dérivées ne peuvent plus être tenues à jour");
  }
}

bool SqliteJournal::tidy(Pause pause) {
  refuse_if_broken();
  const bool lasting = pause == Pause::lasting;
  if (lasting) settling_failed_ = false;  // it is tried again
  const bool due = settling_.under_way() || too_much_pending(1) || (lasting && pending_.records() > 0);
  if (due && !settling_failed_) return settle(pause == Pause::none ? 1'024 : 256);
  const std::int64_t grown = lasting ? options_.wal_soft_bytes / 128 : options_.wal_soft_bytes;
  if (checkpoint_is_due(grown)) {
    checkpoint(false);
    if (!lasting) return false;  // somebody may wait
  }
  restore_ballast();
  return false;
}

// One step; answers whether there is another.
bool SqliteJournal::settle(std::size_t rows) {
  settling_failed_ = false;
  if (!settling_.under_way()) settling_.begin();
  try {
    unsynced([&] { settling_.write(rows); });
    settling_.done();
    return true;
  } catch (const DiskFull&) {
    settling_failed_ = true;  // it stays pending
    return false;
  }
}

bool SqliteJournal::checkpoint_is_due(std::int64_t grown) {
  const std::int64_t size = db_->wal_bytes();
  if (size < wal_bytes_tried_) wal_bytes_tried_ = 0;  // it began anew
  return size >= wal_bytes_tried_ + grown;
}

void SqliteJournal::checkpoint(bool wait) {
  wal_bytes_tried_ = db_->wal_bytes();
  try {
    if (wait || wal_bytes_tried_ >= options_.wal_hard_bytes)
      db_->checkpoint(sqlite::Database::Checkpoint::restart, options_.wal_wait_ms);
    else
      db_->checkpoint(sqlite::Database::Checkpoint::passive);
  } catch (const sqlite::Error& e) {
    // No room to grow the main file: the log keeps everything, and the batch is durable.
    if (e.full()) return;
    broken_ = true;
    throw Broken(e.what());
  }
}

void SqliteJournal::restore_ballast() {
  const auto now = std::chrono::steady_clock::now();
  if (ballast_.there() || options_.ballast_bytes == 0 || now < next_restore_) return;
  next_restore_ = now + std::chrono::seconds(1);
  if (ballast_.restore()) tight_ = false;
}

void SqliteJournal::load(const std::function<void(const Dossier&)>& dossier, std::int64_t since_wall_ms,
                         const std::function<void(const Change&)>& keyed,
                         const std::function<void(const Change&)>& site) {
  const std::scoped_lock lock(reader_mutex_);
  const std::uint64_t head = reader_.head().seq;
  ChainScan keys({data_dir_, options_.master, options_.vfs}, before_keys(reader_, head, since_wall_ms), head,
                 since_wall_ms);
  reader_.each_dossier(dossier);  // the keys are read meanwhile
  keys.finish(reader_, keyed);
  reader_.each_of_site(site);
}

std::optional<std::string> SqliteJournal::content(std::uint64_t number) {
  const std::scoped_lock lock(reader_mutex_);
  const auto dossier = reader_.dossier(number);
  if (!dossier) return std::nullopt;
  const Record record = reader_.record(dossier->arrival_seq);
  if (record.change.number != number)
    throw Damaged("enregistrement " + std::to_string(dossier->arrival_seq) +
                  " : il n'est pas du dossier n° " + std::to_string(number));
  const auto key = reader_.key(number, dossier->id);
  if (!key || record.sealed.empty()) return std::nullopt;
  auto content = reader_.open(record, *key).content;
  if (content.empty()) return std::nullopt;
  return content;
}

std::vector<Past> SqliteJournal::history(std::uint64_t number, std::size_t most) {
  const std::scoped_lock lock(reader_mutex_);
  std::vector<Past> past;
  const auto dossier = reader_.dossier(number);
  if (!dossier) return past;
  const auto key = reader_.key(number, dossier->id);
  for (Record& record : reader_.history(number, dossier->changed_seq, most)) {
    Past one;
    one.erased = !key && !record.sealed.empty();
    if (key) one.text = reader_.open(record, *key).text;
    one.change = std::move(record.change);
    past.push_back(std::move(one));
  }
  return past;
}

bool SqliteJournal::erased(std::uint64_t number) {
  const std::scoped_lock lock(reader_mutex_);
  const auto dossier = reader_.dossier(number);
  return dossier && !reader_.key(number, dossier->id);
}

void SqliteJournal::erase(std::uint64_t number) {
  const auto dossier = this->dossier(number);
  if (!dossier) return;
  // Zeroes take the place of what goes, in the pages; then nothing of it may stay in the log.
  reading([&] { db_->exec("PRAGMA secure_delete=ON"); });
  transaction([&] { writer_.erase(number, dossier->id); });
  pending_.forget_contacts(number);
  try {
    db_->exec("PRAGMA secure_delete=OFF");
    db_->checkpoint(sqlite::Database::Checkpoint::truncate, 2'000);
    wal_bytes_tried_ = 0;
    db_->reserve_wal(options_.wal_reserve_bytes);
  } catch (const sqlite::Error& e) {
    if (e.full()) return;  // the log is copied later
    broken_ = true;
    throw Broken(e.what());
  }
}

std::uint64_t SqliteJournal::verify_some(std::size_t most) {
  const std::scoped_lock lock(reader_mutex_);
  checked_ = reader_.verify(checked_, most);
  const std::scoped_lock head_lock(head_mutex_);
  if (checked_.seq > mark_.seq) mark_ = checked_;
  return checked_.seq;
}

}  // namespace

std::unique_ptr<Journal> open_sqlite(const std::filesystem::path& data_dir, const Options& options) {
  seal::start();
  try {
    return std::make_unique<SqliteJournal>(data_dir, options);
  } catch (const sqlite::Error& e) {
    if (e.corrupt()) throw Damaged(std::string("queue.db est abîmé : ") + e.what());
    if (e.full()) throw DiskFull(e.what());
    throw Broken(e.what());
  }
}

}  // namespace bannette::journal
