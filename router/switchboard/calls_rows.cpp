#include "router/switchboard/calls_rows.hpp"

#include <algorithm>
#include <charconv>

#include "queue/journal/chain.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kKeysInMemory = 512;  // days

std::string day_ad(const std::string& site, std::int64_t day) {
  return "bannette calls day 1 " + site + " " + std::to_string(day);
}

[[noreturn]] void damaged(std::uint64_t seq, const char* what) {
  throw journal::Damaged("calls.db, enregistrement " + std::to_string(seq) + " : " + what);
}

// "ARRIVED ID": where a page ends.
struct Place {
  std::int64_t arrived_ms = 0;
  std::string id;
};
Place place_in(const std::string& text) {
  Place place;
  const auto space = text.find(' ');
  if (space == std::string::npos) return place;
  std::from_chars(text.data(), text.data() + space, place.arrived_ms);
  place.id = text.substr(space + 1);
  return place;
}

}  // namespace

journal::Hash next_hash(const journal::Hash& previous, std::uint64_t seq, CallRecordKind kind,
                        std::int64_t day, std::string_view call, std::string_view clear,
                        std::string_view sealed) {
  std::string body = std::to_string(static_cast<int>(kind)) + ' ' + std::to_string(day) + ' ';
  body.append(call).append(1, '\n').append(clear);
  return journal::next_hash(previous, seq, 0, body, sealed);
}

CallsRows::CallsRows(sqlite::Database& db, const seal::Key& master, std::string site)
    : db_(db), key_(seal::subkey(master, seal::Use::calls)), site_(std::move(site)) {}

std::string CallsRows::recognition(const seal::Key& master, const std::string& site) {
  const auto bytes =
      seal::keyed_hash(seal::subkey(master, seal::Use::calls), "bannette calls recognition " + site);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

journal::Hash CallsRows::genesis(const std::string& site) {
  return journal::genesis(site + "/calls");
}

CallsMeta CallsRows::meta(sqlite::Database& db) {
  sqlite::Statement select(db, "SELECT version, site, recognition, erased_before_day, fold_from FROM meta");
  sqlite::Rows rows(select);
  if (!rows.next()) throw journal::Damaged("calls.db : sa description manque");
  return {select.integer(0), std::string(select.text(1)), std::string(select.blob(2)), select.integer(3),
          select.unsigned_integer(4)};
}

journal::Head CallsRows::head() {
  sqlite::Statement select(db_, "SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1");
  sqlite::Rows rows(select);
  if (!rows.next()) return {0, genesis(site_)};
  const auto hash = journal::hash_from_bytes(select.blob(1));
  if (!hash) damaged(select.unsigned_integer(0), "sa somme de contrôle est illisible");
  return {select.unsigned_integer(0), *hash};
}

std::optional<journal::Hash> CallsRows::hash_at(std::uint64_t seq) {
  if (seq == 0) return genesis(site_);
  sqlite::Statement select(db_, "SELECT hash FROM record WHERE seq = ?1");
  sqlite::Rows rows(select.bind_unsigned(1, seq));
  if (!rows.next()) return std::nullopt;
  return journal::hash_from_bytes(select.blob(0));
}

std::string CallsRows::ad_of(std::uint64_t seq) const {
  return "bannette calls 1 " + site_ + " " + std::to_string(seq);
}

std::string CallsRows::wrapped(std::int64_t day, const seal::Key& key) const {
  return seal::seal(key_, day_ad(site_, day),
                    {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()});
}

const seal::Key* CallsRows::key_of(std::int64_t day) {
  if (const auto known = keys_.find(day); known != keys_.end()) return &known->second;
  sqlite::Statement select(db_, "SELECT wrapped FROM day_key WHERE day = ?1");
  sqlite::Rows rows(select.bind(1, day));
  if (!rows.next()) return nullptr;
  auto bytes = seal::open(key_, day_ad(site_, day), select.blob(0));
  if (!bytes || bytes->size() != sizeof(seal::Key::bytes))
    throw journal::Damaged("calls.db : la clé du jour " + std::to_string(day) + " ne s'ouvre pas");
  if (keys_.size() >= kKeysInMemory) keys_.clear();
  seal::Key& key = keys_[day];
  std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
  seal::wipe(*bytes);
  return &key;
}

std::string CallsRows::opened(std::uint64_t seq, std::int64_t day, std::string_view sealed) {
  if (sealed.empty()) return {};
  const seal::Key* key = key_of(day);
  if (key == nullptr) {
    if (day < meta(db_).erased_before_day) return {};
    damaged(seq, "la clé de son jour a disparu");
  }
  auto text = seal::open(*key, ad_of(seq), sealed);
  if (!text) damaged(seq, "ce qu'il a de personnel ne s'ouvre pas");
  return std::move(*text);
}

void CallsRows::unless_damaged(const std::function<void()>& read) const {
  if (!damage_told_) return read();
  try {
    read();
  } catch (const journal::Damaged& damaged) {
    damage_told_(damaged.what());
  }
}

void CallsRows::each_open_fact(
    const std::function<void(std::uint64_t, const std::string&, const calls::Event&)>& take) {
  const std::uint64_t from = meta(db_).fold_from;
  sqlite::Statement select(db_,
                           "SELECT seq, call, day, sealed FROM record WHERE kind = 1 AND"
                           " (seq IN (SELECT seq FROM bound WHERE seq < ?1)"
                           "  OR (seq >= ?1 AND call NOT IN (SELECT id FROM call))) ORDER BY seq");
  sqlite::Rows rows(select.bind_unsigned(1, from));
  while (rows.next())
    unless_damaged([&] {
      const std::uint64_t seq = select.unsigned_integer(0);
      const std::string hidden = opened(seq, select.integer(2), select.blob(3));
      if (hidden.empty()) return;  // erased: older than the site keeps
      const auto event = event_of(hidden);
      if (!event) damaged(seq, "illisible");
      take(seq, std::string(select.text(1)), *event);
    });
}

void CallsRows::each_first(const std::function<void(const std::string&, std::uint64_t)>& take) {
  sqlite::Statement select(db_,
                           "SELECT call, min(seq) FROM record WHERE seq >= ?1 AND kind = 1 AND call <> ''"
                           " AND call NOT IN (SELECT id FROM call) GROUP BY call");
  sqlite::Rows rows(select.bind_unsigned(1, meta(db_).fold_from));
  while (rows.next()) take(std::string(select.text(0)), select.unsigned_integer(1));
}

void CallsRows::each_fact(const std::function<void(const calls::Event&)>& take) {
  sqlite::Statement select(db_, "SELECT seq, day, sealed FROM record WHERE kind = 1 ORDER BY seq");
  sqlite::Rows rows(select);
  while (rows.next())
    unless_damaged([&] {
      const std::uint64_t seq = select.unsigned_integer(0);
      const std::string hidden = opened(seq, select.integer(1), select.blob(2));
      if (hidden.empty()) return;
      const auto event = event_of(hidden);
      if (!event) damaged(seq, "illisible");
      take(*event);
    });
}

void CallsRows::each_callback(std::int64_t since_ms,
                              const std::function<void(const calls::CallbackChange&)>& take) {
  sqlite::Statement select(db_,
                           "SELECT seq, day, sealed FROM record WHERE kind = 2 AND day >= ?1 ORDER BY seq");
  sqlite::Rows rows(select.bind(1, day_number(since_ms)));
  while (rows.next())
    unless_damaged([&] {
      const std::uint64_t seq = select.unsigned_integer(0);
      const std::string hidden = opened(seq, select.integer(1), select.blob(2));
      if (hidden.empty()) return;
      const auto change = callback_of(hidden);
      if (!change) damaged(seq, "illisible");
      take(*change);
    });
}

void CallsRows::each_post_time(std::int64_t since_ms,
                               const std::function<void(const calls::PostTime&)>& take) {
  sqlite::Statement select(db_, "SELECT seq, body FROM record WHERE kind = 5 AND day >= ?1 ORDER BY seq");
  sqlite::Rows rows(select.bind(1, day_number(since_ms)));
  while (rows.next())
    unless_damaged([&] {
      const auto time = post_time_of(select.blob(1));
      if (!time) damaged(select.unsigned_integer(0), "illisible");
      take(*time);
    });
}

// Columns: seq, day, body, sealed.
std::optional<KeptCall> CallsRows::kept(const sqlite::Statement& row, bool with_hidden) {
  const std::uint64_t seq = row.unsigned_integer(0);
  const std::string hidden = with_hidden ? opened(seq, row.integer(1), row.blob(3)) : std::string();
  auto call = call_of(row.blob(2), hidden);
  if (!call) damaged(seq, "illisible");
  return call;
}

void CallsRows::each_call(std::int64_t since_ms, bool with_hidden,
                          const std::function<void(const KeptCall&)>& take) {
  sqlite::Statement select(db_,
                           "SELECT r.seq, r.day, r.body, r.sealed FROM call c JOIN record r ON r.seq = c.seq"
                           " WHERE c.arrived_ms >= ?1 ORDER BY c.arrived_ms, c.id");
  sqlite::Rows rows(select.bind(1, since_ms));
  while (rows.next()) unless_damaged([&] { take(*kept(select, with_hidden)); });
}

std::optional<KeptCall> CallsRows::find(std::string_view id) {
  sqlite::Statement select(db_,
                           "SELECT r.seq, r.day, r.body, r.sealed FROM call c JOIN record r ON r.seq = c.seq"
                           " WHERE c.id = ?1");
  sqlite::Rows rows(select.bind_text(1, id));
  if (!rows.next()) return std::nullopt;
  return kept(select, true);
}

bool CallsRows::knows(std::string_view id) {
  sqlite::Statement select(db_, "SELECT 1 FROM call WHERE id = ?1");
  sqlite::Rows rows(select.bind_text(1, id));
  return rows.next();
}

std::pair<std::vector<KeptCall>, std::string> CallsRows::list(const CallsPage& page) {
  const Place place = place_in(page.after);
  sqlite::Statement select(
      db_,
      "SELECT r.seq, r.day, r.body, r.sealed, c.arrived_ms, c.id FROM call c JOIN record r ON r.seq = c.seq"
      " WHERE c.arrived_ms >= ?1 AND c.arrived_ms < ?2 AND (?3 = '' OR (c.arrived_ms, c.id) < (?4, ?3))"
      " AND (?5 = 0 OR c.unqualified = 1) AND (?7 = '' OR c.person = ?7) ORDER BY c.arrived_ms DESC, c.id "
      "DESC LIMIT ?6");
  select.bind(1, page.from_ms).bind(2, page.to_ms).bind_text(3, place.id).bind(4, place.arrived_ms);
  select.bind(5, page.unqualified ? 1 : 0).bind_unsigned(6, page.limit + 1).bind_text(7, page.person);
  std::vector<KeptCall> items;
  std::string last;
  sqlite::Rows rows(select);
  for (std::size_t seen = 0; rows.next(); ++seen) {
    if (seen == page.limit) return {std::move(items), std::move(last)};
    unless_damaged([&] { items.push_back(*kept(select, true)); });
    last = std::to_string(select.integer(4)) + ' ' + std::string(select.text(5));
  }
  return {std::move(items), {}};
}

std::string CallsRows::place_of(const calls::Call& call) {
  return std::to_string(call.announced.at_ms) + ' ' + call.id;
}

std::uint32_t CallsRows::calls_of(std::uint64_t caller, std::string_view but_not) {
  if (caller == 0) return 0;
  sqlite::Statement select(db_, "SELECT count(*) FROM call WHERE caller = ?1 AND id <> ?2");
  sqlite::Rows rows(select.bind_unsigned(1, caller).bind_text(2, but_not));
  return rows.next() ? static_cast<std::uint32_t>(select.integer(0)) : 0;
}

std::vector<CallLink> CallsRows::open_links() {
  sqlite::Statement select(db_,
                           "SELECT r.seq, r.body FROM link l JOIN record r ON r.seq = l.seq ORDER BY r.seq");
  sqlite::Rows rows(select);
  std::vector<CallLink> links;
  while (rows.next())
    unless_damaged([&] {
      const auto link = link_of(select.blob(1));
      if (!link) damaged(select.unsigned_integer(0), "illisible");
      links.push_back(*link);
    });
  return links;
}

std::size_t CallsRows::each_raw(std::uint64_t after, std::size_t most,
                                const std::function<void(const Raw&)>& take) {
  sqlite::Statement select(
      db_,
      "SELECT seq, kind, day, call, body, sealed, hash FROM record WHERE seq > ?1 ORDER BY seq LIMIT ?2");
  sqlite::Rows rows(select.bind_unsigned(1, after).bind_unsigned(2, most));
  std::size_t count = 0;
  while (rows.next()) {
    ++count;
    take({select.unsigned_integer(0), select.integer(1), select.integer(2), std::string(select.text(3)),
          std::string(select.blob(4)), std::string(select.blob(5)), std::string(select.blob(6))});
  }
  return count;
}

}  // namespace bannette::router
