#include "agent-console/cli/reload_command.hpp"

#include <iostream>

#include <boost/json.hpp>

#include "agent-console/cli/control.hpp"
#include "agent-console/cli/reload.hpp"
#include "agent-console/cli/terminal_text.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

void put_lines(std::ostream& out, const json::object& report, const char* name, const char* front) {
  for (const auto& each : report.at(name).as_array()) out << front << visible(each.as_string()) << '\n';
}

router::Finding finding_of(const json::object& object) {
  router::Finding finding;
  const bool error = object.at("severity").as_string() == "error";
  finding.severity = error ? router::Severity::error : router::Severity::warning;
  finding.file = object.at("file").as_string();
  finding.line = object.at("line").to_number<std::size_t>();
  finding.column = object.at("column").to_number<std::size_t>();
  finding.message = object.at("message").as_string();
  finding.instead = object.at("instead").as_string();
  return finding;
}

std::string summary(const json::object& report, bool check_only, bool well) {
  const std::string before(report.at("before").as_string()), after(report.at("after").as_string());
  if (!well) return "rien n'a changé : le service continue avec la configuration " + before;
  if (check_only) return "cette configuration peut être prise : " + before + " → " + after;
  return before == after ? "configuration " + after + " : la même, relue"
                         : "configuration en vigueur : " + after + " (avant : " + before + ")";
}

}  // namespace

int run_reload(const ReloadOptions& options, std::ostream& out, std::ostream& err) {
  const std::string answer = ask_control(options.data, options.check_only ? "check" : "reload");
  const auto report = json::parse(answer).as_object();
  bool well = report.at("refused").as_array().empty();
  for (const auto& each : report.at("findings").as_array())
    well = well && each.as_object().at("severity").as_string() != "error";
  if (options.json) {
    out << answer << '\n';
    return well ? 0 : 1;
  }
  for (const auto& each : report.at("findings").as_array())
    err << visible(router::to_string(finding_of(each.as_object()))) << '\n';
  put_lines(err, report, "refused", "refus : ");
  put_lines(out, report, "changes", "  ");
  put_lines(err, report, "remarks", "à noter : ");
  out << visible(summary(report, options.check_only, well)) << '\n';
  return well ? 0 : 1;
}

void add_reload(CLI::App& app, Chosen& chosen) {
  const auto o = std::make_shared<ReloadOptions>();
  CLI::App& sub = command(app, "reload", "Faire relire sa configuration au service en marche", chosen,
                          [o] { return run_reload(*o, std::cout, std::cerr); });
  option(sub, "--data", o->data, "Dossier de données du service")->required();
  flag(sub, "--check-only", o->check_only, "Dire seulement ce qui changerait");
  flag(sub, "--json", o->json, "Répondre en JSON");
}

}  // namespace bannette::console
