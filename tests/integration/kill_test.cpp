// kill -9 between confirm and restart: what was confirmed is there, identical, exactly once.
#include <cstdlib>

#include <catch2/catch.hpp>

#include "tests/integration/service.hpp"
#include "tests/integration/submitter.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

int cycles() {
  return std::getenv("BANNETTE_LONG") != nullptr ? 20 : 5;
}

// The same requests with the same keys, over a new session: the first receipts again.
void retry(client::Link& link, const std::vector<Submission>& told, const Exported& kept_before) {
  std::vector<std::future<v1::Envelope>> replies;
  for (const auto& one : told) replies.push_back(link.ask(one.request));
  for (std::size_t i = 0; i < told.size(); ++i) {
    INFO(told[i].note);
    REQUIRE(replies[i].wait_for(kPatience) == std::future_status::ready);
    const v1::Envelope reply = replies[i].get();
    REQUIRE(code_of(reply) == "");
    if (told[i].receipt) {
      CHECK(reply.receipt().id() == told[i].receipt->id());
      CHECK(reply.receipt().seq() == told[i].receipt->seq());
      CHECK(reply.receipt().reference() == told[i].receipt->reference());
    } else if (kept_before.with_note(told[i].note) == 1) {  // unknown to the client, known to the journal
      const ExportedDossier* dossier = kept_before.find(id_text(reply.receipt().id()));
      REQUIRE(dossier != nullptr);
      CHECK(dossier->note == told[i].note);
      CHECK(dossier->has(reply.receipt().seq(), "submitted"));
    }
  }
}

}  // namespace

TEST_CASE("What was confirmed before kill -9 is there after the restart, exactly once") {
  Service service(true);
  service.start();
  // This session lives through all kills: it asks again by itself.
  const auto patient = service.link("router", std::chrono::seconds{120});
  std::size_t unknown = 0;
  std::vector<Submission> past;
  for (int cycle = 0; cycle < cycles(); ++cycle) {
    INFO("cycle " << cycle);
    const auto steady = std::make_shared<Submitter>(*patient, "steady " + std::to_string(cycle), 250, 48);
    std::vector<Submission> hasty_told;
    {
      auto link = service.link("router");
      const auto hasty = std::make_shared<Submitter>(*link, "hasty " + std::to_string(cycle), 100'000, 24);
      steady->start();
      hasty->start();
      REQUIRE(hasty->wait_receipts(static_cast<std::size_t>(10 + 17 * cycle % 90)));
      service.kill();
      link.reset();  // what it has not been told, it will never be
      hasty_told = hasty->all();
    }
    const Ran checked = run({"check", "--data", service.data().string()});
    INFO(checked.out << checked.err);
    CHECK(checked.code == 0);

    const Exported kept = Exported::of(service.data());
    CHECK(kept.check_whole() == kept.dossiers.size());
    CHECK(difference(hasty_told, kept) == "");
    CHECK(difference(steady->all(), kept) == "");
    CHECK(difference(past, kept) == "");
    for (const auto& one : hasty_told) unknown += one.receipt ? 0 : 1;

    service.start();
    REQUIRE(steady->wait_receipts(250));
    const auto again = service.link("router");
    retry(*again, hasty_told, kept);
    retry(*again, steady->all(), kept);
    for (auto& one : steady->all()) past.push_back(std::move(one));
  }
  CHECK(unknown > 0);  // the kills did come in the middle
  REQUIRE(service.stop() == 0);
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == kept.dossiers.size());
  CHECK(difference(past, kept) == "");
}
