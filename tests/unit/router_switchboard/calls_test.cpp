// The desk of calls: what is told is shown, what people do is kept before it is answered, and a new start
// knows all of it.
#include <algorithm>

#include "tests/unit/router_switchboard/calls_office.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("a call is shown to whom it rings, and to nobody else") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  office.bind(kOdile, "p2");
  const std::int64_t t = system::now().wall_ms;
  office.tell({fact(Kind::announced, "1.1", t), fact(Kind::joined, "1.1", t + 100)});
  auto now = office.now();
  REQUIRE(now.calls_size() == 1);
  CHECK(now.calls(0).state() == "queued");
  CHECK(now.lines(0).waiting() == 1);
  CHECK(now.lines(0).oldest_ms() == t + 100);
  CHECK(office.ask(getting("main:1.1"), kOlivier).error().code() == "not_found");  // it rings at nobody's yet
  CHECK(office.ask(getting("main:1.1"), kSophie).has_call_shown());

  office.tell({at_post(Kind::ringing, "1.1", "PJSIP/1001", t + 500)});
  now = office.now();
  CHECK(now.posts(0).state() == "ringing");
  CHECK(now.posts(0).person() == "olivier");
  CHECK(now.posts(0).call() == "main:1.1");
  CHECK(now.posts(1).call().empty());
  CHECK(office.ask(getting("main:1.1"), kOlivier).call_shown().call().now().number() == "+33320000001");
  CHECK(office.ask(getting("main:1.1"), kOdile).error().code() == "not_found");
  CHECK(office.ask(getting("main:1.1"), kAgathe).error().code() == "forbidden");

  // Nobody picks up: it is taken back, and rings elsewhere.
  office.tell({at_post(Kind::ring_ended, "1.1", "PJSIP/1001", t + 2'000),
               at_post(Kind::ringing, "1.1", "PJSIP/1002", t + 2'100)});
  now = office.now();
  CHECK(now.posts(0).call().empty());
  CHECK(now.posts(1).call() == "main:1.1");
}

TEST_CASE("who waits for news hears them at once, and else when the time is over") {
  const Folder folder;
  const Office office(folder.path);
  const std::uint64_t version = office.now().version();
  v1::Envelope question;
  question.mutable_watch_calls()->set_after(version);
  question.mutable_watch_calls()->set_wait_ms(20'000);
  std::promise<v1::Envelope> answer;
  office.desk->ask(question, kConsole, [&](v1::Envelope&& reply) { answer.set_value(std::move(reply)); });
  auto future = answer.get_future();
  office.talk("1.1", system::now().wall_ms);
  const auto heard = future.get().calls_now();
  CHECK(heard.version() > version);
  CHECK(heard.calls_size() == 1);
  question.mutable_watch_calls()->set_wait_ms(30'000);
  CHECK(office.ask(question, kConsole).error().code() == "too_large");
  question.mutable_watch_calls()->set_wait_ms(0);
  CHECK(office.ask(question, kOlivier).error().code() == "forbidden");
}

TEST_CASE("a post is one person's, until another takes it over") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  v1::Envelope question;
  question.mutable_bind_post()->set_post("p1");
  CHECK(office.ask(question, kOdile).error().code() == "held_by_other");
  question.mutable_bind_post()->set_take_over(true);
  CHECK(office.ask(question, kOdile).post_shown().before() == "olivier");
  office.bind(kOdile, "p2");  // and at one post only
  CHECK(office.now().posts(0).person().empty());
  question.mutable_bind_post()->set_post("p9");
  CHECK(office.ask(question, kOdile).error().code() == "not_found");
  question.mutable_bind_post()->set_post("");
  CHECK(office.ask(question, kOdile).post_shown().post().code().empty());
  CHECK(office.now().posts(1).person().empty());
}

TEST_CASE(
    "a colleague to whom a draft was handed writes down a call that was answered, and sees it no more") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  const auto may_log = [&](const char* call) {
    std::promise<std::string> answer;
    office.desk->may_log(call, kOdile, [&](Result<std::vector<std::string>> may) {
      std::string said = may.has_error() ? std::string(name(may.error().code)) : "may";
      if (may)
        for (const auto& reference : may.value()) said += " " + reference;
      answer.set_value(std::move(said));
    });
    return answer.get_future().get();
  };
  const std::int64_t t = system::now().wall_ms - 10'000;
  office.tell({fact(Kind::announced, "1.1", t), fact(Kind::joined, "1.1", t + 100),
               at_post(Kind::ringing, "1.1", "PJSIP/1001", t + 500)});
  CHECK(may_log("main:1.1") == "not_found");  // nobody has said a word
  CHECK(may_log("main:9.9") == "not_found");
  office.tell({at_post(Kind::connected, "1.1", "PJSIP/1001", t + 3'000)});
  CHECK(may_log("main:1.1") == "may");
  link(office, dossier("main:1.1", fresh_key(), 4711));
  CHECK(may_log("main:1.1") == "may " + make_reference(4711));  // hers will be linked to that
  CHECK(office.ask(getting("main:1.1"), kOdile).error().code() == "not_found");
}

TEST_CASE("a colleague says how a call ended where nobody has, and is not told who called") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  const std::int64_t t = system::now().wall_ms - 10'000;
  const auto answered = qualifying("main:1.1", v1::CALL_OUTCOME_ANSWERED, fresh_key());
  office.tell({fact(Kind::announced, "1.1", t), fact(Kind::joined, "1.1", t + 100),
               at_post(Kind::ringing, "1.1", "PJSIP/1001", t + 500)});
  CHECK(office.ask(answered, kOdile).error().code() == "not_found");
  office.tell({at_post(Kind::connected, "1.1", "PJSIP/1001", t + 3'000)});
  CHECK(office.ask(answered, kAgathe).error().code() == "forbidden");
  const bool over = GENERATE(false, true);
  if (over) office.hang_up("1.1", t + 9'000);
  const auto call = office.ask(answered, kOdile).call_shown().call();
  CHECK(call.outcome() == "answered");
  CHECK(call.now().number().empty());
  CHECK(call.now().name().empty());
  CHECK(office.ask(answered, kOdile).has_call_shown());  // again: the same
  const auto olivier_s = office.ask(getting("main:1.1"), kOlivier).call_shown().call();
  CHECK(olivier_s.outcome() == "answered");
  CHECK_FALSE(olivier_s.now().number().empty());
  // Whose call it is may still say otherwise; then it is said.
  const auto prank = qualifying("main:1.1", v1::CALL_OUTCOME_PRANK, fresh_key(2));
  CHECK(office.ask(prank, kOlivier).call_shown().call().outcome() == "prank");
  CHECK(office.ask(answered, kOdile).error().code() == "bad_state");
  CHECK(office.ask(getting("main:1.1"), kOlivier).call_shown().call().outcome() == "prank");
}

TEST_CASE("a call that ended in a dossier is not given another end by a colleague") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  office.talk("1.1", system::now().wall_ms - 10'000);
  link(office, dossier("main:1.1", fresh_key(), 4711));
  const auto prank = qualifying("main:1.1", v1::CALL_OUTCOME_PRANK, fresh_key(2));
  CHECK(office.ask(prank, kOdile).error().code() == "bad_state");
  CHECK(office.ask(getting("main:1.1"), kOlivier).call_shown().call().outcome().empty());
}

TEST_CASE("a conversation ends in a dossier, or in an outcome without one") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  const std::int64_t t = system::now().wall_ms - 10'000;
  office.talk("1.1", t);
  office.hang_up("1.1", t + 9'000);
  CHECK(office.now().posts(0).state() == "wrap_up");
  REQUIRE(office.now().calls_size() == 1);
  CHECK(office.now().calls(0).wrap_up_until_ms() == t + 69'000);
  auto question = qualifying("main:1.1", v1::CALL_OUTCOME_REDIRECTED, fresh_key());
  CHECK(office.ask(question, kOlivier).error().field() == "redirected_to");
  question.mutable_qualify_call()->set_redirected_to("CPAM");
  const auto call = office.ask(question, kOlivier).call_shown().call();
  CHECK(call.now().state() == "qualified");
  CHECK(call.outcome() == "redirected");
  CHECK(call.redirected_to() == "CPAM");
  CHECK(call.qualified_by() == "olivier");
  CHECK(office.ask(question, kOlivier).call_shown().call().qualified_ms() == call.qualified_ms());  // again

  office.talk("1.2", t + 9'500);
  CHECK(office.ask(qualifying("main:1.2", v1::CALL_OUTCOME_UNSPECIFIED, fresh_key()), kOlivier)
            .error()
            .code() == "unknown_enum");
  link(office, dossier("main:1.2", fresh_key(2), 5));
  link(office, dossier("main:1.2", fresh_key(2), 5));
  link(office, dossier("main:1.2", fresh_key(3), 6));
  CHECK(office.ask(getting("main:1.2"), kOlivier).call_shown().call().now().dossiers_size() == 2);

  // Without a PBX: made by its dossier, or by its outcome.
  const Uuid key = fresh_key(4);
  link(office, dossier("", key, 7));
  CHECK(office.ask(getting("main:" + to_string(key)), kOlivier).call_shown().call().now().dossiers(0) ==
        make_reference(7));
  const Uuid typed = fresh_key(5);
  CHECK(office.ask(qualifying("", v1::CALL_OUTCOME_PRANK, typed), kOlivier).call_shown().call().now().id() ==
        "main:" + to_string(typed));
  v1::Envelope list;
  list.mutable_list_calls();
  CHECK(office.ask(list, kOlivier).calls().items_size() == 4);
  CHECK(office.ask(list, kOdile).calls().items_size() == 0);
}

TEST_CASE("a new start knows open calls, who sits where, dossiers that are awaited, and callbacks") {
  const Folder folder;
  const std::int64_t t = system::now().wall_ms - 20'000;
  const Uuid awaited = fresh_key(9);
  {
    const Office office(folder.path);
    office.bind(kOlivier, "p1");
    office.talk("1.1", t);
    link(office, dossier("main:1.1", awaited, 0));  // recorded by the router
    office.tell(abandoned("1.2", t));
    CHECK(office.now().callbacks() == 1);
    CHECK(office.now().calls(0).dossiers(0).empty());
  }
  CHECK(findings(folder.path) == 0);
  const Office office(folder.path);
  const auto now = office.now();
  CHECK(now.posts(0).person() == "olivier");
  CHECK(now.callbacks() == 1);
  REQUIRE(now.calls_size() == 1);
  CHECK(now.calls(0).state() == "talking");
  CHECK(now.calls(0).person() == "olivier");
  office.desk->resolve(awaited, 12);
  CHECK(office.ask(getting("main:1.1"), kOlivier).call_shown().call().now().dossiers(0) ==
        make_reference(12));
  office.hang_up("1.1", t + 18'000);
  CHECK(office.ask(getting("main:1.1"), kOlivier).call_shown().call().now().state() == "qualified");
}

TEST_CASE("a callback is locked while a post dials, and ends") {
  const Folder folder;
  const Office office(folder.path);
  const std::int64_t t = system::now().wall_ms - 20'000;
  office.tell(abandoned("1.2", t));
  v1::Envelope list;
  list.mutable_list_callbacks();
  const auto first = office.ask(list, kOlivier).callbacks();
  REQUIRE(first.items_size() == 1);
  CHECK(office.asked == std::vector<std::string>{"+33320000002"});
  office.desk->tell_danger("+33320000002", true);
  CHECK(office.ask(list, kOlivier).callbacks().items(0).danger());

  v1::Envelope act;
  act.mutable_settle_callback()->set_id(first.items(0).id());
  act.mutable_settle_callback()->set_act(v1::CALLBACK_ACT_DIAL);
  CHECK(office.ask(act, kOlivier).error().field() == "post");
  office.bind(kOlivier, "p1");
  CHECK(office.ask(act, kOlivier).callback_settled().callback().state() == "locked");
  CHECK(office.orders->given == std::vector<std::string>{"dial PJSIP/1001 +33320000002"});
  office.bind(kOdile, "p2");
  CHECK(office.ask(act, kOdile).error().code() == "held_by_other");
  act.mutable_settle_callback()->set_act(v1::CALLBACK_ACT_GIVE_UP);
  CHECK(office.ask(act, kOlivier).error().code() == "missing");
  act.mutable_settle_callback()->set_text("fax");
  CHECK(office.ask(act, kOlivier).callback_settled().callback().state() == "given_up");
  CHECK(office.ask(act, kOlivier).error().code() == "not_found");

  v1::Envelope pause;
  pause.mutable_pause_post()->set_paused(true);
  CHECK(office.ask(pause, kOlivier).error().code() == "missing");
  pause.mutable_pause_post()->set_reason("sieste");
  CHECK(office.ask(pause, kOlivier).error().code() == "unknown_enum");
  pause.mutable_pause_post()->set_reason("repas");
  CHECK(office.ask(pause, kOlivier).error().detail() == "Interface not found");
  pause.mutable_pause_post()->set_post("p2");
  CHECK(office.ask(pause, kOlivier).error().code() == "forbidden");
}

TEST_CASE("the webhook's calls: in any order, twice, late, and hostile") {
  const Folder folder;
  const Office office(folder.path);
  const auto cti = [&](v1::CtiKind kind, const std::string& id, const std::string& cause = "") {
    v1::Envelope question;
    auto& event = *question.mutable_cti_event();
    event.set_pbx("annexe");
    event.set_kind(kind);
    event.set_call_id(id);
    event.set_from("0320000002");
    event.set_to("0320111111");
    event.set_queue("accueil");
    event.set_cause(cause);
    if (kind == v1::CTI_KIND_ANSWER) event.set_answering_number("41");
    return office.ask(question, kConsole);
  };
  CHECK(cti(v1::CTI_KIND_NEW_CALL, "a").cti_taken().changed());
  CHECK_FALSE(cti(v1::CTI_KIND_NEW_CALL, "a").cti_taken().changed());
  CHECK(office.now().calls(0).state() == "queued");
  CHECK(cti(v1::CTI_KIND_ANSWER, "a").cti_taken().changed());
  CHECK(office.now().calls(0).post() == "a1");
  CHECK(cti(v1::CTI_KIND_HANGUP, "a", "normalClearing").cti_taken().changed());
  CHECK_FALSE(cti(v1::CTI_KIND_HANGUP, "a", "normalClearing").cti_taken().changed());
  const auto call = office.ask(getting("annexe:a"), kSophie).call_shown().call();
  CHECK(call.now().state() == "wrap_up");
  REQUIRE(call.legs_size() == 1);
  CHECK(call.legs(0).outcome() == "answered");
  CHECK(call.ended_ms() > 0);

  // The answer overtakes the beginning; the end is all that comes.
  (void)cti(v1::CTI_KIND_ANSWER, "b");
  (void)cti(v1::CTI_KIND_NEW_CALL, "b");
  CHECK(office.ask(getting("annexe:b"), kSophie).call_shown().call().now().state() == "talking");
  (void)cti(v1::CTI_KIND_HANGUP, "c", "cancel");
  CHECK(office.ask(getting("annexe:c"), kSophie).call_shown().call().legs(0).outcome() == "abandoned");
  (void)cti(v1::CTI_KIND_ANSWER, "c");  // overtaken by the end
  CHECK(office.ask(getting("annexe:c"), kSophie).call_shown().call().now().state() == "wrap_up");
  (void)cti(v1::CTI_KIND_NEW_CALL, "d");
  (void)cti(v1::CTI_KIND_HANGUP, "d", "noAnswer");
  CHECK(office.ask(getting("annexe:d"), kSophie).call_shown().call().legs(0).outcome() == "timeout");

  CHECK(cti(v1::CTI_KIND_UNSPECIFIED, "e").error().code() == "unknown_enum");
  CHECK(cti(v1::CTI_KIND_NEW_CALL, "").error().code() == "missing");
  CHECK(cti(v1::CTI_KIND_NEW_CALL, std::string(251, 'x')).error().code() == "too_large");
  const std::string odd = cti(v1::CTI_KIND_NEW_CALL, "../é ?").cti_taken().call();
  CHECK(odd.starts_with("annexe:h-"));
  CHECK(cti(v1::CTI_KIND_ANSWER, "../é ?").cti_taken().call() == odd);
  v1::Envelope other;
  other.mutable_cti_event()->set_pbx("main");
  CHECK(office.ask(other, kConsole).error().code() == "not_found");
  CHECK(office.ask(other, kSophie).error().code() == "forbidden");
  CHECK(office.desk->health().cti_refused >= 3);
}

namespace {

// Of the last hour, and of this moment; -1: it is not told.
double figure_of(const Office& office, const std::string& code, const std::string& queue = {}) {
  v1::Envelope question;
  question.mutable_wait_report()->set_from_ms(system::now().wall_ms - 3'600'000);
  question.mutable_wait_report()->set_step(v1::WAIT_STEP_WHOLE);
  question.mutable_wait_report()->set_queue(queue);
  const auto waits = office.ask(question, kSophie).waits();
  CHECK(waits.definitions_size() > 10);
  for (const auto& row : waits.rows())
    for (const auto& figure : row.figures())
      if (figure.code() == code) return figure.value();
  return -1;
}

}  // namespace

TEST_CASE("the site's rules hold in all figures, from the moment that they are read") {
  const Folder folder;
  auto site = small_site();
  site->wrap_up_ms = 3'600'000;
  const Office office(folder.path, site);
  office.bind(kOlivier, "p1");
  const std::int64_t now = system::now().wall_ms;
  office.talk("1.1", now - 900'000);
  office.hang_up("1.1", now - 890'000);
  CHECK(figure_of(office, "posts_busy_now") == 1);  // the work after it, a quarter of an hour by now

  office.tell({fact(Kind::announced, "1.2", now - 6'100), fact(Kind::joined, "1.2", now - 6'000),
               fact(Kind::hangup_requested, "1.2", now), fact(Kind::left, "1.2", now),
               fact(Kind::channel_gone, "1.2", now)});
  for (const char* queue : {"", "accueil"}) {
    CHECK(figure_of(office, "abandoned", queue) == 1);
    CHECK(figure_of(office, "abandoned_short", queue) == 0);
  }
  auto other = std::make_shared<CallSite>(*site);
  other->short_ms = 10'000;
  other->wrap_up_ms = 60'000;
  office.desk->use(other);
  for (const char* queue : {"", "accueil"}) {
    CHECK(figure_of(office, "abandoned", queue) == 0);
    CHECK(figure_of(office, "abandoned_short", queue) == 1);
  }
  CHECK(figure_of(office, "posts_busy_now") == 0);
}

TEST_CASE("figures count what is over and what goes on, before and after a new start") {
  const Folder folder;
  const std::int64_t t = system::now().wall_ms - 20'000;
  const auto offered = [](const Office& office) { return figure_of(office, "offered"); };
  {
    const Office office(folder.path);
    office.talk("1.1", t);
    CHECK(offered(office) == 1);
    office.hang_up("1.1", t + 5'000);
    CHECK(offered(office) == 1);
    v1::Envelope question;
    question.mutable_wait_report()->set_step(v1::WAIT_STEP_DAY);
    question.mutable_wait_report()->set_from_ms(1);
    CHECK(office.ask(question, kSophie).error().code() == "too_large");
    CHECK(office.ask(question, kOlivier).error().code() == "forbidden");
  }
  const Office office(folder.path);
  CHECK(offered(office) == 1);
}

TEST_CASE("a call that rings reaches its screen, however many others there are") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOdile, "p2");
  const std::int64_t t = system::now().wall_ms - 10'000;
  for (int i = 100; i < 300; ++i) {
    office.talk("1." + std::to_string(i), t);
    office.hang_up("1." + std::to_string(i), t + 9'000);
  }
  office.tell({fact(Kind::announced, "1.999", t + 9'500), fact(Kind::joined, "1.999", t + 9'500),
               at_post(Kind::ringing, "1.999", "PJSIP/1002", t + 9'600)});
  const auto now = office.now();
  CHECK(now.posts(1).call() == "main:1.999");
  CHECK(now.calls_size() + static_cast<int>(now.left_out()) == 201);
  CHECK(now.left_out() > 0);
  CHECK(std::any_of(now.calls().begin(), now.calls().end(),
                    [](const auto& call) { return call.id() == "main:1.999"; }));
  CHECK(now.ByteSizeLong() < 60'000);
}
