#include "tests/sim/asked.hpp"

namespace bannette::sim {
namespace {

using checker::Kind;
using checker::Operation;

// Of the holder, with the fence that the holder knows.
template <class Message>
Operation held(Kind kind, const Message& message) {
  return {.kind = kind, .dossier = message.dossier(), .fence = message.fence()};
}
template <class Message>
Operation of_others(Kind kind, const Message& message) {
  return {.kind = kind, .dossier = message.dossier()};
}
template <class Message>
Operation taking(const Message& message, std::int64_t lasts) {
  const bool is_next = message.dossier().empty();
  return {.kind = is_next ? Kind::next : Kind::hold, .dossier = message.dossier(), .lasts = lasts};
}

Operation shape(const v1::Envelope& asked) {
  switch (asked.body_case()) {
    case v1::Envelope::kSubmit:
      return {.kind = Kind::submit, .token = asked.submit().content().note()};
    case v1::Envelope::kReserve:  // another boot may end a lease before its time
      return taking(asked.reserve(), 0);
    case v1::Envelope::kTake:
      return taking(asked.take(), checker::kForGood);
    case v1::Envelope::kRenew:
      return held(Kind::renew, asked.renew());
    case v1::Envelope::kAccept:
      return held(Kind::accept, asked.accept());
    case v1::Envelope::kNote:
      return held(Kind::act, asked.note());
    case v1::Envelope::kHold:
      return held(Kind::act, asked.hold());
    case v1::Envelope::kResume:
      return held(Kind::act, asked.resume());
    case v1::Envelope::kPropose:
      return held(Kind::act, asked.propose());
    case v1::Envelope::kWithdrawProposal:
      return held(Kind::act, asked.withdraw_proposal());
    case v1::Envelope::kCopy:
      return held(Kind::act, asked.copy());
    case v1::Envelope::kRelease:
      return held(Kind::give_up, asked.release());
    case v1::Envelope::kHandle:
      return held(Kind::give_up, asked.handle());
    case v1::Envelope::kSendBack:
      return held(Kind::give_up, asked.send_back());
    case v1::Envelope::kMerge:
      return held(Kind::give_up, asked.merge());
    case v1::Envelope::kReassign:
      return of_others(Kind::give_up, asked.reassign());
    case v1::Envelope::kMove:
      return of_others(Kind::give_up, asked.move());
    case v1::Envelope::kAcceptProposal:
      return of_others(Kind::give_up, asked.accept_proposal());
    case v1::Envelope::kReopen:
      return of_others(Kind::hold, asked.reopen());
    default:  // beside the holder
      return {.kind = Kind::act};
  }
}

}  // namespace

std::string change_of(const v1::Envelope& asked) {
  switch (asked.body_case()) {
    case v1::Envelope::kSubmit:
      return "submitted";
    case v1::Envelope::kReserve:
      return "reserved";
    case v1::Envelope::kTake:
      return "taken";
    case v1::Envelope::kRenew:
      return "renewed";
    case v1::Envelope::kRelease:
      return "released";
    case v1::Envelope::kAccept:
      return "accepted";
    case v1::Envelope::kNote:
      return "noted";
    case v1::Envelope::kHandle:
      return "handled";
    case v1::Envelope::kHold:
      return "held";
    case v1::Envelope::kResume:
      return "resumed";
    case v1::Envelope::kSendBack:
      return "returned";
    case v1::Envelope::kPropose:
      return "proposed";
    case v1::Envelope::kWithdrawProposal:
      return "proposal_withdrawn";
    case v1::Envelope::kAcceptProposal:
      return "proposal_accepted";
    case v1::Envelope::kRefuseProposal:
      return "proposal_refused";
    case v1::Envelope::kCopy:
      return "copied";
    case v1::Envelope::kMerge:
      return "merged";
    case v1::Envelope::kAcknowledge:
      return "acknowledged";
    case v1::Envelope::kReopen:
      return "reopened";
    case v1::Envelope::kClose:
      return "closed";
    case v1::Envelope::kReassign:
      return "reassigned";
    case v1::Envelope::kMove:
      return "moved";
    case v1::Envelope::kDelegate:
      return "delegated";
    case v1::Envelope::kEndDelegation:
      return "delegation_ended";
    default:
      return "?";
  }
}

checker::Operation operation_of(const std::string& who, const v1::Envelope& asked) {
  checker::Operation operation = shape(asked);
  operation.who = who;
  operation.key = asked.idempotency_key();
  return operation;
}

}  // namespace bannette::sim
