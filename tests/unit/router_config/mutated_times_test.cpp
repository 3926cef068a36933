// site.toml with random damage: it is refused at a place, or what is loaded keeps every bound.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "queue/core/limits.hpp"
#include "router/config/describe.hpp"
#include "router/config/parts.hpp"
#include "tests/unit/router_config/folder.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

const char* const kMore = R"(
[ouvertures]
"2026-12-19" = ["09:00-12:00"]
[delais]
immediate = "10min"
urgent = "2h ouvrées"
proposition = "1j"
palier_urgent = "20min"
sans_surveillance = "30min ouvrees"
fermer_apres = "14j calendaires"
[[astreinte]]
nom = "Nuits"
telephone = "03 20 00 00 00"
personnes = ["educateur", "cadre"]
vendredi = ["17:30-08:00"]
samedi = ["20:00-08:00", "07:00-09:00"]
du = "2026-12-24 17:30"
au = "2026-12-27"
)";

// Bits that stand in such files, in wrong places too.
const std::vector<std::string>& bits() {
  static const std::vector<std::string> all{"24:00",
                                            "-",
                                            "\"",
                                            "[",
                                            "]",
                                            "\n",
                                            "=",
                                            "0",
                                            "99999999999999999999",
                                            "j",
                                            "h ouvrées",
                                            "min",
                                            "é",
                                            "\xFF",
                                            "2026-02-29",
                                            "lundi = [\"00:00-24:00\"]\n",
                                            "true",
                                            "{",
                                            "}",
                                            "1e9",
                                            "inf",
                                            "\\u0000"};
  return all;
}

std::string damaged(std::string text, std::minstd_rand& random) {
  const auto below = [&](std::size_t end) {
    return static_cast<std::size_t>(random()) % std::max<std::size_t>(end, 1);
  };
  for (std::size_t times = 1 + below(3); times > 0; --times) {
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0:
        text.erase(at, 1 + below(6));
        break;
      case 1:
        text.insert(at, bits()[below(bits().size())]);
        break;
      case 2:
        text[at] = "0123456789:-\"[]= \njh"[below(20)];
        break;
      default:
        text.insert(below(text.size()), text.substr(at, 1 + below(30)));
    }
  }
  return text;
}

bool sorted_apart(const std::vector<OpenSpan>& spans) {
  int end = 0;
  return std::all_of(spans.begin(), spans.end(), [&](const OpenSpan& span) {
    const bool good = span.from_min >= end && span.from_min < span.to_min && span.to_min <= 24 * 60;
    end = span.to_min;
    return good;
  });
}

bool bounded(const Rules& rules) {
  const auto& calendar = rules.calendar;
  constexpr std::int64_t day = 24LL * 3'600'000;
  bool good = std::all_of(calendar.week.begin(), calendar.week.end(), sorted_apart) &&
              std::is_sorted(calendar.closures.begin(), calendar.closures.end());
  for (std::size_t i = 0; i < calendar.openings.size(); ++i)
    good = good && sorted_apart(calendar.openings[i].spans) && !calendar.openings[i].spans.empty() &&
           (i == 0 || calendar.openings[i - 1].day < calendar.openings[i].day);
  for (const auto& duty : rules.on_call)
    good = good && std::all_of(duty.week.begin(), duty.week.end(), sorted_apart) && !duty.who.label.empty() &&
           !duty.who.people.empty() && duty.who.people.size() <= limits::on_call_people &&
           (duty.from_ms == duty.to_ms || duty.from_ms < duty.to_ms);
  for (const std::int64_t ms :
       {rules.step_immediate_ms, rules.step_urgent_ms, rules.proposal_delay_danger_ms})
    good = good && ms >= 60'000 && ms <= day;
  return good && rules.lease_ms >= limits::lease_min && rules.lease_ms <= limits::lease_max &&
         rules.close_after_ms >= limits::close_after_min && rules.close_after_ms <= limits::close_after_max &&
         rules.unattended_ms >= 60'000 && rules.starvation_ms >= 3'600'000 && rules.max_hops <= 20 &&
         rules.on_call.size() <= limits::on_call;
}

}  // namespace

TEST_CASE("site.toml with random damage is refused at a place, or within every bound") {
  const router::test::Folder folder;
  const std::string whole = router::test::small_files().at("site.toml") + kMore;
  std::minstd_rand random(20'260'317);
  std::size_t accepted = 0, refused = 0;
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = damaged(whole, random);
    CAPTURE(i, text);
    folder.write("site.toml", text);
    Draft draft;
    draft.folder = folder.path();
    load_description(draft);
    std::string all;
    bool placed = true;
    for (const auto& finding : draft.findings) {
      all += to_string(finding) + "\n";
      placed = placed && finding.file == "site.toml" && (finding.line > 0) && !finding.message.empty();
    }
    CAPTURE(all);
    if (!placed) CHECK(placed);
    if (has_errors(draft.findings)) {
      ++refused;
      continue;
    }
    ++accepted;
    if (!bounded(draft.site.queue)) CHECK(bounded(draft.site.queue));
    if (describe_times(draft.site.queue).size() < 8) FAIL_CHECK("not told");
  }
  CHECK(accepted > 80);
  CHECK(refused > 1'000);
}
