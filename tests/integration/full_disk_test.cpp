// A small disk that fills up and is freed again: refused in so many words, told by /readyz, and nothing lost.
#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
#include "tests/integration/judged.hpp"
#include "tests/integration/mount.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::uint64_t kDisk = 256;                      // MiB
constexpr std::uint64_t kBelowMark = 8ULL * 1024 * 1024;  // the service wants 64 MiB free

struct Held {
  std::string dossier;
  std::uint64_t fence = 0;
};

Held take_next(client::Link& link) {
  v1::Envelope request;
  request.set_idempotency_key(new_key());
  request.mutable_take();
  const v1::Header header = ask(link, request).done().header();
  return {header.reference(), header.fence()};
}

// Asks /readyz until it gives this reason.
bool says(Service& service, const std::string& reason) {
  HttpSession session(service.http());
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    const auto answer = session.get("/readyz");
    if (answer.status == 503 && answer.body.find(reason) != std::string::npos) return true;
    if (std::chrono::steady_clock::now() > until) return false;
  }
}

// Notes until one finds no room; all that were confirmed.
std::vector<std::uint64_t> notes_until_refused(client::Link& link, const Held& held, std::string& code) {
  std::vector<std::uint64_t> confirmed;
  for (int i = 0; i < 20'000 && code.empty(); ++i) {
    const v1::Envelope reply = ask(link, note(held.dossier, held.fence, std::string(8'000, 'n')));
    code = code_of(reply);
    if (reply.has_done()) confirmed.push_back(reply.done().seq());
  }
  return confirmed;
}

void all_there(const Exported& kept, const Held& held, const std::vector<std::uint64_t>& notes) {
  for (const auto& each : kept.dossiers) {
    if (each.reference != held.dossier) continue;
    std::size_t found = 0;
    for (const auto& change : each.history) found += change.change == "noted" ? 1 : 0;
    CHECK(found == notes.size());
    for (const std::uint64_t seq : notes)
      if (!each.has(seq, "noted")) FAIL("note " << seq << " was confirmed and is lost");
  }
}

}  // namespace

TEST_CASE("A disk that fills up and is freed: refusals in so many words, and nothing lost or doubled") {
  if (const auto why = private_mounts(); !why.empty()) return skip(why);
  SmallDisk disk(kDisk);
  Service service({false, disk.path() / "data", {}, {}});
  service.start();
  std::vector<Submission> told;
  std::vector<std::uint64_t> notes;
  Held held;
  for (const bool killed : {false, true}) {
    INFO("killed while full: " << killed);
    auto router = service.link("router");
    auto unit = service.link(kEast);
    const std::string round = killed ? "second" : "first";
    const auto load = std::make_shared<Submitter>(*router, round, 300, 32);
    load->start();
    REQUIRE(load->wait_receipts(300));
    for (auto& one : load->all()) told.push_back(std::move(one));
    if (held.dossier.empty()) held = take_next(*unit);
    const std::string unread =
        ask(*unit, list_tray(kEastPmi)).tray().items(0).reference();  // waiting ones first

    // Nearly full: no new dossiers, so that those already here can go on.
    disk.fill(kBelowMark);
    REQUIRE(says(service, "disque presque plein"));
    const auto refused = std::make_shared<Submitter>(*router, round + " refused", 20, 20);
    refused->start();
    REQUIRE(refused->wait_answers());
    for (const auto& one : refused->all()) CHECK(one.code == "disk_full");
    CHECK(code_of(ask(*router, log_call("appel"))) == "disk_full");  // the outbox has no room either
    const v1::Envelope still = ask(*unit, note(held.dossier, held.fence, "encore"));
    REQUIRE(still.has_done());
    notes.push_back(still.done().seq());

    disk.fill();
    std::string code;
    for (const std::uint64_t seq : notes_until_refused(*unit, held, code)) notes.push_back(seq);
    CHECK(code == "disk_full");
    CHECK(says(service, "disque p"));
    // What cannot be recorded is not shown; what was told to them already is.
    CHECK(code_of(ask(*unit, show(unread))) == "disk_full");
    CHECK(ask(*unit, show(held.dossier)).dossier().has_content());

    if (killed) {
      router.reset();
      unit.reset();
      service.kill();
      const Ran started = run(service.serve_arguments());
      INFO(started.err);
      CHECK(started.code == 1);
      CHECK(started.err.find("erreur : ") != std::string::npos);
      disk.free();
      service.start();
      router = service.link("router");
    } else {
      disk.free();
    }
    service.wait_ready();
    for (const auto& one : refused->all()) told.push_back(one);
    for (auto& one : tried_again(*router, refused->all())) told.push_back(std::move(one));
    const Exported kept = Exported::of(service.data());
    (void)kept.check_whole();
    CHECK(kept.dossiers.size() == (killed ? 640 : 320));
    CHECK(faults(told, kept) == "");
    all_there(kept, held, notes);
    const Ran checked = run({"check", "--data", service.data().string()});
    INFO(checked.out << checked.err);
    CHECK(checked.code == 0);
  }
  CHECK(service.stop() == 0);
}
