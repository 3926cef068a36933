// Corrections of a journal, decided upon: what is kept, what goes out, what is forgotten.
#include "router/review/book.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "queue/journal/master_key.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"
#include "tests/unit/router_review/past_calls.hpp"

using namespace bannette;
using namespace bannette::router;
namespace json = boost::json;

namespace {

// Dossiers that a test's journal says were sent to pmi-suivi, where budget was proposed.
struct World {
  World() : options{bannette::test::site, seal::load_or_make_master_key(folder.path()), {}} {
    options.wal_reserve_bytes = options.ballast_bytes = 0;
    journal = journal::open_sqlite(folder.path(), options);
    router.topics.push_back({"pmi-suivi",
                             "pmi",
                             "Suivi PMI",
                             "",
                             Urgency::normal,
                             {},
                             false,
                             {Destination::Kind::unit_service, "pmi", ""}});
    prepare(router);
  }
  void call(const std::string& note, const std::string& topic = "budget") {
    const auto content = router::test::content_of(note, topic, "hem/social").SerializeAsString();
    journal->append(std::vector{story.submit(content, "")});
  }
  CorrectionBook book() { return {folder.path(), options.master, router}; }

  bannette::test::Folder folder;
  journal::Options options;
  std::unique_ptr<journal::Journal> journal;
  bannette::test::Story story;
  Site router = router::test::small_site();
};

std::vector<json::object> written(CorrectionBook& book, CorrectionBook::Exported* counts = nullptr) {
  std::vector<json::object> lines;
  const auto out =
      book.write([&](const std::string& line) { lines.push_back(json::parse(line).as_object()); });
  if (counts != nullptr) *counts = out;
  return lines;
}

}  // namespace

TEST_CASE(
    "a decision stands over openings of the book; the same again changes nothing, another takes its place") {
  World w;
  w.call("M. Delbecque : pesée");
  {
    auto book = w.book();
    CHECK(book.list(0).found == 1);
    CHECK(book.list(bannette::test::story_start_ms + 3'600'000).found == 0);
    CHECK(written(book).empty());
    CHECK(book.accept(1, {"simone", 42, {}, {}, {}, {}}).has_value());
    CHECK(book.accept(1, {"simone", 42, {}, {}, {}, {}}).has_value());
  }
  auto book = w.book();
  CHECK(book.list(0).entries.at(0).status == Reviewed::accepted);
  const auto lines = written(book);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].at("note").as_string() == "M. [nom] : pesée");
  CHECK(lines[0].at("motif").as_string() == "pmi-suivi");
  CHECK(lines[0].at("id").as_string() == book.list(0).entries[0].id);
  CHECK(book.reject(1, {"simone", 43, {}, {}, {}, {}}).has_value());
  CHECK(written(book).empty());
  CHECK(book.accept(1, {"simone", 44, "budget", Urgency::urgent, true, {"PESÉE"}}).has_value());
  const auto again = written(book);
  REQUIRE(again.size() == 1);
  CHECK(again[0].at("note").as_string() == "M. [nom] : [nom]");
  CHECK(again[0].at("motif").as_string() == "budget");
  CHECK(again[0].at("danger").as_bool());
}

TEST_CASE(
    "a span of past calls begins where it should, also behind rows that cannot be read, and ends when told") {
  World w;
  constexpr std::int64_t hour = 3'600'000, start = bannette::test::story_start_ms, took = 7;
  for (int i = 0; i < 9; ++i) {
    w.story.at(start + i * hour);
    w.call("pesée");
  }
  const auto numbers = [&](std::int64_t from_ms, std::uint64_t most = 100, std::size_t stop = 100) {
    journal::Reader reader(w.folder.path(), w.options.master);
    const auto span = past_since(reader, from_ms, most);
    std::string text = span.cut ? "cut " : "";
    std::size_t asked = 0;
    each_past(
        reader, span, [&](const Past& past) { text += std::to_string(past.dossier.number); },
        [&] { return asked++ < stop; });
    return text;
  };
  CHECK(numbers(0) == "123456789");
  CHECK(numbers(start + 4 * hour + took) == "56789");
  CHECK(numbers(start + 4 * hour + took + 1) == "6789");
  CHECK(numbers(start + 9 * hour).empty());
  CHECK(numbers(0, 4) == "cut 6789");  // the newest
  CHECK(numbers(0, 9) == "123456789");
  CHECK(numbers(0, 100, 3) == "123");
  bannette::test::settle(*w.journal);
  bannette::test::tamper(w.folder.path(), "UPDATE dossier SET body = x'00' WHERE number IN (5, 6, 7)");
  CHECK(numbers(start + 3 * hour) == "489");
  CHECK(numbers(start + 7 * hour) == "89");
}

TEST_CASE("what a person may not say is refused, and nothing is kept") {
  World w;
  w.call("pesée");
  w.call("pesée", "pmi-suivi");
  auto book = w.book();
  CHECK(book.accept(1, {"s", 1, "inconnu", {}, {}, {}}).error().code == Code::unknown_topic);
  CHECK(book.accept(1, {"s", 1, {}, Urgency::normal, true, {}}).error().code == Code::malformed);
  CHECK(book.accept(3, {"s", 1, {}, {}, {}, {}}).error().code == Code::not_found);
  CHECK(book.list(0).entries.at(0).status == Reviewed::proposed);
  CHECK(written(book).empty());
}

TEST_CASE("an erased dossier's decision is forgotten, with what it kept of the note") {
  World w;
  w.call("pesée canari");
  w.call("autre pesée");
  auto book = w.book();
  CHECK(book.accept(1, {"s", 1, {}, {}, {}, {}}).has_value());
  CHECK(book.accept(2, {"s", 1, {}, {}, {}, {}}).has_value());
  CHECK_FALSE(bannette::test::on_disk(w.folder.path(), "canari"));
  w.journal->erase(1);
  CorrectionBook::Exported counts;
  CHECK(written(book, &counts).size() == 1);
  CHECK(counts.erased == 1);
  CHECK(counts.stale == 0);
  CHECK(book.list(0).tally.erased == 1);
  CHECK(book.show(1).error().code == Code::not_found);
  CHECK(written(book, &counts).size() == 1);
  CHECK(counts.erased == 0);
}

TEST_CASE("what is labelled otherwise since it was read is to be read again") {
  World w;
  w.call("pesée");
  auto book = w.book();
  CHECK(book.accept(1, {"s", 1, {}, {}, {}, {}}).has_value());
  Site other = w.router;
  for (auto& commune : other.communes)
    if (commune.insee == "59299") commune.name = "Hem-Ville";
  prepare(other);
  CorrectionBook changed(w.folder.path(), w.options.master, other);
  CorrectionBook::Exported counts;
  CHECK(written(changed, &counts).empty());
  CHECK(counts.stale == 1);
  CHECK(changed.list(0).entries.at(0).status == Reviewed::proposed);
}
