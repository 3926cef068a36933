#include "tests/integration/judged.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <stdexcept>

namespace bannette::test {
namespace {

constexpr std::size_t kAtOnce = 256;

bool nobody_knows(const Submission& one) {
  return one.answers == 0 || one.code == "unavailable" || one.code == "timed_out";
}

void add(checker::History& history, const Submission& one) {
  const auto operation = history.invoke(one.asked_at, {.who = "router",
                                                       .kind = checker::Kind::submit,
                                                       .key = one.request.idempotency_key(),
                                                       .token = one.note});
  if (one.receipt)
    history.ok(one.answered_at, operation,
               {.dossier = id_text(one.receipt->id()),
                .seq = one.receipt->seq(),
                .bannette = one.receipt->bannette()});
  else if (nobody_knows(one))
    history.unknown(one.answers == 0 ? one.asked_at : one.answered_at, operation);
  else
    history.fail(one.answered_at, operation, one.code);
}

std::vector<Submission> answers(client::Link& link, std::span<const Submission> told) {
  std::vector<Submission> again;
  std::vector<std::future<v1::Envelope>> replies;
  for (const auto& one : told) {
    again.push_back({one.request, one.note, 0, {}, {}, ticks(), 0});
    replies.push_back(link.ask(one.request));
  }
  for (std::size_t i = 0; i < again.size(); ++i) {
    if (replies[i].wait_for(kPatience) != std::future_status::ready)
      throw std::runtime_error(again[i].note + ": no answer at all");
    const v1::Envelope reply = replies[i].get();
    again[i].answers = 1;
    again[i].code = code_of(reply);
    again[i].answered_at = ticks();
    if (reply.has_receipt()) again[i].receipt = reply.receipt();
  }
  return again;
}

}  // namespace

checker::Verdict judge(const std::vector<Submission>& told, const Exported& kept) {
  checker::History history;
  for (const auto& one : told) add(history, one);
  for (const auto& each : kept.dossiers) history.found(each.note, each.id);
  return checker::check(history);
}

std::string faults(const std::vector<Submission>& told, const Exported& kept) {
  const checker::Verdict verdict = judge(told, kept);
  return verdict.holds() ? difference(told, kept) : checker::text(verdict);
}

std::vector<Submission> tried_again(client::Link& link, const std::vector<Submission>& told) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  std::vector<Submission> tries;
  std::vector<Submission> left = told;
  while (!left.empty()) {
    if (std::chrono::steady_clock::now() > until) throw std::runtime_error(left[0].code + " for ever");
    std::vector<Submission> again;
    for (std::size_t from = 0; from < left.size(); from += kAtOnce) {
      const std::size_t to = std::min(left.size(), from + kAtOnce);
      for (auto& one : answers(link, {left.data() + from, left.data() + to})) {
        if (one.code == "disk_full" || one.code == "busy") again.push_back(one);
        tries.push_back(std::move(one));
      }
    }
    left = std::move(again);
  }
  return tries;
}

}  // namespace bannette::test
