// What DATA/webhooks.db keeps: sealed secrets, bounds, and every event through kill -9.
#include "agent-console/webhooks/store.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "agent-console/webhooks/signature.hpp"
#include "tests/unit/console_webhooks/desk.hpp"
#include "tests/unit/console_webhooks/receiver.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::uint64_t kEnd = 600;  // 200 events

std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// This very program, to run one hidden test on that folder.
pid_t spawn_child(const HookFolder& folder) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  std::string self = program, test = "a dispatcher that is killed",
              where = "BANNETTE_HOOKS=" + folder.path.string();
  char* arguments[] = {self.data(), test.data(), nullptr};
  char* environment[] = {where.data(), nullptr};
  pid_t pid = 0;
  REQUIRE(::posix_spawn(&pid, program.c_str(), nullptr, nullptr, arguments, environment) == 0);
  return pid;
}

}  // namespace

TEST_CASE("a dispatcher that is killed", "[.]") {
  const char* where = std::getenv("BANNETTE_HOOKS");
  REQUIRE(where != nullptr);
  Watch watch;
  Feed feed;
  feed.grow(kEnd);
  HookFolder unused;
  auto options = hook_options(unused, watch);
  options.file = std::filesystem::path(where) / "webhooks.db";
  options.page = 7;
  webhook::Dispatcher dispatcher(options, feed.source());
  dispatcher.start();
  CHECK(watch.until([&] {
    const auto state = state_of(dispatcher, "crip");
    return state.cursor_seq >= kEnd && state.waiting == 0;
  }));
  dispatcher.stop();
}

TEST_CASE("kill -9 loses no event and turns back no cursor") {
  HookFolder folder;
  Receiver receiver;
  webhook::Store store(folder.file(), hook_key());
  REQUIRE(store.add(hook_endpoint("crip", receiver.url())).has_value());
  const auto endpoint = store.endpoints().front();
  std::uint64_t cursor = 0, killed = 0;
  for (std::size_t some = 20; some < 180; some += 20) {
    const pid_t child = spawn_child(folder);
    (void)receiver.wait(some);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    killed += WIFSIGNALED(status) ? 1 : 0;
    const auto kept = store.load(endpoint);
    CHECK(kept.progress.cursor_seq >= cursor);
    cursor = kept.progress.cursor_seq;
    std::set<std::string> told;
    for (const auto& each : receiver.all()) told.insert(each.headers.at("webhook-id"));
    for (const auto& each : kept.deliveries) told.insert(each.id);
    for (std::uint64_t seq = 3; seq <= cursor; seq += 3) REQUIRE(told.contains(hook_event(seq).id));
  }
  CHECK(killed >= 6);  // the others had come to their end
  const pid_t last = spawn_child(folder);
  int status = 0;
  REQUIRE(::waitpid(last, &status, 0) == last);
  CHECK(status == 0);
  std::set<std::string> told;
  const auto all = receiver.all();
  for (const auto& each : all) told.insert(each.headers.at("webhook-id"));
  CHECK(told.size() == kEnd / 3);
  CHECK(all.size() <= kEnd / 3 + 8);  // one may be told again after each kill
}

TEST_CASE("Secrets are sealed, the file is its owner's alone, and another key opens nothing") {
  HookFolder folder;
  auto endpoint = hook_endpoint("crip", "https://crip.exemple/");
  endpoint.start_seq = 41;
  {
    webhook::Store store(folder.file(), hook_key());
    REQUIRE(store.add(endpoint).has_value());
    CHECK(store.endpoints().front().secrets == endpoint.secrets);
    CHECK(store.load(store.endpoints().front()).progress.cursor_seq == 41);
  }
  for (const auto& file : std::filesystem::directory_iterator(folder.path)) {
    struct stat status{};
    REQUIRE(::stat(file.path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0077) == 0);
    const std::string bytes = slurp(file.path());
    CHECK(bytes.find(endpoint.secrets.front()) == std::string::npos);
    CHECK(bytes.find("whsec_") == std::string::npos);
  }
  seal::Key other;
  other.bytes.fill(8);
  webhook::Store store(folder.file(), other);
  CHECK(store.endpoints().front().secrets.empty());
}

TEST_CASE("Names and numbers of endpoints are bounded, and what is unknown is told") {
  HookFolder folder;
  webhook::Store store(folder.file(), hook_key());
  const auto code = [](const Result<void>& result) {
    return result.has_error() ? name(result.error().code) : "";
  };
  for (const char* wrong : {"", "Crip", "a b", "é", "a/b"})
    CHECK(code(store.add(hook_endpoint(wrong, "https://x/"))) == "malformed");
  CHECK(code(store.add(hook_endpoint(std::string(65, 'a'), "https://x/"))) == "malformed");
  for (std::size_t i = 0; i < webhook::Store::endpoints_most; ++i)
    REQUIRE(store.add(hook_endpoint("e" + std::to_string(i), "https://x/")).has_value());
  CHECK(code(store.add(hook_endpoint("e1", "https://x/"))) == "bad_state");
  CHECK(code(store.add(hook_endpoint("encore", "https://x/"))) == "too_large");
  for (const auto& result :
       {store.remove("autre"), store.set_enabled("autre", false), store.wish("autre", 3)})
    CHECK(code(result) == "not_found");
  CHECK(store.wishes().empty());
}

TEST_CASE("A removed endpoint's name begins anew: nothing of the old one is told to the new") {
  HookFolder folder;
  webhook::Store store(folder.file(), hook_key());
  REQUIRE(store.add(hook_endpoint("crip", "https://x/")).has_value());
  const auto first = store.endpoints().front();
  webhook::Delivery waits;
  waits.seq = 3;
  waits.id = "essai-4-3";
  waits.body = "{}";
  REQUIRE(store.save({first.id, {9, 0, 0, 0, ""}, {waits}, {}, {}}).has_value());
  REQUIRE(store.remove("crip").has_value());
  REQUIRE(store.add(hook_endpoint("crip", "https://y/")).has_value());
  const auto second = store.endpoints().front();
  CHECK(second.id != first.id);
  CHECK(store.load(second).deliveries.empty());
  CHECK(store.load(second).progress.cursor_seq == 0);
  REQUIRE(store.forget_removed().has_value());
  CHECK(store.load(first).deliveries.empty());
}
