#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

BannetteCount count_of(const World& w, const std::string& bannette) {
  for (const auto& count : w.bannettes.counts(w.now.wall_ms))
    if (count.bannette == bannette) return count;
  throw std::logic_error("no such bannette");
}

std::vector<std::uint64_t> numbers(const TrayPage& page) {
  std::vector<std::uint64_t> all;
  for (const auto& item : page.items) all.push_back(item.number);
  return all;
}

}  // namespace

TEST_CASE("counts of a bannette, and of one that is empty") {
  World w;
  const auto first = w.submit("roubaix/pmi", Urgency::urgent, "sans-delai", true);
  w.pass(60'000);
  const auto held = w.submit("roubaix/pmi", Urgency::urgent, "sans-delai", true);
  const auto taken = w.submit("roubaix/pmi", Urgency::urgent, "sans-delai", true);
  w.submit("roubaix/pmi");
  w.reserve(held);
  w.take(taken);
  const BannetteCount count = count_of(w, "roubaix/pmi");
  CHECK(count.waiting == 2);
  CHECK(count.reserved == 1);
  CHECK(count.in_progress == 1);
  CHECK(count.danger == 2);  // taken in hand, a danger is acknowledged
  CHECK(count.oldest_waiting_ms == kTuesday);
  CHECK(count.late == 0);
  CHECK(count.next_deadline_ms == w.bannettes.find(first)->deadline_ms);
  CHECK(count.taken == 1);
  CHECK(count_of(w, "lille/pmi").oldest_waiting_ms == 0);
  CHECK(count_of(w, "lille/pmi").next_deadline_ms == 0);
  CHECK(w.bannettes.counts(0).size() == site_rules().bannettes.size());
}

TEST_CASE("late is past the deadline, waiting or reserved") {
  World w;
  w.submit("roubaix/pmi", Urgency::priority);
  w.reserve(w.submit("roubaix/pmi", Urgency::priority), kRoubaix, limits::lease_max);
  w.take(w.submit("roubaix/pmi", Urgency::priority));
  w.now.wall_ms += 48 * kHour;
  CHECK(count_of(w, "roubaix/pmi").late == 0);
  CHECK(count_of(w, "roubaix/pmi").next_deadline_ms == w.now.wall_ms);
  w.expire();
  w.now.wall_ms += 1;
  CHECK(count_of(w, "roubaix/pmi").late == 2);
  CHECK(count_of(w, "roubaix/pmi").next_deadline_ms == 0);
}

TEST_CASE("waits: none from fewer than five, never negative, the last 64") {
  World w;
  std::vector<std::uint64_t> waiting;
  for (int i = 0; i < 5; ++i) waiting.push_back(w.submit("roubaix/pmi"));
  for (std::size_t i = 0; i < 4; ++i) {
    w.pass(10'000);
    w.take(waiting[i]);
  }
  CHECK(count_of(w, "roubaix/pmi").wait_median_s == -1);
  CHECK(count_of(w, "roubaix/pmi").wait_max_s == -1);
  w.pass(10'000);
  w.take(waiting[4]);
  CHECK(count_of(w, "roubaix/pmi").wait_median_s == 30);
  CHECK(count_of(w, "roubaix/pmi").wait_max_s == 50);

  for (int i = 0; i < 64; ++i) {
    const auto n = w.submit("roubaix/pmi");
    w.now.wall_ms -= kHour;  // the clock is set back while it waits
    w.take(n);
  }
  CHECK(count_of(w, "roubaix/pmi").wait_median_s == 0);
  CHECK(count_of(w, "roubaix/pmi").wait_max_s == 0);
  CHECK(count_of(w, "roubaix/pmi").taken == 69);
}

TEST_CASE("a tray: waiting in order of service, then what is held, handled never") {
  World w;
  const auto normal = w.submit("roubaix/pmi");
  const auto urgent = w.submit("roubaix/enfance", Urgency::urgent);
  const auto held = w.submit("roubaix/pmi", Urgency::immediate);
  const auto taken = w.submit("roubaix/enfance", Urgency::priority);
  const auto over = w.submit("roubaix/pmi");
  w.reserve(held);
  w.take(taken);
  done(w.apply(kRoubaix, Handle{number(over), w.take(over), Outcome::answered}));

  const TrayPage page = w.bannettes.tray(kRoubaix, {}, 100).value();
  CHECK(numbers(page) == std::vector<std::uint64_t>{urgent, normal, held, taken});
  CHECK(page.total == 4);
  CHECK(page.items[2] == *w.bannettes.find(held));
  CHECK(numbers(w.bannettes.tray(kRoubaix, {"roubaix/pmi"}, 100).value()) ==
        std::vector<std::uint64_t>{normal, held});
}

TEST_CASE("a page is the first of the whole, and tells how many there are") {
  World w;
  for (int i = 0; i < 30; ++i)
    w.submit(i % 2 != 0 ? "roubaix/pmi" : "roubaix/enfance", i % 3 != 0 ? Urgency::normal : Urgency::urgent);
  for (std::uint64_t n = 1; n <= 30; n += 7) w.reserve(n);
  const auto whole = numbers(w.bannettes.tray(kRoubaix, {}, 200).value());
  REQUIRE(whole.size() == 30);
  for (std::size_t limit = 1; limit <= 31; ++limit) {
    const TrayPage page = w.bannettes.tray(kRoubaix, {}, limit).value();
    CHECK(page.total == 30);
    CHECK(numbers(page) ==
          std::vector<std::uint64_t>(
              whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, 30))));
  }
}

TEST_CASE("take next passes over restricted dossiers for those without the right, and counts them") {
  World w;
  Authority rene = console("rene", Role::agent, {"roubaix"}), rita = rene;
  rita.person->name = "rita";
  rita.person->restricted = true;
  const auto closed = w.submit("roubaix/enfance", Urgency::immediate, "danger", true);
  const auto later = w.submit("roubaix/enfance", Urgency::immediate, "danger", true);
  const auto open = w.submit("roubaix/pmi");
  CHECK(count_of(w, "roubaix/enfance").restricted == 2);
  CHECK(count_of(w, "roubaix/pmi").restricted == 0);
  CHECK(done(w.apply(rene, Take{next_of()})).dossier.number == open);
  const Refusal nothing = refusal(w.apply(rene, Take{next_of()}));
  CHECK(nothing.code == Code::nothing_waiting);
  CHECK(nothing.detail.find("confidentielles en attente : 2") != std::string::npos);
  CHECK(code(w.apply(rene, Take{number(closed)})) == Code::forbidden);
  CHECK(code(w.apply(rene, Acknowledge{number(closed)})) == Code::forbidden);  // it goes on climbing
  CHECK(done(w.apply(rita, Take{next_of()})).dossier.number == closed);
  CHECK(count_of(w, "roubaix/enfance").restricted == 1);
  CHECK(done(w.apply(console("marc", Role::manager, {"roubaix"}), Take{next_of()})).dossier.number == later);
}

TEST_CASE("a redirect of a restricted dossier is answered by who may know what it is") {
  World w;
  const auto n = w.submit("roubaix/enfance", Urgency::normal, "danger");
  done(w.apply(kRoubaix, Propose{number(n), w.take(n), "lille/enfance", Why::wrong_territory}));
  const Authority rene = console("rene", Role::agent, {"lille"});
  CHECK(code(w.apply(rene, AcceptProposal{number(n)})) == Code::forbidden);
  CHECK(w.bannettes.restricted()->shown_to(rene, *w.bannettes.find(n)) == TopicSight::hidden);
  CHECK(w.bannettes.restricted()->shown_to(kLille, *w.bannettes.find(n)) == TopicSight::restricted);
  CHECK(done(w.apply(kLille, AcceptProposal{number(n)})).dossier.bannette == "lille/enfance");
}

TEST_CASE("unread: waiting where nobody of the bannette has seen the content, and again after a move") {
  World w;
  const Authority lea = console("lea", Role::agent, {"roubaix"}), sofia = console("sofia", Role::supervisor);
  const auto n = w.submit("roubaix/pmi");
  CHECK(count_of(w, "roubaix/pmi").unread == 1);
  CHECK(w.read(sofia, n, Purpose::quality));  // not one of the bannette
  CHECK(count_of(w, "roubaix/pmi").unread == 1);
  CHECK(w.read(lea, n));
  CHECK(count_of(w, "roubaix/pmi").unread == 0);
  CHECK_FALSE(w.read(lea, n));  // told already
  done(w.apply(sofia, Move{number(n), "lille/pmi", Why::wrong_territory}));
  CHECK(count_of(w, "lille/pmi").unread == 1);
  done(w.apply(sofia, Move{number(n), "roubaix/pmi", Why::wrong_territory}));
  CHECK(count_of(w, "roubaix/pmi").unread == 1);
  CHECK(w.read(lea, n));  // within minutes, and told all the same
  CHECK(count_of(w, "roubaix/pmi").unread == 0);

  const auto reserved = w.submit("roubaix/pmi");
  w.reserve(reserved);
  w.expire();
  w.pass(limits::lease_max);
  w.expire();
  CHECK(w.bannettes.find(reserved)->state == State::waiting);
  CHECK(count_of(w, "roubaix/pmi").unread == 0);  // who reserved it saw it
}

TEST_CASE("ended ones, the newest first, page by page, and of no other unit") {
  World w;
  const auto end = [&w](const std::string& bannette) {
    const auto n = w.submit(bannette);
    done(w.apply(kRoubaix, Handle{number(n), w.take(n), Outcome::answered}));
    return n;
  };
  const auto first = end("roubaix/pmi");
  w.submit("roubaix/pmi");
  const auto second = end("roubaix/enfance");
  w.submit("lille/pmi");
  const auto third = end("roubaix/pmi");
  const auto page = [&w](const Authority& who, std::vector<std::string> names, std::size_t limit,
                         std::uint64_t before) {
    return w.bannettes.ended(who, names, limit, before).value();
  };
  const auto listed = [](const EndedPage& page) {
    std::vector<std::uint64_t> all;
    for (const auto& item : page.items) all.push_back(item.number);
    return all;
  };
  const EndedPage newest = page(kRoubaix, {}, 2, 0);
  CHECK(listed(newest) == std::vector{third, second});
  const EndedPage rest = page(kRoubaix, {}, 2, newest.next);
  CHECK(listed(rest) == std::vector{first});
  CHECK(rest.next == 0);
  CHECK(listed(page(kRoubaix, {"roubaix/pmi"}, 200, 0)) == std::vector{third, first});
  CHECK(page(kRoubaix, {}, 3, 1'000'000).items.size() == 3);  // beyond the newest is the newest
  CHECK(page(kLille, {}, 200, 0).items.empty());
  CHECK(w.bannettes.ended(kLille, {"roubaix/pmi"}, 200, 0).error().code == Code::unknown_bannette);
}

TEST_CASE("ended ones by topic, commune and urgency; by a restricted topic only for who may know it") {
  World w;
  const auto end = [&w](const std::string& topic, Urgency urgency, const std::string& insee) {
    const auto n = receipt(w.apply(kRouter, Submit{"roubaix/pmi", topic, urgency, false, insee})).number;
    done(w.apply(kRoubaix, Handle{number(n), w.take(n), Outcome::answered}));
    return n;
  };
  const auto aid = end("aide", Urgency::normal, "59512");
  const auto urgent = end("aide", Urgency::urgent, "59598");
  const auto danger = end("danger", Urgency::urgent, "59512");
  const auto nowhere = end("sans-delai", Urgency::normal, "");
  w.submit("roubaix/pmi", Urgency::normal, "aide");  // open
  const Authority without = console("nadia", Role::agent, {"roubaix"});
  Authority cleared = without;
  cleared.person->restricted = true;
  const auto found = [&w](const Authority& who, const Sought& sought) {
    std::vector<std::uint64_t> all;
    for (const auto& item : w.bannettes.ended(who, {}, 200, 0, sought).value().items)
      all.push_back(item.number);
    return all;
  };
  using Numbers = std::vector<std::uint64_t>;
  CHECK(found(without, {"aide", "", {}}) == Numbers{urgent, aid});
  CHECK(found(without, {"aide", "59512", {}}) == Numbers{aid});
  CHECK(found(without, {"", "59512", {}}) == Numbers{danger, aid});
  CHECK(found(without, {"", "", Urgency::urgent}) == Numbers{danger, urgent});
  CHECK(found(without, {"aucun-motif", "", {}}).empty());
  CHECK(found(without, {"", "", {}}) == Numbers{nowhere, danger, urgent, aid});
  CHECK(found(without, {"danger", "", {}}).empty());
  CHECK(found(cleared, {"danger", "", {}}) == Numbers{danger});
  CHECK(found(kRoubaix, {"danger", "", {}}) == Numbers{danger});
  // A page goes on behind what was passed over.
  const auto page = w.bannettes.ended(without, {}, 1, 0, {"aide", "", {}}).value();
  REQUIRE(page.items.size() == 1);
  CHECK(w.bannettes.ended(without, {}, 1, page.next, {"aide", "", {}}).value().items.front().number == aid);
}
