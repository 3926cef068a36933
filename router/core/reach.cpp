#include "router/core/reach.hpp"

#include <algorithm>
#include <bitset>
#include <map>
#include <utility>

#include "router/core/model.hpp"
#include "router/core/safety.hpp"
#include "router/core/text.hpp"

namespace bannette::router {
namespace {

constexpr int last_number = 9'999;  // of a house

std::string text_of(const Site& site, const Sector& row) {
  const auto* commune = find_commune(site, row.insee);
  std::string text =
      "sectorisation : " + (commune == nullptr ? row.insee : commune->name) + ", " + row.street;
  if (row.parity != Sector::Parity::both) text += row.parity == Sector::Parity::even ? " pair" : " impair";
  if (row.from) text += " de " + std::to_string(*row.from);
  if (row.to) text += " à " + std::to_string(*row.to);
  return text + " (" + row.unit + ")";
}

// The houses of a street that have their unit, as rows are read one after the other.
class Houses {
 public:
  // Does the row get any house, or the calls without a number? Takes them.
  bool take(const Sector& row) {
    const bool whole = row.parity == Sector::Parity::both && !row.from && !row.to;
    bool got = whole && !whole_;
    const int step = row.parity == Sector::Parity::both ? 1 : 2;
    int number = std::max(1, row.from.value_or(1));
    if (step == 2 && (number % 2 == 0) != (row.parity == Sector::Parity::even)) ++number;
    for (; number <= std::min(last_number, row.to.value_or(last_number)); number += step) {
      got = got || !taken_[static_cast<std::size_t>(number)];
      taken_.set(static_cast<std::size_t>(number));
    }
    whole_ = whole_ || whole;
    return got;
  }

 private:
  std::bitset<last_number + 1> taken_;
  bool whole_ = false;
};

// Is a row in force on every day on which the other one is?
bool lasts_as_long(const Sector& row, const Sector& other) {
  const bool begins = !row.first_day || (other.first_day && *row.first_day <= *other.first_day);
  const bool ends = !row.last_day || (other.last_day && *row.last_day >= *other.last_day);
  return begins && ends;
}

void check_sectors(const Site& site, std::vector<Unreachable>& found) {
  std::map<std::pair<std::string, std::string>, std::vector<const Sector*>> streets;
  for (const auto& row : site.sectors) {
    if (row.street.empty()) continue;
    auto& earlier = streets[{row.insee, fold(row.street)}];
    Houses houses;
    for (const auto* each : earlier)
      if (lasts_as_long(*each, row)) (void)houses.take(*each);
    if (!houses.take(row))
      found.push_back({text_of(site, row), "les lignes précédentes couvrent déjà tous ces numéros"});
    earlier.push_back(&row);
  }
  for (const auto& unit : site.units) {
    const auto its = [&](const Sector& row) { return row.unit == unit.code; };
    if (std::none_of(site.sectors.begin(), site.sectors.end(), its))
      found.push_back({"unité " + unit.code, "aucune commune ni rue n'y mène"});
  }
}

void check_bannettes(const Site& site, std::vector<Unreachable>& found) {
  const auto leads = [&](Destination::Kind kind, const std::string& code) {
    return std::any_of(site.topics.begin(), site.topics.end(), [&](const Topic& topic) {
      const auto& to = topic.destination;
      return (to.kind == kind && to.code == code) || (kind == Destination::Kind::service && to.copy == code);
    });
  };
  for (const auto& service : site.unit_services)
    if (!leads(Destination::Kind::unit_service, service.code))
      found.push_back({"service d'unité " + service.code, "aucun motif n'y mène"});
  for (const auto& service : site.services)
    if (!leads(Destination::Kind::service, service.code))
      found.push_back({"service:" + service.code, "aucun motif n'y mène, même en copie"});
}

const std::vector<SafetyRule>& safety_rules(const Site& site) {
  static const std::vector<SafetyRule> none;
  return site.safety == nullptr ? none : site.safety->rules();
}

void check_topics(const Site& site, std::vector<Unreachable>& found) {
  for (const auto& topic : site.topics) {
    const auto& rules = safety_rules(site);
    const bool learnt = site.model != nullptr &&
                        std::find(site.model->topics().begin(), site.model->topics().end(), topic.code) !=
                            site.model->topics().end();
    const bool told = std::any_of(rules.begin(), rules.end(),
                                  [&](const SafetyRule& rule) { return rule.topic == topic.code; });
    if (!learnt && !told)
      found.push_back({"motif " + topic.code,
                       "ni le modèle ni une règle de sécurité ne le connaît : seul un humain le choisira"});
  }
}

// Is each pattern of `some` one of `all`?
bool within(const std::vector<Spot>& some, const std::vector<Spot>& all) {
  return std::all_of(some.begin(), some.end(), [&](const Spot& one) {
    return std::any_of(all.begin(), all.end(), [&](const Spot& other) { return other.text == one.text; });
  });
}

// Wherever `other` is called, `rule` is called too, and raises as much.
bool covers(const SafetyRule& rule, const SafetyRule& other) {
  const bool called = within(other.when, rule.when) && within(rule.without, other.without) &&
                      (rule.with.empty() || (!other.with.empty() && within(other.with, rule.with))) &&
                      (!rule.ages || rule.ages == other.ages) && (!rule.with_danger || other.with_danger);
  bool heeds_less = true;
  for (std::size_t i = 0; i < rule.heeds.size(); ++i)
    heeds_less = heeds_less && (!rule.heeds[i] || other.heeds[i]);
  const bool raises = rule.urgency <= other.urgency && (rule.danger || !other.danger) &&
                      (other.topic.empty() || (rule.topic == other.topic && rule.strength >= other.strength));
  return called && heeds_less && raises;
}

void check_safety(const Site& site, std::vector<Unreachable>& found) {
  const auto& rules = safety_rules(site);
  for (std::size_t i = 0; i < rules.size(); ++i)
    for (std::size_t j = 0; j < rules.size(); ++j) {
      // Of two that say the same, the later one is too much.
      if (i == j || !covers(rules[j], rules[i]) || (j > i && covers(rules[i], rules[j]))) continue;
      found.push_back(
          {"règle de sécurité " + rules[i].id,
           "la règle « " + rules[j].id + " » est appelée partout où elle l'est, et relève autant"});
      break;
    }
}

}  // namespace

std::vector<Unreachable> unreachable(const Site& site) {
  std::vector<Unreachable> found;
  check_sectors(site, found);
  check_bannettes(site, found);
  check_topics(site, found);
  check_safety(site, found);
  return found;
}

}  // namespace bannette::router
