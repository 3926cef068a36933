#include "router/review/note_json.hpp"

#include <stdexcept>

#include <boost/json/array.hpp>

namespace bannette::router {

namespace json = boost::json;

json::object note_json(const std::string& id, const Labelled& label) {
  return {{"id", id},
          {"note", label.note},
          {"commune", label.commune},
          {"address", ""},
          {"motif", label.motif},
          {"motifs_ok", json::array(label.motifs_ok.begin(), label.motifs_ok.end())},
          {"urgency", bannette::name(label.urgency)},
          {"danger", label.danger},
          {"insee", label.insee},
          {"unit", label.unit},
          {"trap", ""}};
}

Labelled label_of(const json::object& object) {
  const auto text = [&](std::string_view name) { return std::string(object.at(name).as_string()); };
  Labelled label;
  label.note = text("note");
  label.commune = text("commune");
  label.motif = text("motif");
  for (const auto& each : object.at("motifs_ok").as_array()) label.motifs_ok.emplace_back(each.as_string());
  const auto urgency = parse_urgency(text("urgency"));
  if (!urgency) throw std::runtime_error("urgence inconnue : " + text("urgency"));
  label.urgency = *urgency;
  label.danger = object.at("danger").as_bool();
  label.insee = text("insee");
  label.unit = text("unit");
  return label;
}

}  // namespace bannette::router
