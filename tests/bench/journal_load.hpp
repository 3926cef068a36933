// Changes for the journal's figures, made one after the other without keeping them: a million fit no memory.
#pragma once
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "queue/core/lifecycle.hpp"
#include "queue/journal/journal.hpp"

namespace bannette::bench {

class JournalLoad {
 public:
  explicit JournalLoad(std::size_t content_bytes = 600) : content_(content_bytes, 'n') {}

  std::vector<journal::Entry> submissions(std::size_t count) {
    std::vector<journal::Entry> batch;
    for (std::size_t i = 0; i < count; ++i) batch.push_back(submit());
    return batch;
  }
  // What a call costs: submitted, reserved, accepted, handled with a text.
  std::vector<journal::Entry> cycles(std::size_t count) {
    std::vector<journal::Entry> batch;
    while (batch.size() < count) batch.push_back(open_ ? next() : submit());
    return batch;
  }
  [[nodiscard]] std::uint64_t dossiers() const { return number_; }

 private:
  Change begin(ChangeKind kind) {
    Change change;
    change.seq = ++seq_;
    wall_ms_ += 3;
    change.at = {wall_ms_, wall_ms_ - 1'764'061'000'000, 0xfedcba9876543210};
    change.kind = kind;
    change.key = uuid();
    for (auto& byte : change.digest) byte = static_cast<std::uint8_t>(random_());
    return change;
  }
  journal::Entry finish(Change change, std::string content, std::string text, std::string contact) {
    open_ = evolve(change.kind == ChangeKind::submitted ? std::nullopt : open_, change);
    journal::Entry entry{
        {std::move(change), *open_}, std::move(content), std::move(text), std::move(contact)};
    if (open_->state == State::handled) open_.reset();
    return entry;
  }
  journal::Entry submit() {
    Change change = begin(ChangeKind::submitted);
    change.number = ++number_;
    change.id = uuid();
    change.principal = "router";
    change.actor = "standard/eleonore";
    change.bannette = "utpas-roubaix-est/pmi";
    change.topic = "pmi-suivi";
    change.insee = "59512";
    change.urgency = Urgency::normal;
    change.deadline_ms = wall_ms_ + 172'800'000;
    return finish(std::move(change), content_, "",
                  "+336" + std::to_string(10'000'000 + random_() % 90'000'000));
  }
  journal::Entry next() {
    const auto kind = open_->state == State::waiting    ? ChangeKind::reserved
                      : open_->state == State::reserved ? ChangeKind::accepted
                                                        : ChangeKind::handled;
    Change change = begin(kind);
    change.number = open_->number;
    change.id = open_->id;
    change.previous_seq = open_->changed_seq;
    change.principal = change.actor = "unit:utpas-roubaix-est";
    change.reason = "next";
    change.fence = kind == ChangeKind::reserved ? open_->fence + 1 : open_->fence;
    if (kind == ChangeKind::reserved) change.lease_ms = 120'000;
    const bool last = kind == ChangeKind::handled;
    if (last) change.outcome = Outcome::appointment;
    return finish(std::move(change), "", last ? "rendez-vous pris" : "", "");
  }
  Uuid uuid() {
    Uuid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random_());
    return id;
  }

  std::string content_;
  std::mt19937_64 random_{1};
  std::uint64_t seq_ = 0;
  std::uint64_t number_ = 0;
  std::int64_t wall_ms_ = 1'764'061'200'000;
  std::optional<Dossier> open_;  // the one that a cycle is about
};

}  // namespace bannette::bench
