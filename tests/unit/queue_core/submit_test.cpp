#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("what is submitted is what is kept") {
  World w;
  const Effects effects =
      w.apply(kRouter, Submit{"service:mdie", "deux-jours", Urgency::urgent, true, "59512"});
  const Receipt made = receipt(effects);
  REQUIRE(effects.persist.size() == 2);  // and a danger's first step
  CHECK(effects.own == 0U);
  CHECK(made.seq == 1);
  CHECK(made.number == 1);
  CHECK(dossier_number(made.id) == 1);
  CHECK(uuid7_time_ms(made.id) == w.now.wall_ms);
  const Dossier d = *w.bannettes.find(1);
  CHECK(d == effects.persist[1].after);
  CHECK(d.bannette == "service:mdie");
  CHECK(d.topic == "deux-jours");
  CHECK(d.urgency == Urgency::urgent);
  CHECK(d.danger);
  CHECK(d.insee == "59512");
  CHECK(d.arrived_ms == w.now.wall_ms);
  CHECK(d.arrival_seq == 1);
  CHECK(d.fence == 0);
  CHECK(d.deadline_ms == made.deadline_ms);
}

TEST_CASE("each bad submission is refused with its field, and leaves no trace") {
  struct Row {
    Code code;
    const char* field;
    Submit submit;
  };
  const Row rows[] = {
      {Code::missing, "bannette", {"", "aide", Urgency::normal, false, ""}},
      {Code::unknown_bannette, "bannette", {"roubaix", "aide", Urgency::normal, false, ""}},
      {Code::unknown_bannette, "bannette", {"roubaix/enfance ", "aide", Urgency::normal, false, ""}},
      {Code::missing, "topic", {"standard", "", Urgency::normal, false, ""}},
      {Code::unknown_topic, "topic", {"standard", "Aide", Urgency::normal, false, ""}},
      {Code::malformed, "insee", {"standard", "aide", Urgency::normal, false, "5951"}},
      {Code::malformed, "urgency", {"standard", "aide", Urgency::priority, true, ""}},
      {Code::malformed, "urgency", {"standard", "aide", Urgency::normal, true, ""}}};
  World w;
  for (const Row& row : rows) {
    const Effects effects = w.apply(kRouter, row.submit);
    CHECK(code(effects) == row.code);
    CHECK(refusal(effects).field == row.field);
    CHECK_FALSE(refusal(effects).detail.empty());
  }
  CHECK(w.bannettes.size() == 0);
  CHECK(w.bannettes.last_seq() == 0);
}

TEST_CASE("who may not submit is refused") {
  World w;
  const Submit submit{"standard", "aide", Urgency::normal, false, ""};
  for (const Authority& who : {*authority_of("console"), console("a", Role::agent, {"roubaix"}),
                               console("d", Role::admin), console("u", Role::auditor)})
    CHECK(code(w.apply(who, submit)) == Code::forbidden);
  receipt(w.apply(console("o", Role::operator_), submit));
  CHECK(w.journal.back().change.actor == "o");
}

TEST_CASE("numbers and sequences have no gaps, refusals between or not") {
  World w;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    CHECK(w.submit() == i);
    CHECK(refused(w.apply(kRouter, Submit{})));
    CHECK(w.journal.back().change.seq == i);
  }
}

TEST_CASE("the deadline is the tighter of the topic's and the urgency's") {
  struct Row {
    const char* topic;
    Urgency urgency;
    std::int64_t deadline_ms;  // after kTuesday, 10:00; 0: none
  };
  const Row rows[] = {
      {"sans-delai", Urgency::normal, 0},
      {"sans-delai", Urgency::priority, 48 * kHour},
      {"sans-delai", Urgency::immediate, -1},      // at once: the arrival itself
      {"sans-delai", Urgency::urgent, 5 * kHour},  // 2.5 h before noon, 1.5 h from 13:30: 15:00
      {"deux-jours", Urgency::normal, 48 * kHour},
      {"deux-jours", Urgency::urgent, 5 * kHour},
      {"danger", Urgency::normal, 5 * kHour},  // the topic is tighter
      {"danger", Urgency::priority, 5 * kHour},
      {"aide", Urgency::normal, 7 * kDay + 7 * kHour + kHour / 2},  // five working days on, Tuesday 17:30
      {"aide", Urgency::priority, 48 * kHour}};
  World w;
  for (const Row& row : rows) {
    CAPTURE(row.topic, name(row.urgency));
    const auto n = w.submit("standard", row.urgency, row.topic);
    const std::int64_t deadline = w.bannettes.find(n)->deadline_ms;
    if (row.deadline_ms == 0)
      CHECK(deadline == 0);
    else
      CHECK(deadline - kTuesday == std::max<std::int64_t>(0, row.deadline_ms));
  }
}

TEST_CASE("several topics of one call are linked dossiers, both ways and in one batch") {
  World w;
  const Authority olga = console("olga", Role::operator_), pia = console("pia", Role::operator_);
  const auto asked = [](std::vector<Target> linked) {
    return Submit{"roubaix/pmi", "sans-delai",  Urgency::normal,  false,
                  "59512",       {"lille/pmi"}, std::move(linked)};
  };
  const auto first = receipt(w.apply(olga, asked({}))).number;
  const auto second = receipt(w.apply(olga, asked({number(first)}))).number;
  const Effects effects = w.apply(olga, asked({number(second), number(first), number(first)}));
  const auto third = receipt(effects).number;
  REQUIRE(effects.persist.size() == 6);  // submitted, copied, and two for each link
  CHECK(effects.own == 0);
  for (std::size_t i = 2; i < 6; ++i) {
    CHECK(effects.persist[i].change.kind == ChangeKind::linked);
    CHECK_FALSE(effects.persist[i].change.key);
  }
  CHECK(w.bannettes.find(first)->linked == std::vector{second, third});
  CHECK(w.bannettes.find(second)->linked == std::vector{first, third});
  CHECK(w.bannettes.find(third)->linked == std::vector{first, second});
  // Too many: refused, and nothing is made.
  const auto before = w.bannettes.last_seq();
  CHECK(code(w.apply(olga, asked(std::vector(9, number(first))))) == Code::too_large);
  CHECK(w.bannettes.last_seq() == before);
  // Another's, one that is not there: taken without, and one does not learn which of both it was.
  for (const auto& [who, linked] : {std::pair(pia, number(first)), std::pair(pia, number(99))}) {
    const Effects taken = w.apply(who, asked({linked}));
    CHECK(receipt(taken).number == w.bannettes.size());
    CHECK(taken.persist.size() == 2);  // submitted, copied
  }
  // The router's word holds: it names those of one call, and a colleague may have sent the first.
  const Authority by_router{Authority::Kind::router, "router", Person{"pia", Role::operator_, {}}};
  const auto others = receipt(w.apply(by_router, asked({number(first)}))).number;
  CHECK(w.bannettes.find(first)->linked == std::vector{second, third, others});
  CHECK(receipt(w.apply(by_router, asked({number(9'999)}))).number == w.bannettes.size());
  // After a restart it is known still who logged what; a day later it is another call.
  Bannettes fresh(site_rules());
  for (std::uint64_t n = 1; n <= w.bannettes.size(); ++n) fresh.restore(*w.bannettes.find(n), w.now);
  for (const auto& kept : w.journal)
    if (kept.change.key) fresh.restore_key(kept.change);
  fresh.restore_site(calendar_in_force());
  fresh.begin(w.bannettes.last_seq(), w.bannettes.size(), w.now);
  w.bannettes = std::move(fresh);
  CHECK(w.bannettes.find(receipt(w.apply(olga, asked({number(first)}))).number)->linked ==
        std::vector{first});
  w.pass(limits::link_age + 1);
  CHECK(w.bannettes.find(receipt(w.apply(olga, asked({number(first)}))).number)->linked.empty());
}

TEST_CASE("a dossier has a bounded number of links") {
  World w;
  const auto first = w.submit();
  const auto linked = [&] {
    return w.apply(kRouter,
                   Submit{"roubaix/pmi", "sans-delai", Urgency::normal, false, "", {}, {number(first)}});
  };
  for (std::size_t i = 0; i < limits::links; ++i) receipt(linked());
  CHECK(w.bannettes.find(receipt(linked()).number)->linked.empty());  // taken, without the link
  CHECK(w.bannettes.find(first)->linked.size() == limits::links);
}
