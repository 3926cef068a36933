#include "tests/integration/submitter.hpp"

#include <chrono>

namespace bannette::test {

std::int64_t ticks() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

Submitter::Submitter(client::Link& link, std::string name, std::size_t total, std::size_t outstanding,
                     v1::Urgency urgency)
    : link_(link), name_(std::move(name)), total_(total), outstanding_(outstanding), urgency_(urgency) {}

void Submitter::start() {
  for (std::size_t i = 0; i < outstanding_; ++i) ask_next();
}

void Submitter::stop() {
  signal_.change([this] { stopped_ = true; });
}

void Submitter::ask_next() {
  v1::Envelope request;
  std::size_t place = 0;
  bool more = false;
  signal_.change([&] {
    more = !stopped_ && asked_.size() < total_;
    if (!more) return;
    place = asked_.size();
    Submission next;
    next.note = name_ + " " + std::to_string(place);
    next.request = submit(next.note, kEastPmi, urgency_);
    next.asked_at = ticks();
    request = next.request;
    asked_.push_back(std::move(next));
  });
  if (more)
    link_.ask(std::move(request), [self = shared_from_this(), place](v1::Envelope&& reply) {
      self->answered(place, std::move(reply));
    });
}

void Submitter::answered(std::size_t place, v1::Envelope&& reply) {
  const bool confirmed = reply.has_receipt();
  signal_.change([&] {
    Submission& one = asked_[place];
    ++one.answers;
    ++answers_;
    one.code = code_of(reply);
    one.answered_at = ticks();
    if (!confirmed) return;
    ++receipts_;
    one.receipt = reply.receipt();
  });
  if (confirmed) ask_next();
}

bool Submitter::wait_receipts(std::size_t at_least) {
  return signal_.wait([&] { return receipts_ >= at_least; });
}

bool Submitter::wait_answers() {
  return signal_.wait([&] { return answers_ == asked_.size(); });
}

std::vector<Submission> Submitter::all() {
  return signal_.read([this] { return asked_; });
}

std::size_t Submitter::receipts() {
  return signal_.read([this] { return receipts_; });
}

std::string difference(const std::vector<Submission>& told, const Exported& kept) {
  for (const auto& one : told) {
    const std::size_t times = kept.with_note(one.note);
    if (one.answers > 1) return one.note + ": answered more than once";
    if (times > 1) return one.note + ": kept more than once";
    if (!one.receipt) continue;
    if (times == 0) return one.note + ": confirmed and lost";
    const ExportedDossier* dossier = kept.find(id_text(one.receipt->id()));
    if (dossier == nullptr) return one.note + ": kept under another id";
    const auto& content = one.request.submit().content();
    if (dossier->reference != one.receipt->reference() || dossier->note != content.note() ||
        dossier->caller != content.caller().name() || dossier->bannette != one.receipt->bannette())
      return one.note + ": not identical";
    if (!dossier->has(one.receipt->seq(), "submitted")) return one.note + ": another number";
  }
  return {};
}

}  // namespace bannette::test
