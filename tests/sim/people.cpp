#include "tests/sim/people.hpp"

namespace bannette::sim {

Submitter::Submitter(Schedule& schedule, Network& network, Oracle& oracle, const Rules& rules)
    : Client(schedule, network, oracle, {"router", "", v1::ROLE_OPERATOR, {}}), rules_(rules) {}

void Submitter::work() {
  if (resting()) return;
  v1::Envelope envelope = change();
  auto& submit = *envelope.mutable_submit();
  submit.set_bannette(schedule_.one_of(rules_.bannettes));
  submit.set_topic(schedule_.one_of(rules_.topics).code);
  submit.set_urgency(static_cast<v1::Urgency>(schedule_.between(1, 4)));
  submit.mutable_content()->set_note("appel " + std::to_string(number()) + "/" + std::to_string(++calls_));
  ask(std::move(envelope));
  schedule_.after(schedule_.at_pace(10, 700), [this] { work(); });
}

Agent::Agent(Schedule& schedule, Network& network, Oracle& oracle, Who who)
    : Client(schedule, network, oracle, std::move(who)) {}

void Agent::work() {
  if (resting()) return;
  const auto what = schedule_.between(1, 10);
  if (what <= 3 || held_.empty())
    hold(schedule_.chance(70));
  else if (what <= 8)
    act(schedule_.one_of(held_));
  else
    look();
  if (held_.size() > 6) held_.pop_front();
  schedule_.after(schedule_.at_pace(20, 500), [this] { work(); });
}

void Agent::hold(bool is_next) {
  v1::Envelope envelope = change();
  std::string dossier;
  if (!is_next && !seen_.empty())
    dossier = schedule_.one_of(seen_);
  else if (!is_next)  // anybody's: another unit's must look as if it did not exist
    dossier = make_reference(static_cast<std::uint64_t>(schedule_.between(1, 200)));
  if (schedule_.chance(70)) {
    envelope.mutable_reserve()->set_dossier(dossier);
    envelope.mutable_reserve()->set_lease_ms(5'000);
  } else {
    envelope.mutable_take()->set_dossier(dossier);
  }
  ask(std::move(envelope));
}

void Agent::act(const Held& held) {
  v1::Envelope envelope = change();
  const auto on = [&](auto& message) {
    message.set_dossier(held.dossier);
    message.set_fence(held.fence);
  };
  switch (schedule_.between(1, 8)) {
    case 1:
      on(*envelope.mutable_renew());
      envelope.mutable_renew()->set_lease_ms(5'000);
      break;
    case 2:
      on(*envelope.mutable_release());
      break;
    case 3:
    case 4:
      on(*envelope.mutable_accept());
      break;
    case 5:
    case 6:
      on(*envelope.mutable_note());
      envelope.mutable_note()->set_text("noté");
      break;
    default:
      on(*envelope.mutable_handle());
      envelope.mutable_handle()->set_outcome(v1::OUTCOME_ANSWERED);
  }
  ask(std::move(envelope));
}

void Agent::look() {
  v1::Envelope envelope = query();
  if (schedule_.chance(60)) {
    envelope.mutable_list_tray();
  } else if (schedule_.chance(50)) {
    envelope.mutable_show()->set_dossier(
        make_reference(static_cast<std::uint64_t>(schedule_.between(1, 200))));
    envelope.mutable_show()->set_content(true);
  } else {
    envelope.mutable_subscribe()->set_credit(static_cast<std::uint32_t>(schedule_.between(1, 20)));
  }
  ask(std::move(envelope));
}

void Agent::answered(const v1::Envelope& asked, const v1::Envelope& answer) {
  if (answer.has_tray()) {
    seen_.clear();
    for (const auto& item : answer.tray().items()) seen_.push_back(item.reference());
  }
  // What is believed to be held is kept after it is over, and used again: too late.
  if (answer.has_done() && (asked.has_reserve() || asked.has_take()))
    held_.push_back({answer.done().header().reference(), answer.done().header().fence()});
}

}  // namespace bannette::sim
