#include "agent-console/cli/reporting.hpp"

#include <algorithm>

#include <sys/resource.h>
#include <unistd.h>

#include <spdlog/spdlog.h>

#include "queue/journal/first_since.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

constexpr int kNice = 10;
constexpr std::size_t kStep = 200;  // dossiers of one snapshot, so that the journal's own checkpoints go on

Refusal stops() {
  return {Code::unavailable, "", "Le service s’arrête."};
}

}  // namespace

Reporting::Reporting(std::filesystem::path data, const seal::Key& master, Calendar calendar)
    : data_(std::move(data)), master_(master), calendar_(std::move(calendar)), thread_([this] { run(); }) {}

Reporting::~Reporting() {
  stop();
}

void Reporting::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Reporting::ask(ReportWish wish, Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < kWaiting) {
      waiting_.push_back({std::move(wish), std::move(answer)});
      changed_.notify_all();
      return;
    }
  }
  answer(Refusal{Code::busy, "", "D’autres rapports sont en cours : réessayez dans un instant."});
}

void Reporting::run() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);  // of this thread alone
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    Asked asked = std::move(waiting_.front());
    waiting_.pop_front();
    const bool stopping = stopping_;
    lock.unlock();
    if (stopping)
      asked.answer(stops());
    else
      asked.answer(reckon(std::move(asked.wish)));
  }
}

Result<Report> Reporting::reckon(ReportWish wish) try {
  journal::Reader reader(data_, master_);
  ReportSheet sheet(std::move(wish), calendar_, system::now().wall_ms);
  const std::uint64_t last = reader.last_number();
  const std::uint64_t first = journal::first_since(reader, sheet.from_ms(), last);
  const std::uint64_t end = journal::first_since(reader, sheet.to_ms(), last);
  std::uint64_t left_out = end - first > kDossiers ? end - first - kDossiers : 0;
  for (std::uint64_t number = first + left_out; number < end;) {
    if (stopping_) return stops();
    const auto snapshot = reader.snapshot();
    for (const std::uint64_t stop = std::min(end, number + kStep); number < stop; ++number) {
      try {
        if (const auto row = reader.dossier(number)) sheet.add(*row);
      } catch (const journal::Damaged&) {
        ++left_out;
      }
    }
  }
  return sheet.finish(left_out);
} catch (const std::exception& error) {
  spdlog::warn("report: {}", error.what());
  return Refusal{Code::unavailable, "", "Le journal n’a pas pu être lu."};
}

}  // namespace bannette::console
