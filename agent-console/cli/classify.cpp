#include "agent-console/cli/classify.hpp"

#include <istream>
#include <ostream>
#include <string>

#include <boost/json.hpp>

#include "queue/core/error.hpp"
#include "queue/core/limits.hpp"
#include "router/config/hours.hpp"
#include "router/config/load.hpp"
#include "router/core/decision.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::size_t line_max = 64 * 1024;

Result<std::string> text_field(const json::object& object, std::string_view field, std::size_t most) {
  const auto* value = object.if_contains(field);
  if (value == nullptr || value->is_null()) return std::string();
  if (!value->is_string())
    return Refusal{Code::malformed, std::string(field), "« " + std::string(field) + " » doit être un texte"};
  const auto& text = value->get_string();
  if (text.size() > most)
    return Refusal{Code::too_large, std::string(field),
                   "« " + std::string(field) + " » dépasse " + std::to_string(most) + " octets"};
  return std::string(text);
}

json::object answer(const json::value& id, const router::Decision& decision) {
  json::array topics;
  for (const auto& topic : decision.topics) topics.push_back({{"code", topic.code}, {"score", topic.score}});
  json::array because;
  for (const auto& reason : decision.because)
    because.push_back({{"code", reason.code}, {"text", reason.text}});
  json::array candidates;
  for (const auto& c : decision.candidates)
    candidates.push_back({{"insee", c.insee}, {"name", c.name}, {"unit", c.unit}, {"reason", c.reason}});
  return {{"id", id},
          {"topic", decision.topic},
          {"topics", std::move(topics)},
          {"urgency", std::string(name(decision.urgency))},
          {"danger", decision.danger},
          {"insee", decision.insee},
          {"commune_name", decision.commune_name},
          {"unit", decision.unit},
          {"bannette", decision.bannette},
          {"uncertain", decision.uncertain},
          {"because", std::move(because)},
          {"candidates", std::move(candidates)},
          {"rules_version", decision.rules_version},
          {"model_version", decision.model_version}};
}

json::object refused(const json::value& id, const Refusal& refusal) {
  return {
      {"id", id},
      {"error",
       {{"code", std::string(name(refusal.code))}, {"field", refusal.field}, {"detail", refusal.detail}}}};
}

// Reads one line of at most line_max bytes; the rest of a longer one is skipped. False at the end of the
// input.
bool read_line(std::istream& in, std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') return true;
    if (line.size() < line_max)
      line += static_cast<char>(c);
    else
      too_long = true;
  }
  return !line.empty();
}

Result<router::Call> read_call(const json::object& object, date::local_days day) {
  auto note = text_field(object, "note", limits::note);
  if (!note) return note.error();
  auto commune = text_field(object, "commune", limits::commune);
  if (!commune) return commune.error();
  auto address = text_field(object, "address", limits::address);
  if (!address) return address.error();
  return router::Call{std::move(*note), std::move(*commune), std::move(*address), day, false};
}

// One line answered; false where it was refused.
bool classify_line(const router::Site& site, date::local_days day, const std::string& line, bool too_long,
                   std::ostream& out) {
  json::value id = "";
  const auto refuse = [&](const Refusal& refusal) {
    out << json::serialize(refused(id, refusal)) << '\n' << std::flush;
    return false;
  };
  if (too_long) return refuse({Code::too_large, "", "ligne de plus de 64 Kio"});
  boost::system::error_code failed;
  const auto value = json::parse(line, failed);
  if (failed || !value.is_object()) return refuse({Code::malformed, "", "la ligne n'est pas un objet JSON"});
  const auto& object = value.get_object();
  if (const auto* given = object.if_contains("id")) {
    if (!given->is_string() && !given->is_number() && !given->is_null())
      return refuse({Code::malformed, "id", "« id » doit être un texte ou un nombre"});
    id = *given;
  }
  const auto call = read_call(object, day);
  if (!call) return refuse(call.error());
  out << json::serialize(answer(id, router::decide(site, *call))) << '\n' << std::flush;
  return true;
}

}  // namespace

int run_classify(const std::filesystem::path& config, std::istream& in, std::ostream& out, std::ostream& err,
                 const std::string& day_text, std::int64_t now_ms) {
  const auto given = router::parse_date(day_text);
  if (!day_text.empty() && !given) {
    err << "erreur : --day « " << day_text << " » ; écrire plutôt AAAA-MM-JJ, par exemple 2027-01-01\n";
    return 2;
  }
  std::error_code failed;
  if (!std::filesystem::is_directory(config, failed)) {
    err << config.string() << ": erreur: dossier de configuration absent\n";
    return 2;
  }
  const auto loaded = router::load_site(config);
  if (!loaded.site) {
    for (const auto& finding : loaded.findings) err << router::to_string(finding) << '\n';
    return 1;
  }
  const auto day = given.value_or(router::day_of(*loaded.site, now_ms));
  bool good = true;
  bool too_long = false;
  for (std::string line; out && read_line(in, line, too_long);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    good = classify_line(*loaded.site, day, line, too_long, out) && good;
  }
  return good ? 0 : 1;
}

}  // namespace bannette::console
