#include "agent-console/server/consignes_json.hpp"

#include <boost/json/array.hpp>

namespace bannette::console {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& all) {
  return json::array(all.begin(), all.end());
}

json::array labels(const std::vector<router::CodedLabel>& all) {
  json::array list;
  for (const auto& each : all) list.push_back(json::object{{"code", each.code}, {"label", each.label}});
  return list;
}

json::object guide(const router::Guide& guide) {
  json::array questions;
  for (const auto& each : guide.questions)
    questions.push_back(json::object{{"code", each.code},
                                     {"label", each.label},
                                     {"text", each.text},
                                     {"hint", each.hint},
                                     {"choices", texts(each.choices)}});
  return {{"topic", guide.topic},
          {"say", texts(guide.say)},
          {"questions", std::move(questions)},
          {"numbers", texts(guide.numbers)}};
}

}  // namespace

json::object consignes_json(const router::Consignes& consignes) {
  json::array numbers, guides, referrals;
  for (const auto& each : consignes.numbers)
    numbers.push_back(
        json::object{{"code", each.code}, {"number", each.number}, {"name", each.name}, {"when", each.when}});
  for (const auto& each : consignes.guides) guides.push_back(guide(each));
  for (const auto& each : consignes.referrals)
    referrals.push_back(
        json::object{{"code", each.code}, {"name", each.name}, {"phone", each.phone}, {"hint", each.hint}});
  return {{"numbers", std::move(numbers)},
          {"danger", json::object{{"say", texts(consignes.danger.say)},
                                  {"handover", texts(consignes.danger.handover)},
                                  {"numbers", texts(consignes.danger.numbers)}}},
          {"guides", std::move(guides)},
          {"referrals", std::move(referrals)},
          {"corrections", labels(consignes.corrections)},
          {"no_dossier", labels(consignes.no_dossier)}};
}

}  // namespace bannette::console
