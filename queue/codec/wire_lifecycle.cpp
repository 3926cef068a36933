// The changes of a dossier's later life, and those of the site.
#include "queue/codec/checks.hpp"

namespace bannette::codec {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A coded reason, and words where the code says nothing.
template <class Message>
Result<Why> reason(const Message& in, Incoming& out) {
  if (in.why() < v1::WHY_WRONG_TERRITORY || in.why() > v1::WHY_OTHER) return unknown("why");
  if (auto ok = added_text(in.text(), "text"); ok.has_error()) return ok.error();
  if (in.why() == v1::WHY_OTHER && is_blank(in.text()))
    return Refusal{Code::missing, "text", "Le motif « autre » demande une explication."};
  out.text = in.text();
  return static_cast<Why>(in.why());
}

template <class Command>
Command& command_of(Result<Incoming>& made) {
  return std::get<Command>(made.value().request.command);
}

Result<Incoming> hold(const v1::Hold& in, Incoming out) {
  auto why = reason(in, out);
  if (why.has_error()) return why.error();
  auto made = held<Hold>(in, std::move(out));
  if (!made) return made;
  command_of<Hold>(made).why = why.value();
  command_of<Hold>(made).until_ms = in.until_ms();
  return made;
}

Result<Incoming> send_back(const v1::Return& in, Incoming out) {
  auto why = reason(in, out);
  if (why.has_error()) return why.error();
  auto made = held<Return>(in, std::move(out));
  if (made) command_of<Return>(made).why = why.value();
  return made;
}

Result<Incoming> propose(const v1::Propose& in, Incoming out) {
  auto why = reason(in, out);
  if (why.has_error()) return why.error();
  if (auto ok = within({{"propose.to", in.to(), limits::bannette}}); ok.has_error()) return ok.error();
  auto made = held<Propose>(in, std::move(out));
  if (!made) return made;
  command_of<Propose>(made).why = why.value();
  command_of<Propose>(made).to = in.to();
  return made;
}

Result<Incoming> refuse_proposal(const v1::RefuseProposal& in, Incoming out) {
  auto why = reason(in, out);
  if (why.has_error()) return why.error();
  auto made = on_dossier<RefuseProposal>(in, std::move(out));
  if (made) command_of<RefuseProposal>(made).why = why.value();
  return made;
}

Result<Incoming> copy(const v1::Copy& in, Incoming out) {
  if (auto ok = within({{"copy.to", in.to(), limits::bannette}}); ok.has_error()) return ok.error();
  auto made = held<Copy>(in, std::move(out));
  if (made) command_of<Copy>(made).to = in.to();
  return made;
}

Result<Incoming> merge(const v1::Merge& in, Incoming out) {
  auto into = target(in.into());
  if (into.has_error()) return Refusal{into.error().code, "merge.into", into.error().detail};
  auto made = held<Merge>(in, std::move(out));
  if (made) command_of<Merge>(made).into = std::move(into.value());
  return made;
}

Result<Incoming> reopen(const v1::Reopen& in, Incoming out) {
  if (auto ok = added_text(in.text(), "reopen.text"); ok.has_error()) return ok.error();
  out.text = in.text();
  return on_dossier<Reopen>(in, std::move(out));
}

Result<Incoming> reassign(const v1::Reassign& in, Incoming out) {
  auto why = reason(in, out);
  if (why.has_error()) return why.error();
  if (auto ok = within({{"reassign.to", in.to(), limits::holder}}); ok.has_error()) return ok.error();
  auto made = held<Reassign>(in, std::move(out));
  if (!made) return made;
  command_of<Reassign>(made).why = why.value();
  command_of<Reassign>(made).to = in.to();
  return made;
}

Result<Incoming> move(const v1::Move& in, Incoming out) {
  auto why = reason(in, out);
  if (why.has_error()) return why.error();
  if (auto ok = within({{"move.to", in.to(), limits::bannette}}); ok.has_error()) return ok.error();
  auto made = on_dossier<Move>(in, std::move(out));
  if (!made) return made;
  command_of<Move>(made).why = why.value();
  command_of<Move>(made).to = in.to();
  return made;
}

Result<Incoming> delegate(const v1::Delegate& in, Incoming out) {
  if (auto ok = within(
          {{"delegate.person", in.person(), limits::holder}, {"delegate.to", in.to(), limits::holder}});
      ok.has_error())
    return ok.error();
  out.request.command = Delegate{in.person(), in.to(), in.from_ms(), in.until_ms()};
  return out;
}

Result<Incoming> end_delegation(const v1::EndDelegation& in, Incoming out) {
  if (auto ok = within({{"end_delegation.person", in.person(), limits::holder}}); ok.has_error())
    return ok.error();
  out.request.command = EndDelegation{in.person()};
  return out;
}

}  // namespace

Result<Incoming> lifecycle_change(const v1::Envelope& envelope, Incoming out) {
  switch (envelope.body_case()) {
    case v1::Envelope::kHold:
      return hold(envelope.hold(), std::move(out));
    case v1::Envelope::kResume:
      return held<Resume>(envelope.resume(), std::move(out));
    case v1::Envelope::kSendBack:
      return send_back(envelope.send_back(), std::move(out));
    case v1::Envelope::kPropose:
      return propose(envelope.propose(), std::move(out));
    case v1::Envelope::kWithdrawProposal:
      return held<Withdraw>(envelope.withdraw_proposal(), std::move(out));
    case v1::Envelope::kAcceptProposal:
      return on_dossier<AcceptProposal>(envelope.accept_proposal(), std::move(out));
    case v1::Envelope::kRefuseProposal:
      return refuse_proposal(envelope.refuse_proposal(), std::move(out));
    case v1::Envelope::kCopy:
      return copy(envelope.copy(), std::move(out));
    case v1::Envelope::kMerge:
      return merge(envelope.merge(), std::move(out));
    case v1::Envelope::kAcknowledge:
      return on_dossier<Acknowledge>(envelope.acknowledge(), std::move(out));
    case v1::Envelope::kReopen:
      return reopen(envelope.reopen(), std::move(out));
    case v1::Envelope::kClose:
      return on_dossier<Close>(envelope.close(), std::move(out));
    case v1::Envelope::kReassign:
      return reassign(envelope.reassign(), std::move(out));
    case v1::Envelope::kMove:
      return move(envelope.move(), std::move(out));
    case v1::Envelope::kDelegate:
      return delegate(envelope.delegate(), std::move(out));
    case v1::Envelope::kEndDelegation:
      return end_delegation(envelope.end_delegation(), std::move(out));
    default:
      return Refusal{Code::malformed, "body", "Cette demande n'est pas un changement."};
  }
}

}  // namespace bannette::codec
