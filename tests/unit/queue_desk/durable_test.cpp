// Confirmed means durable; a failed batch is refused as a whole.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("no reply leaves before its change is durable") {
  Office office;
  office.greet_all();
  office.say(kRouterPeer, kRouter, office.submission());
  CHECK(office.sent.empty());
  const auto batch = office.desk.start_commit();
  REQUIRE(batch);
  REQUIRE(batch->size() == 1);
  CHECK(batch->at(0).contact == "+33320000000");
  office.look();
  CHECK(office.sent.empty());  // written is not durable
  office.desk.committed(1);
  office.look();
  REQUIRE(office.sent.size() == 1);
  CHECK(office.last().receipt().seq() == 1);
}

TEST_CASE("whatever saw the change waits with it: retries, refusals, lists, counts, not found") {
  Office office;
  office.greet_all();
  const v1::Envelope submission = office.submission();
  office.say(kRouterPeer, kRouter, submission);
  office.say(kRouterPeer, kRouter, submission);  // the same key: the same receipt, not earlier
  v1::Envelope other = submission;
  other.mutable_submit()->set_topic("aide");
  office.say(kRouterPeer, kRouter, other);
  v1::Envelope list = asking(3), count = asking(4), show = asking(5);
  list.mutable_list_tray();
  count.mutable_count();
  show.mutable_show()->set_dossier(make_reference(99));
  for (const auto& each : {list, count, show}) office.say(kUnitPeer, kUnitKey, each);
  CHECK(office.sent.empty());
  office.commit();
  REQUIRE(office.sent.size() == 6);
  CHECK(office.sent[0].second.receipt().SerializeAsString() ==
        office.sent[1].second.receipt().SerializeAsString());
  CHECK(office.sent[2].second.error().code() == "key_reused");
  CHECK(office.sent[3].second.tray().items_size() == 1);
  CHECK(office.sent[3].second.tray().as_of_seq() == 1);
  CHECK(office.sent[4].second.has_counts());
  CHECK(office.sent[5].second.error().code() == "not_found");
}

TEST_CASE("a failed batch: all that waited is refused, and the state is the journal's") {
  Office office;
  office.greet_all();
  const auto kept = office.submit();
  office.sent.clear();
  office.say(kRouterPeer, kRouter, office.submission("roubaix/pmi", 11));
  REQUIRE(office.desk.start_commit());
  office.say(kRouterPeer, kRouter, office.submission("roubaix/pmi", 12));  // fills the next batch
  office.say(kUnitPeer, kUnitKey, office.taking(kept.reference()));
  office.desk.failed(kFull, desk::reload(site_rules(), office.journal, office.now), office.now);
  office.look();
  REQUIRE(office.sent.size() == 3);
  for (const auto& [peer, envelope] : office.sent) CHECK(envelope.error().code() == "disk_full");
  CHECK(office.sent[0].second.request_id() == 11);
  CHECK(office.desk.bannettes().size() == 1);
  CHECK(office.desk.bannettes().last_seq() == 1);
  CHECK(office.desk.bannettes().find(1)->state == State::waiting);
  CHECK_FALSE(office.commit());
  CHECK(office.desk.sessions().size() == 4);  // sessions stay
}

TEST_CASE("after a full disk changes are refused for a second, then tried again; reads go on") {
  Office office;
  office.greet_all();
  const auto kept = office.submit();
  const v1::Envelope submission = office.submission();
  office.say(kRouterPeer, kRouter, submission);
  office.fail();
  office.pass(999);
  office.say(kRouterPeer, kRouter, submission);
  CHECK(office.last_code() == "disk_full");
  v1::Envelope show = asking();
  show.mutable_show()->set_dossier(kept.reference());
  office.say(kUnitPeer, kUnitKey, show);
  CHECK(office.last().has_dossier());
  office.pass(1);
  office.say(kRouterPeer, kRouter, submission);
  office.commit();
  CHECK(office.last().receipt().seq() == 2);  // the number that was not kept is used again
}

TEST_CASE("low on space: new dossiers are refused, those that are here go on") {
  Office office;
  office.greet_all();
  const auto kept = office.submit();
  office.desk.low_space(true);
  office.say(kRouterPeer, kRouter, office.submission());
  CHECK(office.last_code() == "disk_full");
  office.say(kUnitPeer, kUnitKey, office.taking(kept.reference()));
  office.commit();
  CHECK(office.last().has_done());
}

TEST_CASE("draining: changes are answered unavailable, what is in flight is finished") {
  Office office;
  office.greet_all();
  office.say(kRouterPeer, kRouter, office.submission());
  office.desk.drain();
  CHECK_FALSE(office.desk.idle());
  office.say(kRouterPeer, kRouter, office.submission());
  CHECK(office.last_code() == "unavailable");
  office.commit();
  CHECK(office.last().has_receipt());
  CHECK(office.desk.idle());
}

TEST_CASE("too much at once is answered busy, and nothing that was taken in is dropped") {
  Office office;
  office.greet_all();
  std::size_t accepted = 0;
  while (office.sent.empty() && accepted < 10'000) {
    office.say(kRouterPeer, kRouter, office.submission());
    accepted += office.sent.empty() ? 1 : 0;
  }
  CHECK(office.last_code() == "busy");
  CHECK(office.desk.bannettes().size() == accepted);
  office.sent.clear();
  office.commit();
  CHECK(office.sent.size() == accepted);
}

TEST_CASE("a batch never goes beyond the journal's bound, however many leases end at once") {
  Office office;
  office.greet_all();
  std::vector<std::string> references;
  for (int i = 0; i < 400; ++i) references.push_back(office.submit().reference());
  for (const auto& reference : references) {
    v1::Envelope reserve = office.taking("");
    reserve.mutable_reserve()->set_dossier(reference);
    reserve.mutable_reserve()->set_lease_ms(5'000);
    office.say(kUnitPeer, kUnitKey, reserve);
  }
  office.commit();
  office.pass(4'999);
  office.sent.clear();
  while (office.sent.empty()) office.say(kRouterPeer, kRouter, office.submission());  // until busy
  office.pass(1);
  office.say(kRouterPeer, kRouter, office.submission());
  office.desk.tick(office.now);
  REQUIRE(office.commit());  // the journal refuses what is beyond its bound
  office.desk.tick(office.now);
  REQUIRE(office.commit());
}

TEST_CASE("reading the journal again puts off no lease of another boot") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  v1::Envelope reserve = asking(2);
  reserve.set_idempotency_key(office.key());
  reserve.mutable_reserve()->set_dossier(reference);
  reserve.mutable_reserve()->set_lease_ms(60'000);
  office.say(kUnitPeer, kUnitKey, reserve);
  office.commit();

  const Instant began{office.now.wall_ms + 10'000, 5'000, office.now.boot_id + 1};
  Instant now = began;
  desk::Desk desk{{"essai", 2}, desk::reload(site_rules(), office.journal, began), office.journal.head().seq};
  now.wall_ms -= kHour;  // somebody sets the clock back, and the disk fills
  now.boot_ms += 40'000;
  desk.failed(kFull, desk::reload(site_rules(), office.journal, now, began), now);
  now.boot_ms += 10'000;
  desk.tick(now);
  const auto batch = desk.start_commit();
  REQUIRE(batch);
  CHECK(std::any_of(batch->begin(), batch->end(), [](const journal::Entry& entry) {
    return entry.persist.change.kind == ChangeKind::lease_expired;
  }));
}
