// securite.toml: the safety rules, the words that tell their context, and the notes that prove them.
#include <algorithm>

#include "router/config/load.hpp"
#include "router/config/parts.hpp"
#include "router/config/toml_reader.hpp"
#include "router/core/safety.hpp"

namespace bannette::router {
namespace {

constexpr const char* file_name = "securite.toml";
constexpr std::size_t rules_max = 500;
constexpr int strength_max = 1'000;

void read_classes(Safety& safety, TomlTable& top) {
  auto table = top.table("classes", false);
  if (!table) return;
  for (const auto& key : table->keys()) safety.classes[key.text] = table->texts(key.text);
}

void read_contexts(Safety& safety, TomlTable& top) {
  auto table = top.table("contexte");
  if (!table) return;
  auto except = table->table("sauf", false);
  for (std::size_t i = 0; i < context_count; ++i) {
    safety.contexts.contexts[i].words = table->texts(context_names[i], false);
    if (except) safety.contexts.contexts[i].except = except->texts(context_names[i], false);
  }
  safety.contexts.present.words = table->texts("present", false);
  if (except) safety.contexts.present.except = except->texts("present", false);
  safety.contexts.adult = table->texts("adulte", false);
  safety.contexts.clause = table->texts("proposition", false);
  safety.contexts.subject = table->texts("sujet", false);
  table->finish();
  if (except) except->finish();
}

Urgency read_urgency(TomlTable& table, Findings& findings) {
  const auto urgency = table.text("urgence", false);
  if (!urgency) return Urgency::normal;
  if (const auto level = parse_urgency(urgency->text)) return *level;
  findings.error(*urgency, "urgence inconnue « " + urgency->text + " »",
                 "immediate, urgent, priority ou normal");
  return Urgency::normal;
}

void read_topic(SafetyRule& rule, const Site& site, TomlTable& table, Findings& findings) {
  const auto topic = table.text("motif", false);
  const auto strength = table.integer("force", 2, strength_max, false);
  if (!topic) {
    if (strength) findings.error(table.spot_of("force"), "« force » sans « motif »", "motif = \"…\"");
    return;
  }
  rule.topic = topic->text;
  rule.strength = static_cast<double>(strength.value_or(2));
  if (find_topic(site, topic->text) != nullptr) return;
  std::vector<std::string> codes;
  for (const auto& each : site.topics) codes.push_back(each.code);
  const auto near = nearest(topic->text, codes);
  findings.error(*topic, "motif inconnu « " + topic->text + " »", near.empty() ? listed(codes) : near);
}

void read_ages(SafetyRule& rule, TomlTable& table, Findings& findings) {
  auto ages = table.table("ages", false);
  if (!ages) return;
  const auto low = ages->integer("de", 0, 130, false);
  const auto high = ages->integer("a", 0, 130, false);
  ages->finish();
  rule.ages = AgeRange{static_cast<int>(low.value_or(0)), static_cast<int>(high.value_or(130))};
  if (rule.ages->low > rule.ages->high)
    findings.error(ages->here(), "intervalle d'âges vide", "ages = { de = 0, a = 17 }");
}

void read_heeds(SafetyRule& rule, TomlTable& table, Findings& findings) {
  for (const auto& name : table.texts("malgre", false)) {
    const auto at = std::find(context_names.begin(), context_names.end(), name.text);
    if (at == context_names.end())
      findings.error(name, "contexte inconnu « " + name.text + " »",
                     listed({context_names.begin(), context_names.end()}));
    else
      rule.heeds[static_cast<std::size_t>(at - context_names.begin())] = false;
  }
}

void read_rule(Safety& safety, const Site& site, TomlTable& table, Findings& findings) {
  SafetyRule rule;
  const auto id = table.text("id");
  const auto text = table.text("texte");
  rule.urgency = read_urgency(table, findings);
  rule.danger = table.flag("danger", false);
  rule.with_danger = table.flag("avec_danger", false);
  read_topic(rule, site, table, findings);
  read_ages(rule, table, findings);
  read_heeds(rule, table, findings);
  rule.when = table.texts("quand");
  rule.with = table.texts("avec", false);
  rule.without = table.texts("sauf", false);
  rule.examples = table.texts("exemples", false);
  rule.counter_examples = table.texts("contre_exemples", false);
  table.finish();
  if (rule.when.empty())
    findings.error(table.here(), "règle qui n'est jamais appelée : « quand » est vide", "quand = ['…']");
  if (!rule.danger && rule.urgency == Urgency::normal && rule.topic.empty())
    findings.error(table.here(), "règle sans effet : ni urgence, ni danger, ni motif",
                   "urgence = \"urgent\"");
  if (rule.examples.empty())
    findings.warning(table.here(), "règle sans exemple : rien ne prouve qu'elle est appelée",
                     "exemples = [\"…\"]");
  if (!id || !text || !check_code(*id, findings)) return;
  const auto same = [&](const SafetyRule& other) { return other.id == id->text; };
  if (std::any_of(safety.rules.begin(), safety.rules.end(), same))
    findings.error(*id, "règle « " + id->text + " » en double", "un identifiant qui n'est pas déjà pris");
  rule.id = id->text;
  rule.text = text->text;
  safety.rules.push_back(std::move(rule));
}

void check_rule(const SafetyLexicon& safety, const SafetyRule& rule, Findings& findings) {
  const auto called = [&](const Spot& note) -> std::optional<Raised> {
    for (auto& raised : safety.read(words_of(note.text)))
      if (raised.rule == &rule) return std::move(raised);
    return std::nullopt;
  };
  const auto wanted = rule.danger ? std::min(rule.urgency, Urgency::urgent) : rule.urgency;
  for (const auto& note : rule.examples) {
    const auto by = called(note);
    if (!by)
      findings.error(note, "règle « " + rule.id + " » : cet exemple ne l'appelle pas");
    else if (by->urgency != wanted)
      findings.error(note,
                     "règle « " + rule.id + " » : cet exemple l'appelle, mais sans son urgence (rapporté)");
  }
  for (const auto& note : rule.counter_examples)
    if (const auto by = called(note))
      findings.error(note,
                     "règle « " + rule.id + " » : ce contre-exemple l'appelle par « " + by->words + " »");
}

}  // namespace

void load_safety(Draft& draft) {
  Findings findings(file_name, draft.findings);
  auto top = TomlTable::read(draft.folder / file_name, findings);
  if (!top) return;
  Safety safety;
  read_classes(safety, *top);
  read_contexts(safety, *top);
  auto rules = top->tables("regle");
  top->finish();
  if (rules.size() > rules_max) {
    findings.error(top->here(), "plus de " + std::to_string(rules_max) + " règles");
    return;
  }
  for (auto& table : rules) read_rule(safety, draft.site, table, findings);
  auto compiled = std::make_shared<const SafetyLexicon>(std::move(safety));
  for (const auto& fault : compiled->faults())
    findings.error(fault.at, "motif de mots « " + fault.at.text + " » : " + fault.what,
                   "voir configs/README.md");
  draft.site.safety = std::move(compiled);
}

std::vector<Finding> check_examples(const Site& site) {
  std::vector<Finding> all;
  Findings findings(file_name, all);
  if (site.safety != nullptr)
    for (const auto& rule : site.safety->rules()) check_rule(*site.safety, rule, findings);
  return all;
}

}  // namespace bannette::router
