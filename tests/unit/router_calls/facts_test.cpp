// From what a PBX tells to what figures count and whom the callback list keeps: by hand, event by event.
#include "router/calls/facts.hpp"

#include <catch2/catch.hpp>

#include "router/calls/half_hours.hpp"
#include "router/calls/now.hpp"

using namespace bannette::calls;

namespace {

constexpr std::int64_t t0 = 1'795'444'200'000;  // 26 November 2026, 16:30 in Paris: a half hour begins
const std::string anne = "0612985001";

// A PBX that tells one thing after another; times in seconds from t0.
struct Line {
  Ledger ledger;
  Callbacks callbacks;
  std::vector<Call> over;

  void tell(Kind kind, const std::string& id, double at_s, const std::string& queue = "a",
            const std::string& post = {}) {
    Event event;
    event.kind = kind;
    event.pbx = "p";
    event.uniqueid = event.linkedid = id;
    event.at_ms = ms(at_s);
    event.queue = queue;
    event.channel = "PJSIP/trunk-" + id;
    event.number = id == "masked" ? "" : anne;
    event.place = "in,s,1";
    event.from_call_class = true;
    if (!post.empty()) {
      event.post = event.post_name = post;
      event.other = post + "-" + id;
    }
    if (kind == Kind::announced) event.reason = "Ring";
    if (kind == Kind::completed) event.reason = "agent";
    ledger.apply(event);
  }
  void post(Kind kind, double at_s, std::int32_t status, std::int8_t paused, const std::string& login = {}) {
    Event event;
    event.kind = kind;
    event.pbx = "p";
    event.post = "PJSIP/1";
    event.queue = "a";
    event.at_ms = ms(at_s);
    event.status = status;
    event.paused = paused;
    event.name = login;
    ledger.apply(event);
  }
  void joins(const std::string& id, double at_s, const std::string& queue = "a") {
    tell(Kind::announced, id, at_s - 0.5);
    tell(Kind::joined, id, at_s, queue);
  }
  void hangs_up(const std::string& id, double at_s, const std::string& queue = "a") {
    tell(Kind::hangup_requested, id, at_s);
    tell(Kind::line_ended, id, at_s, queue);
    tell(Kind::left, id, at_s, queue);
    tell(Kind::channel_gone, id, at_s);
  }
  void answered(const std::string& id, double at_s, const std::string& queue = "a") {
    tell(Kind::ringing, id, at_s - 1, queue, "PJSIP/1");
    tell(Kind::left, id, at_s, queue);
    tell(Kind::connected, id, at_s, queue, "PJSIP/1");
  }
  void ends(const std::string& id, double at_s, const std::string& queue = "a") {
    tell(Kind::completed, id, at_s, queue, "PJSIP/1");
    tell(Kind::channel_gone, id, at_s);
    Event post_gone;
    post_gone.kind = Kind::channel_gone;
    post_gone.pbx = "p";
    post_gone.uniqueid = "PJSIP/1-" + id;
    post_gone.linkedid = id;
    post_gone.at_ms = ms(at_s);
    ledger.apply(post_gone);
  }
  const Call& call(const std::string& id) const { return *ledger.find("p:" + id); }
  static std::int64_t ms(double s) { return t0 + static_cast<std::int64_t>(s * 1'000); }
};

std::uint64_t hash(std::string_view caller) {
  return caller == "+33612985001" ? 42 : 7;
}

}  // namespace

TEST_CASE("facts: answered, with the wait through two queues, talk and the work after") {
  Line line;
  line.joins("1", 0);
  CHECK(fact_of(line.call("1"), hash)->fate == Fate::waiting);
  line.tell(Kind::queue_result, "1", 20, "");
  line.tell(Kind::line_ended, "1", 20);
  line.tell(Kind::left, "1", 20);
  CHECK(
      tell(line.callbacks, line.call("1"), false, Line::ms(21)).empty());  // on the line, between two queues
  line.tell(Kind::joined, "1", 22, "b");
  line.answered("1", 30, "b");
  auto fact = fact_of(line.call("1"), hash);
  REQUIRE(fact);
  CHECK(fact->fate == Fate::answered);
  CHECK(fact->arrival_ms == t0);
  CHECK(fact->wait_ms == 30'000);
  CHECK_FALSE(fact->handling_ms);  // it goes on
  CHECK(fact->caller == 42);

  line.ends("1", 90, "b");
  CHECK_FALSE(fact_of(line.call("1"), hash)->wrap_up_ms);
  Event done;
  done.kind = Kind::qualified;
  done.pbx = "p";
  done.linkedid = "1";
  done.reason = "dossier";
  done.at_ms = Line::ms(105);
  line.ledger.apply(done);
  line.ledger.advance(Line::ms(200));
  const auto over = line.ledger.take_finished();
  REQUIRE(over.size() == 1);
  fact = fact_of(over[0], hash);
  CHECK(fact->handling_ms == 60'000);
  CHECK(fact->wrap_up_ms == 15'000);

  const auto queues = facts_by_queue(over[0], hash, 5'000);
  REQUIRE(queues.size() == 2);
  CHECK(queues[0].first == "a");
  CHECK(queues[0].second.fate == Fate::overflowed);
  CHECK(queues[0].second.wait_ms == 20'000);
  CHECK(queues[1].first == "b");
  CHECK(queues[1].second.fate == Fate::answered);
  CHECK(queues[1].second.arrival_ms == Line::ms(22));
  CHECK(queues[1].second.wait_ms == 8'000);
}

TEST_CASE("facts: abandoned, shortly, withheld, turned away, taken out by a person") {
  Line line;
  line.joins("1", 0);
  line.hangs_up("1", 7);
  CHECK(fact_of(line.call("1"), hash)->fate == Fate::abandoned);
  CHECK(fact_of(line.call("1"), hash)->wait_ms == 7'000);
  CHECK(tell(line.callbacks, line.call("1"), false, Line::ms(8)).at(0).what == CallbackChange::What::opened);
  CHECK(tell(line.callbacks, line.call("1"), true, Line::ms(9)).empty());

  line.joins("2", 10);
  line.hangs_up("2", 14.9);
  CHECK(fact_of(line.call("2"), hash)->fate == Fate::abandoned_short);
  CHECK(facts_by_queue(line.call("2"), hash, 5'000).at(0).second.fate == Fate::abandoned_short);
  line.joins("masked", 10);
  line.hangs_up("masked", 19);
  CHECK(fact_of(line.call("masked"), hash)->caller == 0);
  CHECK(tell(line.callbacks, line.call("masked"), true, Line::ms(20)).empty());

  line.tell(Kind::announced, "3", 30);
  CHECK_FALSE(fact_of(line.call("3"), hash));
  line.tell(Kind::channel_gone, "3", 31);
  CHECK(fact_of(line.call("3"), hash)->fate == Fate::turned_away);
  CHECK(facts_by_queue(line.call("3"), hash, 5'000).empty());
  CHECK(tell(line.callbacks, line.call("3"), false, Line::ms(32)).at(0).what ==
        CallbackChange::What::called_again);

  line.joins("4", 40);
  line.tell(Kind::withdrawn, "4", 50);
  line.tell(Kind::line_ended, "4", 50);
  line.tell(Kind::left, "4", 50);
  line.tell(Kind::channel_gone, "4", 60);
  CHECK(fact_of(line.call("4"), hash)->fate == Fate::overflowed);
  CHECK(tell(line.callbacks, line.call("4"), true, Line::ms(61)).empty());

  line.joins("5", 70);
  line.answered("5", 75);
  const auto through = tell(line.callbacks, line.call("5"), false, Line::ms(75));
  REQUIRE(through.size() == 2);
  CHECK(through[1].end == CallbackEnd::resolved_by_call);
  CHECK(line.callbacks.size() == 0);
}

TEST_CASE("now: who waits, since when, who talks") {
  Line line;
  const auto now = [&](double at_s, std::string_view queue = {}) {
    return now_of(line.ledger, line.callbacks, Line::ms(at_s), PostRules{}, queue);
  };
  CHECK_FALSE(now(0).longest_wait_ms);
  line.joins("1", 0);
  line.joins("2", 10);
  CHECK(now(15).waiting == 2);
  CHECK(now(15).longest_wait_ms == 15'000);
  line.answered("1", 20);
  CHECK(now(21).waiting == 1);
  CHECK(now(21).talking == 1);
  CHECK(now(21).longest_wait_ms == 11'000);
  line.tell(Kind::line_ended, "2", 25);
  line.tell(Kind::left, "2", 25);
  line.tell(Kind::joined, "2", 26, "b");
  CHECK(now(30).longest_wait_ms == 20'000);      // since the first queue
  CHECK(now(30, "b").longest_wait_ms == 4'000);  // since this one
  CHECK(now(30, "a").waiting == 0);
  line.tell(Kind::line_ended, "2", 31, "b");
  line.tell(Kind::left, "2", 31, "b");
  line.tell(Kind::joined, "2", 32);  // back in the first queue
  CHECK(now(35).longest_wait_ms == 25'000);
  CHECK(now(35, "a").longest_wait_ms == 3'000);
  line.hangs_up("2", 40);
  (void)tell(line.callbacks, line.call("2"), true, Line::ms(40));
  CHECK(now(60).callbacks == 1);
  CHECK(now(60).callback_age_ms == 50'000);
  line.post(Kind::bound, 60, -1, -1, "zoe");
  CHECK(now(60).posts.busy == 1);
  CHECK(now(60, "a").callbacks == 0);  // of no queue
  CHECK(now(60, "a").posts == PostCounts{});
}

TEST_CASE("facts: what is told late of an old talk leaves the callback of a newer call") {
  Line line;
  const std::string how = GENERATE("only its end is known", "taken up from a list", "straight to a post");
  CAPTURE(how);
  if (how == "straight to a post") {
    line.tell(Kind::announced, "1", 0);
    Event answered;
    answered.kind = Kind::dial_ended;
    answered.pbx = "p";
    answered.uniqueid = answered.linkedid = "1";
    answered.other = "9";
    answered.reason = "ANSWER";
    answered.at_ms = Line::ms(5);
    line.ledger.apply(answered);
  } else if (how == "taken up from a list") {
    Event listed;
    listed.kind = Kind::snapshot_channel;
    listed.pbx = "p";
    listed.uniqueid = listed.linkedid = "1";
    listed.queue = "a";
    listed.reason = "Queue";
    listed.other = "bridge";
    listed.number = anne;
    listed.at_ms = Line::ms(5);
    line.tell(Kind::joined, "1", 0);
    line.ledger.apply(listed);
  } else {
    line.tell(Kind::completed, "1", 30, "a", "PJSIP/1");
  }
  const auto told = [&](double at_s) { return tell(line.callbacks, line.call("1"), false, Line::ms(at_s)); };
  CHECK(told(40).size() == 1);
  line.joins("2", 100);
  line.hangs_up("2", 130);
  (void)tell(line.callbacks, line.call("2"), true, Line::ms(141));
  REQUIRE(line.callbacks.size() == 1);
  Event late;
  late.kind = Kind::qualified;
  late.pbx = "p";
  late.linkedid = "1";
  late.reason = "dossier";
  late.at_ms = Line::ms(600);
  line.ledger.apply(late);
  CHECK(told(600).empty());
  CHECK(line.callbacks.size() == 1);
}

TEST_CASE("facts: an abandon is short by the rule of its time, for all queues and for its own") {
  Line line;
  line.joins("1", 0);
  line.hangs_up("1", 6);
  CHECK(fact_of(line.call("1"), hash)->fate == Fate::abandoned);
  CHECK(facts_by_queue(line.call("1"), hash, 10'000)[0].second.fate == Fate::abandoned);
  line.ledger.set_rules({.short_ms = 10'000});
  CHECK(fact_of(line.call("1"), hash)->fate == Fate::abandoned_short);
  CHECK(facts_by_queue(line.call("1"), hash, 5'000)[0].second.fate == Fate::abandoned_short);
}

TEST_CASE("posts: busy wins over paused, nobody's telephone does not count, time stands where it passes") {
  Line line;
  PostClock clock(*date::locate_zone("Europe/Paris"));
  const PostRules rules{.bound_only = true, .wrap_up_most_ms = 30'000};
  const double half = 1'800;
  const auto look = [&](double at_s) {
    clock.look(line.ledger, Line::ms(at_s), rules);
    return clock.seen();
  };
  line.post(Kind::post_state, half - 90, 1, 0);
  CHECK(look(half - 90) == PostCounts{});  // no login
  line.post(Kind::bound, half - 80, -1, -1, "zoe");
  CHECK(look(half - 80) == PostCounts{0, 1, 0});
  line.post(Kind::post_state, half - 60, 1, 1);
  CHECK(look(half - 60) == PostCounts{0, 0, 1});
  line.post(Kind::post_state, half - 40, 1, 0);
  line.joins("1", half - 40);
  line.answered("1", half - 30);
  CHECK(look(half - 30) == PostCounts{1, 0, 0});  // since -60 it was seen as paused
  line.post(Kind::post_state, half - 25, 2, 1);   // a pause asked for in the call
  CHECK(look(half - 25) == PostCounts{1, 0, 0});
  line.ends("1", half + 20);
  line.post(Kind::post_state, half + 20, 1, 1);
  CHECK(look(half + 20) == PostCounts{1, 0, 0});  // the work after
  CHECK(look(half + 50) == PostCounts{0, 0, 1});  // is bounded
  look(half + 60);
  look(half + 60 + 121);  // nobody looked for longer than a gap may be: not counted
  look(half + 191);
  line.post(Kind::post_state, half + 201, 5, 1);
  CHECK(look(half + 201) == PostCounts{});  // unplugged
  look(half + 10);                          // a clock that goes back counts nothing
  CHECK(clock.take() ==
        std::vector<PostTime>{
            {.half_hour_ms = t0, .busy_ms = 30'000, .free_ms = 20'000, .paused_ms = 30'000},
            {.half_hour_ms = Line::ms(half), .busy_ms = 50'000, .free_ms = 0, .paused_ms = 30'000}});
  CHECK(clock.take().empty());
}

TEST_CASE("posts: the work after a call ends when its person says so") {
  Line line;
  const PostRules rules{.bound_only = false, .wrap_up_most_ms = 600'000};
  line.post(Kind::post_state, 0, 1, 0);
  line.joins("1", 0);
  line.answered("1", 10);
  CHECK(posts_now(line.ledger, Line::ms(11), rules) == PostCounts{1, 0, 0});
  line.ends("1", 60);
  CHECK(posts_now(line.ledger, Line::ms(70), rules) == PostCounts{1, 0, 0});
  Event done;
  done.kind = Kind::wrapped_up;
  done.pbx = "p";
  done.linkedid = "1";
  done.at_ms = Line::ms(75);
  line.ledger.apply(done);
  CHECK(posts_now(line.ledger, Line::ms(76), rules) == PostCounts{0, 1, 0});
  CHECK(fact_of(line.call("1"), hash)->wrap_up_ms == 15'000);
}

TEST_CASE("posts: of a PBX whose line is lost nothing is known, until it is told again") {
  Line line;
  const PostRules rules{.bound_only = false, .wrap_up_most_ms = 0};
  line.post(Kind::post_state, 0, 1, 0);
  CHECK(posts_now(line.ledger, Line::ms(1), rules) == PostCounts{0, 1, 0});
  Event down;
  down.kind = Kind::pbx_down;
  down.pbx = "p";
  down.at_ms = Line::ms(2);
  line.ledger.apply(down);
  CHECK(posts_now(line.ledger, Line::ms(3), rules) == PostCounts{});
  line.post(Kind::post_state, 9, 1, 1);
  CHECK(posts_now(line.ledger, Line::ms(9), rules) == PostCounts{0, 0, 1});
}
