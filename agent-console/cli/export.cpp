#include "agent-console/cli/export.hpp"

#include <algorithm>
#include <ostream>

#include <boost/json.hpp>

#include "agent-console/cli/account.hpp"
#include "agent-console/core/views.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/lifecycle.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/reader.hpp"

#include "bannette/v1/dossier.pb.h"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::size_t dossiers_a_step = 200;
constexpr std::size_t records_a_step = 20'000;  // ends a step early: what is read at once is bounded
constexpr std::uint64_t shown_most = 200;       // complaints; beyond, they are counted
constexpr std::size_t whole = static_cast<std::size_t>(-1);

json::object change_json(const Change& change, const std::string& text) {
  return {
      {"seq", change.seq},           {"at", iso8601(change.at.wall_ms)},      {"actor", change.actor},
      {"change", name(change.kind)}, {"reason", text_or_null(change.reason)}, {"text", text_or_null(text)}};
}

// What stands in the way of a whole export: told as it is met, counted to the end.
class Complaints {
 public:
  explicit Complaints(std::ostream& err) : err_(err) {}
  void tell(const std::string& what) {
    if (++count_ <= shown_most) err_ << "export : " << what << '\n';
  }
  // The exit code.
  int finish() {
    if (count_ > shown_most) err_ << "export : … et " << count_ - shown_most << " autres\n";
    if (count_ > 0)
      err_ << "export incomplet, anomalies : " << count_ << " (voir « bannette check --data »)\n";
    return count_ == 0 ? 0 : 1;
  }

 private:
  std::ostream& err_;
  std::uint64_t count_ = 0;
};

// A line for each dossier, as of `as_of`; one that came later has none. Reads; does not write.
class Lines {
 public:
  Lines(journal::Reader& reader, std::uint64_t as_of, Complaints& complaints)
      : reader_(reader),
        complaints_(complaints),
        as_of_(as_of),
        last_(reader.last_number_in_records(as_of)) {}

  // The lines of the next dossiers; false: there are no more.
  bool next(std::string& lines) {
    lines.clear();
    const auto snapshot = reader_.snapshot();
    const auto page = reader_.numbers(after_, dossiers_a_step);
    std::size_t records = 0;
    for (const std::uint64_t number : page) {
      if (number > last_ && came_later(number)) return end();
      tell_missing(number - 1);
      after_ = number;
      records += one(number, lines);
      if (records > records_a_step) return true;
    }
    return page.size() == dossiers_a_step || end();
  }

 private:
  bool end() {
    tell_missing(last_);
    return false;
  }

  // Numbers follow arrivals, so that nothing older is behind it.
  bool came_later(std::uint64_t number) {
    try {
      const auto row = reader_.dossier(number);
      return !row || row->arrival_seq > as_of_;
    } catch (const journal::Damaged&) {
      return false;
    }
  }

  // Of the numbers behind the last row that was read, up to `to`.
  void tell_missing(std::uint64_t to) {
    const std::uint64_t first = after_ + 1;
    const std::uint64_t last = std::min(to, last_);
    if (first > last) return;
    after_ = last;
    if (first == last)
      complaints_.tell("dossier n° " + std::to_string(first) + " : sa ligne manque");
    else
      complaints_.tell("dossiers n° " + std::to_string(first) + " à " + std::to_string(last) +
                       " : leurs lignes manquent");
  }

  // Answers how many records were read. What is wrong with this dossier does not stop the others.
  std::size_t one(std::uint64_t number, std::string& lines) {
    const std::string front = "dossier n° " + std::to_string(number) + " : ";
    try {
      const auto row = reader_.dossier(number);
      if (!row) throw journal::Damaged(front + "sa ligne manque");
      return line(*row, lines);
    } catch (const std::exception& e) {
      const std::string what = e.what();
      complaints_.tell(what.starts_with(front) ? what : front + what);
      return 1;
    }
  }

  std::size_t line(const Dossier& row, std::string& lines) {
    const auto key = reader_.key(row.number, row.id);
    const auto records = reader_.history(row.number, row.changed_seq, whole);
    std::optional<Dossier> folded, dossier;
    json::value content = nullptr;  // stays so where it was erased
    json::array history;
    for (const auto& record : records) {
      folded = evolve(folded, record.change);
      if (record.change.seq > as_of_) continue;
      dossier = folded;
      const auto personal = key ? reader_.open(record, *key) : journal::Personal{};
      history.push_back(change_json(record.change, personal.text));
      if (!personal.content.empty()) content = decode(personal.content, record.change.seq);
    }
    if (folded != row)
      complaints_.tell("dossier n° " + std::to_string(row.number) +
                       " : sa ligne diffère de son histoire ; c'est l'histoire qui est écrite");
    if (dossier) lines += json::serialize(object(*dossier, std::move(content), std::move(history))) + '\n';
    return records.size();
  }

  static json::value decode(const std::string& bytes, std::uint64_t seq) {
    v1::Content content;
    if (!content.ParseFromString(bytes))
      throw journal::Damaged("enregistrement " + std::to_string(seq) + " : le contenu ne se décode pas");
    return content_json(content);
  }

  static json::object object(const Dossier& dossier, json::value content, json::array history) {
    return {{"id", to_string(dossier.id)},
            {"reference", make_reference(dossier.number)},
            {"bannette", dossier.bannette},
            {"state", name(dossier.state)},
            {"topic", dossier.topic},
            {"urgency", name(dossier.urgency)},
            {"danger", dossier.danger},
            {"arrived", iso8601(dossier.arrived_ms)},
            {"deadline", time_or_null(dossier.deadline_ms)},
            {"holder", text_or_null(dossier.holder)},
            {"fence", dossier.fence},
            {"content", std::move(content)},
            {"history", std::move(history)}};
  }

  journal::Reader& reader_;
  Complaints& complaints_;
  std::uint64_t as_of_;
  std::uint64_t last_;  // the highest number by then
  std::uint64_t after_ = 0;
};

// Read before the journal, which a running service only makes longer.
std::optional<journal::Head> told_head(const std::filesystem::path& data, std::string& unreadable) {
  try {
    return journal::read_head_file(data);
  } catch (const journal::Damaged& e) {
    unreadable = e.what();
    return std::nullopt;
  }
}

int write_all(const std::filesystem::path& data, std::ostream& out, std::ostream& err) {
  Complaints complaints(err);
  std::string wrong;
  const auto told = told_head(data, wrong);
  journal::Reader reader(data, seal::load_master_key(data));
  const auto head = reader.head();
  if (wrong.empty())
    wrong = journal::head_disagreement(head, told, [&](std::uint64_t seq) {
              return reader.hash_at(seq);
            }).value_or("");
  if (!wrong.empty()) complaints.tell(wrong);
  Lines lines(reader, head.seq, complaints);
  std::string page;
  for (bool more = true; more;) {
    more = lines.next(page);
    if (!out.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
      err << "export : l'écriture a échoué\n";
      return 1;
    }
  }
  return complaints.finish();
}

}  // namespace

int run_export(const std::filesystem::path& data, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::exists(data / "queue.db")) {
    err << "--data : " << data.string() << " ne contient pas de journal (queue.db)\n";
    return 2;
  }
  cli::put_down_shell(data, "exported", "tous les dossiers, avec leur contenu", err);
  try {
    return write_all(data, out, err);
  } catch (const std::exception& e) {
    err << e.what() << '\n';
    return 1;
  }
}

}  // namespace bannette::console
