#include "router/review/correction.hpp"

#include <algorithm>
#include <utility>

namespace bannette::router {
namespace {

std::string urgency_text(Urgency urgency, bool danger) {
  return std::string(in_french(urgency)) + (danger ? ", danger" : "");
}

// The topics that lead to a bannette.
std::vector<std::string> topics_for(const Site& site, const std::string& bannette) {
  const std::string unit = bannette.substr(0, bannette.find('/'));
  std::vector<std::string> codes;
  for (const auto& topic : site.topics)
    if (bannette_for(site, topic.code, unit) == bannette) codes.push_back(topic.code);
  return codes;
}

void by_operator(const Site& site, const PastCall& call, Correction& out) {
  const auto& [then, sent] = std::pair(call.then, call.sent);
  const auto add = [&](std::string what) {
    out.why.push_back(std::move(what));
    out.source = "operator";
  };
  if (sent.topic != then.topic)
    add("motif corrigé par l'opérateur : " + label_of_topic(site, then.topic) + " → " +
        label_of_topic(site, sent.topic));
  if (sent.urgency != then.urgency || sent.danger != then.danger)
    add("urgence corrigée par l'opérateur : " + urgency_text(then.urgency, then.danger) + " → " +
        urgency_text(sent.urgency, sent.danger));
}

// An accepted redirect, or a supervisor's move: what it says of topic and unit.
void by_unit(const Site& site, const Change& change, Correction& out) {
  if (change.kind != ChangeKind::proposal_accepted && change.kind != ChangeKind::moved) return;
  Labelled& label = out.label;
  const auto add = [&](const std::string& what) {
    out.why.push_back(what + label_of(site, change.bannette) + " → " + label_of(site, change.to));
    if (out.source != "unit") out.source += out.source.empty() ? "unit" : "+unit";
  };
  if (change.reason == name(Why::wrong_topic)) {
    auto codes = topics_for(site, change.to);
    if (std::find(codes.begin(), codes.end(), label.motif) != codes.end()) return;
    label.motif = codes.size() == 1 ? codes.front() : std::string();
    label.motifs_ok = std::move(codes);
    add("réorienté, le motif n'était pas le bon : ");
  } else if (change.reason == name(Why::wrong_territory)) {
    const std::string unit = change.to.substr(0, change.to.find('/'));
    if (find_unit(site, unit) == nullptr || unit == out.proposed.unit) return;
    label.unit = unit;
    add("réorienté, le territoire n'était pas le bon : ");
  }
}

// Without its street a note tells the commune's own unit, or none.
std::string told_unit(const Site& site, const std::string& insee, const std::string& unit) {
  const auto is_default = [&](const Sector& sector) {
    return sector.insee == insee && sector.street.empty() && sector.unit == unit;
  };
  return std::any_of(site.sectors.begin(), site.sectors.end(), is_default) ? unit : std::string();
}

}  // namespace

std::optional<Correction> correction_of(const Site& site, const Scrubber& scrubber, const Past& past,
                                        const std::vector<std::string>& hidden) {
  const PastCall call = past_call(past);
  Correction out;
  out.number = past.dossier.number;
  out.arrived_ms = past.dossier.arrived_ms;
  out.proposed = call.then;
  out.label.motif = call.sent.topic;
  out.label.motifs_ok = {call.sent.topic};
  out.label.urgency = call.sent.urgency;
  out.label.danger = call.sent.danger;
  out.label.insee = call.then.insee;
  out.label.unit = call.then.unit;
  by_operator(site, call, out);
  for (const auto& change : past.history) by_unit(site, change, out);
  if (out.source.empty()) return std::nullopt;
  out.label.unit = told_unit(site, out.label.insee, out.label.unit);
  if (const auto* commune = find_commune(site, out.label.insee)) out.label.commune = commune->name;
  out.label.note = scrubber.scrub(call.call.note, hidden);
  return out;
}

}  // namespace bannette::router
