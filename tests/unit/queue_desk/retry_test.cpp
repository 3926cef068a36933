// What is told late, to a retry or after a slow disk: as it was then, and nothing that has become another's
// since.
#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

v1::Envelope moving(Office& office, const std::string& reference, const std::string& to) {
  v1::Envelope move = asking(7);
  move.set_idempotency_key(office.key());
  move.mutable_actor()->set_name("sophie");
  move.mutable_actor()->set_role(v1::ROLE_SUPERVISOR);
  move.mutable_move()->set_dossier(reference);
  move.mutable_move()->set_to(to);
  move.mutable_move()->set_why(v1::WHY_WRONG_TERRITORY);
  return move;
}

}  // namespace

TEST_CASE("a submission that is tried again gets its first receipt, wherever the dossier is by now") {
  Office office;
  office.greet_all();
  const v1::Envelope submission = office.submission("roubaix/pmi");
  office.say(kRouterPeer, kRouter, submission);
  office.commit();
  const v1::Receipt first = office.last().receipt();
  office.say(kConsolePeer, kConsoleKey, moving(office, first.reference(), "lille/enfance"));
  office.commit();
  REQUIRE(office.last().done().header().bannette() == "lille/enfance");

  office.say(kRouterPeer, kRouter, submission);
  CHECK(office.last().receipt().SerializeAsString() == first.SerializeAsString());
}

TEST_CASE("a retry about a dossier that left is told where it is, and no more") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit("roubaix/pmi").reference();
  office.say(kUnitPeer, kUnitKey, office.taking(reference));
  office.commit();
  v1::Envelope back = asking(3);
  back.set_idempotency_key(office.key());
  back.mutable_send_back()->set_dossier(reference);
  back.mutable_send_back()->set_fence(office.last().done().header().fence());
  back.mutable_send_back()->set_why(v1::WHY_WRONG_TOPIC);
  office.say(kUnitPeer, kUnitKey, back);
  office.commit();
  const v1::Done first = office.last().done();
  REQUIRE(first.header().bannette() == "standard");

  office.say(kUnitPeer, kUnitKey, back);
  const v1::Done again = office.last().done();
  CHECK(again.seq() == first.seq());
  CHECK(again.header().fence() == first.header().fence());
  CHECK(again.header().reference() == reference);
  CHECK(again.header().bannette() == "standard");
  CHECK(again.header().state() == v1::STATE_UNSPECIFIED);
  CHECK(again.header().topic().empty());
}

TEST_CASE("a dossier is shown as it was when it was asked for, however late the answer leaves") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit("roubaix/pmi").reference();
  office.say(kUnitPeer, kUnitKey, office.taking(reference));
  const auto taken = office.desk.start_commit();
  v1::Envelope show = asking(4);
  show.mutable_show()->set_dossier(reference);
  office.say(kUnitPeer, kUnitKey, show);  // waits for the taking
  office.say(kConsolePeer, kConsoleKey, moving(office, reference, "lille/enfance"));
  office.desk.committed(office.journal.append(*taken).seq);
  office.desk.committed(office.journal.append(*office.desk.start_commit()).seq);
  office.sent.clear();
  office.look();

  REQUIRE(office.sent.size() == 3);
  const v1::Dossier shown = office.sent[1].second.dossier();
  CHECK(shown.header().bannette() == "roubaix/pmi");
  CHECK(shown.header().state() == v1::STATE_IN_PROGRESS);
  REQUIRE(shown.history_size() == 2);
  CHECK(shown.history(1).change() == "taken");
  CHECK(office.sent[2].second.done().header().bannette() == "lille/enfance");
}
