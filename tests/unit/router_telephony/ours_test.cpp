// Others' calls at the same PBX are not told.
#include "router/telephony/ours.hpp"

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::telephony;

namespace {

calls::Event fact(calls::Kind kind, const std::string& queue) {
  calls::Event event;
  event.kind = kind;
  event.queue = queue;
  return event;
}

calls::Event arrival(const std::string& channel, const std::string& place) {
  auto event = fact(calls::Kind::announced, "");
  event.uniqueid = event.linkedid = "1.1";
  event.reason = "Ring";
  event.channel = channel;
  event.place = place;
  return event;
}

bool takes(const Ours& ours, calls::Event event) {
  return ours.take(event);
}

}  // namespace

TEST_CASE("others' queues and others' callers") {
  const Ours ours({"PJSIP/trunk-"}, {"from-trunk,03200011"}, {"premier-contact", "debordement"});
  CHECK(takes(ours, fact(calls::Kind::joined, "debordement")));
  CHECK_FALSE(takes(ours, fact(calls::Kind::joined, "nuit")));
  CHECK_FALSE(takes(ours, fact(calls::Kind::post_state, "nuit")));
  CHECK(takes(ours, fact(calls::Kind::channel_gone, "")));
  CHECK(takes(ours, arrival("PJSIP/trunk-00000001", "from-trunk,0320001122,1")));
  CHECK_FALSE(takes(ours, arrival("PJSIP/trunk-00000001", "from-trunk,0320009999,1")));
  CHECK_FALSE(takes(ours, arrival("PJSIP/1001-00000001", "from-trunk,0320001122,1")));
  auto dialled = arrival("PJSIP/1001-00000001", "interne,1002,1");
  dialled.linkedid = "0.9";  // a post's channel within a call
  CHECK(takes(ours, dialled));

  // Made by the PBX: by our order, by another program's, or by a call file.
  auto made = arrival("PJSIP/trunk-00000002", "from-trunk,0320001122,1");
  made.reason = "Down";
  CHECK_FALSE(takes(ours, made));
  made.uniqueid = made.linkedid = "bannette-1795444211000.4711";
  made.channel = "PJSIP/1001-00000003";
  CHECK(takes(ours, made));

  auto channel = fact(calls::Kind::snapshot_channel, "nuit");
  channel.reason = "Queue";
  channel.uniqueid = "1.1";
  REQUIRE(ours.take(channel));
  CHECK(channel.queue.empty());
  CHECK(channel.reason.empty());
  CHECK(channel.uniqueid == "1.1");
}

TEST_CASE("nothing configured: all is ours") {
  const Ours all({}, {}, {});
  CHECK(takes(all, fact(calls::Kind::joined, "nuit")));
  CHECK(takes(all, arrival("SIP/x", "anywhere,1,1")));
}
