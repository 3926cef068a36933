#include "agent-console/drafts/keeper.hpp"

#include <chrono>

#include <spdlog/spdlog.h>

#include "queue/journal/sqlite.hpp"

namespace bannette::console::drafts {
namespace {

constexpr std::chrono::minutes kSweepEach{10};

Refusal not_kept(const std::string& trouble) {
  return {Code::unavailable, "", "Les saisies en cours ne sont pas gardées : " + trouble + "."};
}

}  // namespace

Keeper::Keeper(Options options) : options_(std::move(options)), thread_([this] { run(); }) {}

Keeper::~Keeper() {
  stop();
}

void Keeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::string Keeper::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void Keeper::fail(const std::string& why) {
  spdlog::error("drafts: {}: not kept until the next start: {}", options_.file.string(), why);
  store_.reset();
  const std::lock_guard lock(mutex_);
  trouble_ = "drafts.db ne se lit ou ne s’écrit plus (voir le journal du service)";
}

void Keeper::ask(Job job) {
  Refusal why;
  {
    const std::lock_guard lock(mutex_);
    if (!trouble_.empty()) {
      why = not_kept(trouble_);
    } else if (stopping_ || waiting_.size() >= options_.waiting) {
      why = {Code::busy, "", "Trop de saisies attendent d’être gardées, ou le service s’arrête."};
    } else {
      waiting_.push_back(std::move(job));
      changed_.notify_one();
      return;
    }
  }
  job.done(&why);
}

void Keeper::run() {
  try {
    store_ = std::make_unique<Store>(options_.file, options_.key, options_.bounds);
  } catch (const sqlite::Error& error) {
    fail(error.what());
  }
  auto swept = std::chrono::steady_clock::time_point::min();
  for (;;) {
    std::deque<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kSweepEach, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_ && waiting_.empty()) return;
      jobs.swap(waiting_);
    }
    const auto now = std::chrono::steady_clock::now();
    if (swept == std::chrono::steady_clock::time_point::min() || now - swept >= kSweepEach) {
      swept = now;
      jobs.push_back({[](Store& store, std::int64_t now_ms) {
                        const auto erased = store.sweep(now_ms);
                        if (erased > 0) spdlog::info("drafts: {} erased by their age", erased);
                      },
                      [](const Refusal*) {}});
    }
    serve(jobs);
  }
}

void Keeper::serve(std::deque<Job>& jobs) {
  Refusal why;
  bool kept = false;
  if (store_) {
    const std::int64_t now_ms = options_.wall_ms();
    try {
      kept = store_->durably([&] {
        for (Job& job : jobs) job.run(*store_, now_ms);
      });
      if (!kept) why = {Code::disk_full, "", "Le disque est plein : la saisie n’est pas gardée."};
    } catch (const sqlite::Error& error) {
      fail(error.what());
    }
  }
  if (!kept && why.detail.empty()) why = not_kept(trouble());
  for (Job& job : jobs) job.done(kept ? nullptr : &why);
}

}  // namespace bannette::console::drafts
