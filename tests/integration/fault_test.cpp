// System calls on the journal's files that answer errors, by strace's fault injection: an I/O error ends the
// process without an answer, a full disk is refused and survived, and all that was confirmed is there.
#include <csignal>

#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
#include "tests/integration/judged.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr const char* kWrites = "pwrite64,pwritev,pwritev2,write,writev";
constexpr const char* kSyncs = "fdatasync,fsync";

// Why strace cannot do it here; empty where it can.
std::string obstacle() {
  if (found("strace").empty()) return "strace is not installed";
  Process idle(Command{"cat", {}});
  Process tracer(Command{"strace", {"-p", std::to_string(idle.pid()), "-e", "trace=none"}});
  try {
    tracer.wait_error("attached");
    return {};
  } catch (const std::runtime_error&) {
    return "strace may not attach to a process here: " + tracer.err();
  }
}

// While it lives, calls of `service` on the one file answer `error`: from the `from`-th such call of a
// thread, once or each time ("3", "3+").
class Fault {
 public:
  Fault(Service& service, const std::string& file, const std::string& calls, const std::string& error,
        const std::string& when)
      : strace_(Command{"strace",
                        {"-f", "-p", std::to_string(service.process().pid()), "-o", "/dev/null", "-P",
                         (service.data() / file).string(), "-e", "trace=" + calls, "-e",
                         "inject=" + calls + ":error=" + error + ":when=" + when}}) {
    strace_.wait_error("attached");
  }
  void end() {
    strace_.signal(SIGINT);
    (void)strace_.wait();
  }

 private:
  Process strace_;
};

struct Told {
  std::vector<Submission> all;
  std::size_t confirmed = 0, refused = 0, unknown = 0;
};

Told counted(std::vector<Submission> all) {
  Told told{std::move(all)};
  for (const auto& one : told.all) {
    INFO(one.note << " " << one.code);
    CHECK(one.answers == 1);
    if (one.receipt)
      ++told.confirmed;
    else if (one.code == "unavailable")  // the client's own: closed without an answer
      ++told.unknown;
    else
      ++told.refused;
  }
  return told;
}

void everything_is_there(Service& service, const Told& told) {
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == kept.dossiers.size());
  CHECK(faults(told.all, kept) == "");
  const Ran checked = run({"check", "--data", service.data().string()});
  INFO(checked.out << checked.err);
  CHECK(checked.code == 0);
}

}  // namespace

TEST_CASE("An I/O error on the journal ends the process without an answer, and nothing confirmed is lost") {
  if (const auto why = obstacle(); !why.empty()) return skip(why);
  struct Case {
    const char *file, *calls, *error, *when;
  };
  const auto [file, calls, error, when] = GENERATE(values<Case>({
      {"queue.db-wal", kSyncs, "EIO", "1"},
      {"queue.db-wal", kSyncs, "EIO", "20"},
      {"queue.db-wal", kSyncs, "ENOSPC", "5"},  // a sync that fails tells nothing of what is on the disk
      {"queue.db-wal", kWrites, "EIO", "1"},
      {"queue.db-wal", kWrites, "EIO", "77"},
      {"queue.db", kWrites, "EIO", "1"},
      {"queue.db", kSyncs, "EIO", "1"},
      {"queue.head", kWrites, "EIO", "4"},
      {"queue.head", kSyncs, "EIO", "1"},
  }));
  INFO(file << " " << calls << " " << error << " " << when);
  Service service;
  service.start();
  auto link = service.link("router");
  // The log is copied back a second after a load, when all of it was answered; the rest fails under one.
  const bool at_rest = std::string_view(file) == "queue.db";
  const auto load = std::make_shared<Submitter>(*link, "load", at_rest ? 600 : 100'000, 64);
  Fault fault(service, file, calls, error, when);
  load->start();
  CHECK(service.process().wait() == 1);
  CHECK(service.log().find("stopping at once") != std::string::npos);
  load->stop();
  link.reset();
  REQUIRE(load->wait_answers());
  const Told told = counted(load->all());
  CHECK(told.refused == 0);
  CHECK((told.unknown > 0) != at_rest);
  everything_is_there(service, told);

  service.start();
  const auto again = service.link("router");
  std::vector<Submission> everything = told.all;
  for (auto& one : tried_again(*again, told.all)) everything.push_back(std::move(one));
  const Exported kept = Exported::of(service.data());
  CHECK(kept.check_whole() == told.all.size());
  CHECK(faults(everything, kept) == "");
}

TEST_CASE("ENOSPC on the journal is refused, survived, and nothing refused is kept") {
  if (const auto why = obstacle(); !why.empty()) return skip(why);
  const std::string when = GENERATE("1", "2", "33", "40+");
  INFO("from write " << when);
  Service service;
  service.start();
  const auto link = service.link("router");
  const auto load = std::make_shared<Submitter>(*link, "load", 100'000, 64);
  Fault fault(service, "queue.db-wal", kWrites, "ENOSPC", when);
  load->start();
  REQUIRE(load->wait_answers());  // who is refused asks no more
  if (when.ends_with("+"))
    for (int i = 0; i < 100; ++i) CHECK(code_of(ask(*link, submit("encore"))) == "disk_full");
  fault.end();
  Told told = counted(load->all());
  CHECK(told.refused > 0);
  CHECK(told.unknown == 0);
  service.wait_ready();
  const Exported kept = Exported::of(service.data());
  for (const auto& one : told.all) {
    if (one.receipt) continue;
    INFO(one.note << " " << one.code);
    CHECK(one.code == "disk_full");
    CHECK(kept.with_note(one.note) == 0);
  }
  const auto first = tried_again(*link, told.all);
  told.all.insert(told.all.end(), first.begin(), first.end());
  const auto after = std::make_shared<Submitter>(*link, "after", 200, 32);
  after->start();
  REQUIRE(after->wait_receipts(200));
  for (auto& one : after->all()) told.all.push_back(std::move(one));
  everything_is_there(service, told);
  CHECK(service.log().find("disk full") != std::string::npos);
  CHECK(service.stop() == 0);
}
