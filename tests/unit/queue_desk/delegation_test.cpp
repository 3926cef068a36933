#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("a unit's manager delegates what the unit's own people hold, nobody else's") {
  Office office;
  office.greet_all();
  v1::Envelope delegate = asking(3);
  delegate.mutable_actor()->set_name("mme-martin");
  delegate.mutable_actor()->set_role(v1::ROLE_MANAGER);
  delegate.mutable_delegate()->set_to("unit:roubaix/bob");
  delegate.mutable_delegate()->set_until_ms(office.now.wall_ms + kDay);
  for (const char* other : {"unit:lille/chloe", "unit:roubaix-sud/alice", "claire"}) {
    delegate.set_idempotency_key(office.key());
    delegate.mutable_delegate()->set_person(other);
    office.say(kUnitPeer, kUnitKey, delegate);
    CHECK(office.last_code() == "forbidden");
  }
  delegate.set_idempotency_key(office.key());
  delegate.mutable_delegate()->set_person("unit:roubaix/alice");
  office.say(kUnitPeer, kUnitKey, delegate);
  office.commit();
  CHECK(office.last().has_done());
  v1::Envelope end = asking(4);
  end.set_idempotency_key(office.key());
  *end.mutable_actor() = delegate.actor();
  end.mutable_end_delegation()->set_person("unit:roubaix/alice");
  office.say(kOtherPeer, kOtherKey, end);
  CHECK(office.last_code() == "forbidden");
}

TEST_CASE(
    "an agent sees whom they gave their dossiers to and who gave theirs to them, and no other delegation") {
  Office office;
  office.greet_all();
  const auto in_name_of = [&](const char* name, std::uint64_t id) {
    v1::Envelope envelope = asking(id);
    envelope.mutable_actor()->set_name(name);
    envelope.mutable_actor()->set_role(v1::ROLE_AGENT);
    envelope.mutable_actor()->add_units("roubaix");
    return envelope;
  };
  for (const auto& [person, to] : {std::pair{"alice", "bob"}, {"chloe", "alice"}, {"david", "bob"}}) {
    v1::Envelope delegate = in_name_of(person, 3);
    delegate.set_idempotency_key(office.key());
    delegate.mutable_delegate()->set_person(person);
    delegate.mutable_delegate()->set_to(to);
    delegate.mutable_delegate()->set_until_ms(office.now.wall_ms + kDay);
    office.say(kConsolePeer, kConsoleKey, delegate);
    office.commit();
    REQUIRE(office.last().has_done());
  }
  v1::Envelope count = in_name_of("alice", 4);
  count.mutable_count();
  office.say(kConsolePeer, kConsoleKey, count);
  std::string seen;
  for (const auto& each : office.last().counts().delegations()) seen += each.person() + ">" + each.to() + " ";
  CHECK(seen == "alice>bob chloe>alice ");
}
