// kill -9 while dossiers are worked on: holders, fences and leases after the restart.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "queue/system/clock.hpp"
#include "tests/integration/agent.hpp"
#include "tests/integration/service.hpp"
#include "tests/integration/submitter.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::string change_of(const v1::Envelope& request) {
  if (request.has_reserve()) return "reserved";
  if (request.has_accept()) return "accepted";
  return request.has_note() ? "noted" : "handled";
}

std::string state_after(const v1::Envelope& request) {
  if (request.has_reserve()) return "reserved";
  return request.has_handle() ? "handled" : "in_progress";
}

// Leases may have ended meanwhile.
std::size_t made_by_people(const Exported& kept) {
  std::size_t changes = 0;
  for (const auto& dossier : kept.dossiers)
    for (const auto& each : dossier.history) changes += each.change == "lease_expired" ? 0 : 1;
  return changes;
}

// Each confirmed step stands in the history; nothing stands there that nobody asked for.
void compare(const std::vector<Step>& steps, const Exported& kept) {
  std::map<std::string, const Step*> last;
  for (const auto& step : steps) {
    if (!step.done) continue;
    const ExportedDossier* dossier = kept.find(id_text(step.done->header().id()));
    REQUIRE(dossier != nullptr);
    CHECK(dossier->has(step.done->seq(), change_of(step.request)));
    last[dossier->id] = &step;
  }
  for (const auto& [id, step] : last) {
    const ExportedDossier* dossier = kept.find(id);
    CHECK(dossier->fence == step->done->header().fence());
    // One step more may have been kept without having been told.
    const bool told = dossier->history.back().seq == step->done->seq();
    if (told) CHECK(dossier->state == state_after(step->request));
  }
}

}  // namespace

TEST_CASE("Work that was confirmed before kill -9 holds; a retry of a step is the same step") {
  Service service;
  service.start();
  {
    const auto router = service.link("router");
    const auto calls = std::make_shared<Submitter>(*router, "call", 120, 60);
    calls->start();
    REQUIRE(calls->wait_receipts(120));
  }
  for (const std::size_t until : {25U, 50U, 75U}) {
    auto link = service.link(kEast);
    std::vector<std::shared_ptr<Agent>> agents;
    for (int i = 0; i < 6; ++i) agents.push_back(std::make_shared<Agent>(*link));
    for (auto& each : agents) each->start();
    REQUIRE(agents.front()->wait_done(until / 6));
    service.kill();
    link.reset();
    std::vector<Step> steps;
    for (auto& each : agents)
      for (auto& step : each->steps()) steps.push_back(step);

    CHECK(run({"check", "--data", service.data().string()}).code == 0);
    const Exported kept = Exported::of(service.data());
    (void)kept.check_whole();
    compare(steps, kept);

    service.start();
    link = service.link(kEast);
    for (const auto& step : steps) {
      const v1::Envelope reply = ask(*link, step.request);
      if (!step.done) continue;
      REQUIRE(code_of(reply) == "");
      CHECK(reply.done().seq() == step.done->seq());
      CHECK(reply.done().header().id() == step.done->header().id());
      CHECK(reply.done().header().fence() >= step.done->header().fence());
    }
    const Exported after = Exported::of(service.data());
    (void)after.check_whole();
    CHECK(made_by_people(after) <=
          made_by_people(kept) + agents.size());  // each had one step without an answer
  }
}

TEST_CASE("A reservation survives kill -9 with its holder, its fence and its lease's end") {
  Service service;
  service.start();
  std::string kept_dossier, expiring;
  v1::Header kept, short_lease;
  {
    const auto link = service.link(kEast);
    kept_dossier = ask(*link, submit("gardée")).receipt().reference();
    expiring = ask(*link, submit("oubliée")).receipt().reference();
    kept = ask(*link, reserve(kept_dossier)).done().header();
    short_lease = ask(*link, reserve(expiring, 5'000)).done().header();
  }
  service.kill();
  service.start();
  const std::int64_t ready_ms = system::now().wall_ms;

  Inbox hints;
  const auto link = service.quiet_link(kEast);
  link->on_delivery(hints.taker());
  link->start();
  REQUIRE(link->wait_up(kPatience));
  v1::Envelope subscribe;
  subscribe.mutable_subscribe()->set_credit(100);
  REQUIRE(ask(*link, subscribe).has_subscribed());

  const v1::Header after = ask(*link, show(kept_dossier)).dossier().header();
  CHECK(after.state() == v1::STATE_RESERVED);
  CHECK(after.holder() == kEast);
  CHECK(after.fence() == kept.fence());
  CHECK(std::abs(after.lease_until_ms() - kept.lease_until_ms()) < 100);
  v1::Envelope other = reserve(kept_dossier);
  other.mutable_actor()->set_name("une autre");
  other.mutable_actor()->set_role(v1::ROLE_AGENT);
  CHECK(code_of(ask(*link, other)) == "held_by_other");
  CHECK(ask(*link, accept(kept_dossier, kept.fence())).done().header().state() == v1::STATE_IN_PROGRESS);

  v1::Deliver hint;
  do hint = hints.next().deliver();
  while (hint.change() != "lease_expired");
  CHECK(hint.header().reference() == expiring);
  CHECK(hint.header().state() == v1::STATE_WAITING);
  CHECK(hint.header().holder() == "");
  CHECK(hint.header().changed_ms() >= short_lease.lease_until_ms() - kRounding);
  CHECK(hint.header().changed_ms() <= std::max(short_lease.lease_until_ms(), ready_ms) + 2'000);
  CHECK(code_of(ask(*link, accept(expiring, short_lease.fence()))) == "stale_fence");
  const v1::Header next = ask(*link, reserve()).done().header();
  CHECK(next.reference() == expiring);  // in its old place, with a new fence
  CHECK(next.fence() == short_lease.fence() + 1);
}
