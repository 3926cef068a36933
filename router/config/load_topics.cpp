// motifs.csv: topics with their delay, confidentiality and destination.
#include <algorithm>
#include <charconv>

#include "router/config/duration.hpp"
#include "router/config/files.hpp"
#include "router/config/parts.hpp"

namespace bannette::router {
namespace {

enum Column : std::size_t { code, family, label, definition, urgency, delay, confidentiality, destination };
const std::vector<std::string> columns{"code",
                                       "famille",
                                       "libelle",
                                       "definition",
                                       "urgence_par_defaut",
                                       "delai_prise_en_charge",
                                       "confidentialite",
                                       "destination"};

// A topic's delay: "" none, otherwise as in duration.hpp, from 1 on and 1,000 at most of its unit.
std::optional<Delay> parse_topic_delay(std::string_view text) {
  if (text.empty()) return Delay{};
  const auto delay = parse_delay(text);
  const std::int64_t most = delay && delay->unit == Delay::Unit::working_days ? 1'000 : 1'000LL * 3'600'000;
  return delay && delay->amount >= 1 && delay->amount <= most ? delay : std::nullopt;
}

// "unite:pmi", "unite:protection-enfance (copie crip)", "service:mdph", "aucune".
std::optional<Destination> parse_destination(std::string_view text) {
  Destination out;
  constexpr std::string_view copy = " (copie ";
  if (const auto at = text.find(copy); at != std::string_view::npos) {
    if (!text.ends_with(')')) return std::nullopt;
    out.copy = text.substr(at + copy.size(), text.size() - at - copy.size() - 1);
    text = text.substr(0, at);
    if (out.copy.empty()) return std::nullopt;
  }
  if (text == "aucune") return out;
  const auto colon = text.find(':');
  const auto kind = text.substr(0, colon);
  if (colon == std::string_view::npos || (kind != "unite" && kind != "service")) return std::nullopt;
  out.kind = kind == "unite" ? Destination::Kind::unit_service : Destination::Kind::service;
  out.code = text.substr(colon + 1);
  return out;
}

// A copy that would reach nobody must not be promised.
void check_copy(const Site& site, const Spot& cell, const Destination& to, Findings& findings) {
  if (to.copy.empty() || find_service(site, to.copy) != nullptr) return;
  std::vector<std::string> codes;
  for (const auto& service : site.services) codes.push_back(service.code);
  findings.error(cell, "copie à un service inconnu « " + to.copy + " »", listed(codes));
}

void check_destination(const Site& site, const Spot& cell, const Destination& to, Findings& findings) {
  const bool territorial = to.kind == Destination::Kind::unit_service;
  if (to.kind == Destination::Kind::none) return;
  const auto& known = territorial ? site.unit_services : site.services;
  std::vector<std::string> codes;
  for (const auto& service : known) codes.push_back((territorial ? "unite:" : "service:") + service.code);
  if (std::find(codes.begin(), codes.end(), (territorial ? "unite:" : "service:") + to.code) == codes.end()) {
    findings.error(cell, "destination inconnue « " + cell.text + " »", listed(codes));
    return;
  }
  if (!territorial) return;
  for (const auto& unit : site.units)
    if (std::find(unit.services.begin(), unit.services.end(), to.code) == unit.services.end())
      findings.warning(cell,
                       "l'unité « " + unit.code + " » n'a pas le service « " + to.code +
                           " » : ce motif y ira en arbitrage",
                       "ce service dans units.toml");
}

std::optional<Topic> read_topic(const Site& site, const Row& row, Findings& findings) {
  Topic topic;
  bool good = check_code(row[code], findings);
  if (find_topic(site, row[code].text) != nullptr) {
    findings.error(row[code], "motif « " + row[code].text + " » en double",
                   "un code qui n'est pas déjà pris");
    good = false;
  }
  for (const auto column : {family, label})
    if (row[column].text.empty())
      findings.error(row[column], "« " + columns[column] + " » est vide", "un texte");
  const auto usual = parse_urgency(row[urgency].text);
  if (!usual)
    findings.error(row[urgency], "urgence inconnue « " + row[urgency].text + " »",
                   "immediate, urgent, priority ou normal");
  const auto most = parse_topic_delay(row[delay].text);
  if (!most)
    findings.error(row[delay], "délai mal formé « " + row[delay].text + " »", "4h ouvrees, 48h, 5j, ou rien");
  const auto& secret = row[confidentiality];
  if (secret.text != "normale" && secret.text != "restreinte")
    findings.error(secret, "confidentialité inconnue « " + secret.text + " »", "normale ou restreinte");
  const auto to = parse_destination(row[destination].text);
  if (!to)
    findings.error(row[destination], "destination mal formée « " + row[destination].text + " »",
                   "unite:CODE, service:CODE ou aucune, suivi de « (copie CODE) » s'il le faut");
  else {
    check_destination(site, row[destination], *to, findings);
    check_copy(site, row[destination], *to, findings);
  }
  if (!good)
    return std::nullopt;  // with another mistake the topic is kept, so that the lexicon's words for it are
                          // not told as well
  topic.code = row[code].text;
  topic.family = row[family].text;
  topic.label = row[label].text;
  topic.definition = row[definition].text;
  topic.urgency = usual.value_or(Urgency::normal);
  topic.delay = most.value_or(Delay{});
  topic.restricted = secret.text == "restreinte";
  topic.destination = to.value_or(Destination{});
  return topic;
}

}  // namespace

void load_topics(Draft& draft) {
  Findings findings("motifs.csv", draft.findings);
  const auto rows = read_csv(draft.folder / "motifs.csv", columns, findings);
  if (!rows) return;
  for (const auto& row : *rows)
    if (auto topic = read_topic(draft.site, row, findings)) draft.site.topics.push_back(std::move(*topic));
  if (rows->size() < 3) findings.error({{}, 1, 1}, "moins de trois motifs", "au moins trois motifs");
}

}  // namespace bannette::router
