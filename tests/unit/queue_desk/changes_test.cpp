#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("the whole way over the wire") {
  Office office;
  office.greet_all();
  const auto receipt = office.submit();
  const auto id = to_string(*uuid_from_bytes(receipt.id()));
  v1::Envelope next = office.taking("");
  next.mutable_actor()->set_name("alice");
  next.mutable_actor()->set_role(v1::ROLE_AGENT);
  office.say(kUnitPeer, kUnitKey, next);
  office.commit();
  REQUIRE(office.last().has_done());
  const v1::Done done = office.last().done();
  CHECK(done.header().id() == receipt.id());
  CHECK(done.header().holder() == "unit:roubaix/alice");
  CHECK(done.header().state() == v1::STATE_IN_PROGRESS);

  v1::Envelope note = next;
  note.set_idempotency_key(office.key());
  note.mutable_note()->set_dossier(id);
  note.mutable_note()->set_fence(done.header().fence());
  note.mutable_note()->set_text("Rappelée, pas de réponse.");
  office.say(kUnitPeer, kUnitKey, note);
  v1::Envelope handle = note;
  handle.set_idempotency_key(office.key());
  handle.mutable_handle()->set_dossier(id);
  handle.mutable_handle()->set_fence(done.header().fence());
  handle.mutable_handle()->set_outcome(v1::OUTCOME_ANSWERED);
  office.say(kUnitPeer, kUnitKey, handle);
  office.commit();
  CHECK(office.last().done().header().outcome() == v1::OUTCOME_ANSWERED);

  v1::Envelope show = asking(7);
  show.mutable_show()->set_dossier(receipt.reference());
  show.mutable_show()->set_content(true);
  office.say(kUnitPeer, kUnitKey, show);
  office.commit();
  const auto& dossier = office.last().dossier();
  CHECK(dossier.content().note() == "Elle demande une aide.");
  REQUIRE(dossier.history_size() == 5);
  const char* changes[] = {"submitted", "taken", "noted", "handled", "read"};
  for (int i = 0; i < 5; ++i) {
    CHECK(dossier.history(i).change() == changes[i]);
    CHECK(dossier.history(i).seq() == static_cast<std::uint64_t>(i + 1));
  }
  CHECK(dossier.history(0).actor() == "router");
  CHECK(dossier.history(2).text() == "Rappelée, pas de réponse.");
  CHECK(dossier.history(3).reason() == "answered");
}

TEST_CASE("a lease ends by the clock, and is journalled") {
  Office office;
  office.greet_all();
  const auto receipt = office.submit();
  v1::Envelope reserve = office.taking("");
  reserve.mutable_reserve()->set_dossier(receipt.reference());
  reserve.mutable_reserve()->set_lease_ms(5'000);
  office.say(kUnitPeer, kUnitKey, reserve);
  office.commit();
  CHECK(office.desk.next_tick_boot_ms(office.now) <= office.now.boot_ms + 5'000);
  office.pass(5'000);
  office.desk.tick(office.now);
  REQUIRE(office.commit());
  // The first look at the clock also says for which calendar deadlines are reckoned.
  CHECK(office.disk.rows[office.disk.rows.size() - 2].entry.persist.change.kind == ChangeKind::lease_expired);
  CHECK(office.disk.rows.back().entry.persist.change.kind == ChangeKind::calendar_changed);
  CHECK(office.disk.rows.back().entry.persist.after.state == State::waiting);
}

TEST_CASE("content and text are kept with the change that they came with, and no other") {
  Office office;
  office.greet_all();
  const auto first = office.submit();
  v1::Envelope reserve = office.taking("");
  reserve.mutable_reserve()->set_dossier(first.reference());
  reserve.mutable_reserve()->set_lease_ms(5'000);
  office.say(kUnitPeer, kUnitKey, reserve);
  office.commit();
  office.pass(5'000);
  const v1::Envelope submission = office.submission();
  office.say(kRouterPeer, kRouter, submission);  // the expired lease is ended first, in the same command
  office.say(kRouterPeer, kRouter, submission);
  office.commit();
  REQUIRE(office.disk.rows.size() == 4);
  CHECK(office.disk.rows[2].entry.persist.change.kind == ChangeKind::lease_expired);
  CHECK(office.disk.rows[2].entry.content.empty());
  CHECK(office.disk.rows[3].entry.content == submission.submit().content().SerializeAsString());
}
