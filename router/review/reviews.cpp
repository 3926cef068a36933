#include "router/review/reviews.hpp"

#include <array>
#include <stdexcept>

#include <boost/json.hpp>

#include "queue/core/ids.hpp"
#include "router/review/note_json.hpp"

namespace bannette::router {
namespace {

namespace json = boost::json;

constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS review("
    " number INTEGER PRIMARY KEY,"  // of the dossier
    " sealed BLOB NOT NULL) STRICT;"
    "PRAGMA user_version = 1;";
constexpr int wait_ms = 200;  // for somebody who reads beside
constexpr std::array<std::string_view, 3> statuses{"proposed", "accepted", "rejected"};

std::string ad_of(std::uint64_t number) {
  return "bannette correction 1 " + std::to_string(number);
}

std::string hex(const std::array<std::uint8_t, 16>& hash, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) {
    text += "0123456789abcdef"[hash[i] >> 4];
    text += "0123456789abcdef"[hash[i] & 15];
  }
  return text;
}

Reviewed status_of(std::string_view text) {
  for (std::size_t i = 0; i < statuses.size(); ++i)
    if (statuses[i] == text) return static_cast<Reviewed>(i);
  throw std::runtime_error("état inconnu : " + std::string(text));
}

}  // namespace

std::string_view name(Reviewed reviewed) {
  return statuses[static_cast<std::size_t>(reviewed)];
}

Reviews::Reviews(const std::filesystem::path& data, const seal::Key& master)
    : db_(data / "corrections.db", sqlite::Database::Mode::create),
      key_(seal::subkey(master, seal::Use::corrections)) {
  db_.make_durable();
  db_.exec("PRAGMA secure_delete = ON");  // what is forgotten leaves no bytes
  db_.exec(schema);
}

std::string Reviews::id_of(const Uuid& dossier) const {
  return "c-" + hex(seal::keyed_hash(key_, "id " + to_string(dossier)), 8);
}

std::string Reviews::basis_of(const Correction& correction, std::string_view note) const {
  Labelled label = correction.label;
  label.note = note;  // as typed: another scrubber must not ask for everything again
  return hex(seal::keyed_hash(key_, json::serialize(note_json({}, label))), 16);
}

std::optional<Review> Reviews::find(std::uint64_t number) {
  sqlite::Statement select(db_, "SELECT sealed FROM review WHERE number = ?1");
  sqlite::Rows rows(select.bind_unsigned(1, number));
  if (!rows.next()) return std::nullopt;
  const auto opened = seal::open(key_, ad_of(number), select.blob(0));
  if (!opened)
    throw std::runtime_error("corrections.db : la décision sur le dossier n° " + std::to_string(number) +
                             " est endommagée");
  const auto object = json::parse(*opened).as_object();
  Review review;
  review.status = status_of(object.at("status").as_string());
  review.id = object.at("id").as_string();
  review.basis = object.at("basis").as_string();
  review.by = object.at("by").as_string();
  review.at_ms = object.at("at_ms").to_number<std::int64_t>();
  review.label = label_of(object.at("label").as_object());
  return review;
}

void Reviews::put(std::uint64_t number, const Review& review) {
  const std::string plain = json::serialize(json::object{{"status", name(review.status)},
                                                         {"id", review.id},
                                                         {"basis", review.basis},
                                                         {"by", review.by},
                                                         {"at_ms", review.at_ms},
                                                         {"label", note_json(review.id, review.label)}});
  const std::string sealed = seal::seal(key_, ad_of(number), plain);
  sqlite::Transaction transaction(db_);
  {
    sqlite::Statement count(db_, "SELECT count(*) FROM review WHERE number <> ?1");
    sqlite::Rows rows(count.bind_unsigned(1, number));
    if (rows.next() && count.unsigned_integer(0) >= bound)
      throw std::runtime_error("corrections.db : " + std::to_string(bound) +
                               " décisions, il n'y a plus de place");
  }
  sqlite::Statement(db_, "INSERT OR REPLACE INTO review(number, sealed) VALUES(?1, ?2)")
      .bind_unsigned(1, number)
      .bind_blob(2, std::string_view(sealed))
      .run();
  transaction.commit();
  db_.checkpoint(sqlite::Database::Checkpoint::truncate, wait_ms);
}

void Reviews::forget(std::uint64_t number) {
  sqlite::Statement(db_, "DELETE FROM review WHERE number = ?1").bind_unsigned(1, number).run();
  db_.checkpoint(sqlite::Database::Checkpoint::truncate, wait_ms);
}

std::vector<std::uint64_t> Reviews::numbers() {
  sqlite::Statement select(db_, "SELECT number FROM review ORDER BY number");
  sqlite::Rows rows(select);
  std::vector<std::uint64_t> all;
  while (rows.next()) all.push_back(select.unsigned_integer(0));
  return all;
}

}  // namespace bannette::router
