#include "agent-console/cli/check_data.hpp"

#include <ostream>

#include "agent-console/drafts/store.hpp"
#include "queue/journal/chain.hpp"
#include "queue/journal/check.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/sqlite.hpp"
#include "router/switchboard/calls_check.hpp"

namespace bannette::console {
namespace {

constexpr std::uint64_t shown_most = 200;  // beyond, they are counted

struct Told {
  std::optional<journal::Head> head;
  bool unreadable = false;
};

// Read before the journal, which a running service only makes longer.
Told read_told(const std::filesystem::path& data, std::ostream& out) {
  try {
    return {journal::read_head_file(data), false};
  } catch (const journal::Damaged& e) {
    out << e.what() << '\n';
    return {std::nullopt, true};
  }
}

// Calls that are still being typed: nobody was promised them for ever, but what is there must be readable.
std::uint64_t check_drafts(const std::filesystem::path& data, const seal::Key& master, std::ostream& out) {
  const auto file = data / "drafts.db";
  if (!std::filesystem::exists(file)) return 0;
  try {
    const auto checked = drafts::check(file, seal::subkey(master, seal::Use::drafts));
    if (checked.damaged > 0)
      out << "drafts.db : " << checked.damaged << " saisies en cours sur " << checked.open
          << " ne se relisent plus\n";
    return checked.damaged;
  } catch (const sqlite::Error& e) {
    out << "drafts.db : " << e.what() << '\n';
    return 1;
  }
}

int check(const std::filesystem::path& data, std::ostream& out) {
  const Told told = read_told(data, out);
  std::uint64_t findings = told.unreadable ? 1 : 0;
  const seal::Key master = seal::load_master_key(data);
  findings += check_drafts(data, master, out);
  journal::Reader reader(data, master);
  const auto report = journal::check_journal(reader, told.head, [&](const journal::Finding& finding) {
    if (++findings <= shown_most) out << finding.text << '\n';
  });
  if (!told.head && !told.unreadable && report.head.seq > 0) {  // an empty one needs none
    ++findings;
    out << "queue.head : ce fichier manque, une fin effacée ne se verrait pas\n";
  }
  if (std::filesystem::exists(data / "calls.db")) {
    const auto calls =
        router::check_calls(data, seal::load_master_key(data), [&](const std::string& finding) {
          if (++findings <= shown_most) out << finding << '\n';
        });
    out << "Appels : " << calls.records << " enregistrements, " << calls.calls << " appels terminés.\n";
  }
  if (findings > shown_most) out << "… et " << findings - shown_most << " autres\n";
  out << "Journal du site « " << reader.site() << " » : " << report.head.seq << " enregistrements, "
      << report.dossiers << " dossiers, dont " << report.erased << " effacés ; "
      << (findings == 0 ? "tout est conforme" : "anomalies : " + std::to_string(findings)) << ".\n";
  return findings == 0 ? 0 : 1;
}

}  // namespace

int run_check_data(const std::filesystem::path& data, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::exists(data / "queue.db")) {
    err << "--data : " << data.string() << " ne contient pas de journal (queue.db)\n";
    return 2;
  }
  try {
    return check(data, out);
  } catch (const std::exception& e) {
    err << e.what() << '\n';
    return 1;
  }
}

}  // namespace bannette::console
