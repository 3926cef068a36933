// A backup beside a service under load, brought back elsewhere: what was confirmed before it began is there.
#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/integration/service.hpp"
#include "tests/integration/submitter.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

namespace fs = std::filesystem;

// The same requests again: the first receipts where the dossier is there, and a new one where it was lost.
void ask_again(client::Link& link, const std::vector<Submission>& told, const Exported& kept) {
  for (const auto& one : told) {
    if (!one.receipt) continue;
    const v1::Envelope reply = ask(link, one.request);
    INFO(one.note);
    REQUIRE(code_of(reply) == "");
    if (kept.with_note(one.note) == 1) CHECK(reply.receipt().id() == one.receipt->id());
    if (kept.with_note(one.note) == 0) CHECK(reply.receipt().id() != one.receipt->id());
  }
}

}  // namespace

TEST_CASE("A backup under load holds all that was confirmed before it began") {
  Service service;
  service.start();
  auto router = service.link("router");
  const auto load = std::make_shared<Submitter>(*router, "load", 100'000, 32);
  load->start();
  REQUIRE(load->wait_receipts(300));
  const auto before = load->all();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "nuit.tar";
  const Ran saved = run({"backup", "--data", service.data().string(), "--to", file.string()});
  INFO(saved.out << saved.err);
  REQUIRE(saved.code == 0);
  REQUIRE(load->wait_receipts(load->receipts() + 100));  // it went on meanwhile, and goes on
  load->stop();
  REQUIRE(load->wait_answers());
  const auto all = load->all();

  Service elsewhere;  // its folder is there, and empty
  const Ran restored = run({"restore", "--from", file.string(), "--data", elsewhere.data().string(),
                            "--master-key", (service.data() / "master.key").string()});
  INFO(restored.out << restored.err);
  REQUIRE(restored.code == 0);
  CHECK(run({"check", "--data", elsewhere.data().string()}).code == 0);
  const Exported kept = Exported::of(elsewhere.data());
  CHECK(kept.check_whole() == kept.dossiers.size());
  CHECK(difference(before, kept) == "");
  CHECK(kept.dossiers.size() >= 300);
  CHECK(kept.dossiers.size() < all.size());

  elsewhere.start();
  const auto again = elsewhere.link("router");
  CHECK(again->welcome().epoch() > router->welcome().epoch() + 1'000'000);
  const std::vector<Submission> some(all.end() - 40, all.end());
  ask_again(*again, before, kept);
  ask_again(*again, some, kept);
  REQUIRE(elsewhere.stop() == 0);
  CHECK(run({"check", "--data", elsewhere.data().string()}).code == 0);
}

TEST_CASE("A damaged backup is refused by name, and no folder is made") {
  Service service;
  service.start();
  REQUIRE(
      run({"backup", "--data", service.data().string(), "--to", (service.data() / "a.tar").string()}).code ==
      0);
  const fs::path file = service.data() / "a.tar", target = service.data() / "ailleurs";
  const auto size = fs::file_size(file);
  {
    std::fstream change(file, std::ios::in | std::ios::out | std::ios::binary);
    change.seekp(static_cast<std::streamoff>(size / 2));
    change.put('\x7f');
  }
  const Arguments back{"restore", "--from", file.string(), "--data", target.string()};
  const Ran flipped = run(back);
  CHECK(flipped.code == 1);
  CHECK(flipped.err.find("sauvegarde endommagée") != std::string::npos);
  fs::resize_file(file, size / 3);
  const Ran cut = run(back);
  CHECK(cut.code == 1);
  CHECK(cut.err.find("sauvegarde endommagée") != std::string::npos);
  CHECK_FALSE(fs::exists(target));
}
