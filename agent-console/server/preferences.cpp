#include "agent-console/server/preferences.hpp"

#include "queue/journal/sqlite.hpp"

namespace bannette::console {
namespace {

constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS preferences(
  person TEXT PRIMARY KEY CHECK(length(person) BETWEEN 1 AND 64),
  text TEXT NOT NULL CHECK(length(CAST(text AS BLOB)) BETWEEN 1 AND 8192)) STRICT;
)sql";

}  // namespace

struct Preferences::Impl {
  explicit Impl(const std::filesystem::path& file) : db(file, sqlite::Database::Mode::create) {
    db.exec("PRAGMA journal_mode=WAL");
    db.exec(
        "PRAGMA synchronous=NORMAL");  // a page that saves its views must not make all others wait for a sync
    db.exec(kSchema);
  }

  // May another person's come in?
  bool room(std::string_view person) {
    sqlite::Statement count(db, "SELECT count(*) FROM preferences WHERE person <> ?");
    count.bind_text(1, person);
    sqlite::Rows rows(count);
    return rows.next() && count.integer(0) < kPreferencesPeople;
  }

  sqlite::Database db;
};

Preferences::Preferences(const std::filesystem::path& data)
    : impl_(std::make_unique<Impl>(data / "preferences.db")) {}

Preferences::~Preferences() = default;

std::string Preferences::of(std::string_view person) {
  sqlite::Statement row(impl_->db, "SELECT text FROM preferences WHERE person = ?");
  row.bind_text(1, person);
  sqlite::Rows rows(row);
  return rows.next() ? std::string(row.text(0)) : std::string();
}

Result<void> Preferences::keep(std::string_view person, std::string_view text) {
  if (text.size() > kPreferencesMax)
    return Refusal{Code::too_large, "text", "Trop de vues enregistrées : supprimez-en une."};
  if (text.empty()) {
    sqlite::Statement row(impl_->db, "DELETE FROM preferences WHERE person = ?");
    row.bind_text(1, person).run();
    return {};
  }
  if (!impl_->room(person)) return Refusal{Code::busy, "", "Trop de préférences en mémoire."};
  sqlite::Statement row(impl_->db,
                        "INSERT INTO preferences(person, text) VALUES(?1, ?2)"
                        " ON CONFLICT(person) DO UPDATE SET text = ?2");
  row.bind_text(1, person).bind_text(2, text);
  try {
    row.run();
  } catch (const sqlite::Error& error) {
    if (!error.full()) throw;
    return Refusal{Code::disk_full, "", "Le disque du serveur est plein : rien n’a été enregistré."};
  }
  return {};
}

}  // namespace bannette::console
