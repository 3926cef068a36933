// What every engine of the journal must do, whatever it is made of.
#include <catch2/catch.hpp>

#include "queue/journal/chain.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using journal::Entry;
using journal::Head;

namespace {

struct Loaded {
  std::vector<Dossier> dossiers;
  std::vector<Change> keyed;
  std::vector<Change> site;
};

// What is remembered of an idempotency key, and of who logged a dossier: engines may leave out the rest.
Change remembered(const Change& change) {
  Change kept;
  kept.key = change.key;
  kept.digest = change.digest;
  kept.principal = change.principal;
  kept.seq = change.seq;
  kept.number = change.number;
  kept.fence = change.fence;
  kept.at.wall_ms = change.at.wall_ms;
  kept.kind = change.kind;
  if (change.kind == ChangeKind::submitted) kept.actor = change.actor;
  return kept;
}

Loaded load(journal::Journal& journal, std::int64_t since_wall_ms = 0) {
  Loaded loaded;
  journal.load([&](const Dossier& one) { loaded.dossiers.push_back(one); }, since_wall_ms,
               [&](const Change& one) { loaded.keyed.push_back(remembered(one)); },
               [&](const Change& one) { loaded.site.push_back(one); });
  return loaded;
}

// Everything that a reader can see is what the story says.
void same(journal::Journal& journal, const Story& story) {
  const Loaded loaded = load(journal);
  REQUIRE(loaded.dossiers.size() == story.dossiers.size());
  auto told = story.dossiers.begin();
  for (const Dossier& one : loaded.dossiers) CHECK(one == (told++)->second);
  std::vector<Change> keyed, of_site;
  for (const Change& change : story.changes) {
    if (change.key) keyed.push_back(remembered(change));
    if (change.number == 0) of_site.push_back(change);
  }
  CHECK(loaded.keyed == keyed);
  CHECK(loaded.site == of_site);
  CHECK(journal.since(0, 100'000) == story.changes);
  CHECK(journal.head().seq == story.changes.size());
  CHECK(journal.last_number() == story.dossiers.size());
  for (const auto& [number, entries] : story.histories) {
    CHECK(journal.dossier(number) == story.dossiers.at(number));
    CHECK(journal.content(number) == entries.front().content);
    const auto past = journal.history(number, 1'000);
    REQUIRE(past.size() == entries.size());
    for (std::size_t i = 0; i < past.size(); ++i) {
      CHECK(past[i].change == entries[i].persist.change);
      CHECK(past[i].text == entries[i].text);
      CHECK_FALSE(past[i].erased);
    }
  }
}

}  // namespace

TEMPLATE_TEST_CASE("An empty journal", "", SqliteEngine, BusyEngine, SimEngine) {
  TestType engine;
  auto journal = engine.open();
  CHECK(journal->head() == Head{0, journal::genesis(site)});
  CHECK(journal->last_number() == 0);
  CHECK(journal->epoch() == 1);
  CHECK(load(*journal).dossiers.empty());
  CHECK_FALSE(journal->dossier(1));
  CHECK_FALSE(journal->content(1));
  CHECK(journal->history(1, 10).empty());
  CHECK(journal->by_contact(canary_phone, 10).empty());
  CHECK_FALSE(journal->erased(1));
  CHECK(journal->append({}) == journal->head());
}

TEMPLATE_TEST_CASE("What was appended is there, at once and after opening again", "", SqliteEngine,
                   BusyEngine, SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story(42);
  for (int i = 0; i < 20; ++i) {
    const auto batch = story.walk(1 + static_cast<std::size_t>(i) * 3);
    const Head head = journal->append(batch);
    CHECK(head == journal->head());
    CHECK(head.seq == story.changes.size());
  }
  same(*journal, story);
  const Head head = journal->head();
  journal.reset();
  journal = engine.open();
  CHECK(journal->head() == head);
  CHECK(journal->epoch() == 2);
  same(*journal, story);
  journal->append(story.walk(30));
  CHECK(journal->head().hash != head.hash);
  same(*journal, story);
}

TEMPLATE_TEST_CASE("Every kind of change and every field comes back", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.life());
  journal->append(std::vector{story.submit("deux")});
  journal->append(std::vector{story.change(2, ChangeKind::taken), story.change(2, ChangeKind::noted, "vu")});
  journal->append(std::vector{story.submit("trois"), story.change(3, ChangeKind::reserved)});
  journal->append(std::vector{story.change(3, ChangeKind::released)});
  journal->append(
      std::vector{story.change(3, ChangeKind::reserved), story.change(3, ChangeKind::lease_expired)});
  journal.reset();
  journal = engine.open();
  same(*journal, story);
}

TEMPLATE_TEST_CASE("A batch that does not follow is refused and leaves nothing", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.life());
  const Head head = journal->head();
  Story ahead = story;
  auto batch = ahead.walk(5);
  SECTION("a gap in the sequence") {
    batch.erase(batch.begin());
  }
  SECTION("a gap inside") {
    batch.erase(batch.begin() + 2);
  }
  SECTION("the same again") {
    batch = {story.histories.at(1).front()};
  }
  SECTION("a gap in the numbers") {
    batch = {ahead.submit()};
    batch[0].persist.change.seq = head.seq + 1;
    batch[0].persist.after.changed_seq = head.seq + 1;
    batch[0].persist.change.number = batch[0].persist.after.number = 40;
  }
  SECTION("an unknown dossier") {
    Story other(9);
    other.walk(head.seq);
    const auto number = other.dossiers.size() + 0;
    batch = {other.submit(), other.change(number + 1, ChangeKind::taken)};
    batch.erase(batch.begin());
    batch[0].persist.change.seq = batch[0].persist.after.changed_seq = head.seq + 1;
    batch[0].persist.change.previous_seq = 1;
    batch[0].persist.change.number = batch[0].persist.after.number = 7;
  }
  SECTION("another dossier's state") {
    batch[0].persist.after.number += 1;
  }
  CHECK_THROWS_AS(journal->append(batch), std::logic_error);
  CHECK(journal->head() == head);
  same(*journal, story);
  journal->append(story.walk(5));
  same(*journal, story);
}

TEMPLATE_TEST_CASE("A full disk keeps nothing of the batch, and the next one goes through", "", SqliteEngine,
                   BusyEngine, SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.walk(50));
  const Story before = story;
  const auto batch = story.walk(40);
  engine.disk_full(true);
  CHECK_THROWS_AS(journal->append(batch), journal::DiskFull);
  CHECK_THROWS_AS(journal->append(batch), journal::DiskFull);
  CHECK(journal->head().seq == 50);
  same(*journal, before);
  engine.disk_full(false);
  journal->append(batch);
  same(*journal, story);
  journal.reset();
  journal = engine.open();
  same(*journal, story);
}

TEMPLATE_TEST_CASE("After a failed sync nothing is confirmed any more", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.walk(10));
  const auto batch = story.walk(10);
  engine.break_syncs();
  CHECK_THROWS_AS(journal->append(batch), journal::Broken);
  CHECK(journal->head().seq == 10);
  CHECK_THROWS_AS(journal->append(batch), journal::Broken);
}

TEMPLATE_TEST_CASE("A cut of power keeps every confirmed batch, whole", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  Story story(5);
  auto journal = engine.open();
  for (std::uint64_t round = 0; round < 12; ++round) {
    journal->append(story.walk(1 + round * 5));
    journal->sync_head();
    engine.crash(journal, round);
    journal = engine.open();
    same(*journal, story);
  }
}

TEMPLATE_TEST_CASE("Keys come back in order, those that are young enough", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  for (int i = 0; i < 10; ++i) journal->append(story.walk(500));
  const std::int64_t since = story.changes[3'000].at.wall_ms;
  std::vector<Change> young;
  for (const Change& change : story.changes)
    if (change.key && change.at.wall_ms >= since) young.push_back(remembered(change));
  CHECK(load(*journal, since).keyed == young);
  CHECK(load(*journal, story.changes.back().at.wall_ms + 1).keyed.empty());
}

TEMPLATE_TEST_CASE("Keys are found behind a clock that jumped", "", SqliteEngine, BusyEngine, SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.walk(1'000));
  story.at(0);  // 1970, for a while
  journal->append(story.walk(600));
  story.at(story_start_ms + 60'000);
  journal->append(story.walk(300));
  std::vector<Change> young;
  for (const Change& change : story.changes)
    if (change.key && change.at.wall_ms >= story_start_ms) young.push_back(remembered(change));
  CHECK(load(*journal, story_start_ms).keyed == young);
}

TEMPLATE_TEST_CASE("Changes are read by sequence, a page at a time", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.walk(100));
  std::vector<Change> read;
  for (;;) {
    const auto page = journal->since(read.size(), 33);
    read.insert(read.end(), page.begin(), page.end());
    if (page.size() < 33) break;
  }
  CHECK(read == story.changes);
  CHECK(journal->since(100, 10).empty());
  CHECK(journal->since(1'000, 10).empty());
  journal->append(std::vector{story.of_site()});
  REQUIRE(journal->since(100, 10).size() == 1);
  CHECK(journal->since(100, 10).front() == story.changes.back());
}

TEMPLATE_TEST_CASE("History gives the newest, oldest first", "", SqliteEngine, BusyEngine, SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(std::vector{story.submit(), story.change(1, ChangeKind::taken)});
  for (int i = 0; i < 30; ++i)
    journal->append(
        std::vector{story.change(1, ChangeKind::noted, "note " + std::to_string(i)), story.submit()});
  const auto past = journal->history(1, 3);
  REQUIRE(past.size() == 3);
  CHECK(past[0].text == "note 27");
  CHECK(past[2].text == "note 29");
}

TEMPLATE_TEST_CASE("A contact finds its dossiers, newest first", "", SqliteEngine, BusyEngine, SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(std::vector{story.submit("a", "+33611111111"), story.submit("b", canary_phone),
                              story.submit("c"), story.submit("d", canary_phone),
                              story.submit("e", canary_phone)});
  CHECK(journal->by_contact(canary_phone, 10) == std::vector<std::uint64_t>{5, 4, 2});
  CHECK(journal->by_contact(canary_phone, 2) == std::vector<std::uint64_t>{5, 4});
  CHECK(journal->by_contact("+33699999999", 10).empty());
}

TEMPLATE_TEST_CASE("What is erased cannot be read, and the rest can", "", SqliteEngine, BusyEngine,
                   SimEngine) {
  TestType engine;
  auto journal = engine.open();
  Story story;
  journal->append(story.life());
  journal->append(story.life());
  journal->erase(1);
  for (int opened = 0; opened < 2; ++opened) {
    CHECK(journal->erased(1));
    CHECK_FALSE(journal->content(1));
    CHECK(journal->by_contact(canary_phone, 10) == std::vector<std::uint64_t>{2});
    const auto past = journal->history(1, 10);
    REQUIRE(past.size() == 6);
    CHECK(past[0].erased);
    CHECK_FALSE(past[1].erased);  // a reservation holds nothing personal
    CHECK(past[2].erased);
    CHECK(past[2].text.empty());
    CHECK_FALSE(journal->erased(2));
    CHECK(journal->content(2) == std::string(canary));
    journal->erase(77);
    journal.reset();
    journal = engine.open();
  }
}
