#include "tests/unit/console_webhooks/desk.hpp"

#include <algorithm>
#include <stdexcept>

#include <unistd.h>

#include "agent-console/webhooks/signature.hpp"

namespace bannette::test {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{30};

}  // namespace

HookFolder::HookFolder() {
  static int count = 0;
  path = fs::path(BANNETTE_BINARY_DIR) /
         ("webhooks-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  fs::remove_all(path);
  fs::create_directories(path);
}
HookFolder::~HookFolder() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

const seal::Key& hook_key() {
  static const seal::Key made = [] {
    seal::start();
    seal::Key key;
    key.bytes.fill(7);  // the same in a process that a test starts
    return key;
  }();
  return made;
}

webhook::Event hook_event(std::uint64_t seq) {
  webhook::Event event;
  event.seq = seq;
  event.id = "essai-4-" + std::to_string(seq);
  event.at_ms = 1'764'061'200'000 + static_cast<std::int64_t>(seq);
  event.kind = "escalated";
  event.step = "manager";
  event.site = "essai";
  event.reference = "7EF-RV5";
  event.bannette = "utpas-est/pmi";
  event.topic = "pmi-suivi";
  event.urgency = "immediate";
  event.deadline_ms = 1'764'061'500'000;
  return event;
}

webhook::Endpoint hook_endpoint(const std::string& name, const std::string& url) {
  webhook::Endpoint endpoint;
  endpoint.name = name;
  endpoint.url = url;
  endpoint.secrets = {webhook::new_secret()};
  return endpoint;
}

class Feed::Source final : public webhook::EventSource {
 public:
  explicit Source(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  void page(std::uint64_t after_seq, std::size_t limit, Answer answer) override {
    std::uint64_t head = 0;
    {
      const std::lock_guard lock(shared_->mutex);
      if (shared_->silent) return answer(std::nullopt);
      head = shared_->head;
    }
    webhook::Page page;
    page.scanned_seq = std::min(after_seq, head);
    while (page.scanned_seq < head && page.events.size() < limit)
      if (++page.scanned_seq % 3 == 0) page.events.push_back(hook_event(page.scanned_seq));
    page.more = page.scanned_seq < head;
    answer(std::move(page));
  }

 private:
  std::shared_ptr<Shared> shared_;
};

void Feed::grow(std::uint64_t up_to_seq) {
  const std::lock_guard lock(shared_->mutex);
  shared_->head = up_to_seq;
}
void Feed::silent(bool silent) {
  const std::lock_guard lock(shared_->mutex);
  shared_->silent = silent;
}
std::unique_ptr<webhook::EventSource> Feed::source() {
  return std::make_unique<Source>(shared_);
}

webhook::DispatcherOptions hook_options(const HookFolder& folder, Watch& watch) {
  webhook::DispatcherOptions options;
  options.file = folder.file();
  options.key = hook_key();
  options.console = "https://bannette.exemple";
  options.post.whole = std::chrono::milliseconds{1'500};  // a busy machine answers within it
  options.post.rest = std::chrono::milliseconds{100};
  options.poll = std::chrono::milliseconds{10};
  options.random = [] { return 0xffff'ffffU; };  // the shortest delays
  options.changed = [&watch] { watch.look(); };
  options.failed = [](const std::string& why) { throw std::runtime_error(why); };
  return options;
}

void Watch::look() {
  {
    const std::lock_guard lock(mutex_);
    ++looks_;
  }
  looked_.notify_all();
}

bool Watch::until(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    std::uint64_t looks = 0;
    {
      const std::lock_guard lock(mutex_);
      looks = looks_;
    }
    if (holds()) return true;
    std::unique_lock lock(mutex_);
    if (!looked_.wait_until(lock, end, [&] { return looks_ != looks; })) return false;
  }
}

webhook::EndpointState state_of(const webhook::Dispatcher& dispatcher, const std::string& name) {
  for (const auto& each : dispatcher.state())
    if (each.name == name) return each;
  return {};
}

}  // namespace bannette::test
