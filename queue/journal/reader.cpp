#include "queue/journal/reader.hpp"

#include <algorithm>

#include "queue/codec/record.hpp"
#include "queue/journal/chain.hpp"

namespace bannette::journal {
namespace {

[[noreturn]] void damaged(std::uint64_t seq, const std::string& what) {
  throw Damaged("enregistrement " + std::to_string(seq) + " : " + what);
}

std::filesystem::path database_in(const std::filesystem::path& data_dir) {
  auto path = data_dir / "queue.db";
  if (!std::filesystem::exists(path))
    throw CannotOpen(data_dir.string() + " : il n'y a pas de journal (queue.db)");
  return path;
}

std::string select_dossier(std::int64_t version) {
  return std::string("SELECT ") + dossier_columns(version) + " FROM dossier";
}

void check_sum(const Hash& previous, std::uint64_t seq, std::uint64_t number, std::string_view body,
               std::string_view sealed, std::string_view hash) {
  if (bytes_of(next_hash(previous, seq, number, body, sealed)) == hash) return;
  damaged(seq, seq == 1 ? std::string("sa somme de contrôle ne correspond pas : il a été modifié")
                        : "sa somme de contrôle ne correspond pas : il a été modifié, ou l'enregistrement " +
                              std::to_string(seq - 1));
}

Meta meta_of(sqlite::Database& db) {
  auto meta = reading([&] { return read_meta(db); });
  if (!meta) throw CannotOpen("queue.db : il n'y a pas de journal dans ce fichier");
  return *meta;
}

}  // namespace

Record decode_row(RawRecord raw, const std::string& site) {
  const auto stored = hash_from_bytes(raw.hash);
  if (!stored) damaged(raw.seq, "la somme de contrôle n'a pas 32 octets");
  codec::DecodedRecord decoded;
  try {
    decoded = codec::decode_record(raw.body);
  } catch (const codec::BadRecord& e) {
    if (!e.newer) damaged(raw.seq, e.what());
    throw CannotOpen("enregistrement " + std::to_string(raw.seq) + " : " + e.what());
  }
  if (decoded.format > 1) {
    decoded.change.seq = raw.seq;
    decoded.change.number = raw.number;
    return {std::move(decoded.change), decoded.epoch, std::move(raw.sealed), *stored};
  }
  if (decoded.site != site) damaged(raw.seq, "il est du site « " + decoded.site + " »");
  if (decoded.change.seq != raw.seq)
    damaged(raw.seq, "il porte le numéro " + std::to_string(decoded.change.seq));
  if (decoded.change.number != raw.number) damaged(raw.seq, "il est d'un autre dossier que sa ligne");
  return {std::move(decoded.change), decoded.epoch, std::move(raw.sealed), *stored};
}

Record check_record(RawRecord raw, const Hash& previous, const std::string& site) {
  check_sum(previous, raw.seq, raw.number, raw.body, raw.sealed, raw.hash);
  return decode_row(std::move(raw), site);
}

Head read_head(const std::filesystem::path& data_dir) {
  return reading([&]() -> Head {
    sqlite::Database db(database_in(data_dir), sqlite::Database::Mode::read_only);
    const Meta meta = meta_of(db);
    sqlite::Statement last(db, "SELECT seq,hash FROM record ORDER BY seq DESC LIMIT 1");
    if (!last.step()) return {0, genesis(meta.site)};
    const auto hash = hash_from_bytes(last.blob(1));
    if (!hash) damaged(last.unsigned_integer(0), "la somme de contrôle n'a pas 32 octets");
    return {last.unsigned_integer(0), *hash};
  });
}

std::optional<Hash> read_hash(const std::filesystem::path& data_dir, std::uint64_t seq) {
  return reading([&]() -> std::optional<Hash> {
    sqlite::Database db(database_in(data_dir), sqlite::Database::Mode::read_only);
    if (seq == 0) return genesis(meta_of(db).site);
    sqlite::Statement row(db, "SELECT hash FROM record WHERE seq=?");
    return row.bind_unsigned(1, seq).step() ? hash_from_bytes(row.blob(0)) : std::nullopt;
  });
}

Reader::Reader(const std::filesystem::path& data_dir, const seal::Key& master, const std::string& vfs)
    : db_(database_in(data_dir), sqlite::Database::Mode::read_only, vfs),
      opened_(meta_of(db_)),
      site_(opened_.site),
      seal_(master, site_),
      record_(
          db_,
          "SELECT r.number,r.body,r.sealed,r.hash,p.hash FROM record r LEFT JOIN record p ON p.seq=r.seq-1 "
          "WHERE r.seq=?"),
      hash_(db_, "SELECT hash FROM record WHERE seq=?"),
      rows_(db_, "SELECT seq,number,body,sealed,hash FROM record WHERE seq>? ORDER BY seq LIMIT ?"),
      dossier_(db_, select_dossier(opened_.version) + " WHERE number=?"),
      dossiers_(db_, select_dossier(opened_.version) + " ORDER BY number"),
      numbers_(db_, "SELECT number FROM dossier WHERE number>? ORDER BY number LIMIT ?"),
      records_last_(db_, "SELECT max(number) FROM record WHERE seq>? AND seq<=? AND number<=seq"),
      key_(db_, "SELECT wrapped FROM dossier_key WHERE number=?"),
      contact_(db_, "SELECT number FROM contact WHERE contact_hash=? ORDER BY number DESC LIMIT ?"),
      has_contact_(db_, "SELECT 1 FROM contact WHERE contact_hash=? AND number=?"),
      head_(db_, "SELECT seq,hash FROM record ORDER BY seq DESC LIMIT 1"),
      last_number_(db_, "SELECT max(number) FROM dossier") {
  const auto own = seal_.recognition();
  if (!std::equal(own.begin(), own.end(), opened_.recognition.begin(), opened_.recognition.end(),
                  [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }))
    throw CannotOpen("la clé maîtresse n'est pas celle de ce journal");
  reading([&] {
    if (has_erasures(db_)) erasure_.emplace(db_, "SELECT mark FROM erasure WHERE number=?");
    if (opened_.version > 1) settled_.emplace(db_, "SELECT settled_seq,site_seq FROM meta");
  });
}

Meta Reader::meta() {
  return meta_of(db_);
}

Head Reader::head() {
  return reading([&]() -> Head {
    sqlite::Rows rows(head_);
    if (!rows.next()) return {0, genesis(site_)};
    const auto hash = hash_from_bytes(head_.blob(1));
    if (!hash) damaged(head_.unsigned_integer(0), "la somme de contrôle n'a pas 32 octets");
    return {head_.unsigned_integer(0), *hash};
  });
}

Head Reader::mark() {
  return meta_of(db_).verified;
}

std::optional<std::string> mark_disagreement(Reader& reader, const Head& head, const Head& mark) {
  if (mark.seq > head.seq)
    return "le journal s'arrête à l'enregistrement " + std::to_string(head.seq) +
           " alors qu'il a été contrôlé jusqu'à " + std::to_string(mark.seq);
  if (reader.hash_at(mark.seq) != mark.hash)
    return "enregistrement " + std::to_string(mark.seq) + " : il a été modifié depuis son contrôle";
  return std::nullopt;
}

std::optional<Hash> Reader::hash_at(std::uint64_t seq) {
  if (seq == 0) return genesis(site_);
  return reading([&]() -> std::optional<Hash> {
    hash_.bind_unsigned(1, seq);
    sqlite::Rows rows(hash_);
    return rows.next() ? hash_from_bytes(hash_.blob(0)) : std::nullopt;
  });
}

Record Reader::record(std::uint64_t seq) {
  return reading([&]() -> Record {
    record_.bind_unsigned(1, seq);
    sqlite::Rows rows(record_);
    if (!rows.next()) damaged(seq, "il manque");
    const auto previous = seq == 1 ? genesis(site_) : hash_from_bytes(record_.blob(4));
    if (!previous) damaged(seq - 1, "il manque");
    return check_record({seq, record_.unsigned_integer(0), std::string(record_.blob(1)),
                         std::string(record_.blob(2)), std::string(record_.blob(3))},
                        *previous, site_);
  });
}

std::size_t Reader::each_raw(std::uint64_t after, std::size_t most,
                             const std::function<void(RawRecord&&)>& row) {
  return reading([&]() -> std::size_t {
    rows_.bind_unsigned(1, after).bind_unsigned(2, most);
    sqlite::Rows rows(rows_);
    std::size_t count = 0;
    for (; rows.next(); ++count)
      row({rows_.unsigned_integer(0), rows_.unsigned_integer(1), std::string(rows_.blob(2)),
           std::string(rows_.blob(3)), std::string(rows_.blob(4))});
    return count;
  });
}

Head Reader::verify(const Head& from, std::size_t most, const std::function<void(const Record&)>& each) {
  Head last = from;
  reading([&] {
    rows_.bind_unsigned(1, from.seq).bind_unsigned(2, most);
    sqlite::Rows rows(rows_);
    while (rows.next()) {
      const std::uint64_t seq = rows_.unsigned_integer(0), number = rows_.unsigned_integer(1);
      if (seq != last.seq + 1) damaged(last.seq + 1, "il manque");
      const std::string_view body = rows_.blob(2), hash = rows_.blob(4);
      // What is sealed is not wanted here: its sum is enough.
      check_sum(last.hash, seq, number, body, rows_.blob(3), hash);
      const Record record = decode_row({seq, number, std::string(body), {}, std::string(hash)}, site_);
      last = {seq, record.hash};
      if (each) each(record);
    }
  });
  return last;
}

std::vector<Change> Reader::since(std::uint64_t seq, std::size_t most) {
  std::vector<Change> changes;
  const auto hash = hash_at(seq);
  if (!hash) return changes;  // beyond the end
  verify({seq, *hash}, most, [&](const Record& record) { changes.push_back(record.change); });
  return changes;
}

std::optional<std::int64_t> Reader::wall_ms(std::uint64_t seq) {
  return reading([&]() -> std::optional<std::int64_t> {
    record_.bind_unsigned(1, seq);
    sqlite::Rows rows(record_);
    if (!rows.next()) return std::nullopt;
    try {
      return codec::decode_record(record_.blob(1)).change.at.wall_ms;
    } catch (const codec::BadRecord&) {
      return std::nullopt;
    }
  });
}

std::uint64_t Reader::last_number_in_records(std::uint64_t seq) {
  constexpr std::uint64_t records_a_step = 50'000;  // no snapshot stays open for long
  return reading([&] {
    std::uint64_t last = 0;
    for (std::uint64_t from = 0; from < seq; from += std::min(records_a_step, seq - from)) {
      records_last_.bind_unsigned(1, from).bind_unsigned(2, from + std::min(records_a_step, seq - from));
      sqlite::Rows rows(records_last_);
      if (rows.next() && !records_last_.null(0)) last = std::max(last, records_last_.unsigned_integer(0));
    }
    return last;
  });
}

std::vector<Record> Reader::history(std::uint64_t number, std::uint64_t changed_seq, std::size_t most) {
  std::vector<Record> records;
  for (std::uint64_t seq = changed_seq; seq != 0 && records.size() < most;) {
    records.push_back(record(seq));
    const Change& change = records.back().change;
    if (change.number != number) damaged(seq, "il n'est pas du dossier n° " + std::to_string(number));
    if (change.previous_seq >= seq) damaged(seq, "il renvoie à un enregistrement qui n'est pas avant lui");
    seq = change.previous_seq;
  }
  std::reverse(records.begin(), records.end());
  return records;
}

Reader::Mark Reader::erasure(std::uint64_t number, const Uuid& id) {
  if (!erasure_) return Mark::none;
  return reading([&] {
    erasure_->bind_unsigned(1, number);
    sqlite::Rows rows(*erasure_);
    if (!rows.next()) return Mark::none;
    const auto mark = seal_.erasure_mark(number, id);
    const std::string_view own(reinterpret_cast<const char*>(mark.data()), mark.size());
    return erasure_->blob(0) == own ? Mark::erased : Mark::forged;
  });
}

std::optional<seal::Key> Reader::key(std::uint64_t number, const Uuid& id) {
  return reading([&]() -> std::optional<seal::Key> {
    key_.bind_unsigned(1, number);
    sqlite::Rows rows(key_);
    if (!rows.next()) return std::nullopt;
    auto key = seal_.key(number, id, key_.blob(0));
    if (!key) throw Damaged("dossier n° " + std::to_string(number) + " : sa clé ne s'ouvre pas");
    return key;
  });
}

Personal Reader::open(const Record& record, const seal::Key& key) {
  if (record.sealed.empty()) return {};
  auto plain = seal_.open(key, record.change.number, record.change.seq, record.sealed);
  if (!plain) damaged(record.change.seq, "le contenu scellé ne s'ouvre pas avec la clé du dossier");
  try {
    auto parts = codec::decode_personal(*plain);
    seal::wipe(*plain);
    return {std::move(parts.content), std::move(parts.text), std::move(parts.contact)};
  } catch (const codec::BadRecord& e) {
    damaged(record.change.seq, e.what());
  }
}

}  // namespace bannette::journal
