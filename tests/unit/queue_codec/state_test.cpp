#include "queue/codec/state.hpp"

#include <catch2/catch.hpp>

using namespace bannette;

namespace {

// Every member differs from its default, so that one that is forgotten is noticed.
Dossier full() {
  Dossier d;
  d.id = make_dossier_id(1'773'738'000'000, 9, 1);
  d.number = 9;
  d.bannette = "roubaix/enfance";
  d.state = State::on_hold;
  d.topic = "aide";
  d.urgency = Urgency::urgent;
  d.danger = true;
  d.insee = "59512";
  d.arrived_ms = 1'773'738'000'000;
  d.deadline_ms = d.arrived_ms + 5;
  d.clock = Delay::Unit::working_days;
  d.paused_ms = 77;
  d.breached = d.starved = d.seen = true;
  d.arrival_seq = 3;
  d.changed_seq = 40;
  d.changed_ms = d.arrived_ms + 99;
  d.taken_ms = d.arrived_ms + 50;
  d.fence = 4;
  d.holder = "unit:roubaix/alice";
  d.lease_ms = 5'000;
  d.lease_until_wall_ms = d.arrived_ms + 5'000;
  d.lease_until_boot_ms = 6'000;
  d.lease_boot_id = 7;
  d.until_ms = d.arrived_ms - 1;  // before the last change: the clock was set back
  d.held_ms = d.arrived_ms + 60;
  d.hold_why = "absence";
  d.hops = 2;
  d.merged_into = 8;
  d.proposal = Proposal{"lille/pmi", "unit:roubaix/alice", "wrong_topic", 12};
  d.copies = {"lille/enfance", "service:crip"};
  d.linked = {3, 4'000'000};
  d.climb = {5, {1, 2, 3}, "sophie"};
  d.outcome = Outcome::duplicate;
  return d;
}

// As a row gives it: what has a column of its own stands already.
Dossier columns(const Dossier& d) {
  Dossier row;
  row.number = d.number;
  row.state = d.state;
  row.urgency = d.urgency;
  row.danger = d.danger;
  row.fence = d.fence;
  row.arrival_seq = d.arrival_seq;
  row.changed_seq = d.changed_seq;
  return row;
}

}  // namespace

TEST_CASE("a dossier's state comes back as it was, with everything and with nothing") {
  Dossier bare;
  bare.number = 1;
  bare.id = full().id;
  for (const Dossier& d : {full(), bare}) {
    std::string bytes;
    codec::encode_state(d, bytes);
    Dossier back = columns(d);
    codec::decode_state(bytes, back);
    CHECK(back == d);
  }
}

TEST_CASE("what a later version wrote is told as such, and what is cut is told as unreadable") {
  std::string bytes;
  codec::encode_state(full(), bytes);
  Dossier back;
  CHECK_THROWS_AS(codec::decode_state(bytes.substr(0, bytes.size() - 1), back), codec::BadRecord);
  const std::string later = bytes + std::string("\xF8\x07\x01", 3);  // field 127
  try {
    codec::decode_state(later, back);
    FAIL("a field that is not known was read");
  } catch (const codec::BadRecord& bad) {
    CHECK(bad.newer);
  }
}
