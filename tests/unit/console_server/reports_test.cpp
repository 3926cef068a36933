// Reports over HTTP: what is asked, by whose eyes, and every refusal by name.
#include <catch2/catch.hpp>

#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;
using namespace date::literals;

TEST_CASE("a report is reckoned by the person's own sight, and each figure comes with its definition") {
  std::vector<ReportWish> asked;
  Site site([&](Options& options) {
    options.report = [&](ReportWish wish, const Options::Reported& answer) {
      asked.push_back(std::move(wish));
      Report report;
      report.from = report.to = date::local_days(2026_y / 11 / 2);
      report.rows.push_back(
          {report.from, report.to, "u1", std::vector<std::optional<double>>(report_definitions().size())});
      report.rows[0].figures[0] = 7;
      report.left_out = 3;
      answer(std::move(report));
    };
  });
  Browser agent(site, "agathe");
  const auto told = agent.get("/api/v1/reports?from=2026-11-02&to=2026-11-30&step=week&by=unit");
  REQUIRE(told.status == 200);
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].from == date::local_days(2026_y / 11 / 2));
  CHECK(asked[0].to == date::local_days(2026_y / 11 / 30));
  CHECK(asked[0].step == ReportStep::week);
  CHECK(asked[0].by == ReportBy::unit);
  CHECK(asked[0].sees("u1/social"));
  CHECK_FALSE(asked[0].sees("u2/social"));
  const auto body = told.json();
  const auto row = body.at("rows").as_array().at(0).as_object();
  CHECK(row.at("from") == "2026-11-02");
  CHECK(row.at("figures").as_array().at(0).at("value") == 7.0);
  CHECK(row.at("figures").as_array().at(1).at("value").is_null());
  CHECK(body.at("definitions").as_array().size() == row.at("figures").as_array().size());
  CHECK(body.at("left_out") == 3);

  Browser supervisor(site, "simon");
  CHECK(supervisor.get("/api/v1/reports").status == 200);
  CHECK_FALSE(asked.at(1).from.has_value());  // today
  CHECK(asked.at(1).sees("u2/social"));

  // A restricted topic, and one that is not configured any more.
  Browser manager(site, "marie"), auditor(site, "aude");
  CHECK(manager.get("/api/v1/reports?by=topic").status == 200);
  CHECK(auditor.get("/api/v1/reports?by=topic").status == 200);
  const auto knows = [&](std::size_t wish, const char* topic) {
    return asked.at(wish).knows("u1/social", topic);
  };
  for (const char* topic : {"enfance.danger", "ancien.motif"}) {
    CAPTURE(topic);
    CHECK_FALSE(knows(0, topic));
    CHECK(knows(1, topic));
    CHECK(knows(2, topic));
    CHECK_FALSE(asked.at(2).knows("u2/social", topic));
    CHECK_FALSE(knows(3, topic));
  }
  for (std::size_t wish = 0; wish < 4; ++wish) CHECK(knows(wish, "social.budget"));
}

TEST_CASE("a report that cannot be asked for, or made, is refused by name") {
  Site site([](Options& options) {
    options.report = [](const ReportWish&, const Options::Reported& answer) {
      answer(Refusal{Code::busy, "", "Plus tard."});
    };
  });
  Browser browser(site, "simon");
  const std::map<std::string, std::string> refused{{"from=2026-02-30&to=2026-03-01", "from"},
                                                   {"from=2026-2-3&to=2026-03-01", "from"},
                                                   {"from=2026-03-01", "to"},
                                                   {"to=2026-03-01", "from"},
                                                   {"from=2026-03-02&to=2026-03-01", "to"},
                                                   {"from=2020-01-01&to=2026-03-01", "to"},
                                                   {"step=hour", "step"},
                                                   {"by=caller", "by"},
                                                   {"who=lea", "who"},
                                                   {"from=&to=", "from"}};
  for (const auto& [query, field] : refused) {
    CAPTURE(query);
    const auto answer = browser.get("/api/v1/reports?" + query);
    CHECK(answer.status == 400);
    CHECK(answer.field() == field);
  }
  CHECK(browser.get("/api/v1/reports").code() == "busy");
}
