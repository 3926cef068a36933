#include "agent-console/cli/replay.hpp"

#include <iostream>
#include <optional>

#include <boost/json.hpp>

#include "agent-console/cli/replay_json.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/system/clock.hpp"
#include "router/config/hours.hpp"
#include "router/config/load.hpp"
#include "router/core/reach.hpp"
#include "router/review/past.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::size_t shown_most = 50;  // of each list on a terminal; --json has more

// Nothing where it has errors, which are told.
std::optional<router::Site> site_of(const std::filesystem::path& folder, std::ostream& err) {
  if (!std::filesystem::is_directory(folder))
    throw WrongUse("pas de dossier de configuration " + folder.string());
  auto loaded = router::load_site(folder);
  for (const auto& finding : loaded.findings)
    if (finding.severity == router::Severity::error) err << visible(router::to_string(finding)) << '\n';
  return std::move(loaded.site);
}

class Text {
 public:
  Text(std::ostream& out, bool notes) : out_(out), notes_(notes) {}

  void list(const std::string& title, std::uint64_t count, const std::vector<router::Otherwise>& all) {
    out_ << title << " : " << count << '\n';
    for (std::size_t i = 0; i < all.size() && i < shown_most; ++i) one(all[i]);
    if (count > shown_most) out_ << "  … et " << count - shown_most << " autres (--json : tous)\n";
  }

  void loads(const std::string& title, const std::map<std::string, router::Load>& loads) {
    out_ << title << " :\n";
    for (const auto& [name, load] : loads) {
      if (load.before == load.after) continue;
      const auto change = static_cast<std::int64_t>(load.after) - static_cast<std::int64_t>(load.before);
      out_ << "  " << (name.empty() ? "(sans dossier)" : visible(name)) << " : " << load.before << " → "
           << load.after << " (" << (change > 0 ? "+" : "") << change << ")\n";
    }
  }

  void uncovered(const std::vector<router::Uncovered>& all) {
    out_ << "communes sans unité : " << all.size() << '\n';
    for (std::size_t i = 0; i < all.size() && i < shown_most; ++i)
      out_ << "  " << visible(all[i].name) << " (" << all[i].insee << ") : " << all[i].calls << " appels, "
           << (all[i].unit_before.empty() ? "déjà sans unité" : "avant : " + visible(all[i].unit_before))
           << '\n';
  }

  void unreachable(const std::vector<router::Unreachable>& all) {
    out_ << "règles jamais atteintes : " << all.size() << '\n';
    for (std::size_t i = 0; i < all.size() && i < shown_most; ++i)
      out_ << "  " << visible(all[i].what) << " : " << visible(all[i].why) << '\n';
  }

 private:
  void one(const router::Otherwise& each) {
    out_ << "  " << each.reference << " (" << local_time(each.arrived_ms) << ") " << visible(each.before)
         << " → " << visible(each.after);
    if (!each.why.empty()) out_ << " ; " << visible(each.why);
    if (!each.human.empty()) out_ << " ; " << visible(each.human);
    out_ << '\n';
    if (notes_) out_ << "      " << visible_lines(each.note, "      ") << '\n';
  }

  std::ostream& out_;
  bool notes_;
};

void write(const router::Replayed& replayed, const std::vector<router::Unreachable>& unreachable,
           const router::PastTally& tally, const ReplayOptions& options, std::ostream& out) {
  Text text(out, options.show_notes);
  out << "appels rejoués : " << replayed.compared << " ; effacés : " << tally.erased
      << ", endommagés : " << tally.damaged << ", sans proposition du routeur : " << tally.without_proposal
      << '\n';
  text.list("URGENCES OU DANGERS QUI BAISSENT", replayed.dropped_count, replayed.dropped);
  text.list("dossiers qui changent de bannette", replayed.moved_count, replayed.moved);
  text.list("motifs qui changent", replayed.topics_count, replayed.topics);
  text.list("urgences ou dangers qui montent", replayed.raised_count, replayed.raised);
  text.loads("charge par unité, où elle change", replayed.by_unit);
  text.loads("charge par bannette, où elle change", replayed.by_bannette);
  text.uncovered(replayed.uncovered);
  text.unreachable(unreachable);
}

}  // namespace

int run_replay(const ReplayOptions& options, std::ostream& out, std::ostream& err) {
  if (!std::filesystem::exists(options.data / "queue.db"))
    throw WrongUse("--data : " + options.data.string() + " ne contient pas de journal (queue.db)");
  const auto given = router::parse_date(options.day);
  if (!options.day.empty() && !given)
    throw WrongUse("--day : écrire plutôt AAAA-MM-JJ, par exemple 2027-01-01");
  const auto fresh = site_of(options.config, err);
  const auto old = options.against.empty() ? std::nullopt : site_of(options.against, err);
  if (!fresh || (!options.against.empty() && !old)) return 1;
  journal::Reader reader(options.data, seal::load_master_key(options.data));
  router::Replay replay(*fresh, old ? &*old : nullptr);
  const std::int64_t from_ms = system::now().wall_ms - static_cast<std::int64_t>(options.days) * day_ms;
  const auto day = options.day.empty() ? router::day_of(*fresh, system::now().wall_ms) : *given;
  const auto span = router::past_since(reader, from_ms);
  const auto tally = router::each_past(reader, span, [&](const router::Past& past) {
    auto call = past_call(past);
    call.call.day = day;
    replay.add(call);
  });
  const auto replayed = replay.finish();
  const auto unreachable = router::unreachable(*fresh);
  if (options.json)
    out << json::serialize(json_of(replayed, unreachable, tally, options.show_notes)) << '\n';
  else
    write(replayed, unreachable, tally, options, out);
  if (replayed.dropped_count == 0 || options.accept_drops) return 0;
  err << "des urgences ou des dangers baissent : à relire, puis --accept-drops\n";
  return 1;
}

void add_replay(CLI::App& app, Chosen& chosen) {
  const auto o = std::make_shared<ReplayOptions>();
  CLI::App& sub = command(app, "replay", "Rejouer les appels passés avec une autre configuration", chosen,
                          [o] { return run_replay(*o, std::cout, std::cerr); });
  option(sub, "--config", o->config, "Dossier de la nouvelle configuration")->required();
  option(sub, "--data", o->data, "Dossier de données")->required();
  option(sub, "--against", o->against, "Comparer à cette configuration, au lieu de ce qui fut proposé");
  option(sub, "--days", o->days, "Appels des derniers jours (30 par défaut)");
  option(sub, "--day", o->day, "Secteurs tels qu'ils seront ce jour-là (AAAA-MM-JJ ; aujourd'hui)");
  flag(sub, "--json", o->json, "Répondre en JSON");
  flag(sub, "--show-notes", o->show_notes, "Montrer aussi les notes (données personnelles)");
  flag(sub, "--accept-drops", o->accept_drops, "Les baisses d'urgence sont relues et voulues");
}

}  // namespace bannette::console
