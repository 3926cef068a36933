// Damage on the disk, at the level of the real service: bits flipped, pages zeroed, the log cut or gone. It
// is detected and named, and what is served or exported is never anything but what was written.
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 8'192;  // of a new queue.db
constexpr int kCalls = 120;

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

void spill(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::map<std::string, std::string> lines_by_reference(const std::string& lines) {
  std::map<std::string, std::string> all;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto at = line.find("\"reference\":\"");
    all[line.substr(at + 13, line.find('"', at + 13) - at - 13)] = line;
  }
  return all;
}

// A data folder with calls, some of them worked on; the service was killed, so that its log is full.
class Original {
 public:
  Original() {
    service_.start();
    const auto router = service_.link("router");
    const auto unit = service_.link(kEast);
    for (int i = 0; i < kCalls; ++i) {
      REQUIRE(ask(*router, submit("numéro " + std::to_string(i))).has_receipt());
      if (i % 4 != 0) continue;
      const v1::Header taken = ask(*unit, reserve()).done().header();
      REQUIRE(ask(*unit, accept(taken.reference(), taken.fence())).has_done());
      REQUIRE(ask(*unit, note(taken.reference(), taken.fence(), "rappelée")).has_done());
      REQUIRE(ask(*unit, handle(taken.reference(), taken.fence())).has_done());
    }
    service_.kill();
    fs::remove(service_.data() / "endpoints.json");
  }
  // Everything copied back from the log, as after a restart.
  void settle() {
    service_.start();
    service_.kill();
    fs::remove(service_.data() / "endpoints.json");
  }
  void copy_to(const fs::path& folder) const {
    fs::remove_all(folder);
    // What was written: the control socket of a service that was killed is no file.
    fs::create_directories(folder);
    for (const auto& entry : fs::directory_iterator(service_.data()))
      if (!entry.is_socket())
        fs::copy(entry.path(), folder / entry.path().filename(), fs::copy_options::recursive);
    fs::remove(folder / "queue.db-shm");  // made anew from the log
  }
  [[nodiscard]] std::map<std::string, std::string> exported() const {
    const Ran ran = run({"export", "--data", service_.data().string()});
    REQUIRE(ran.code == 0);
    return lines_by_reference(ran.out);
  }

 private:
  Service service_;
};

// Whether check finds it. What can still be exported is as it was written, whatever was found.
bool found_by_check(const fs::path& data, const std::map<std::string, std::string>& written) {
  const Ran checked = run({"check", "--data", data.string()});
  INFO(checked.out << checked.err);
  CHECK((checked.code == 0 || checked.code == 1));
  const Ran exported = run({"export", "--data", data.string()});
  INFO(exported.err);
  const auto lines = lines_by_reference(exported.out);
  for (const auto& [reference, line] : lines) {
    const auto same = written.find(reference);
    if (same == written.end() || same->second != line) FAIL("exported and never written: " << line);
  }
  CHECK((lines.size() == written.size() || exported.code == 1));  // what is missing is told
  if (checked.code == 0) CHECK(lines.size() == written.size());
  if (checked.code == 0) return false;
  const std::string told = checked.out + checked.err;
  CHECK((told.find("enregistrement ") != std::string::npos || told.find("dossier n° ") != std::string::npos ||
         told.find("queue.") != std::string::npos || told.find("SQLite") != std::string::npos));
  return true;
}

std::string note_in(const std::string& line) {
  const auto at = line.find("\"note\":\"");
  return line.substr(at + 8, line.find('"', at + 8) - at - 8);
}

// Starts on it: either it refuses with a reason, or whatever it serves is what was written. Whether it tells
// of the damage, by refusing, by /readyz, or by an answer `unavailable`.
bool told_by_service(const fs::path& data, const std::map<std::string, std::string>& written) {
  Service service({false, data, {}, {}});
  try {
    service.start();
  } catch (const std::runtime_error&) {
    if (service.process().ended({})) {
      CHECK(service.process().wait() == 1);
      CHECK(service.log().find("erreur : ") != std::string::npos);
      CHECK(!fs::exists(data / "endpoints.json"));
    } else {
      CHECK(HttpSession(service.http()).get("/readyz").body.find("journal endommagé") != std::string::npos);
    }
    return true;
  }
  const auto unit = service.link(kEast);
  bool told = false;
  for (const auto& [reference, line] : written) {
    const v1::Envelope reply = ask(*unit, show(reference));
    if (reply.has_dossier()) {
      if (reply.dossier().content().note() != note_in(line)) FAIL("served and never written: " << reference);
      continue;
    }
    INFO(reference << " " << code_of(reply));
    CHECK((code_of(reply) == "unavailable" || code_of(reply) == "not_found"));
    told = true;
  }
  v1::Envelope find;
  find.mutable_find()->set_contact("+33612345678");  // of every call
  const v1::Envelope found = ask(*service.link("router"), find);
  INFO("find: " << code_of(found));
  CHECK((found.found().items_size() == 20 || code_of(found) == "unavailable"));
  told = told || found.has_error();
  return told || HttpSession(service.http()).get("/readyz").status == 503;
}

// Where the log ends: behind the last frame that has its header's salt (sqlite.org/fileformat2.html, 4.1).
// What stands there is of an earlier turn, or zeroes.
std::size_t used(const std::string& log) {
  constexpr std::size_t header = 32, frame = 24 + kPage;
  std::size_t end = header;
  while (end + frame <= log.size() && log.compare(end + 8, 8, log, 16, 8) == 0) end += frame;
  return end;
}

}  // namespace

TEST_CASE("A log that is gone, cut, zeroed or flipped: the service does not start, and names the record") {
  const Original original;
  TemporaryFolder folder;
  const fs::path data = folder.path() / "data", wal = data / "queue.db-wal";
  original.copy_to(data);
  const std::string log = slurp(wal);
  const std::size_t end = used(log);
  REQUIRE(end > 20 * kPage);
  const auto changed = [&](auto change) {
    std::string bytes = log;
    change(bytes);
    return bytes;
  };
  const std::vector<std::pair<std::string, std::string>> damages{
      {"empty", ""},
      {"only its header", log.substr(0, 32)},
      {"cut in the middle", log.substr(0, end / 2)},
      {"cut in its last page", log.substr(0, end - 100)},
      {"a page of zeroes", changed([&](std::string& b) { b.replace(end / 2, kPage, kPage, '\0'); })},
      {"a bit in the middle", changed([&](std::string& b) { b[end / 2] ^= 1; })},
      {"a bit at its end", changed([&](std::string& b) { b[end - 100] ^= 1; })},
      {"deleted", ""}};
  for (const auto& [name, bytes] : damages) {
    INFO(name);
    original.copy_to(data);
    spill(wal, bytes);
    if (name == "deleted") fs::remove(wal);
    Service service({false, data, {}, {}});
    const Ran started = run(service.serve_arguments());
    INFO(started.err);
    CHECK(started.code == 1);
    CHECK(started.err.find("queue.head") != std::string::npos);
    CHECK((started.err.find("enregistrement ") != std::string::npos));
    CHECK(!fs::exists(data / "endpoints.json"));
    const Ran checked = run({"check", "--data", data.string()});
    CHECK(checked.code == 1);
    CHECK((checked.out + checked.err).find("enregistrement ") != std::string::npos);
  }
  original.copy_to(data);  // and without damage it does
  Service service({false, data, {}, {}});
  service.start();
  CHECK(service.stop() == 0);
}

TEST_CASE("Each page zeroed in turn: found, and never served or exported as if it were whole") {
  Original original;
  original.settle();
  const auto written = original.exported();
  REQUIRE(written.size() == kCalls);
  TemporaryFolder folder;
  const fs::path data = folder.path() / "data";
  original.copy_to(data);
  const std::string whole = slurp(data / "queue.db");
  std::size_t found = 0, pages = 0;
  for (std::size_t at = 0; at < whole.size(); at += kPage, ++pages) {
    INFO("page " << at / kPage + 1);
    original.copy_to(data);
    std::string bytes = whole;
    bytes.replace(at, kPage, kPage, '\0');
    spill(data / "queue.db", bytes);
    const bool by_check = found_by_check(data, written);
    CHECK(by_check);
    found += by_check ? 1 : 0;
    if (pages % 5 == 0) CHECK(told_by_service(data, written));
  }
  CHECK(found == pages);
}

TEST_CASE("Bits flipped anywhere: found, or of no consequence") {
  Original original;
  original.settle();
  const auto written = original.exported();
  TemporaryFolder folder;
  const fs::path data = folder.path() / "data";
  original.copy_to(data);
  const std::string whole = slurp(data / "queue.db");
  std::mt19937 random(20'261'125);
  std::size_t found = 0;
  constexpr std::size_t kFlips = 100;
  for (std::size_t i = 0; i < kFlips; ++i) {
    const std::size_t at = random() % whole.size();
    INFO("byte " << at);
    original.copy_to(data);
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    spill(data / "queue.db", bytes);
    found += found_by_check(data, written) ? 1 : 0;
    if (i % 10 == 0) (void)told_by_service(data, written);
  }
  CHECK(found > kFlips / 3);  // the rest fell into free space of pages
}
