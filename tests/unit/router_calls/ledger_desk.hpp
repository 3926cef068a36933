// A ledger and facts made by hand.
#pragma once
#include <string>

#include <catch2/catch.hpp>

#include "router/calls/ledger.hpp"

namespace bannette::calls::test {

inline constexpr std::int64_t t0 = 1'795'440'000'000;

struct Desk {
  Ledger ledger;

  Event fact(Kind kind, std::int64_t s, const std::string& uniqueid = "1.0") const {
    Event event;
    event.kind = kind;
    event.pbx = "main";
    event.uniqueid = event.linkedid = uniqueid;
    event.at_ms = t0 + s * 1'000;
    return event;
  }
  Changes tell(const Event& event) { return ledger.apply(event); }
  Changes tell(Kind kind, std::int64_t s, const std::string& uniqueid = "1.0") {
    return ledger.apply(fact(kind, s, uniqueid));
  }
  Changes queue(Kind kind, std::int64_t s, const std::string& place = "in,0199,3",
                const std::string& uniqueid = "1.0", const std::string& queue = "accueil") {
    auto event = fact(kind, s, uniqueid);
    event.queue = queue;
    event.place = place;
    event.number = "0612345678";
    return ledger.apply(event);
  }
  Changes post(Kind kind, std::int64_t s, const std::string& channel, const std::string& reason = "",
               const std::string& uniqueid = "1.0") {
    auto event = fact(kind, s, uniqueid);
    event.queue = "accueil";
    event.post = "PJSIP/1001";
    event.post_name = "Poste 1";
    event.other = channel;
    event.reason = reason;
    return ledger.apply(event);
  }
  Changes channel(Kind kind, std::int64_t s, const std::string& place = "",
                  const std::string& uniqueid = "1.0") {
    auto event = fact(kind, s, uniqueid);
    event.linkedid = "1.0";
    event.from_call_class = true;
    event.place = place;
    return ledger.apply(event);
  }
  const Call& call(const std::string& id = "main:1.0") const {
    const auto* found = ledger.find(id);
    REQUIRE(found != nullptr);
    return *found;
  }
};

}  // namespace bannette::calls::test
