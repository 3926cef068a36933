#include "tests/sim/people.hpp"

#include "queue/core/ids.hpp"

namespace bannette::sim {
namespace {

constexpr std::int64_t kNumbers = 300;  // dossiers that people may name by chance

}  // namespace

void Person::work() {
  if (resting()) return;
  act();
  schedule_.after(pause(), [this] { work(); });
}

Submitter::Submitter(Schedule& schedule, Network& network, Oracle& oracle, const Site& site)
    : Person(schedule, network, oracle, {"router", "", v1::ROLE_OPERATOR, {}}), site_(site) {}

void Submitter::act() {
  v1::Envelope envelope = change();
  auto& submit = *envelope.mutable_submit();
  submit.set_bannette(schedule_.one_of(site_.bannettes));
  submit.set_topic(schedule_.one_of(site_.topics).code);
  submit.set_urgency(static_cast<v1::Urgency>(schedule_.between(1, 4)));
  submit.set_danger(submit.urgency() <= v1::URGENCY_URGENT && schedule_.chance(30));
  if (schedule_.chance(10)) submit.add_copies(schedule_.one_of(site_.bannettes));
  if (!logged_.empty() && schedule_.chance(15)) submit.add_linked(schedule_.one_of(logged_));
  if (schedule_.chance(2))  // perhaps nobody's
    submit.add_linked(make_reference(static_cast<std::uint64_t>(schedule_.between(1, kNumbers))));
  submit.mutable_content()->set_note("appel " + std::to_string(number()) + "/" + std::to_string(++calls_));
  ask(std::move(envelope));
}

void Submitter::answered(const v1::Envelope&, const v1::Envelope& answer) {
  if (!answer.has_receipt()) return;
  logged_.push_back(answer.receipt().reference());
  if (logged_.size() > 5) logged_.pop_front();
}

Agent::Agent(Schedule& schedule, Network& network, Oracle& oracle, Who who, const Site& site)
    : Person(schedule, network, oracle, std::move(who)), site_(site) {}

std::string Agent::some_dossier() {
  if (!seen_.empty() && schedule_.chance(80)) return schedule_.one_of(seen_);
  // Anybody's: another unit's must look as if it did not exist.
  return make_reference(static_cast<std::uint64_t>(schedule_.between(1, kNumbers)));
}

void Agent::act() {
  const auto what = schedule_.between(1, 20);
  if (what <= 5 || (held_.empty() && what <= 12))
    take();
  else if (what <= 11)
    go_on(schedule_.one_of(held_));
  else if (what <= 14 && !held_.empty())
    hand_over(schedule_.one_of(held_));
  else if (what <= 17)
    for_others();
  else
    look();
  if (held_.size() > 8) held_.pop_front();
}

void Agent::take() {
  v1::Envelope envelope = change();
  const std::string dossier = schedule_.chance(65) ? "" : some_dossier();
  if (schedule_.chance(60)) {
    envelope.mutable_reserve()->set_dossier(dossier);
    envelope.mutable_reserve()->set_lease_ms(
        static_cast<std::uint32_t>(schedule_.chance(80) ? 5'000 : 30'000));
  } else {
    envelope.mutable_take()->set_dossier(dossier);
  }
  ask(std::move(envelope));
}

void Agent::go_on(const Held& held) {
  v1::Envelope envelope = change();
  const auto on = [&held](auto* message) {
    message->set_dossier(held.dossier);
    message->set_fence(held.fence);
    return message;
  };
  switch (schedule_.between(1, 10)) {
    case 1:
      on(envelope.mutable_renew())->set_lease_ms(5'000);
      break;
    case 2:
      on(envelope.mutable_release());
      break;
    case 3:
    case 4:
      on(envelope.mutable_accept());
      break;
    case 5:
      on(envelope.mutable_note())->set_text("noté");
      break;
    case 6:
    case 7: {
      auto* hold = on(envelope.mutable_hold());
      hold->set_why(v1::WHY_AWAITING_DOCUMENT);
      hold->set_until_ms(kEpochMs + schedule_.now() + schedule_.at_pace(2'000, 20'000));
      break;
    }
    case 8:
      on(envelope.mutable_resume());
      break;
    default:
      on(envelope.mutable_handle())->set_outcome(v1::OUTCOME_ANSWERED);
  }
  ask(std::move(envelope));
}

void Agent::hand_over(const Held& held) {
  v1::Envelope envelope = change();
  const auto on = [&held](auto* message) {
    message->set_dossier(held.dossier);
    message->set_fence(held.fence);
    return message;
  };
  switch (schedule_.between(1, 7)) {
    case 1:
      on(envelope.mutable_send_back())->set_why(v1::WHY_WRONG_TOPIC);
      break;
    case 2:
      on(envelope.mutable_withdraw_proposal());
      break;
    case 3:
      on(envelope.mutable_copy())->set_to(schedule_.one_of(site_.bannettes));
      break;
    case 4:
      on(envelope.mutable_merge())->set_into(some_dossier());
      break;
    default: {
      auto* propose = on(envelope.mutable_propose());
      propose->set_to(schedule_.one_of(site_.bannettes));
      propose->set_why(v1::WHY_WRONG_TERRITORY);
    }
  }
  ask(std::move(envelope));
}

void Agent::for_others() {
  v1::Envelope envelope = change();
  const std::string offered = offered_.empty() ? some_dossier() : schedule_.one_of(offered_);
  const std::string handled = handled_.empty() ? some_dossier() : schedule_.one_of(handled_);
  switch (schedule_.between(1, 8)) {
    case 1:
    case 2:
    case 3:
      envelope.mutable_accept_proposal()->set_dossier(offered);
      break;
    case 4:
      envelope.mutable_refuse_proposal()->set_dossier(offered);
      envelope.mutable_refuse_proposal()->set_why(v1::WHY_NO_CAPACITY);
      break;
    case 5:
      envelope.mutable_reopen()->set_dossier(handled);
      break;
    case 6:
      envelope.mutable_close()->set_dossier(handled);
      break;
    default:
      envelope.mutable_acknowledge()->set_dossier(some_dossier());
  }
  ask(std::move(envelope));
}

void Agent::look() {
  v1::Envelope envelope = query();
  if (schedule_.chance(60)) {
    envelope.mutable_list_tray();
  } else if (schedule_.chance(50)) {
    envelope.mutable_show()->set_dossier(
        offered_.empty() || schedule_.chance(50) ? some_dossier() : schedule_.one_of(offered_));
    envelope.mutable_show()->set_content(true);
  } else {
    envelope.mutable_subscribe()->set_credit(static_cast<std::uint32_t>(schedule_.between(1, 20)));
  }
  ask(std::move(envelope));
}

void Agent::answered(const v1::Envelope& asked, const v1::Envelope& answer) {
  if (answer.has_tray()) {
    seen_.clear();
    offered_.clear();
    for (const auto& item : answer.tray().items()) seen_.push_back(item.reference());
    for (const auto& item : answer.tray().offered()) offered_.push_back(item.reference());
  }
  if (!answer.has_done()) return;
  const auto& header = answer.done().header();
  // What is believed to be held is kept after it is over, and used again: too late.
  if (asked.has_reserve() || asked.has_take() || asked.has_reopen())
    held_.push_back({header.reference(), header.fence()});
  if (asked.has_handle()) handled_.push_back(header.reference());
  if (handled_.size() > 5) handled_.pop_front();
}

Chief::Chief(Schedule& schedule, Network& network, Oracle& oracle, Who who, const Site& site)
    : Person(schedule, network, oracle, std::move(who)), site_(site) {}

// Into a dossier of whatever unit, and says why; or says nothing, and must be refused.
void Chief::look() {
  v1::Envelope envelope = query();
  auto& show = *envelope.mutable_show();
  show.set_dossier(schedule_.one_of(seen_).reference());
  show.set_content(true);
  if (schedule_.chance(90)) show.set_purpose(v1::PURPOSE_COMPLAINT);
  if (schedule_.chance(30)) show.set_text("réclamation " + std::to_string(schedule_.between(1, 3)));
  ask(std::move(envelope));
}

void Chief::act() {
  if (!seen_.empty() && who().supervises() && schedule_.chance(25)) return look();
  if (seen_.empty() || schedule_.chance(30)) {
    v1::Envelope envelope = query();
    if (schedule_.chance(30))
      envelope.mutable_count();
    else
      envelope.mutable_list_tray();
    if (!who().units.empty() || who().supervises()) return ask(std::move(envelope));
  }
  v1::Envelope envelope = change();
  v1::Header one;
  one.set_reference(make_reference(static_cast<std::uint64_t>(schedule_.between(1, kNumbers))));
  if (!seen_.empty()) one = schedule_.one_of(seen_);
  switch (who().units.empty() && !who().supervises() ? 1 : schedule_.between(1, 6)) {
    case 1:
    case 2:
      envelope.mutable_acknowledge()->set_dossier(one.reference());
      break;
    case 3: {
      auto& move = *envelope.mutable_move();
      move.set_dossier(one.reference());
      move.set_to(schedule_.one_of(site_.bannettes));
      move.set_why(v1::WHY_NOT_COMPETENT);
      break;
    }
    case 4:
      envelope.mutable_accept_proposal()->set_dossier(one.reference());
      break;
    case 5:
      return delegate();
    default: {
      auto& reassign = *envelope.mutable_reassign();
      reassign.set_dossier(one.reference());
      reassign.set_fence(one.fence());
      reassign.set_to(schedule_.chance(50) ? "unit:roubaix/alice" : "unit:roubaix/bob");
      reassign.set_why(v1::WHY_ABSENCE);
    }
  }
  ask(std::move(envelope));
}

void Chief::delegate() {
  v1::Envelope envelope = change();
  if (schedule_.chance(70)) {
    auto& away = *envelope.mutable_delegate();
    away.set_person(schedule_.chance(50) ? "unit:roubaix/alice" : "unit:lille/bob");
    away.set_to(away.person() == "unit:roubaix/alice" ? "unit:roubaix/bob" : "unit:lille/alice");
    away.set_until_ms(kEpochMs + schedule_.now() + schedule_.at_pace(2'000, 10'000));
  } else {
    envelope.mutable_end_delegation()->set_person("unit:roubaix/alice");
  }
  ask(std::move(envelope));
}

void Chief::answered(const v1::Envelope&, const v1::Envelope& answer) {
  if (!answer.has_tray()) return;
  seen_.assign(answer.tray().items().begin(), answer.tray().items().end());
}

Watcher::Watcher(Schedule& schedule, Network& network, Oracle& oracle, const Site&)
    : Person(schedule, network, oracle, {"console", "", v1::ROLE_UNSPECIFIED, {}}) {}

void Watcher::act() {
  v1::Envelope envelope = query();
  envelope.mutable_list_events()->set_after_seq(cursor_);
  envelope.mutable_list_events()->set_limit(20);
  ask(std::move(envelope));
}

void Watcher::catch_up() {
  catching_up_ = true;
  act();
}

void Watcher::answered(const v1::Envelope& asked, const v1::Envelope& answer) {
  const bool is_new = answer.has_events() && asked.list_events().after_seq() == cursor_;
  if (is_new) {
    for (const auto& event : answer.events().items()) oracle_.event(event);
    cursor_ = answer.events().scanned_seq();
    done_ = catching_up_ && cursor_ == answer.events().as_of_seq();
  }
  if (catching_up_ && !done_) act();
}

}  // namespace bannette::sim
