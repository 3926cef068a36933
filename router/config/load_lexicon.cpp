// lexicon.toml: words that speak for topics, what denies them, and what tells that nothing presses.
#include <algorithm>
#include <charconv>
#include <map>

#include "router/config/parts.hpp"
#include "router/config/toml_reader.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t patterns_max = 20'000;

struct LexiconFile {
  Draft& draft;
  Findings& findings;
  Classes classes;
  std::vector<std::string> topic_codes;
  std::size_t patterns = 0;

  std::optional<Pattern> pattern(const Spot& text) {
    if (++patterns > patterns_max) {
      if (patterns == patterns_max + 1)
        findings.error(text, "plus de " + std::to_string(patterns_max) + " motifs de mots");
      return std::nullopt;
    }
    auto parsed = parse_pattern(text.text, classes);
    if (!parsed)
      findings.error(text, "motif de mots « " + text.text + " » : " + parsed.error().detail,
                     "des mots séparés par des espaces, voir configs/README.md");
    return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
  }
  std::vector<Pattern> list(TomlTable& table, std::string_view key, bool required) {
    std::vector<Pattern> out;
    std::vector<Spot> seen;
    for (const auto& text : table.texts(key, required)) {
      auto one = pattern(text);
      if (!one) continue;
      for (std::size_t i = 0; i < out.size(); ++i)
        if (covers(out[i], *one)) {
          findings.error(text,
                         "« " + text.text + " » n'est jamais utile : « " + out[i].source + " » (ligne " +
                             std::to_string(seen[i].line) + ") le couvre déjà",
                         "la ligne sans ce motif");
          break;
        }
      out.push_back(std::move(*one));
      seen.push_back(text);
    }
    return out;
  }
  bool known_topic(const Spot& code) {
    if (std::find(topic_codes.begin(), topic_codes.end(), code.text) != topic_codes.end()) return true;
    const auto near = nearest(code.text, topic_codes);
    findings.error(code, "motif inconnu « " + code.text + " »", near.empty() ? listed(topic_codes) : near);
    return false;
  }
  std::vector<std::string> topics(TomlTable& table) {
    std::vector<std::string> out;
    for (const auto& code : table.texts("motifs", false))
      if (known_topic(code)) out.push_back(code.text);
    return out;
  }
};

void read_classes(LexiconFile& file, TomlTable& top) {
  auto table = top.table("classes", false);
  if (!table) return;
  for (const auto& key : table->keys()) {
    const auto words = table->texts(key.text);
    std::string all;
    for (const auto& word : words) {
      if (const auto alone = parse_pattern(word.text, {}); !alone || alone->elements.size() != 1)
        file.findings.error(word, "« " + word.text + " » n'est pas un mot seul",
                            "un mot, ou un début de mot suivi de « * »");
      else
        all += (all.empty() ? "" : "|") + word.text;
    }
    if (all.empty())
      file.findings.error(key, "classe de mots « " + key.text + " » vide", "au moins un mot");
    else
      file.classes[key.text] = all;
  }
}

// The weights of one topic: keys are weights, values are lists of patterns.
void read_terms(LexiconFile& file, const Spot& topic, TomlTable& table) {
  const bool heed = table.flag("negation", false);
  if (const auto bias = table.integer("depart", -80, 80, false))
    file.draft.site.lexicon.bias[topic.text] = static_cast<int>(*bias);
  std::map<std::string, Spot> seen;
  for (const auto& key : table.keys()) {
    if (key.text == "negation" || key.text == "depart") continue;
    int weight = 0;
    const auto [end, error] = std::from_chars(key.text.data(), key.text.data() + key.text.size(), weight);
    if (error != std::errc() || end != key.text.data() + key.text.size() || weight == 0 || weight < -20 ||
        weight > 20) {
      file.findings.error(key, "poids « " + key.text + " » mal formé",
                          "un nombre de -20 à 20 sauf 0, « negation » ou « depart »");
      continue;
    }
    for (const auto& text : table.texts(key.text)) {
      auto one = file.pattern(text);
      if (!one) continue;
      if (const auto [first, fresh] = seen.try_emplace(text.text, text); !fresh) {
        file.findings.error(text,
                            "« " + text.text + " » est déjà pesé pour « " + topic.text + " », ligne " +
                                std::to_string(first->second.line),
                            "un seul poids par motif de mots");
        continue;
      }
      file.draft.site.lexicon.terms.push_back({topic.text, std::move(*one), weight, heed});
    }
  }
}

void read_calm(LexiconFile& file, TomlTable& table) {
  Calm calm;
  const auto id = table.text("id");
  const auto text = table.text("texte");
  calm.topics = file.topics(table);
  calm.when = file.list(table, "quand", true);
  calm.without = file.list(table, "sauf", false);
  table.finish();
  if (!id || !text) return;
  check_code(*id, file.findings);
  calm.id = id->text;
  calm.text = text->text;
  file.draft.site.lexicon.calms.push_back(std::move(calm));
}

}  // namespace

void load_lexicon(Draft& draft) {
  Findings findings("lexicon.toml", draft.findings);
  auto top = TomlTable::read(draft.folder / "lexicon.toml", findings);
  if (!top) return;
  LexiconFile file{draft, findings, {}, {}};
  for (const auto& topic : draft.site.topics) file.topic_codes.push_back(topic.code);
  read_classes(file, *top);
  auto& lexicon = draft.site.lexicon;
  lexicon.negation = file.list(*top, "negation", true);
  if (auto topics = top->table("motif")) {
    for (const auto& key : topics->keys())
      if (auto table = topics->table(key.text); table && file.known_topic(key)) read_terms(file, key, *table);
    for (const auto& code : file.topic_codes)
      if (std::none_of(lexicon.terms.begin(), lexicon.terms.end(),
                       [&](const Term& t) { return t.topic == code && t.weight > 0; }))
        findings.warning(topics->here(),
                         "aucun mot ne parle pour le motif « " + code + " » : il ne sera jamais proposé",
                         "[motif.\"" + code + "\"]");
  }
  for (auto& table : top->tables("calme", false)) read_calm(file, table);
  top->finish();
}

}  // namespace bannette::router
