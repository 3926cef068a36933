#include "queue/journal/opening.hpp"

#include <algorithm>
#include <limits>

#include "queue/journal/chain.hpp"
#include "queue/journal/chain_scan.hpp"
#include "queue/journal/file.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/migration.hpp"

namespace bannette::journal {
namespace {

constexpr std::uint64_t probe_step = 256;  // records between two looks backward
constexpr int older_in_a_row = 8;

std::string recognition_of(const Options& options) {
  const auto bytes = DossierSeal(options.master, options.site).recognition();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void make_tables(sqlite::Database& db, const std::filesystem::path& data_dir, const Options& options,
                 const std::optional<Head>& told) {
  if (told && told->seq > 0)
    throw Damaged("le journal est vide alors qu'il allait jusqu'à l'enregistrement " +
                  std::to_string(told->seq) + " (queue.head) : queue.db a été remplacé ou effacé");
  sqlite::Transaction transaction(db);
  create_schema(db,
                {schema_version, options.site, 0, recognition_of(options), {0, genesis(options.site)}, 0, 0});
  transaction.commit();
  sync_folder(data_dir);
}

void check_owner(const Meta& meta, const Options& options) {
  if (meta.site != options.site)
    throw CannotOpen("ces données sont du site « " + meta.site + " », la configuration du site « " +
                     options.site + " »");
  if (meta.recognition != recognition_of(options))
    throw CannotOpen("la clé maîtresse n'est pas celle de ce journal");
}

// `settled`: what comes behind it is folded into what the tables say, so it is read too.
void check_tail(Reader& reader, const ChainScan::Where& where, const Head& head, const Head& mark,
                std::uint64_t settled, const Options& options) {
  const auto back = [&](std::uint64_t count) { return head.seq > count ? head.seq - count : 0; };
  if (mark.seq > head.seq) throw Damaged(*mark_disagreement(reader, head, mark));
  const std::uint64_t wanted =
      std::min(settled, std::max(std::min(mark.seq, back(options.verify_least)), back(options.verify_most)));
  ChainScan(where, wanted, head.seq, std::numeric_limits<std::int64_t>::max())
      .finish(reader, [](const auto&) {});
  if (const auto wrong = mark_disagreement(reader, head, mark)) throw Damaged(*wrong);
}

std::uint64_t begin_epoch(sqlite::Database& db, std::uint64_t epoch, const Head& verified,
                          std::int64_t reserve) {
  sqlite::Transaction transaction(db);
  make_erasures(db);
  sqlite::Statement update(db, "UPDATE meta SET epoch=?,verified_seq=?,verified_hash=?");
  update.bind_unsigned(1, epoch).bind_unsigned(2, verified.seq).bind_blob(3, bytes_of(verified.hash)).run();
  transaction.commit();
  // A reader may be in the way; then the log is copied later. It begins empty: old frames would hide what
  // happens to the pages that they were copied to.
  db.checkpoint(sqlite::Database::Checkpoint::truncate, 500);
  db.reserve_wal(reserve);
  return epoch;
}

}  // namespace

std::unique_ptr<sqlite::Database> open_for_writing(const std::filesystem::path& data_dir,
                                                   const Options& options) {
  auto db =
      std::make_unique<sqlite::Database>(data_dir / "queue.db", sqlite::Database::Mode::create, options.vfs);
  // Of a new file; an older one keeps its own. Rows of 850 bytes leave less of a large page empty.
  db->exec("PRAGMA page_size=8192");
  db->make_durable();
  db->exec("PRAGMA cache_size=-32768");
  return db;
}

Opened admit(sqlite::Database& db, const std::filesystem::path& data_dir, const Options& options) {
  const auto told = read_head_file(data_dir);
  auto meta = read_meta(db);
  if (!meta) {
    make_tables(db, data_dir, options, told);
    meta = read_meta(db);
  }
  check_owner(*meta, options);
  Reader reader(data_dir, options.master, options.vfs);
  const Head head = reader.head();
  if (const auto wrong =
          head_disagreement(head, told, [&](std::uint64_t seq) { return reader.hash_at(seq); }))
    throw Damaged(*wrong);
  const bool old = meta->version < schema_version;
  check_tail(reader, {data_dir, options.master, options.vfs}, head, meta->verified,
             old ? head.seq : meta->settled_seq, options);
  if (old) migrate(db, reader, head);
  return {head, begin_epoch(db, meta->epoch + 1, head, options.wal_reserve_bytes)};
}

std::uint64_t before_keys(Reader& reader, std::uint64_t head, std::int64_t since_wall_ms) {
  std::uint64_t start = head;
  for (int older = 0; start > 0 && older < older_in_a_row;) {
    const auto wall_ms = reader.wall_ms(start);
    older = wall_ms && *wall_ms < since_wall_ms ? older + 1 : 0;
    start -= std::min(start, probe_step);
  }
  return start;
}

}  // namespace bannette::journal
