// Drafts for the handlers: the keeper's thread (agent-console/drafts) behind awaitables, and who may take
// over whose.
#pragma once
#include <memory>
#include <string>

#include "agent-console/drafts/keeper.hpp"
#include "agent-console/server/options.hpp"
#include "agent-console/server/sessions.hpp"
#include "queue/async/answer.hpp"

namespace bannette::console {

class Drafting {
 public:
  explicit Drafting(const Options& options);
  void stop() { keeper_.stop(); }
  [[nodiscard]] std::string trouble() const { return keeper_.trouble(); }

  // Runs `work(Store&, now_ms)` on the keeper's thread; its result, once it is durable.
  template <class T, class Work>
  asio::awaitable<Result<T>> ask(Work work) {
    auto answer = std::make_shared<std::optional<Result<T>>>();
    auto start = [this, &work, answer](auto done) {
      drafts::Keeper::Job job;
      job.run = [work = std::move(work), answer](drafts::Store& store, std::int64_t now_ms) {
        answer->emplace(work(store, now_ms));
      };
      job.done = [done, answer](const Refusal* why) {
        if (why) answer->emplace(*why);
        done(true);
      };
      keeper_.ask(std::move(job));
    };
    co_await answer_of<bool>(start);
    co_return std::move(**answer);
  }

  // Nothing was heard of its owner's screen for `absence`, nor typed in it; since the start of the server
  // too.
  [[nodiscard]] bool abandoned(const drafts::Header& draft, const Sessions& sessions,
                               std::int64_t now_ms) const;

 private:
  std::chrono::seconds absence_;
  SteadyTime started_ = std::chrono::steady_clock::now();
  drafts::Keeper keeper_;
};

}  // namespace bannette::console
