#include "router/learn/notes.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <boost/json.hpp>

#include "queue/core/limits.hpp"

namespace bannette::router {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

// One line being read; the first thing that is wrong is told.
class Line {
 public:
  explicit Line(const json::object& object) : object_(object) {}

  std::string text(std::string_view key, std::size_t most, bool required = true) {
    const auto* value = object_.if_contains(key);
    if (value == nullptr || !value->is_string()) {
      if (required || value != nullptr) fail(key, "doit être un texte");
      return {};
    }
    if (value->get_string().size() > most) fail(key, "dépasse " + std::to_string(most) + " octets");
    return std::string(value->get_string());
  }
  bool flag(std::string_view key) {
    const auto* value = object_.if_contains(key);
    if (value == nullptr || !value->is_bool()) fail(key, "doit être true ou false");
    return value != nullptr && value->is_bool() && value->get_bool();
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> out;
    const auto* value = object_.if_contains(key);
    if (value == nullptr || !value->is_array() || value->get_array().size() > 24) {
      fail(key, "doit être une liste de 24 textes au plus");
      return out;
    }
    for (const auto& each : value->get_array()) {
      if (!each.is_string() || each.get_string().size() > limits::code) {
        fail(key, "doit être une liste de textes");
        continue;
      }
      out.emplace_back(each.get_string());
    }
    return out;
  }
  void fail(std::string_view key, const std::string& what) {
    if (wrong_.empty()) wrong_ = "« " + std::string(key) + " » " + what;
  }
  [[nodiscard]] const std::string& wrong() const { return wrong_; }

 private:
  const json::object& object_;
  std::string wrong_;
};

void check(Line& line, const LabelledNote& note, const Site& site) {
  const auto topics = note.accepted;
  for (const auto& topic : topics)
    if (find_topic(site, topic) == nullptr)
      line.fail("motifs_ok", "nomme un motif inconnu : « " + topic + " »");
  if (find_topic(site, note.topic) == nullptr) line.fail("motif", "est inconnu : « " + note.topic + " »");
  if (std::find(topics.begin(), topics.end(), note.topic) == topics.end())
    line.fail("motifs_ok", "doit contenir « motif »");
  if (note.danger && note.urgency > Urgency::urgent)
    line.fail("urgency", "est au moins « urgent » pour un danger");
  if (!note.unit.empty() && find_unit(site, note.unit) == nullptr) line.fail("unit", "est inconnue");
}

struct Reading {
  const Site& site;
  LabelledNotes all;
  std::set<std::string> ids;

  void wrong(const std::string& file, std::size_t line, std::string message) {
    all.errors.push_back({file, line, std::move(message)});
  }
  void line(const std::string& file, std::size_t number, const std::string& text) {
    if (text.size() > note_line_max) return wrong(file, number, "ligne de plus de 64 Kio");
    boost::system::error_code failed;
    const auto value = json::parse(text, failed);
    if (failed || !value.is_object()) return wrong(file, number, "la ligne n'est pas un objet JSON");
    Line fields(value.get_object());
    LabelledNote note;
    note.id = fields.text("id", 200);
    note.call = {fields.text("note", limits::note), fields.text("commune", limits::commune, false),
                 fields.text("address", limits::address, false)};
    note.topic = fields.text("motif", limits::code);
    note.accepted = fields.texts("motifs_ok");
    const auto urgency = fields.text("urgency", limits::code);
    if (const auto level = parse_urgency(urgency))
      note.urgency = *level;
    else
      fields.fail("urgency", "doit être immediate, urgent, priority ou normal");
    note.danger = fields.flag("danger");
    note.insee = fields.text("insee", limits::code, false);
    note.unit = fields.text("unit", limits::code, false);
    note.trap = fields.text("trap", limits::code, false);
    note.file = file;
    check(fields, note, site);
    if (fields.wrong().empty() && !ids.insert(note.id).second)
      fields.fail("id", "est déjà pris : « " + note.id + " »");
    if (!fields.wrong().empty()) return wrong(file, number, fields.wrong());
    all.notes.push_back(std::move(note));
  }
  void file(const fs::path& path) {
    const auto name = path.filename().string();
    std::ifstream in(path);
    if (!in) return wrong(name, 0, "le fichier ne peut pas être lu");
    std::size_t number = 0;
    for (std::string text; std::getline(in, text);) {
      ++number;
      if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
      if (all.notes.size() >= labelled_notes_max)
        return wrong(name, number, "plus de " + std::to_string(labelled_notes_max) + " notes");
      line(name, number, text);
    }
  }
};

}  // namespace

LabelledNotes read_notes(const fs::path& path, const Site& site) {
  Reading reading{site, {}, {}};
  std::error_code failed;
  std::vector<fs::path> files;
  if (fs::is_directory(path, failed)) {
    for (const auto& entry : fs::directory_iterator(path, failed))
      if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty()) reading.wrong(path.filename().string(), 0, "aucun fichier .jsonl dans ce dossier");
  } else {
    files.push_back(path);
  }
  for (const auto& file : files) reading.file(file);
  return std::move(reading.all);
}

}  // namespace bannette::router
