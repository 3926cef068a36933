#include "queue/journal/writer.hpp"

#include "queue/codec/record.hpp"
#include "queue/journal/chain.hpp"

namespace bannette::journal {

Writer::Writer(sqlite::Database& db, const seal::Key& master, std::string site, std::uint64_t epoch)
    : site_(std::move(site)),
      epoch_(epoch),
      db_(db),
      seal_(master, site_),
      record_(db, "INSERT INTO record(seq,number,body,sealed,hash) VALUES(?,?,?,?,?)"),
      row_(db, "SELECT 1 FROM dossier WHERE number=?"),
      key_in_(db, "INSERT INTO dossier_key(number,wrapped) VALUES(?,?)"),
      key_out_(db, "SELECT wrapped FROM dossier_key WHERE number=?"),
      mark_(db, "UPDATE meta SET verified_seq=?,verified_hash=?"),
      erase_key_(db, "DELETE FROM dossier_key WHERE number=?"),
      erase_contact_(db, "DELETE FROM contact WHERE number=?"),
      mark_erased_(db, "INSERT OR REPLACE INTO erasure(number,mark) VALUES(?,?)"),
      marked_(db, "SELECT 1 FROM erasure WHERE number=?") {}

void Writer::begin(const Pending& pending, std::uint64_t last_number) {
  pending_ = &pending;
  last_number_ = last_number;
}

Hash Writer::write(const Entry& entry, const Hash& previous) {
  const Change& change = entry.persist.change;
  const bool first = change.kind == ChangeKind::submitted;
  if (first) {
    key_ = seal_.make_key(change.number, change.id, kept_);
    key_in_.bind_unsigned(1, change.number).bind_blob(2, kept_).run();
  } else if (change.number != 0 && change.number <= last_number_) {
    require_row(*pending_, change.number);
  }
  sealed_.clear();
  codec::encode_personal(entry.content, entry.text, entry.contact, plain_);
  if (!plain_.empty()) {
    if (first) {
      seal_.seal_first(key_, change.number, change.seq, plain_, sealed_);
    } else {
      find_key(entry.persist.after);
      seal_.seal(key_, change.number, change.seq, plain_, sealed_);
    }
  }
  codec::encode_record(change, epoch_, body_);
  const Hash hash = next_hash(previous, change.seq, change.number, body_, sealed_);
  record_.bind_unsigned(1, change.seq)
      .bind_unsigned(2, change.number)
      .bind_blob(3, body_)
      .bind_blob(4, sealed_)
      .bind_blob(5, bytes_of(hash));
  record_.run();
  return hash;
}

void Writer::require_row(const Pending& pending, std::uint64_t number) {
  if (pending.holds(number)) return;
  sqlite::Rows rows(row_.bind_unsigned(1, number));
  if (!rows.next()) throw Damaged("dossier n° " + std::to_string(number) + " : sa ligne manque");
}

void Writer::find_key(const Dossier& dossier) {
  key_out_.bind_unsigned(1, dossier.number);
  sqlite::Rows rows(key_out_);
  if (!rows.next()) no_key(dossier);
  const auto key = seal_.key(dossier.number, dossier.id, key_out_.blob(0));
  if (!key) throw Damaged("dossier n° " + std::to_string(dossier.number) + " : sa clé ne s'ouvre pas");
  key_ = *key;
}

void Writer::no_key(const Dossier& dossier) {
  sqlite::Rows rows(marked_.bind_unsigned(1, dossier.number));
  throw Damaged("dossier n° " + std::to_string(dossier.number) +
                (rows.next() ? " : son contenu est effacé, un texte ne peut plus y être gardé"
                             : " : contenu effacé sans trace dans le journal (sa clé a disparu)"));
}

void Writer::mark_verified(const Head& head) {
  mark_.bind_unsigned(1, head.seq).bind_blob(2, bytes_of(head.hash)).run();
}

void Writer::erase(std::uint64_t number, const Uuid& id) {
  erase_contact_.bind_unsigned(1, number).run();
  erase_key_.bind_unsigned(1, number).run();
  if (db_.changes() == 0) return;  // a mark here would hide that the key was lost
  const auto mark = seal_.erasure_mark(number, id);
  mark_erased_.bind_unsigned(1, number).bind_blob(2, std::span<const std::uint8_t>(mark)).run();
}

}  // namespace bannette::journal
