// The later life of a dossier: holds, redirects, copies, merging, danger, and what managers and supervisors
// decide.
#include "agent-console/core/views.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "queue/core/limits.hpp"

namespace bannette::console::handlers {
namespace {

// A coded reason; words beside it, which "other" needs (the queue says so).
template <class Message>
void read_reason(Fields& fields, Message& out) {
  const std::string code = fields.required_text("why", limits::code);
  if (const auto why = parse_why(code))
    out.set_why(static_cast<v1::Why>(*why));
  else
    fields.refuse(Code::unknown_enum, "why", "Ce motif n’existe pas : voir le catalogue.");
  out.set_text(fields.text("text", limits::added_note));
}

template <class Message>
void read_fence(Fields& fields, Message& out) {
  out.set_fence(fields.required_number("fence", kExactMax));
}

std::int64_t read_time(Fields& fields, std::string_view name, bool required) {
  const std::string text =
      required ? fields.required_text(name, limits::code) : fields.text(name, limits::code);
  if (text.empty()) return 0;
  const auto time = parse_iso8601(text);
  if (!time)
    fields.refuse(Code::malformed, name,
                  "Cette date n’est pas lisible ; écrire plutôt 2026-11-25T09:30:00Z.");
  return time.value_or(0);
}

// `read` fills the message of the envelope from the body's fields.
template <class Read>
Answer changed(Api& api, const Call& call, Read read) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  read(fields, envelope);
  if (auto good = fields.finish(); !good) co_return refused(good.error());
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

// A change of the site: there is no dossier.
Answer changed_site(Api& api, v1::Envelope envelope) {
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_done()) co_return refused(reply);
  const boost::json::object body{{"seq", reply.done().seq()}};
  co_return json_response(200, boost::json::serialize(body));
}

// Whoever is given a dossier must be able to work on it, or it lies in their hands and is late. Accounts are
// the console's to know; names of a unit's own software are not among them.
std::optional<Refusal> cannot_receive(const Register& accounts, const std::string& to,
                                      const v1::Header& header) {
  const std::string unit = "unit:" + std::string(owner_of(header.bannette()));
  if (to == unit || to.starts_with(unit + "/")) return std::nullopt;
  const auto found = accounts.people.find(to);
  const bool known = found != accounts.people.end() && !found->second.disabled;
  if (header.restricted() &&
      !(known && may_work_restricted(authority(found->second.person), header.bannette())))
    return Refusal{
        Code::forbidden, "to",
        "Cette demande est confidentielle : cette personne n’y est pas habilitée dans cette bannette."};
  if (found != accounts.people.end() && !(known && may_work(found->second.person, header.bannette())))
    return Refusal{Code::forbidden, "to", "Cette personne ne travaille pas dans cette bannette."};
  return std::nullopt;
}

}  // namespace

Answer hold(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    v1::Hold& hold = *envelope.mutable_hold();
    hold.set_dossier(call.dossier);
    read_fence(fields, hold);
    read_reason(fields, hold);
    hold.set_until_ms(read_time(fields, "until", true));
  });
}

Answer resume(Api& api, const Call& call) {
  return fenced<v1::Resume>(api, call, [](v1::Envelope& e) -> v1::Resume& { return *e.mutable_resume(); });
}

Answer send_back(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    v1::Return& back = *envelope.mutable_send_back();
    back.set_dossier(call.dossier);
    read_fence(fields, back);
    read_reason(fields, back);
  });
}

Answer propose(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    v1::Propose& propose = *envelope.mutable_propose();
    propose.set_dossier(call.dossier);
    read_fence(fields, propose);
    propose.set_to(fields.required_text("to", limits::bannette));
    read_reason(fields, propose);
  });
}

Answer withdraw_proposal(Api& api, const Call& call) {
  return fenced<v1::WithdrawProposal>(
      api, call, [](v1::Envelope& e) -> v1::WithdrawProposal& { return *e.mutable_withdraw_proposal(); });
}

Answer accept_proposal(Api& api, const Call& call) {
  return bare<v1::AcceptProposal>(
      api, call, [](v1::Envelope& e) -> v1::AcceptProposal& { return *e.mutable_accept_proposal(); });
}

Answer refuse_proposal(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    envelope.mutable_refuse_proposal()->set_dossier(call.dossier);
    read_reason(fields, *envelope.mutable_refuse_proposal());
  });
}

Answer copy(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    v1::Copy& copy = *envelope.mutable_copy();
    copy.set_dossier(call.dossier);
    read_fence(fields, copy);
    copy.set_to(fields.required_text("to", limits::bannette));
  });
}

Answer merge(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    v1::Merge& merge = *envelope.mutable_merge();
    merge.set_dossier(call.dossier);
    read_fence(fields, merge);
    merge.set_into(fields.required_text("into", limits::code));
  });
}

Answer acknowledge(Api& api, const Call& call) {
  return bare<v1::Acknowledge>(api, call,
                               [](v1::Envelope& e) -> v1::Acknowledge& { return *e.mutable_acknowledge(); });
}

Answer reopen(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    envelope.mutable_reopen()->set_dossier(call.dossier);
    envelope.mutable_reopen()->set_text(fields.text("text", limits::added_note));
  });
}

Answer close(Api& api, const Call& call) {
  return bare<v1::Close>(api, call, [](v1::Envelope& e) -> v1::Close& { return *e.mutable_close(); });
}

Answer reassign(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  v1::Reassign& reassign = *envelope.mutable_reassign();
  reassign.set_dossier(call.dossier);
  read_fence(fields, reassign);
  reassign.set_to(fields.required_text("to", limits::holder));
  read_reason(fields, reassign);
  if (auto good = fields.finish(); !good) co_return refused(good.error());
  // Where it is and whether it is restricted: moved meanwhile, its fence is another.
  v1::Envelope looking = question(call.person());
  looking.mutable_show()->set_dossier(call.dossier);
  auto seen = co_await ask_queue(api, std::move(looking));
  if (!seen.has_dossier()) co_return refused_dossier(seen);
  const auto accounts = api.accounts.current();
  if (auto bad = cannot_receive(*accounts, reassign.to(), seen.dossier().header())) co_return refused(*bad);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

Answer move(Api& api, const Call& call) {
  return changed(api, call, [&call](Fields& fields, v1::Envelope& envelope) {
    v1::Move& move = *envelope.mutable_move();
    move.set_dossier(call.dossier);
    move.set_to(fields.required_text("to", limits::bannette));
    read_reason(fields, move);
  });
}

Answer delegate(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  v1::Delegate& delegate = *envelope.mutable_delegate();
  delegate.set_person(fields.required_text("person", limits::holder));
  delegate.set_to(fields.required_text("to", limits::holder));
  delegate.set_from_ms(read_time(fields, "from", false));
  delegate.set_until_ms(read_time(fields, "until", true));
  if (auto good = fields.finish(); !good) co_return refused(good.error());
  auto response = co_await changed_site(api, std::move(envelope));
  co_return response;
}

Answer end_delegation(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  envelope.mutable_end_delegation()->set_person(fields.required_text("person", limits::holder));
  if (auto good = fields.finish(); !good) co_return refused(good.error());
  auto response = co_await changed_site(api, std::move(envelope));
  co_return response;
}

}  // namespace bannette::console::handlers
