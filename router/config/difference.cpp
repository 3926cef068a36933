#include "router/config/difference.hpp"

#include <algorithm>
#include <map>

#include "router/config/describe.hpp"
#include "router/config/duration.hpp"
#include "router/core/consignes.hpp"
#include "router/core/decision.hpp"
#include "router/core/safety.hpp"
#include "router/core/telephony.hpp"

namespace bannette::router {
namespace {

using Named = std::map<std::string, std::string>;  // by what it is told apart by: what it says

class Lines {
 public:
  void add(std::string line) {
    if (lines_.size() < differences_max) lines_.push_back(std::move(line));
    if (lines_.size() == differences_max) lines_.back() = "… et d'autres différences";
  }
  // "commune Hem (59299) : utpas-hem, avant utpas-lys".
  void compare(const std::string& what, const Named& before, const Named& after) {
    for (const auto& [name, says] : before)
      if (!after.contains(name)) add(what + " " + name + " : retiré" + told(says));
    for (const auto& [name, says] : after) {
      const auto old = before.find(name);
      if (old == before.end())
        add(what + " " + name + " : ajouté" + told(says));
      else if (old->second != says)
        add(what + " " + name + " : " + says + ", avant " + old->second);
    }
  }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  static std::string told(const std::string& says) { return says.empty() ? says : " (" + says + ")"; }
  std::vector<std::string> lines_;
};

std::string destination_text(const Destination& destination) {
  std::string text = destination.kind == Destination::Kind::none           ? "aucune destination"
                     : destination.kind == Destination::Kind::unit_service ? "unite:" + destination.code
                                                                           : "service:" + destination.code;
  if (!destination.copy.empty()) text += " copie " + destination.copy;
  return text;
}

std::string delay_text(const Delay& delay) {
  return delay.unit == Delay::Unit::none ? "sans délai" : text_of(delay);
}

Named units_of(const Site& site) {
  Named out;
  for (const auto& unit : site.units) out[unit.code] = unit.name;
  for (const auto& service : site.services) out["service:" + service.code] = service.name;
  return out;
}

Named bannettes_by_name(const Site& site) {
  Named out;
  for (auto& name : bannettes_of(site)) out[std::move(name)];
  return out;
}

Named topics_of(const Site& site) {
  Named out;
  for (const auto& topic : site.topics)
    out[topic.code] = topic.label + ", urgence " + std::string(in_french(topic.urgency)) + ", " +
                      delay_text(topic.delay) + ", " + destination_text(topic.destination) +
                      (topic.restricted ? ", restreint" : "");
  return out;
}

std::string numbers_of(const Sector& row) {
  std::string text = row.parity == Sector::Parity::even  ? " pairs"
                     : row.parity == Sector::Parity::odd ? " impairs"
                                                         : "";
  if (row.from) text += " dès le " + std::to_string(*row.from);
  if (row.to) text += " jusqu'au " + std::to_string(*row.to);
  return text;
}

Named sectors_of(const Site& site) {
  Named out;
  for (const auto& row : site.sectors) {
    const auto* commune = find_commune(site, row.insee);
    const std::string name =
        (commune == nullptr ? std::string() : commune->name + " ") + "(" + row.insee + ")";
    std::string& units = out[row.street.empty() ? name : name + ", " + row.street + numbers_of(row)];
    units += (units.empty() ? "" : " puis ") + row.unit;
  }
  return out;
}

Named safety_of(const Site& site) {
  Named out;
  if (site.safety == nullptr) return out;
  for (const auto& rule : site.safety->rules())
    out[rule.id] = std::string(in_french(rule.urgency)) + (rule.danger ? ", danger" : "") +
                   (rule.topic.empty() ? "" : ", " + rule.topic) + ", " + std::to_string(rule.when.size()) +
                   " formes";
  return out;
}

Named consignes_of(const Site& site) {
  Named out;
  if (site.consignes == nullptr) return out;
  const Consignes& all = *site.consignes;
  const auto joined = [](const std::vector<std::string>& texts) {
    std::string text;
    for (const auto& each : texts) text += (text.empty() ? "" : " | ") + each;
    return text;
  };
  const auto with = [](const std::string& text) { return text.empty() ? text : ", " + text; };
  for (const auto& each : all.numbers)
    out["numéro " + each.code] = each.number + ", " + each.name + with(each.when);
  out["danger"] =
      joined(all.danger.say) + " / " + joined(all.danger.handover) + " / " + joined(all.danger.numbers);
  for (const auto& each : all.guides) {
    out["motif " + each.topic] = joined(each.say) + " / " + joined(each.numbers);
    std::string order;
    for (const auto& question : each.questions) {
      order += (order.empty() ? "" : ", ") + question.code;
      out["motif " + each.topic + ", question " + question.code] =
          question.label + " : " + question.text + with(question.hint) +
          (question.choices.empty() ? "" : " [" + joined(question.choices) + "]");
    }
    out["motif " + each.topic + ", ordre des questions"] = order;
  }
  for (const auto& each : all.referrals)
    out["renvoi " + each.code] = each.name + with(each.phone) + with(each.hint);
  for (const auto& each : all.corrections) out["correction " + each.code] = each.label;
  for (const auto& each : all.no_dossier) out["issue " + each.code] = each.label;
  return out;
}

Named times_of(const Site& site) {
  Named out;
  for (auto& line : describe_times(site.queue)) out[std::move(line)];
  return out;
}

// Of each: what a person would want to know has changed, and that it has.
Named telephony_of(const Site& site) {
  Named out;
  if (!site.telephony) return out;
  const auto& t = *site.telephony;
  for (const auto& pbx : t.pbxs)
    out["standard " + pbx.code] = !pbx.active ? "inactif"
                                  : pbx.kind == Telephony::Pbx::Kind::cti
                                      ? "webhook"
                                      : pbx.host + ":" + std::to_string(pbx.port) + (pbx.tls ? ", TLS" : "") +
                                            ", utilisateur " + pbx.user + ", événements " + pbx.mask;
  for (const auto& queue : t.queues)
    out["file " + queue.code] =
        queue.label + (queue.overflow_of.empty() ? "" : ", déborde de " + queue.overflow_of);
  for (const auto& post : t.posts) out["poste " + post.code] = post.name + ", " + post.interface;
  for (const auto& pause : t.pauses) out["pause " + pause.code] = pause.label;
  out["décompte"] = "court " + std::to_string(t.short_ms / 1'000) + " s, après l'appel " +
                    std::to_string(t.wrap_up_ms / 1'000) + " s, niveau de service " +
                    std::to_string(t.service_level_s) + " s, " + std::to_string(t.callback_tries) + " essais";
  return out;
}

}  // namespace

std::vector<std::string> differences(const Site& before, const Site& after) {
  Lines lines;
  lines.compare("unité ou service", units_of(before), units_of(after));
  lines.compare("bannette", bannettes_by_name(before), bannettes_by_name(after));
  lines.compare("motif", topics_of(before), topics_of(after));
  lines.compare("secteur", sectors_of(before), sectors_of(after));
  lines.compare("règle de sécurité", safety_of(before), safety_of(after));
  lines.compare("consigne", consignes_of(before), consignes_of(after));
  lines.compare("horaires et délais :", times_of(before), times_of(after));
  lines.compare("téléphonie :", telephony_of(before), telephony_of(after));
  const bool same = before.telephony == after.telephony ||
                    (before.telephony && after.telephony && *before.telephony == *after.telephony);
  if (!same && telephony_of(before) == telephony_of(after)) lines.add("téléphonie : d'autres réglages");
  return lines.take();
}

}  // namespace bannette::router
