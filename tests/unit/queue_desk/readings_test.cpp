// Reading is an act: who is shown content, for what, and what the history and the auditor know of it.
#include <catch2/catch.hpp>

#include "tests/unit/queue_desk/office.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

v1::Envelope looking(const std::string& dossier, v1::Purpose purpose, const char* text = "") {
  v1::Envelope look = showing(dossier);
  look.mutable_show()->set_purpose(purpose);
  look.mutable_show()->set_text(text);
  return look;
}

v1::Envelope audit(const std::string& dossier = {}) {
  v1::Envelope list = asking(9);
  list.mutable_list_events()->set_reads(true);
  list.mutable_list_events()->set_dossier(dossier);
  return list;
}

std::vector<std::string> told(const v1::Events& events) {
  std::vector<std::string> all;
  for (const auto& each : events.items())
    all.push_back(each.change() + " " + each.actor() + " " + each.reason() + " " + each.reference());
  return all;
}

}  // namespace

TEST_CASE("content is shown once its reading is durable, and the history tells who and when") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  office.sent.clear();
  office.say(kUnitPeer, kUnitKey, showing(reference));
  CHECK(office.sent.empty());  // not before
  REQUIRE(office.commit());
  REQUIRE(office.last().dossier().history_size() == 2);
  const v1::HistoryEntry read = office.last().dossier().history(1);
  CHECK((read.change() == "read" && read.actor() == "unit:roubaix" && read.reason() == "unit"));
  CHECK(read.at_ms() == office.now.wall_ms);
  office.say(kUnitPeer, kUnitKey, showing(reference));  // the same person, at once: one record
  CHECK(office.last().dossier().content().note() == "Elle demande une aide.");
  CHECK_FALSE(office.commit());
  office.say(kUnitPeer, kUnitKey, by("alice", v1::ROLE_AGENT, showing(reference)));
  CHECK(office.commit());  // another person: another record
  office.pass(limits::reading);
  office.say(kUnitPeer, kUnitKey, showing(reference));
  CHECK(office.commit());
  CHECK(office.last().dossier().history_size() == 4);
}

TEST_CASE("where a reading cannot be recorded nothing is shown") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  office.sent.clear();
  office.say(kUnitPeer, kUnitKey, showing(reference));
  office.fail();
  CHECK(office.last_code() == "disk_full");
  CHECK_FALSE(office.last().has_dossier());
  office.pass(1'000);
  office.say(kUnitPeer, kUnitKey, showing(reference));
  CHECK(office.commit());  // what was not kept stands for nothing
  CHECK(office.last().dossier().has_content());
}

TEST_CASE("what was written is content: without asking for it no text is shown") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  office.say(kUnitPeer, kUnitKey, office.taking(reference));
  office.commit();
  v1::Envelope note = asking(4);
  note.set_idempotency_key(office.key());
  note.mutable_note()->set_dossier(reference);
  note.mutable_note()->set_fence(1);
  note.mutable_note()->set_text("Rappelée.");
  office.say(kUnitPeer, kUnitKey, note);
  office.commit();
  office.say(kUnitPeer, kUnitKey, showing(reference, false));
  REQUIRE(office.last().dossier().history_size() == 3);
  CHECK(office.last().dossier().history(2).text().empty());
  office.say(kUnitPeer, kUnitKey, showing(reference));
  CHECK_FALSE(office.commit());  // the taking stands for it
  CHECK(office.last().dossier().history(2).text() == "Rappelée.");
}

TEST_CASE("a supervisor looks for a purpose, and the unit sees who and why") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  const auto sophie = [](v1::Envelope envelope) {
    return by("sophie", v1::ROLE_SUPERVISOR, std::move(envelope));
  };
  office.say(kConsolePeer, kConsoleKey, sophie(showing(reference, false)));
  CHECK(office.last().dossier().readable());
  CHECK(office.last().dossier().purpose_needed());
  CHECK_FALSE(office.last().dossier().has_content());
  office.say(kConsolePeer, kConsoleKey, sophie(showing(reference)));
  CHECK((office.last_code() == "missing" && office.last().error().field() == "show.purpose"));
  office.say(kConsolePeer, kConsoleKey, sophie(looking(reference, v1::PURPOSE_OTHER)));
  CHECK(office.last().error().field() == "show.text");
  office.say(kConsolePeer, kConsoleKey, sophie(looking(reference, static_cast<v1::Purpose>(8))));
  CHECK(office.last_code() == "unknown_enum");
  CHECK_FALSE(office.commit());
  office.say(kConsolePeer, kConsoleKey,
             sophie(looking(reference, v1::PURPOSE_COMPLAINT, "Courrier du maire.")));
  CHECK(office.commit());
  CHECK(office.last().dossier().content().note() == "Elle demande une aide.");
  office.say(kConsolePeer, kConsoleKey,
             sophie(looking(reference, v1::PURPOSE_COMPLAINT, "Courrier du maire.")));
  CHECK_FALSE(office.commit());
  office.say(kConsolePeer, kConsoleKey, sophie(looking(reference, v1::PURPOSE_QUALITY)));
  CHECK(office.commit());  // another purpose is another look
  office.say(kUnitPeer, kUnitKey, showing(reference));
  office.commit();
  REQUIRE(office.last().dossier().history_size() == 4);
  CHECK(office.last().dossier().history(1).actor() == "sophie");
  CHECK(office.last().dossier().history(1).reason() == "complaint");
  CHECK(office.last().dossier().history(1).text() == "Courrier du maire.");
}

TEST_CASE("the auditor reads who read what, by time, person and unit, and no content") {
  Office office;
  office.greet_all();
  const auto auditor = [](v1::Envelope envelope) {
    return by("audrey", v1::ROLE_AUDITOR, std::move(envelope));
  };
  const std::string one = office.submit().reference(), other = office.submit("lille/pmi").reference();
  office.say(kUnitPeer, kUnitKey, showing(one));
  office.commit();
  office.pass(60'000);
  const std::int64_t later = office.now.wall_ms;
  office.say(kConsolePeer, kConsoleKey,
             by("sophie", v1::ROLE_SUPERVISOR, looking(other, v1::PURPOSE_DANGER, "Signalée deux fois.")));
  office.commit();
  office.say(kOtherPeer, kOtherKey, office.taking(other));
  office.commit();
  const std::string first = "read unit:roubaix unit " + one, second = "read sophie danger " + other,
                    third = "taken unit:lille chosen " + other;
  const auto listed = [&](v1::Envelope list) {
    office.say(kConsolePeer, kConsoleKey, auditor(std::move(list)));
    return told(office.last().events());
  };
  CHECK(listed(audit()) == std::vector{first, second, third});
  CHECK(office.last().events().scanned_seq() == office.last().events().as_of_seq());
  v1::Envelope list = audit();
  list.mutable_list_events()->set_person("sophie");
  CHECK(listed(list) == std::vector{second});
  list = audit();
  list.mutable_list_events()->set_unit("lille");
  CHECK(listed(list) == std::vector{second, third});
  list = audit();
  list.mutable_list_events()->set_from_ms(later);
  CHECK(listed(list) == std::vector{second, third});
  list.mutable_list_events()->set_from_ms(0);
  list.mutable_list_events()->set_to_ms(later);
  CHECK(listed(list) == std::vector{first});
  list = audit();
  list.mutable_list_events()->set_limit(2);
  CHECK(listed(list) == std::vector{first, second});
  list.mutable_list_events()->set_after_seq(office.last().events().scanned_seq());
  CHECK(listed(list) == std::vector{third});  // the next page
  CHECK(listed(audit(other)) == std::vector{second, third});
  CHECK(office.last().events().items(0).text() == "Signalée deux fois.");
  office.say(kConsolePeer, kConsoleKey, auditor(showing(other)));
  CHECK_FALSE(office.last().dossier().has_content());
  CHECK(office.last().dossier().history(1).text() == "Signalée deux fois.");
  CHECK_FALSE(office.commit());
  // The unit its own; nobody else, and not the site's.
  office.say(kOtherPeer, kOtherKey, audit(other));
  CHECK(told(office.last().events()) == std::vector{second, third});
  office.say(kUnitPeer, kUnitKey, audit(other));
  CHECK(office.last_code() == "not_found");
  for (const auto role : {v1::ROLE_OPERATOR, v1::ROLE_AGENT, v1::ROLE_MANAGER, v1::ROLE_SUPERVISOR}) {
    office.say(kConsolePeer, kConsoleKey, by("p", role, audit(), "roubaix"));
    CHECK(office.last_code() == "forbidden");
  }
  list = asking();
  list.mutable_list_events()->set_person("sophie");
  office.say(kConsolePeer, kConsoleKey, auditor(list));
  CHECK(office.last().error().field() == "list_events.reads");
}

TEST_CASE("a restricted topic: its content and its name are for those with the right") {
  Office office;
  office.greet_all();
  v1::Envelope submission = office.submission();
  submission.mutable_submit()->set_topic("danger");
  office.say(kRouterPeer, kRouter, submission);
  office.commit();
  const std::string reference = office.last().receipt().reference();
  const auto rene = by("rene", v1::ROLE_AGENT, showing(reference), "roubaix");
  office.say(kConsolePeer, kConsoleKey, rene);
  REQUIRE(office.last().has_dossier());
  CHECK_FALSE(office.commit());
  CHECK_FALSE(office.last().dossier().has_content());
  CHECK_FALSE(office.last().dossier().readable());
  CHECK(office.last().dossier().header().restricted());
  CHECK(office.last().dossier().header().topic().empty());
  v1::Envelope habilitated = rene;
  habilitated.mutable_actor()->set_restricted(true);
  office.say(kConsolePeer, kConsoleKey, habilitated);
  office.commit();
  CHECK(office.last().dossier().has_content());
  CHECK(office.last().dossier().header().topic() == "danger");
  office.say(kConsolePeer, kConsoleKey, by("marc", v1::ROLE_MANAGER, showing(reference), "roubaix"));
  office.commit();
  CHECK(office.last().dossier().has_content());
  office.say(kConsolePeer, kConsoleKey,
             by("sophie", v1::ROLE_SUPERVISOR, looking(reference, v1::PURPOSE_DANGER)));
  CHECK_FALSE(office.commit());
  CHECK_FALSE(office.last().dossier().has_content());
  CHECK(office.last().dossier().header().topic() == "danger");  // who must send it on
  v1::Envelope find = asking();
  find.mutable_find()->set_reference(reference);
  office.say(kConsolePeer, kConsoleKey, by("olga", v1::ROLE_OPERATOR, find));
  CHECK((office.last().found().items(0).restricted() && office.last().found().items(0).topic().empty()));
  office.say(kRouterPeer, kRouter, find);
  CHECK(office.last().found().items(0).topic() == "danger");
  v1::Envelope list = by("rene", v1::ROLE_AGENT, asking(), "roubaix");
  list.mutable_list_tray();
  office.say(kConsolePeer, kConsoleKey, list);
  CHECK((office.last().tray().items_size() == 1 && office.last().tray().items(0).topic().empty()));
  v1::Envelope claim = showing(reference);
  claim.mutable_actor()->set_name("rene");
  claim.mutable_actor()->set_role(v1::ROLE_AGENT);
  claim.mutable_actor()->set_restricted(true);
  office.say(kUnitPeer, kUnitKey, claim);
  CHECK(office.last().error().field() == "actor.restricted");
}

TEST_CASE("from whom the topic is hidden, hidden is to whom it was copied and who read the copy") {
  Office office;
  office.greet_all();
  v1::Envelope submission = office.submission();
  submission.mutable_submit()->set_topic("danger");
  submission.mutable_submit()->add_copies("lille/enfance");
  office.say(kRouterPeer, kRouter, submission);
  office.commit();
  const std::string reference = office.last().receipt().reference();
  office.say(kOtherPeer, kOtherKey, showing(reference));
  REQUIRE(office.commit());
  REQUIRE(office.last().dossier().has_content());

  const auto rene = by("rene", v1::ROLE_AGENT, showing(reference), "roubaix");
  office.say(kConsolePeer, kConsoleKey, rene);
  const v1::Dossier hidden = office.last().dossier();
  CHECK(hidden.header().copies_size() == 0);
  REQUIRE(hidden.history_size() == 3);
  CHECK((hidden.history(1).change() == "copied" && hidden.history(1).to().empty()));
  CHECK((hidden.history(2).change() == "read" && hidden.history(2).actor().empty() &&
         hidden.history(2).reason().empty()));
  CHECK(hidden.ShortDebugString().find("lille") == std::string::npos);
  v1::Envelope list = by("rene", v1::ROLE_AGENT, asking(), "roubaix");
  list.mutable_list_tray();
  office.say(kConsolePeer, kConsoleKey, list);
  CHECK(office.last().ShortDebugString().find("lille") == std::string::npos);

  office.say(kConsolePeer, kConsoleKey, by("marc", v1::ROLE_MANAGER, showing(reference), "roubaix"));
  office.commit();
  CHECK(office.last().dossier().header().copies(0) == "lille/enfance");
  CHECK(office.last().dossier().history(1).to() == "lille/enfance");
  CHECK(office.last().dossier().history(2).actor() == "unit:lille");
}

TEST_CASE("an open page's readings and renewals do not push notes out of sight, and none is lost") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  const auto agent = [&](int i, v1::Envelope envelope) {
    return by(("agent" + std::to_string(i)).c_str(), v1::ROLE_AGENT, std::move(envelope));
  };
  office.say(kUnitPeer, kUnitKey, office.taking(reference));
  office.commit();
  const auto note = [&](const std::string& text) {
    v1::Envelope adding = asking(4);
    adding.set_idempotency_key(office.key());
    adding.mutable_note()->set_dossier(reference);
    adding.mutable_note()->set_fence(1);
    adding.mutable_note()->set_text(text);
    office.say(kUnitPeer, kUnitKey, adding);
    office.commit();
  };
  note("La première.");
  office.say(kConsolePeer, kConsoleKey,
             by("sophie", v1::ROLE_SUPERVISOR, looking(reference, v1::PURPOSE_LATE, "Trois semaines.")));
  for (int i = 0; i < 300; ++i) {
    office.say(kUnitPeer, kUnitKey, agent(i, showing(reference)));
    if (i % 50 == 49) office.commit();
  }
  note("La dernière.");
  office.say(kUnitPeer, kUnitKey, showing(reference));
  office.commit();
  std::vector<std::string> texts;
  int read = 0;
  for (const auto& entry : office.last().dossier().history()) {
    if (!entry.text().empty()) texts.push_back(entry.text());
    read += entry.change() == "read" && entry.reason() == "unit" ? 1 : 0;
  }
  CHECK(texts == std::vector<std::string>{"La première.", "Trois semaines.", "La dernière."});
  CHECK(read == 20);
  std::size_t all = 0;
  for (std::uint64_t after = 0, head = 1; after < head; after = office.last().events().scanned_seq()) {
    v1::Envelope list = audit(reference);
    list.mutable_list_events()->set_after_seq(after);
    list.mutable_list_events()->set_limit(200);
    office.say(kUnitPeer, kUnitKey, list);
    head = office.last().events().as_of_seq();
    all += static_cast<std::size_t>(office.last().events().items_size());
    REQUIRE(office.last().events().scanned_seq() > after);
  }
  CHECK(all == 302);  // the taking, the supervisor's look, three hundred
}

TEST_CASE("looks with long explanations come page by page, however many: none is beyond an envelope") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference();
  for (char i = 'a'; i < 'm'; ++i) {
    const std::string why(7'900, i);
    office.say(kConsolePeer, kConsoleKey,
               by("sophie", v1::ROLE_SUPERVISOR, looking(reference, v1::PURPOSE_OTHER, why.c_str())));
    REQUIRE(office.commit());
  }
  std::string seen;
  int pages = 0;
  for (std::uint64_t after = 0, head = 1; after < head && pages < 5; ++pages) {
    v1::Envelope list = audit(reference);
    list.mutable_list_events()->set_after_seq(after);
    office.say(kUnitPeer, kUnitKey, list);
    for (const auto& each : office.last().events().items()) {
      CHECK(each.text().size() == 7'900);
      seen += each.text().front();
    }
    head = office.last().events().as_of_seq();
    after = office.last().events().scanned_seq();
  }
  CHECK(seen == "abcdefghijkl");
  CHECK(pages == 2);
}

TEST_CASE("on a full disk what a record tells already is shown still") {
  Office office;
  office.greet_all();
  const std::string reference = office.submit().reference(), other = office.submit().reference();
  office.say(kUnitPeer, kUnitKey, showing(reference));
  office.commit();
  office.say(kUnitPeer, kUnitKey, showing(other));
  office.fail();  // and what was not kept stands for nothing
  office.sent.clear();
  office.say(kUnitPeer, kUnitKey, showing(other));
  CHECK(office.last_code() == "disk_full");
  office.say(kUnitPeer, kUnitKey, showing(reference));
  REQUIRE(office.last().has_dossier());
  CHECK(office.last().dossier().content().note() == "Elle demande une aide.");
}
