#include "agent-console/webhooks/dispatcher.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/webhooks/body.hpp"
#include "agent-console/webhooks/signature.hpp"
#include "queue/async/moment.hpp"
#include "queue/async/tasks.hpp"
#include "queue/journal/sqlite.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console::webhook {
namespace {

using std::chrono::milliseconds;

// The cursor alone is written this seldom: events that were passed over cost nothing to read again.
constexpr std::uint64_t kCursorStep = 10'000;

struct Fetched {
  explicit Fetched(const asio::any_io_executor& executor) : done(executor) {}
  Moment done;
  std::optional<Page> page;
};

}  // namespace

// One endpoint at work. On the dispatcher's thread.
struct Worker {
  explicit Worker(const asio::any_io_executor& executor) : woken(executor) {}
  Endpoint endpoint;
  Progress progress;
  Lane lane;
  Moment woken;
  Stop stop;  // of the post under way
  bool ends = false;
  std::int64_t poll_ms = 0;  // boot clock: when to ask the source again
  std::uint64_t cursor_saved = 0;
  std::set<std::uint64_t> unsaved;   // sequences that changed since the last save
  std::vector<std::int64_t> wishes;  // fulfilled, to be taken back
};
using WorkerPtr = std::shared_ptr<Worker>;

struct Dispatcher::Impl {
  Impl(DispatcherOptions its_options, std::unique_ptr<EventSource> its_source)
      : options(std::move(its_options)),
        source(std::move(its_source)),
        poster(context, options.post),
        keeper_woken(context->get_executor()),
        tasks(context->get_executor(), [this](const std::string& why) {
          spdlog::critical("webhooks: {}", why);
          if (options.failed) options.failed("webhooks: " + why);
        }) {
    try {
      store.emplace(options.file, options.key);
    } catch (const sqlite::Error& error) {
      if (!error.corrupt()) throw;
      give_up(error);
    }
  }

  DispatcherOptions options;
  std::unique_ptr<EventSource> source;
  std::shared_ptr<asio::io_context> context = std::make_shared<asio::io_context>(1);
  std::optional<Store> store;
  Poster poster;
  Moment keeper_woken;
  Tasks tasks;
  std::map<std::int64_t, WorkerPtr> workers;  // by the endpoint's id
  bool stopping = false;
  std::atomic<bool> damaged = false;
  std::thread thread;
  mutable std::mutex mutex;  // of `states`
  std::map<std::int64_t, EndpointState> states;

  asio::awaitable<void> keep();
  asio::awaitable<void> guarded(asio::awaitable<void> task);
  void give_up(const sqlite::Error& error);
  void end_all();
  asio::awaitable<void> work(WorkerPtr worker);
  asio::awaitable<void> pull(WorkerPtr worker);
  asio::awaitable<void> send(WorkerPtr worker, Delivery delivery);
  void reconcile();
  void begin(const Endpoint& endpoint);
  void end(Worker& worker);
  void fulfil(const Wish& wish);
  void take(Worker& worker, Page page);
  void save(Worker& worker);
  void show(const Worker& worker);
};

void Dispatcher::Impl::show(const Worker& worker) {
  EndpointState now;
  now.name = worker.endpoint.name;
  now.enabled = worker.endpoint.enabled;
  now.cursor_seq = worker.progress.cursor_seq;
  now.waiting = worker.lane.waiting();
  now.parked = worker.lane.parked();
  now.oldest_ms = worker.lane.oldest_ms();
  now.sent = worker.progress.sent;
  now.failures = worker.progress.failures;
  now.last_error = worker.progress.last_error;
  {
    const std::lock_guard lock(mutex);
    states[worker.endpoint.id] = std::move(now);
  }
  if (options.changed) options.changed();
}

// What could not be written is tried again with the next change. The cursor and the events that it has passed
// go in one transaction, so that none is forgotten.
void Dispatcher::Impl::save(Worker& worker) {
  Store::Change change;
  change.endpoint = worker.endpoint.id;
  change.progress = worker.progress;
  change.wishes_done = worker.wishes;
  for (const std::uint64_t seq : worker.unsaved) {
    if (const Delivery* kept = worker.lane.find(seq))
      change.kept.push_back(*kept);
    else
      change.gone.push_back(seq);
  }
  if (const auto saved = store->save(change); saved.has_error()) {
    spdlog::warn("webhook {}: progress is not recorded ({})", worker.endpoint.name, saved.error().detail);
  } else {
    worker.unsaved.clear();
    worker.wishes.clear();
    worker.cursor_saved = worker.progress.cursor_seq;
  }
  show(worker);
}

void Dispatcher::Impl::take(Worker& worker, Page page) {
  for (const Event& event : page.events) {
    Delivery delivery;
    delivery.seq = event.seq;
    delivery.id = event.id;
    delivery.at_ms = event.at_ms;
    delivery.body = body_of(event, options.console);
    worker.lane.add(std::move(delivery));
    worker.unsaved.insert(event.seq);
  }
  const bool shorter = page.scanned_seq < worker.progress.cursor_seq;
  if (shorter)
    spdlog::error(
        "webhook {}: it was told up to {}, and the journal ends at {}: an older one was restored; going on "
        "from there",
        worker.endpoint.name, worker.progress.cursor_seq, page.scanned_seq);
  worker.progress.cursor_seq = page.scanned_seq;
  worker.poll_ms = page.more ? 0 : system::boot_ms() + options.poll.count();
  if (shorter || !worker.unsaved.empty() || worker.progress.cursor_seq > worker.cursor_saved + kCursorStep)
    save(worker);
}

asio::awaitable<void> Dispatcher::Impl::pull(WorkerPtr worker) {
  const auto fetched = std::make_shared<Fetched>(context->get_executor());
  worker->stop = [fetched] { fetched->done.come(); };
  const std::uint64_t after = worker->progress.cursor_seq;
  source->page(after, options.page, [fetched, its_context = context](std::optional<Page> page) {
    asio::post(*its_context, [fetched, page = std::move(page)]() mutable {
      fetched->page = std::move(page);
      fetched->done.come();
    });
  });
  co_await fetched->done.wait(options.patience);
  worker->stop = {};
  if (worker->ends) co_return;
  if (fetched->page && after == worker->progress.cursor_seq)  // else a wish has set it back meanwhile
    take(*worker, std::move(*fetched->page));
  else
    worker->poll_ms = system::boot_ms() + options.poll.count();
}

asio::awaitable<void> Dispatcher::Impl::send(WorkerPtr worker, Delivery delivery) {
  const auto target = parse_target(worker->endpoint.url, worker->endpoint.insecure);
  Message message;
  message.id = delivery.id;
  message.timestamp_s = system::now().wall_ms / 1'000;
  message.body = delivery.body;
  message.signature = signatures(worker->endpoint.secrets, message.id, message.timestamp_s, message.body);
  Lane::Answer answer;
  if (target.has_error()) {
    answer.error = target.error().detail;
  } else if (message.signature.empty()) {
    answer.error = "le secret ne se lit pas : « bannette webhook rotate »";
  } else {
    const Target where = target.value();
    auto answered = co_await poster.post(where, message, worker->stop);
    answer = std::move(answered);
  }
  if (worker->ends) co_return;  // cut: it will be told again
  const auto fate = worker->lane.answered(delivery.seq, answer, system::boot_ms(), options.random());
  worker->unsaved.insert(delivery.seq);
  if (fate == Lane::Fate::delivered) {
    ++worker->progress.sent;
    worker->progress.last_ok_ms = system::now().wall_ms;
    worker->progress.last_error.clear();
  } else {
    ++worker->progress.failures;
    worker->progress.last_error = answer.error;
    const char* then = fate == Lane::Fate::parked ? "set aside, for a human" : "will be tried again";
    spdlog::warn("webhook {}: event {}: {}; {}", worker->endpoint.name, delivery.id, answer.error, then);
  }
  save(*worker);
}

asio::awaitable<void> Dispatcher::Impl::work(WorkerPtr worker) {
  while (!worker->ends) {
    const std::int64_t now = system::boot_ms();
    std::int64_t next = now + milliseconds(std::chrono::hours{1}).count();
    if (worker->endpoint.enabled) {
      const bool room = worker->lane.room();
      if (room && now >= worker->poll_ms) {
        co_await pull(worker);
        continue;
      }
      if (const Delivery* due = worker->lane.next(now)) {
        const Delivery delivery = *due;
        co_await send(worker, delivery);
        continue;
      }
      if (room) next = worker->poll_ms;
      if (const auto waits = worker->lane.next_ms()) next = std::min(next, *waits);
    }
    const milliseconds most{std::max<std::int64_t>(1, next - now)};
    co_await worker->woken.wait(most);
  }
}

void Dispatcher::Impl::begin(const Endpoint& endpoint) {
  const auto worker = std::make_shared<Worker>(context->get_executor());
  worker->endpoint = endpoint;
  auto kept = store->load(endpoint);
  worker->progress = std::move(kept.progress);
  worker->cursor_saved = worker->progress.cursor_seq;
  for (auto& delivery : kept.deliveries) worker->lane.add(std::move(delivery));
  workers.emplace(endpoint.id, worker);
  show(*worker);
  tasks.start("endpoint " + endpoint.name, guarded(work(worker)));
}

void Dispatcher::Impl::end(Worker& worker) {
  worker.ends = true;
  if (worker.stop) worker.stop();
  worker.woken.come();
}

void Dispatcher::Impl::fulfil(const Wish& wish) {
  const auto found = workers.find(wish.endpoint);
  if (found == workers.end()) return;
  Worker& worker = *found->second;
  if (std::find(worker.wishes.begin(), worker.wishes.end(), wish.id) != worker.wishes.end()) return;
  if (wish.from_seq) {
    worker.progress.cursor_seq =
        std::min(worker.progress.cursor_seq, *wish.from_seq - std::min<std::uint64_t>(1, *wish.from_seq));
    worker.poll_ms = 0;
  } else {
    for (const std::uint64_t seq : worker.lane.unpark_all()) worker.unsaved.insert(seq);
  }
  worker.wishes.push_back(wish.id);
  save(worker);
  worker.woken.come();
}

// Endpoints as the command line has left them, and its wishes.
void Dispatcher::Impl::reconcile() {
  std::set<std::int64_t> there;
  for (const Endpoint& endpoint : store->endpoints()) {
    there.insert(endpoint.id);
    const auto found = workers.find(endpoint.id);
    if (found == workers.end()) {
      begin(endpoint);
      continue;
    }
    found->second->endpoint = endpoint;
    found->second->woken.come();
    show(*found->second);
  }
  bool removed = false;
  for (auto it = workers.begin(); it != workers.end();) {
    if (there.contains(it->first)) {
      ++it;
      continue;
    }
    end(*it->second);
    {
      const std::lock_guard lock(mutex);
      states.erase(it->first);
    }
    it = workers.erase(it);
    removed = true;
  }
  if (removed) {
    if (options.changed) options.changed();
    if (const auto forgotten = store->forget_removed(); forgotten.has_error())
      spdlog::warn("webhooks: {}", forgotten.error().detail);
  }
  for (const Wish& wish : store->wishes()) fulfil(wish);
}

asio::awaitable<void> Dispatcher::Impl::keep() {
  if (const auto forgotten = store->forget_removed(); forgotten.has_error())
    spdlog::warn("webhooks: {}", forgotten.error().detail);
  while (!stopping) {
    if (store->changed()) reconcile();
    co_await keeper_woken.wait(options.poll);
  }
}

void Dispatcher::Impl::end_all() {
  stopping = true;
  keeper_woken.come();
  for (auto& [id, worker] : workers) end(*worker);
}

// Damage is told and survived; only what says that nobody knows what is on the disk ends the program.
void Dispatcher::Impl::give_up(const sqlite::Error& error) {
  damaged = true;
  spdlog::critical("webhooks: {} is damaged, nobody is told of anything: {}", options.file.string(),
                   error.what());
  end_all();
  if (options.changed) options.changed();
}

asio::awaitable<void> Dispatcher::Impl::guarded(asio::awaitable<void> task) {
  try {
    co_await std::move(task);
  } catch (const sqlite::Error& error) {
    if (!error.corrupt()) throw;
    give_up(error);
  }
}

Dispatcher::Dispatcher(DispatcherOptions options, std::unique_ptr<EventSource> source)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(source))) {}

Dispatcher::~Dispatcher() {
  stop();
}

void Dispatcher::start() {
  if (impl_->damaged) return;
  impl_->thread = std::thread([this] {
    impl_->tasks.start("keeper", impl_->guarded(impl_->keep()));
    impl_->context->run();  // until the keeper and every worker have ended
  });
}

void Dispatcher::stop() {
  if (!impl_->thread.joinable()) return;
  asio::post(*impl_->context, [this] { impl_->end_all(); });
  impl_->thread.join();
}

void Dispatcher::wake() {
  asio::post(*impl_->context, [this] {
    for (auto& [id, worker] : impl_->workers) {
      worker->poll_ms = 0;
      worker->woken.come();
    }
  });
}

std::vector<EndpointState> Dispatcher::state() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<EndpointState> all;
  for (const auto& [id, state] : impl_->states) all.push_back(state);
  return all;
}

bool Dispatcher::damaged() const {
  return impl_->damaged;
}

}  // namespace bannette::console::webhook
