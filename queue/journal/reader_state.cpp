// The half of Reader that answers from rows and from what is pending beside them.
#include <algorithm>

#include "queue/core/lifecycle.hpp"
#include "queue/journal/reader.hpp"

namespace bannette::journal {
namespace {

constexpr std::size_t records_a_step = 5'000;
constexpr std::size_t own_most = 100'000;  // dossiers kept beside a running service's tables; then from anew

}  // namespace

// Runs `body` in a transaction, the caller's if there is one.
template <class F>
auto Reader::at_once(F&& body) {
  return reading([&] {
    if (db_.in_transaction()) return body();
    const sqlite::Transaction snapshot(db_, sqlite::Transaction::Kind::read);
    return body();
  });
}

const Pending& Reader::pending() {
  if (followed_ != nullptr) return *followed_;
  if (!settled_) return own_;
  std::uint64_t seq = 0, site_seq = 0;
  {
    sqlite::Rows rows(*settled_);
    if (!rows.next()) throw Damaged("queue.db : la table meta est vide");
    seq = settled_->unsigned_integer(0);
    site_seq = settled_->unsigned_integer(1);
  }
  if (!std::exchange(own_begun_, true) || own_.upto() < seq || own_.size() > own_most)
    own_.begin(seq, site_seq);
  fold(own_);
  return own_;
}

void Reader::fold(Pending& pending) {
  reading([&] {
    std::size_t count = 0;
    do {
      count = each_raw(pending.upto(), records_a_step,
                       [&](RawRecord&& raw) { fold_one(pending, std::move(raw)); });
    } while (count == records_a_step);
  });
}

// Its checksum is not looked at here: opening for writing has, and whoever shows a history does.
void Reader::fold_one(Pending& to, RawRecord&& raw) {
  const std::uint64_t seq = raw.seq, number = raw.number;
  try {
    const Record record = decode_row(std::move(raw), site_);
    if (number == 0) return to.add_of_site(seq);
    auto before = to.find(number);
    if (!before) before = row(number);
    // A round of settling that was broken off has left newer rows.
    if (before && before->changed_seq >= seq)
      to.add(seq, *before);
    else
      to.add(seq, evolve(before, record.change));
    if (record.change.kind == ChangeKind::submitted) fold_contact(to, record);
  } catch (const Damaged& e) {
    to.add_damaged(seq, number, e.what());
  } catch (const std::logic_error&) {
    fold_anew(to, seq, number);
  }
}

// The dossier as its history up to `seq` says. Throws Damaged, std::logic_error where it does not fit.
std::optional<Dossier> Reader::folded(std::uint64_t number, std::uint64_t seq) {
  std::optional<Dossier> dossier;
  for (const Record& record : history(number, seq, static_cast<std::size_t>(-1)))
    dossier = evolve(dossier, record.change);
  return dossier;
}

// The row that the change should follow is not there, or is another: the history knows better.
void Reader::fold_anew(Pending& to, std::uint64_t seq, std::uint64_t number) {
  try {
    to.add(seq, folded(number, seq).value());
  } catch (const Damaged& e) {
    to.add_damaged(seq, number, e.what());
  } catch (const std::logic_error& e) {
    to.add_damaged(
        seq, number,
        "dossier n° " + std::to_string(number) + " : son histoire ne se tient pas (" + e.what() + ")");
  }
}

void Reader::fold_contact(Pending& to, const Record& record) {
  const auto its = key(record.change.number, record.change.id);
  if (!its) return;  // erased
  const Personal personal = open(record, *its);
  if (!personal.contact.empty()) to.add_contact(seal_.contact_hash(personal.contact), record.change.number);
}

std::optional<Dossier> Reader::row(std::uint64_t number) {
  dossier_.bind_unsigned(1, number);
  std::optional<Dossier> row;
  {
    sqlite::Rows rows(dossier_);
    if (rows.next()) row = read_dossier(dossier_, opened_.version);
  }
  return row && opened_.version == 1 ? with_history(*row) : row;
}

// A state has more to it than a row of version 1. Where the history cannot be read the row is taken as it is:
// check tells of both.
Dossier Reader::with_history(const Dossier& row) {
  if (row.changed_seq == row.arrival_seq) return row;
  try {
    return folded(row.number, row.changed_seq).value_or(row);
  } catch (const Damaged&) {
    return row;
  } catch (const std::logic_error&) {
    return row;
  }
}

std::optional<Dossier> Reader::dossier(std::uint64_t number) {
  return at_once([&] {
    // First what is pending: what leaves it meanwhile is in its row.
    auto pending_one = pending().find(number);
    return pending_one ? pending_one : row(number);
  });
}

void Reader::each_dossier(const std::function<void(const Dossier&)>& each) {
  at_once([&] {
    const auto newer = pending().dossiers();
    auto at = newer.begin();
    sqlite::Rows rows(dossiers_);
    while (rows.next()) {
      const Dossier one = read_dossier(dossiers_, opened_.version);
      for (; at != newer.end() && at->number < one.number; ++at) each(*at);
      const bool replaced = at != newer.end() && at->number == one.number;
      each(replaced && at->changed_seq > one.changed_seq ? *at : one);
      if (replaced) ++at;
    }
    for (; at != newer.end(); ++at) each(*at);
  });
}

std::vector<std::uint64_t> Reader::numbers(std::uint64_t after_number, std::size_t most) {
  return at_once([&] {
    std::vector<std::uint64_t> page = pending().numbers(after_number, most);
    numbers_.bind_unsigned(1, after_number).bind_unsigned(2, most);
    sqlite::Rows rows(numbers_);
    while (rows.next()) page.push_back(numbers_.unsigned_integer(0));
    std::sort(page.begin(), page.end());
    page.erase(std::unique(page.begin(), page.end()), page.end());
    if (page.size() > most) page.resize(most);
    return page;
  });
}

std::uint64_t Reader::last_number() {
  return at_once([&]() -> std::uint64_t {
    const std::uint64_t last = pending().last_number();
    sqlite::Rows rows(last_number_);
    return std::max(last, rows.next() ? last_number_.unsigned_integer(0) : 0);
  });
}

std::vector<std::uint64_t> Reader::by_contact(const std::string& e164, std::size_t most) {
  const auto hash = seal_.contact_hash(e164);
  return at_once([&] {
    std::vector<std::uint64_t> numbers = pending().by_contact(hash);
    contact_.bind_blob(1, std::span<const std::uint8_t>(hash)).bind_unsigned(2, most);
    sqlite::Rows rows(contact_);
    while (rows.next()) numbers.push_back(contact_.unsigned_integer(0));
    std::sort(numbers.begin(), numbers.end(), std::greater<>());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    if (numbers.size() > most) numbers.resize(most);
    return numbers;
  });
}

bool Reader::has_contact(const std::string& e164, std::uint64_t number) {
  const auto hash = seal_.contact_hash(e164);
  return at_once([&] {
    const auto pending_ones = pending().by_contact(hash);
    has_contact_.bind_blob(1, std::span<const std::uint8_t>(hash)).bind_unsigned(2, number);
    sqlite::Rows rows(has_contact_);  // read in any case: a damaged page is to be found
    return rows.next() || std::find(pending_ones.begin(), pending_ones.end(), number) != pending_ones.end();
  });
}

void Reader::each_of_site(const std::function<void(const Change&)>& change) {
  std::vector<Change> changes;
  at_once([&] {
    for (std::uint64_t seq = settled_ ? pending().site_seq() : 0; seq != 0;) {
      changes.push_back(record(seq).change);
      if (changes.back().number != 0 || changes.back().previous_seq >= seq)
        throw Damaged("enregistrement " + std::to_string(seq) + " : il n'est pas du site");
      seq = changes.back().previous_seq;
    }
  });
  for (auto at = changes.rbegin(); at != changes.rend(); ++at) change(*at);
}

}  // namespace bannette::journal
