#include <boost/json.hpp>
#include <fmt/format.h>

#include "router/learn/evaluate.hpp"

namespace bannette::router {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, urgencies> levels{"immediate", "urgent", "priority", "normal"};

std::string percent(const Tally& tally) {
  return tally.of == 0 ? "      -" : fmt::format("{:5.1f} %", 100 * tally.share());
}

std::string row(std::string_view what, const Tally& tally) {
  return fmt::format("{:<42} {}   ({}/{})\n", what, percent(tally), tally.right, tally.of);
}

json::object tally_json(const Tally& tally) {
  return {{"right", tally.right}, {"of", tally.of}, {"share", tally.share()}};
}

}  // namespace

std::string report(const Figures& f) {
  std::string out = fmt::format("{} notes\n", f.notes);
  out += row("motif accepté", f.accepted) + row("motif exact", f.topic) +
         row("motif accepté parmi les trois premiers", f.first_three) +
         row("danger : rappel", f.danger_recall) + row("danger : précision", f.danger_precision) +
         row("urgence exacte", f.urgency) + row("commune (code INSEE), où elle peut être dite", f.insee) +
         row("unité, où elle peut être dite", f.unit) +
         row("aucune unité, où elle ne peut être dite", f.untold);
  out += fmt::format("« immediate » répondu « normal » : {}\n", f.immediate_as_normal());
  out += "\nUrgence (en ligne la bonne, en colonne la réponse)\n";
  out += fmt::format("{:>12}{:>11}{:>8}{:>10}{:>8}\n", "", levels[0], levels[1], levels[2], levels[3]);
  for (std::size_t i = 0; i < urgencies; ++i)
    out += fmt::format("{:>12}{:>11}{:>8}{:>10}{:>8}\n", levels[i], f.urgency_table[i][0],
                       f.urgency_table[i][1], f.urgency_table[i][2], f.urgency_table[i][3]);
  out += "\nMotif                       rappel          précision\n";
  for (const auto& [topic, figures] : f.by_topic)
    out += fmt::format("{:<26} {} {:>6}  {} {:>6}\n", topic, percent(figures.recall), figures.recall.of,
                       percent(figures.precision), figures.precision.of);
  out += "\nConfusions (le bon motif : ce qui a été répondu)\n";
  for (const auto& [right, answers] : f.confusion) {
    out += fmt::format("{:<26}", right + " :");
    for (const auto& [answer, times] : answers) out += fmt::format(" {} {}", answer, times);
    out += '\n';
  }
  out += fmt::format("\nFiabilité du score du premier motif (erreur moyenne {:.1f} %)\n",
                     100 * f.calibration_error());
  for (std::size_t i = 0; i < f.bins.size(); ++i)
    if (const auto& bin = f.bins[i]; bin.decisions > 0)
      out +=
          fmt::format("de {:>3} à {:>3} % : {:>5} décisions, score moyen {:5.1f} %, justes {:5.1f} %\n",
                      i * 10, i * 10 + 10, bin.decisions, 100 * bin.sure / static_cast<double>(bin.decisions),
                      100 * static_cast<double>(bin.right) / static_cast<double>(bin.decisions));
  return out;
}

std::string report_json(const Figures& f) {
  json::object topics, confusion;
  for (const auto& [topic, figures] : f.by_topic)
    topics[topic] =
        json::object{{"recall", tally_json(figures.recall)}, {"precision", tally_json(figures.precision)}};
  for (const auto& [right, answers] : f.confusion) {
    json::object row;
    for (const auto& [answer, times] : answers) row[answer] = times;
    confusion[right] = std::move(row);
  }
  json::object urgency;
  for (std::size_t i = 0; i < urgencies; ++i) {
    json::object row;
    for (std::size_t j = 0; j < urgencies; ++j) row[levels[j]] = f.urgency_table[i][j];
    urgency[levels[i]] = std::move(row);
  }
  json::array bins;
  for (const auto& bin : f.bins)
    bins.push_back({{"decisions", bin.decisions}, {"sure", bin.sure}, {"right", bin.right}});
  return json::serialize(json::object{{"notes", f.notes},
                                      {"topic_accepted", tally_json(f.accepted)},
                                      {"topic_exact", tally_json(f.topic)},
                                      {"first_three", tally_json(f.first_three)},
                                      {"danger_recall", tally_json(f.danger_recall)},
                                      {"danger_precision", tally_json(f.danger_precision)},
                                      {"urgency", tally_json(f.urgency)},
                                      {"urgency_table", std::move(urgency)},
                                      {"immediate_as_normal", f.immediate_as_normal()},
                                      {"insee", tally_json(f.insee)},
                                      {"unit", tally_json(f.unit)},
                                      {"unit_untold", tally_json(f.untold)},
                                      {"by_topic", std::move(topics)},
                                      {"confusion", std::move(confusion)},
                                      {"bins", std::move(bins)},
                                      {"calibration_error", f.calibration_error()}});
}

}  // namespace bannette::router
