#include "agent-console/server/audit.hpp"

#include <algorithm>

#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

// A row is never changed, and goes only when it is old: whoever has the file open cannot tidy it up in
// passing.
constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS audit(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL CHECK(at_ms > 0),
  act TEXT NOT NULL CHECK(length(act) BETWEEN 1 AND 40),
  who TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  times INTEGER NOT NULL CHECK(times >= 1)) STRICT;
CREATE INDEX IF NOT EXISTS audit_who ON audit(who);
CREATE INDEX IF NOT EXISTS audit_subject ON audit(subject);
CREATE INDEX IF NOT EXISTS audit_logins ON audit(who, at_ms) WHERE act = 'login';
CREATE TRIGGER IF NOT EXISTS audit_unchanged BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE DELETE ON audit
  WHEN OLD.at_ms > (unixepoch() - 366 * 86400) * 1000
  BEGIN SELECT RAISE(ABORT, 'the audit is kept for a year'); END;
)sql";

constexpr std::size_t kTextMost = 300;  // bytes
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kLookEveryMs = 3'600'000;

std::string cut(const std::string& text) {
  std::size_t end = std::min(text.size(), kTextMost);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

AuditEntry entry_of(const sqlite::Statement& row) {
  AuditEntry entry;
  entry.number = row.integer(0);
  entry.at_ms = row.integer(1);
  entry.act = row.text(2);
  entry.by = {std::string(row.text(3)), std::string(row.text(4))};
  entry.subject = row.text(5);
  entry.detail = row.text(6);
  entry.times = row.integer(7);
  return entry;
}

}  // namespace

Audit::Audit(sqlite::Database& db) : db_(db) {
  db_.exec(kSchema);
}

void Audit::append(const AuditEntry& entry) {
  const std::int64_t now_ms = system::now().wall_ms;
  const std::string who = cut(entry.by.name), address = cut(entry.by.address), subject = cut(entry.subject),
                    detail = cut(entry.detail);
  sqlite::Statement row(
      db_, "INSERT INTO audit(at_ms, act, who, address, subject, detail, times) VALUES(?,?,?,?,?,?,?)");
  row.bind(1, entry.at_ms > 0 ? entry.at_ms : now_ms).bind_text(2, entry.act).bind_text(3, who);
  row.bind_text(4, address).bind_text(5, subject).bind_text(6, detail);
  row.bind(7, std::max<std::int64_t>(1, entry.times));
  row.run();
  if (now_ms - forgotten_ms_ >= kLookEveryMs) forget_old(now_ms);
}

void Audit::forget_old(std::int64_t now_ms) {
  forgotten_ms_ = now_ms;
  constexpr std::int64_t margin = 1;  // of the trigger's own reckoning, in whole seconds
  sqlite::Statement old(db_, "DELETE FROM audit WHERE at_ms < ?");
  old.bind(1, now_ms - (kKeptDays + margin) * kDayMs).run();
}

std::vector<AuditEntry> Audit::page(const Wanted& wanted) {
  std::string sql =
      "SELECT number, at_ms, act, who, address, subject, detail, times FROM audit WHERE number < ?1";
  if (!wanted.about.empty()) sql += " AND (who = ?3 OR subject = ?3)";
  sqlite::Statement rows_of(db_, sql + " ORDER BY number DESC LIMIT ?2");
  rows_of.bind(1, wanted.before > 0 ? wanted.before : INT64_MAX);
  rows_of.bind(2, static_cast<std::int64_t>(std::clamp<std::size_t>(wanted.most, 1, kPage)));
  if (!wanted.about.empty()) rows_of.bind_text(3, wanted.about);
  std::vector<AuditEntry> entries;
  for (sqlite::Rows rows(rows_of); rows.next();) entries.push_back(entry_of(rows_of));
  return entries;
}

std::vector<Audit::LastLogin> Audit::last_logins() {
  sqlite::Statement rows_of(db_, "SELECT who, max(at_ms) FROM audit WHERE act = 'login' GROUP BY who");
  std::vector<LastLogin> all;
  for (sqlite::Rows rows(rows_of); rows.next();)
    all.push_back({std::string(rows_of.text(0)), rows_of.integer(1)});
  return all;
}

std::int64_t Audit::last_login(const std::string& account) {
  sqlite::Statement row(db_, "SELECT max(at_ms) FROM audit WHERE act = 'login' AND who = ?");
  row.bind_text(1, account);
  sqlite::Rows rows(row);
  return rows.next() ? row.integer(0) : 0;  // NULL reads as 0
}

}  // namespace bannette::console
