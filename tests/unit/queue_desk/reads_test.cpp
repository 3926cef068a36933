#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("a unit reads its own, and cannot tell another's from none") {
  Office office;
  office.greet_all();
  const auto receipt = office.submit("lille/pmi");
  office.say(kUnitPeer, kUnitKey, showing(receipt.reference()));
  const std::string foreign = office.last().SerializeAsString();
  CHECK(office.last_code() == "not_found");
  office.say(kUnitPeer, kUnitKey, showing(make_reference(77)));
  CHECK(office.last().SerializeAsString() == foreign);
  office.say(kOtherPeer, kOtherKey, showing(receipt.reference()));
  office.commit();
  CHECK(office.last().dossier().content().note() == "Elle demande une aide.");
  office.say(kOtherPeer, kOtherKey, showing(receipt.reference(), false));
  CHECK_FALSE(office.last().dossier().has_content());
}

TEST_CASE("supervisors list without reading, operators find without content, nobody else finds") {
  Office office;
  office.greet_all();
  const auto receipt = office.submit();
  v1::Envelope list = asking();
  list.mutable_list_tray();
  office.say(kConsolePeer, kConsoleKey, by("s", v1::ROLE_SUPERVISOR, list));
  CHECK(office.last().tray().items_size() == 1);
  office.say(kConsolePeer, kConsoleKey, by("s", v1::ROLE_SUPERVISOR, showing(receipt.reference())));
  CHECK(office.last_code() == "missing");  // a purpose

  v1::Envelope find = asking();
  find.mutable_find()->set_reference(receipt.reference());
  office.say(kConsolePeer, kConsoleKey, by("o", v1::ROLE_OPERATOR, find));
  REQUIRE(office.last().found().items_size() == 1);
  CHECK(office.last().found().items(0).reference() == receipt.reference());
  find.mutable_find()->clear_reference();
  find.mutable_find()->set_contact("+33320000000");
  office.say(kConsolePeer, kConsoleKey, by("o", v1::ROLE_OPERATOR, find));
  CHECK(office.last().found().items_size() == 1);
  office.say(kConsolePeer, kConsoleKey, by("a", v1::ROLE_AGENT, find, "roubaix"));
  CHECK(office.last_code() == "forbidden");
  office.say(kUnitPeer, kUnitKey, find);
  CHECK(office.last_code() == "forbidden");
}

TEST_CASE("find says what is wrong with a reference") {
  Office office;
  office.greet_all();
  v1::Envelope find = asking();
  find.mutable_find();
  office.say(kRouterPeer, kRouter, find);
  CHECK(office.last_code() == "missing");
  find.mutable_find()->set_reference("K7F-3MO");
  office.say(kRouterPeer, kRouter, find);
  CHECK(office.last_code() == "malformed");
  CHECK(office.last().error().field() == "find.reference");
  find.mutable_find()->set_reference(make_reference(12'345));  // well formed, nobody's
  office.say(kRouterPeer, kRouter, find);
  CHECK(office.last().found().items_size() == 0);
}

TEST_CASE("counts are of what the caller may list") {
  Office office;
  office.greet_all();
  v1::Envelope count = asking();
  count.mutable_count();
  office.say(kUnitPeer, kUnitKey, count);
  CHECK(office.last().counts().bannettes_size() == 2);  // roubaix/enfance, roubaix/pmi
  office.say(kConsolePeer, kConsoleKey, by("s", v1::ROLE_SUPERVISOR, count));
  CHECK(office.last().counts().bannettes_size() == 7);
  office.say(kRouterPeer, kRouter, count);
  CHECK(office.last_code() == "forbidden");
}

TEST_CASE("an erased content is not served, its history is") {
  Office office;
  office.greet_all();
  const auto receipt = office.submit();
  office.journal.erase(1);
  office.say(kUnitPeer, kUnitKey, showing(receipt.reference()));
  office.commit();
  REQUIRE(office.last().has_dossier());
  CHECK_FALSE(office.last().dossier().has_content());
  CHECK(office.last().dossier().history_size() == 2);
}

TEST_CASE("the largest dossier with the longest history fits one message") {
  Office office;
  office.greet_all();
  v1::Envelope submission = office.submission();
  auto& content = *submission.mutable_submit()->mutable_content();
  content.set_note(std::string(limits::note, 'n'));
  content.set_commune(std::string(limits::commune, 'n'));
  content.set_address(std::string(limits::address, 'n'));
  content.mutable_caller()->set_name(std::string(limits::caller_name, 'n'));
  content.mutable_caller()->set_phone(std::string(limits::phone, '1'));
  content.set_unit(std::string(limits::bannette, 'n'));
  content.set_proposed_topic(std::string(limits::code, 'n'));
  content.set_proposed_bannette(std::string(limits::bannette, 'n'));
  for (std::size_t i = 0; i < limits::reasons; ++i) {
    auto& reason = *content.add_because();
    reason.set_code(std::string(limits::reason_text, 'c'));
    reason.set_text(std::string(limits::reason_text, 't'));
  }
  // What a client adds beyond the language is not kept: it has no bound.
  content.GetReflection()->MutableUnknownFields(&content)->AddLengthDelimited(500, std::string(20'000, 'x'));
  office.say(kRouterPeer, kRouter, submission);
  office.commit();
  REQUIRE(office.last().has_receipt());
  const std::string reference = office.last().receipt().reference();
  const std::string longest_name(limits::code, 'a');
  office.say(kUnitPeer, kUnitKey, by(longest_name.c_str(), v1::ROLE_AGENT, office.taking(reference)));
  office.commit();
  for (std::size_t text : {std::size_t{1}, std::size_t{1'000}, limits::added_note}) {
    for (int i = 0; i < 250; ++i) {
      v1::Envelope note = by(longest_name.c_str(), v1::ROLE_AGENT, office.taking(""));
      note.mutable_note()->set_dossier(reference);
      note.mutable_note()->set_fence(1);
      note.mutable_note()->set_text(std::string(text, 't'));
      office.say(kUnitPeer, kUnitKey, note);
      office.commit();
    }
    office.pass(limits::reading);
    office.say(kUnitPeer, kUnitKey, showing(reference));
    office.commit();  // look() encodes it: beyond 64 KiB throws
    CHECK(office.last().dossier().content().note().size() == limits::note);
    CHECK(office.last().dossier().history_size() > 0);
  }
}

TEST_CASE("a page of the longest names is shorter, never beyond a message") {
  Rules rules = site_rules();
  const std::string unit(limits::code, 'u');
  rules.bannettes.push_back(unit + "/" + std::string(limits::bannette - unit.size() - 1, 's'));
  rules.topics.push_back({std::string(limits::code, 't'), {Delay::Unit::calendar_ms, kHour}});
  Office office;
  office.desk = desk::Desk({"essai", 1}, Bannettes(rules), 0);
  const Authority key = *authority_of("unit:" + unit);
  office.greet(kUnitPeer, key);
  for (std::uint64_t i = 0; i < 200; ++i) {
    v1::Envelope submission = office.submission(rules.bannettes.back());
    submission.mutable_submit()->set_topic(rules.topics.back().code);
    office.say(kUnitPeer, key, submission);
    office.commit();
    office.say(
        kUnitPeer, key,
        by(std::string(limits::code, 'p').c_str(), v1::ROLE_AGENT, office.taking(make_reference(i + 1))));
    office.commit();
  }
  v1::Envelope list = asking();
  list.mutable_list_tray()->set_limit(200);
  office.say(kUnitPeer, key, list);
  CHECK(office.last().tray().total() == 200);
  CHECK(office.last().tray().items_size() > 100);
  list.mutable_list_tray()->set_limit(201);
  office.say(kUnitPeer, key, list);
  CHECK(office.last_code() == "too_large");

  for (std::uint64_t i = 0; i < 200; ++i) {
    v1::Envelope handled = by(std::string(limits::code, 'p').c_str(), v1::ROLE_AGENT, office.taking(""));
    handled.mutable_handle()->set_dossier(make_reference(i + 1));
    handled.mutable_handle()->set_fence(1);
    handled.mutable_handle()->set_outcome(v1::OUTCOME_ANSWERED);
    office.say(kUnitPeer, key, handled);
    office.commit();
  }
  list.mutable_list_tray()->set_limit(200);
  list.mutable_list_tray()->set_ended(true);
  std::set<std::string> ended;
  int pages = 0;
  do {
    office.say(kUnitPeer, key, list);
    for (const auto& each : office.last().tray().items()) CHECK(ended.insert(each.reference()).second);
    list.mutable_list_tray()->set_before(office.last().tray().next());
  } while (office.last().tray().next() != 0 && ++pages < 10);
  CHECK(ended.size() == 200);
  CHECK(pages == 1);
  list.mutable_list_tray()->clear_before();
  list.mutable_list_tray()->set_limit(1);
  const auto narrowed = [&](const std::string& topic, int urgency) {
    list.mutable_list_tray()->set_topic(topic);
    list.mutable_list_tray()->set_urgency(static_cast<v1::Urgency>(urgency));
    office.say(kUnitPeer, key, list);
    return office.last_code().empty() ? std::to_string(office.last().tray().items_size())
                                      : office.last_code();
  };
  const std::string topic = office.last().tray().items(0).topic();
  CHECK(narrowed(topic, 0) == "1");
  CHECK(narrowed("un-autre", 0) == "0");
  CHECK(narrowed("", 9) == "unknown_enum");
  CHECK(narrowed(std::string(limits::code + 1, 'm'), 0) == "too_large");
}

TEST_CASE(
    "who attends without the right to restricted topics leaves them alone: counted, and told as an event") {
  Office office;
  office.greet_all();
  v1::Envelope danger = office.submission("roubaix/enfance");
  danger.mutable_submit()->set_topic("danger");
  office.say(kRouterPeer, kRouter, danger);
  office.commit();
  const auto minutes = [&](int n, bool right) {
    v1::Envelope attend = by("nadia", v1::ROLE_AGENT, asking(), "roubaix");
    attend.mutable_actor()->set_restricted(right);
    attend.mutable_attend();
    for (int i = 0; i < n; ++i) {
      office.greet(kConsolePeer, kConsoleKey);  // the session before had no heartbeat for a minute
      office.say(kConsolePeer, kConsoleKey, attend);
      REQUIRE(office.last().has_attending());
      office.pass(60'000);
      office.desk.tick(office.now);
      office.commit();
    }
  };
  const auto alone = [&] {
    office.greet(kConsolePeer, kConsoleKey);
    v1::Envelope count = by("sofia", v1::ROLE_SUPERVISOR, asking());
    count.mutable_count();
    office.say(kConsolePeer, kConsoleKey, count);
    std::string all;
    for (const auto& each : office.last().counts().bannettes()) {
      CHECK_FALSE(each.unattended());
      if (each.restricted_unattended()) all += each.bannette() + " ";
    }
    return all;
  };
  minutes(14, false);
  CHECK(alone().empty());
  minutes(3, false);
  CHECK(alone() == "roubaix/enfance ");
  v1::Envelope events = by("sofia", v1::ROLE_SUPERVISOR, asking());
  events.mutable_list_events();
  office.say(kConsolePeer, kConsoleKey, events);
  REQUIRE(office.last().events().items_size() > 0);
  const v1::Event told = *office.last().events().items().rbegin();
  CHECK(told.change() == "unattended");
  CHECK(told.reason() == "restricted");
  CHECK(told.bannette() == "roubaix/enfance");
  minutes(1, true);
  CHECK(alone().empty());
}
