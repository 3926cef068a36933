#include "tests/integration/exported.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include <boost/json.hpp>

#include "tests/integration/process.hpp"

namespace bannette::test {
namespace {

namespace json = boost::json;

constexpr std::size_t kOfTheSite = 8;  // changes in one test

std::string text(const json::value& value) {
  return value.is_null() ? std::string{} : std::string(value.as_string());
}

ExportedDossier dossier_of(const json::object& line) {
  ExportedDossier d;
  d.id = text(line.at("id"));
  d.reference = text(line.at("reference"));
  d.bannette = text(line.at("bannette"));
  d.state = text(line.at("state"));
  d.holder = text(line.at("holder"));
  d.fence = line.at("fence").to_number<std::uint64_t>();
  d.note = text(line.at("content").at("note"));
  d.caller = text(line.at("content").at("caller").at("name"));
  for (const auto& each : line.at("history").as_array())
    d.history.push_back({each.at("seq").to_number<std::uint64_t>(), text(each.at("actor")),
                         text(each.at("change")), text(each.at("reason"))});
  return d;
}

}  // namespace

bool ExportedDossier::has(std::uint64_t seq, const std::string& change) const {
  return std::any_of(history.begin(), history.end(),
                     [&](const auto& each) { return each.seq == seq && each.change == change; });
}

Exported::Exported(const std::string& lines) {
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    dossiers.push_back(dossier_of(json::parse(line).as_object()));
    places_.emplace(dossiers.back().id, dossiers.size() - 1);
    ++notes_[dossiers.back().note];
  }
}

Exported Exported::of(const std::filesystem::path& data) {
  const Ran ran = run({"export", "--data", data.string()});
  if (ran.code != 0) throw std::runtime_error("export: " + ran.err);
  return Exported(ran.out);
}

const ExportedDossier* Exported::find(const std::string& id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? nullptr : &dossiers[found->second];
}

std::size_t Exported::with_note(const std::string& note) const {
  const auto found = notes_.find(note);
  return found == notes_.end() ? 0 : found->second;
}

std::uint64_t Exported::check_whole() const {
  std::set<std::uint64_t> seqs;
  std::set<std::string> references;
  std::size_t changes = 0;
  for (const auto& each : dossiers) {
    references.insert(each.reference);
    changes += each.history.size();
    for (const auto& change : each.history) seqs.insert(change.seq);
  }
  if (places_.size() != dossiers.size() || references.size() != dossiers.size())
    throw std::runtime_error("a dossier stands twice");
  if (seqs.size() != changes) throw std::runtime_error("a number stands twice");
  if (!seqs.empty() && *seqs.rbegin() > changes + kOfTheSite)
    throw std::runtime_error("numbers have gaps: " + std::to_string(changes) + " up to " +
                             std::to_string(*seqs.rbegin()));
  return changes;
}

}  // namespace bannette::test
