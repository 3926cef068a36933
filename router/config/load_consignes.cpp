// consignes.toml: what operators ask and say, whom they call, and the codes by which they answer for
// themselves.
#include <algorithm>

#include "queue/core/limits.hpp"
#include "router/config/load.hpp"
#include "router/config/parts.hpp"
#include "router/core/consignes.hpp"

namespace bannette::router {
namespace {

namespace most = consignes_limits;

template <class Items>
std::vector<std::string> codes_of(const Items& items) {
  std::vector<std::string> codes;
  for (const auto& each : items) codes.push_back(each.code);
  return codes;
}

// The tables of an array, as many as are allowed.
std::vector<TomlTable> bounded(TomlTable& top, std::string_view key, std::size_t bound, Findings& findings) {
  auto tables = top.tables(key, false);
  if (tables.size() <= bound) return tables;
  findings.error(tables[bound].here(), "plus de " + std::to_string(bound) + " « " + std::string(key) + " »");
  tables.erase(tables.begin() + static_cast<std::ptrdiff_t>(bound), tables.end());
  return tables;
}

std::vector<std::string> lines(TomlTable& table, std::string_view key, std::size_t bound,
                               Findings& findings) {
  std::vector<std::string> out;
  for (auto& line : table.texts(key, false)) {
    if (out.size() == bound) {
      findings.error(line, "plus de " + std::to_string(bound) + " textes dans « " + std::string(key) + " »");
      break;
    }
    out.push_back(std::move(line.text));
  }
  return out;
}

// A well-formed code that is not taken yet.
template <class Items>
bool new_code(const std::optional<Spot>& code, const Items& taken, Findings& findings) {
  if (!code || !check_code(*code, findings)) return false;
  const bool twice =
      std::any_of(taken.begin(), taken.end(), [&](const auto& each) { return each.code == code->text; });
  if (twice)
    findings.error(*code, "code « " + code->text + " » en double", "un code qui n'est pas déjà pris");
  return !twice;
}

std::string text_or(const std::optional<Spot>& text) {
  return text ? text->text : std::string();
}

std::string dialled_or(const std::optional<Spot>& number, Findings& findings) {
  return number ? dialled(*number, findings) : std::string();
}

void read_numbers(Consignes& out, TomlTable& top, Findings& findings) {
  for (auto& table : bounded(top, "numero", most::numbers, findings)) {
    const auto code = table.text("code");
    Helpline line{text_or(code), dialled_or(table.text("numero"), findings), text_or(table.text("nom")),
                  text_or(table.text("quand", false))};
    table.finish();
    if (new_code(code, out.numbers, findings)) out.numbers.push_back(std::move(line));
  }
}

std::vector<std::string> read_calls(const Consignes& out, TomlTable& table, Findings& findings) {
  std::vector<std::string> codes;
  for (const auto& code : table.texts("numeros", false)) {
    const auto known = codes_of(out.numbers);
    if (std::find(known.begin(), known.end(), code.text) != known.end()) {
      codes.push_back(code.text);
      continue;
    }
    const auto near = nearest(code.text, known);
    findings.error(code, "numéro inconnu « " + code.text + " »", near.empty() ? listed(known) : near);
  }
  return codes;
}

std::vector<GuidedQuestion> read_questions(TomlTable& guide, Findings& findings) {
  std::vector<GuidedQuestion> questions;
  for (auto& table : bounded(guide, "question", most::questions, findings)) {
    const auto code = table.text("code");
    GuidedQuestion question{text_or(code), text_or(table.text("libelle")), text_or(table.text("texte")),
                            text_or(table.text("aide", false)),
                            lines(table, "choix", most::choices, findings)};
    table.finish();
    if (new_code(code, questions, findings)) questions.push_back(std::move(question));
  }
  return questions;
}

void read_guides(Consignes& out, const Site& site, TomlTable& top, Findings& findings) {
  for (auto& table : bounded(top, "motif", site.topics.size() + 1, findings)) {
    const auto topic = table.text("motif");
    Guide guide{text_or(topic), lines(table, "dire", most::lines, findings), read_questions(table, findings),
                read_calls(out, table, findings)};
    table.finish();
    if (!topic) continue;
    const bool twice = std::any_of(out.guides.begin(), out.guides.end(),
                                   [&](const Guide& each) { return each.topic == guide.topic; });
    if (find_topic(site, topic->text) == nullptr) {
      const auto known = codes_of(site.topics);
      const auto near = nearest(topic->text, known);
      findings.error(*topic, "motif inconnu « " + topic->text + " »", near.empty() ? listed(known) : near);
    } else if (twice) {
      findings.error(*topic, "deux consignes pour le motif « " + topic->text + " »", "une seule");
    } else {
      out.guides.push_back(std::move(guide));
    }
  }
}

void read_danger(Consignes& out, TomlTable& top, Findings& findings) {
  auto table = top.table("danger", false);
  if (!table) return;
  out.danger.say = lines(*table, "dire", most::lines, findings);
  out.danger.handover = lines(*table, "transmettre", most::lines, findings);
  out.danger.numbers = read_calls(out, *table, findings);
  table->finish();
}

void read_referrals(Consignes& out, TomlTable& top, Findings& findings) {
  for (auto& table : bounded(top, "renvoi", most::referrals, findings)) {
    const auto code = table.text("code");
    Referral to{text_or(code), text_or(table.text("nom")),
                dialled_or(table.text("telephone", false), findings), text_or(table.text("aide", false))};
    table.finish();
    if (new_code(code, out.referrals, findings)) out.referrals.push_back(std::move(to));
  }
}

std::vector<CodedLabel> read_labels(TomlTable& top, std::string_view key, std::size_t bound,
                                    Findings& findings) {
  std::vector<CodedLabel> labels;
  for (auto& table : bounded(top, key, bound, findings)) {
    const auto code = table.text("code");
    CodedLabel label{text_or(code), text_or(table.text("libelle"))};
    table.finish();
    if (key == "sans_dossier") {  // codes of the wire, which have an underscore
      const auto& known = no_dossier_outcomes;
      if (code && std::find(known.begin(), known.end(), code->text) == known.end()) {
        findings.error(*code, "issue inconnue « " + code->text + " »",
                       listed(std::vector<std::string>(known.begin(), known.end())));
        continue;
      }
      if (code) labels.push_back(std::move(label));
    } else if (new_code(code, labels, findings)) {
      labels.push_back(std::move(label));
    }
  }
  return labels;
}

// Who may hear of danger must not be left without words.
void check_guides(const Consignes& out, const Site& site, TomlTable& top, Findings& findings) {
  std::vector<std::string> without;
  for (const auto& topic : site.topics) {
    const bool urgent = topic.urgency <= Urgency::urgent;
    const bool has = std::any_of(out.guides.begin(), out.guides.end(),
                                 [&](const Guide& each) { return each.topic == topic.code; });
    if (urgent && !has) without.push_back(topic.code);
  }
  if (!without.empty())
    findings.warning(top.here(), "motifs urgents sans consigne : " + listed(without), "[[motif]]");
}

// A number that no panel shows is one that nobody will find in a call.
void check_numbers(const Consignes& out, TomlTable& top, Findings& findings) {
  std::vector<std::string> unused;
  const auto shown = [](const std::vector<std::string>& codes, const std::string& code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  for (const auto& line : out.numbers) {
    const bool in_guide = std::any_of(out.guides.begin(), out.guides.end(),
                                      [&](const Guide& each) { return shown(each.numbers, line.code); });
    if (!in_guide && !shown(out.danger.numbers, line.code)) unused.push_back(line.code);
  }
  if (!unused.empty())
    findings.warning(top.here(), "numéros montrés nulle part : " + listed(unused),
                     "numeros = [...] de [danger] ou d'un [[motif]]");
}

}  // namespace

void load_consignes(Draft& draft) {
  auto consignes = std::make_shared<Consignes>();
  std::error_code failed;
  if (std::filesystem::exists(draft.folder / consignes_file, failed)) {
    Findings findings(consignes_file, draft.findings);
    if (auto top = TomlTable::read(draft.folder / consignes_file, findings)) {
      read_numbers(*consignes, *top, findings);
      read_danger(*consignes, *top, findings);
      read_guides(*consignes, draft.site, *top, findings);
      read_referrals(*consignes, *top, findings);
      consignes->corrections = read_labels(*top, "correction", most::corrections, findings);
      consignes->no_dossier = read_labels(*top, "sans_dossier", no_dossier_outcomes.size(), findings);
      check_guides(*consignes, draft.site, *top, findings);
      check_numbers(*consignes, *top, findings);
      top->finish();
    }
  }
  draft.site.consignes = std::move(consignes);
}

}  // namespace bannette::router
