#include "agent-console/cli/export.hpp"

#include <ostream>

#include <boost/json.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/lifecycle.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/reader.hpp"

#include "bannette/v1/dossier.pb.h"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::size_t dossiers_a_step = 200;
constexpr std::size_t records_a_step = 20'000;  // ends a step early: what is read at once is bounded
constexpr std::size_t whole = static_cast<std::size_t>(-1);

json::object change_json(const Change& change, const std::string& text) {
  return {
      {"seq", change.seq},           {"at", iso8601(change.at.wall_ms)},      {"actor", change.actor},
      {"change", name(change.kind)}, {"reason", text_or_null(change.reason)}, {"text", text_or_null(text)}};
}

// One dossier's line, as of `as_of`; nothing where it came later. Reads; does not write.
class Lines {
 public:
  Lines(journal::Reader& reader, std::uint64_t as_of) : reader_(reader), as_of_(as_of) {}

  // The lines of the next dossiers; false: there are no more.
  bool next(std::string& lines) {
    lines.clear();
    const auto snapshot = reader_.snapshot();
    const auto page = reader_.dossiers(after_, dossiers_a_step);
    std::size_t records = 0;
    for (const Dossier& row : page) {
      if (row.arrival_seq > as_of_) return false;  // numbers follow arrivals
      records += line(row, lines);
      after_ = row.number;
      if (records > records_a_step) return true;
    }
    return page.size() == dossiers_a_step;
  }

 private:
  std::size_t line(const Dossier& row, std::string& lines) {
    const auto key = reader_.key(row.number, row.id);
    const auto records = reader_.history(row.number, row.changed_seq, whole);
    std::optional<Dossier> dossier;
    json::value content = nullptr;  // stays so where it was erased
    json::array history;
    for (const auto& record : records) {
      if (record.change.seq > as_of_) break;
      dossier = evolve(dossier, record.change);
      const auto personal = key ? reader_.open(record, *key) : journal::Personal{};
      history.push_back(change_json(record.change, personal.text));
      if (!personal.content.empty()) content = decode(personal.content, record.change.seq);
    }
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
  std::uint64_t as_of_;
  std::uint64_t after_ = 0;
};

}  // namespace

int run_export(const std::filesystem::path& data, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::exists(data / "queue.db")) {
    err << "--data : " << data.string() << " ne contient pas de journal (queue.db)\n";
    return 2;
  }
  try {
    journal::Reader reader(data, seal::load_master_key(data));
    Lines lines(reader, reader.head().seq);
    std::string page;
    for (bool more = true; more;) {
      more = lines.next(page);
      if (!out.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
        err << "export : l'écriture a échoué\n";
        return 1;
      }
    }
    return 0;
  } catch (const std::exception& e) {
    err << e.what() << '\n';
    return 1;
  }
}

}  // namespace bannette::console
