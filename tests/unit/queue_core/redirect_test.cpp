#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

const Authority kSupervisor = console("sophie", Role::supervisor);

// One dossier of Roubaix, taken by Alice; what follows is about sending it to Lille.
struct Offer : World {
  std::uint64_t n = 0;
  std::uint64_t fence = 0;
  explicit Offer(bool danger = false) {
    n = submit("roubaix/enfance", danger ? Urgency::urgent : Urgency::normal, "aide", danger);
    fence = take(n);
  }
  Dossier dossier() const { return *bannettes.find(n); }
  Done propose(const std::string& to = "lille/enfance") {
    return done(apply(kRoubaix, Propose{number(n), fence, to, Why::wrong_territory}));
  }
  std::vector<Dossier> offered(const Authority& who) const {
    return bannettes.tray(who, {}, 10).value().offered;
  }
};

}  // namespace

TEST_CASE("a redirect is a proposal: the dossier is in the sender's bannette only, until it is accepted") {
  Offer w;
  const auto before = w.dossier();
  const Done proposed = w.propose();
  CHECK(proposed.dossier.bannette == "roubaix/enfance");
  CHECK(proposed.dossier.state == State::in_progress);
  REQUIRE(proposed.dossier.proposal);
  CHECK(proposed.dossier.proposal->to == "lille/enfance");
  CHECK(proposed.dossier.proposal->why == "wrong_territory");
  CHECK(proposed.dossier.proposal->from == "unit:roubaix/alice");
  REQUIRE(w.offered(kLille).size() == 1);
  CHECK(w.offered(kLille)[0].number == w.n);
  CHECK(w.bannettes.tray(kLille, {}, 10).value().items.empty());
  CHECK(code(w.apply(kLille, Take{number(w.n)})) == Code::not_found);

  w.pass(kHour);
  const Done accepted = done(w.apply(kLille, AcceptProposal{number(w.n)}));
  CHECK(accepted.dossier.bannette == "lille/enfance");
  CHECK(accepted.dossier.state == State::waiting);
  CHECK(accepted.dossier.holder.empty());
  CHECK(accepted.dossier.fence == w.fence + 1);
  CHECK(accepted.dossier.deadline_ms == before.deadline_ms);
  CHECK(accepted.dossier.arrival_seq == before.arrival_seq);
  CHECK(accepted.dossier.hops == 1);
  CHECK_FALSE(accepted.dossier.proposal);
  CHECK(deadline_state(accepted.dossier) == DeadlineState::running);
  CHECK(w.offered(kLille).empty());
  CHECK(code(w.apply(kRoubaix, AddNote{number(w.n), w.fence})) == Code::not_found);  // no longer theirs
  CHECK(code(w.apply(kLille, AcceptProposal{number(w.n)})) == Code::no_proposal);
}

TEST_CASE("one that is reserved and proposed is in its sender's hands") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n);
  const Done proposed = done(w.apply(kRoubaix, Propose{number(n), fence, "lille/enfance", Why::wrong_topic}));
  CHECK(proposed.dossier.state == State::in_progress);
  CHECK(proposed.dossier.lease_ms == 0);
  w.pass(kHour);
  w.expire();
  CHECK(w.state(n) == State::in_progress);  // no lease ends it
}

TEST_CASE("every end of a proposal") {
  Offer w;
  w.propose();
  SECTION("refused with a reason") {
    const Done refused = done(w.apply(kLille, RefuseProposal{number(w.n), Why::no_capacity}));
    CHECK(refused.dossier.holder == "unit:roubaix/alice");
    CHECK(w.journal.back().change.reason == "no_capacity");
  }
  SECTION("withdrawn by its sender") {
    done(w.apply(kRoubaix, Withdraw{number(w.n), w.fence}));
  }
  SECTION("expired after four working hours: eleven to noon and a half, then from half past one") {
    w.pass(5 * kHour - 1);  // ten to three, with an hour's break
    w.expire();
    CHECK(w.dossier().proposal);
    w.pass(1);
    w.expire();
    CHECK(w.journal.back().change.kind == ChangeKind::proposal_expired);
    CHECK(is_event(ChangeKind::proposal_expired));
  }
  CHECK_FALSE(w.dossier().proposal);
  CHECK(w.dossier().bannette == "roubaix/enfance");
  CHECK(w.state(w.n) == State::in_progress);
  CHECK(w.offered(kLille).empty());
  CHECK(code(w.apply(kRoubaix, Withdraw{number(w.n), w.fence})) == Code::no_proposal);
  w.propose();  // another may follow
}

TEST_CASE("in danger a proposal lasts a quarter of an hour, by the calendar") {
  Offer w(true);
  w.propose();
  CHECK(w.dossier().proposal->until_ms == w.now.wall_ms + kHour / 4);
}

TEST_CASE("one open proposal, to another bannette that exists") {
  Offer w;
  CHECK(code(w.apply(kRoubaix, Propose{number(w.n), w.fence, "", Why::other})) == Code::missing);
  CHECK(code(w.apply(kRoubaix, Propose{number(w.n), w.fence, "nulle/part", Why::other})) ==
        Code::unknown_bannette);
  CHECK(code(w.apply(kRoubaix, Propose{number(w.n), w.fence, "roubaix/enfance", Why::other})) ==
        Code::malformed);
  w.propose();
  CHECK(code(w.apply(kRoubaix, Propose{number(w.n), w.fence, "lille/pmi", Why::other})) ==
        Code::proposal_open);
  CHECK(w.dossier().proposal->to == "lille/enfance");
}

TEST_CASE("who is not asked cannot answer, and does not learn that it is there") {
  Offer w;
  w.propose();
  const Authority stranger = key_of("service:mdie", "max");
  CHECK(code(w.apply(stranger, AcceptProposal{number(w.n)})) == Code::not_found);
  CHECK(code(w.apply(stranger, RefuseProposal{number(w.n), Why::other})) == Code::not_found);
  CHECK(code(w.apply(kRoubaixBob, AcceptProposal{number(w.n)})) == Code::no_proposal);
}

TEST_CASE("the third change of bannette is a supervisor's to decide") {
  Offer w;
  w.propose();
  done(w.apply(kLille, AcceptProposal{number(w.n)}));
  auto fence = w.take(w.n, kLille);
  done(w.apply(kLille, Propose{number(w.n), fence, "roubaix/pmi", Why::wrong_topic}));
  done(w.apply(kRoubaix, AcceptProposal{number(w.n)}));
  fence = w.take(w.n, kRoubaix);
  done(w.apply(kRoubaix, Propose{number(w.n), fence, "lille/pmi", Why::wrong_topic}));
  CHECK(code(w.apply(kLille, AcceptProposal{number(w.n)})) == Code::forbidden);
  CHECK(w.dossier().bannette == "roubaix/pmi");
  CHECK(done(w.apply(kSupervisor, AcceptProposal{number(w.n)})).dossier.bannette == "lille/pmi");
  CHECK(w.dossier().hops == 3);
}

TEST_CASE("a return goes to the switchboard and keeps its place") {
  World w;
  const auto first = w.submit("roubaix/enfance", Urgency::normal, "aide");
  const auto fence = w.take(first);
  w.pass(kHour);
  const auto later = w.submit("standard", Urgency::normal, "aide");
  const Done back = done(w.apply(kRoubaix, Return{number(first), fence, Why::incomplete}));
  CHECK(back.dossier.bannette == "standard");
  CHECK(back.dossier.state == State::waiting);
  CHECK(w.journal.back().change.reason == "incomplete");
  CHECK(w.journal.back().change.bannette == "roubaix/enfance");
  const Authority switchboard = console("olga", Role::agent, {"standard"});
  const auto page = w.bannettes.tray(switchboard, {}, 10).value();
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].number == first);  // it arrived before
  CHECK(page.items[1].number == later);
  CHECK(code(w.apply(kRoubaix, Return{number(first), fence, Why::other})) == Code::not_found);
}

TEST_CASE("a copy is a right to read, and no second dossier") {
  Offer w;
  done(w.apply(kRoubaix, Copy{number(w.n), w.fence, "lille/enfance"}));
  CHECK(w.bannettes.size() == 1);
  CHECK(w.bannettes.sight(kLille, w.dossier()).by == Sight::By::copy);
  CHECK(w.bannettes.sight(kLille, w.dossier()).content);
  CHECK(w.bannettes.tray(kLille, {}, 10).value().copies.size() == 1);
  CHECK(code(w.apply(kLille, Take{number(w.n)})) == Code::not_found);
  CHECK(code(w.apply(kRoubaix, Copy{number(w.n), w.fence, "lille/enfance"})) == Code::bad_state);
  const auto reading = w.read(kLille, w.n);
  REQUIRE(reading);
  CHECK(reading->kind == ChangeKind::read);
  CHECK(reading->actor == "unit:lille/chloe");
  CHECK(reading->reason == "copy");
}

TEST_CASE("a proposal shows its content, but not of a restricted topic") {
  World w;
  for (const auto& [topic, content] : {std::pair{"aide", true}, std::pair{"danger", false}}) {
    const auto n = w.submit("roubaix/enfance", Urgency::normal, topic);
    done(w.apply(kRoubaix, Propose{number(n), w.take(n), "lille/enfance", Why::wrong_territory}));
    const Sight seen = w.bannettes.sight(kLille, *w.bannettes.find(n));
    CHECK(seen.by == Sight::By::proposal);
    CHECK(seen.content == content);
  }
}

TEST_CASE("copies that come with a submission are each a change") {
  World w;
  const Effects effects =
      w.apply(kRouter, Submit{"roubaix/enfance", "aide", Urgency::normal, false, "", {"lille/pmi"}});
  REQUIRE(effects.persist.size() == 2);
  CHECK(effects.own == 0U);
  CHECK(effects.persist[1].change.kind == ChangeKind::copied);
  CHECK(effects.persist[1].after.copies == std::vector<std::string>{"lille/pmi"});
  CHECK(effects.reply_after_seq == effects.persist[1].change.seq);
  CHECK(code(w.apply(kRouter, Submit{"roubaix/pmi", "aide", Urgency::normal, false, "", {"nulle/part"}})) ==
        Code::unknown_bannette);
}
