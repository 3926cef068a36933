#include "queue/journal/writer.hpp"

#include "queue/codec/record.hpp"
#include "queue/journal/chain.hpp"

namespace bannette::journal {

Writer::Writer(sqlite::Database& db, const seal::Key& master, std::string site, std::uint64_t epoch)
    : site_(std::move(site)),
      epoch_(epoch),
      db_(db),
      seal_(master, site_),
      dossiers_(db),
      record_(db, "INSERT INTO record(seq,number,body,sealed,hash) VALUES(?,?,?,?,?)"),
      key_in_(db, "INSERT INTO dossier_key(number,wrapped) VALUES(?,?)"),
      key_out_(db, "SELECT wrapped FROM dossier_key WHERE number=?"),
      contact_(db, "INSERT INTO contact(contact_hash,number) VALUES(?,?)"),
      mark_(db, "UPDATE meta SET verified_seq=?,verified_hash=?"),
      erase_key_(db, "DELETE FROM dossier_key WHERE number=?"),
      erase_contact_(db, "DELETE FROM contact WHERE number=?"),
      id_(db, "SELECT id FROM dossier WHERE number=?"),
      mark_erased_(db, "INSERT OR REPLACE INTO erasure(number,mark) VALUES(?,?)"),
      marked_(db, "SELECT 1 FROM erasure WHERE number=?") {}

Hash Writer::write(const Entry& entry, const Hash& previous) {
  const Change& change = entry.persist.change;
  const bool first = change.kind == ChangeKind::submitted;
  if (first) make_key(entry.persist.after);
  sealed_.clear();
  codec::encode_personal(entry.content, entry.text, entry.contact, plain_);
  if (!plain_.empty()) {
    if (!first) find_key(entry.persist.after);
    seal_.seal(key_, change.number, change.seq, plain_, sealed_);
  }
  codec::encode_record(change, site_, epoch_, body_);
  const Hash hash = next_hash(previous, change.seq, change.number, body_, sealed_);
  record_.bind_unsigned(1, change.seq)
      .bind_unsigned(2, change.number)
      .bind_blob(3, body_)
      .bind_blob(4, sealed_);
  record_.bind_blob(5, bytes_of(hash)).run();
  if (change.number == 0) return hash;  // the site's: there is no dossier
  if (first) {
    dossiers_.insert(entry.persist.after);
    write_contact(entry);
  } else if (!dossiers_.update(entry.persist.after)) {
    throw Damaged("dossier n° " + std::to_string(change.number) + " : sa ligne manque");
  }
  return hash;
}

void Writer::make_key(const Dossier& dossier) {
  key_ = seal::random_key();
  seal_.wrap(key_, dossier.number, dossier.id, wrapped_);
  key_in_.bind_unsigned(1, dossier.number).bind_blob(2, wrapped_).run();
}

void Writer::find_key(const Dossier& dossier) {
  key_out_.bind_unsigned(1, dossier.number);
  sqlite::Rows rows(key_out_);
  if (!rows.next()) no_key(dossier);
  const auto key = seal_.unwrap(dossier.number, dossier.id, key_out_.blob(0));
  if (!key) throw Damaged("dossier n° " + std::to_string(dossier.number) + " : sa clé ne s'ouvre pas");
  key_ = *key;
}

void Writer::no_key(const Dossier& dossier) {
  sqlite::Rows rows(marked_.bind_unsigned(1, dossier.number));
  throw Damaged("dossier n° " + std::to_string(dossier.number) +
                (rows.next() ? " : son contenu est effacé, un texte ne peut plus y être gardé"
                             : " : contenu effacé sans trace dans le journal (sa clé a disparu)"));
}

void Writer::write_contact(const Entry& entry) {
  if (entry.contact.empty()) return;
  const auto hash = seal_.contact_hash(entry.contact);
  contact_.bind_blob(1, std::span<const std::uint8_t>(hash))
      .bind_unsigned(2, entry.persist.change.number)
      .run();
}

void Writer::mark_verified(const Head& head) {
  mark_.bind_unsigned(1, head.seq).bind_blob(2, bytes_of(head.hash)).run();
}

void Writer::erase(std::uint64_t number) {
  erase_contact_.bind_unsigned(1, number).run();
  erase_key_.bind_unsigned(1, number).run();
  if (db_.changes() == 0) return;  // a mark here would hide that the key was lost
  std::optional<Uuid> id;
  {
    id_.bind_unsigned(1, number);
    sqlite::Rows rows(id_);
    if (rows.next()) id = uuid_from_bytes(id_.blob(0));
  }
  if (!id) return;
  const auto mark = seal_.erasure_mark(number, *id);
  mark_erased_.bind_unsigned(1, number).bind_blob(2, std::span<const std::uint8_t>(mark)).run();
}

}  // namespace bannette::journal
