#include "agent-console/cli/lifecycle.hpp"

#include <istream>

#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/cli/work_parts.hpp"
#include "agent-console/core/views.hpp"

namespace bannette::console {
namespace {

struct Reason {
  v1::Why why = v1::WHY_UNSPECIFIED;
  std::string text;
};

Reason reason_of(const WorkOptions& options, std::istream& in) {
  const auto why = parse_why(options.why);
  if (!why) {
    std::string known;
    for (const Why each : kWhys) known += (known.empty() ? "" : ", ") + std::string(bannette::name(each));
    throw WrongUse("--why inconnu : « " + visible(options.why) + " » ; écrire plutôt " + known);
  }
  return {static_cast<v1::Why>(*why), text_of(options, in)};
}

template <class Message>
void put(Message& change, const Reason& reason) {
  change.set_why(reason.why);
  change.set_text(reason.text);
}

const std::string& to_of(const WorkOptions& options) {
  require_utf8("--to", options.to);
  return options.to;
}

// The present fence, as it is seen now, whoever has the dossier; 0 where nobody has had it yet.
std::uint64_t seen_fence(QueueConnection& connection, const WorkOptions& options) {
  if (options.fence != 0) return options.fence;
  v1::Envelope request;
  request.mutable_show()->set_dossier(options.dossier);
  return connection.ask(std::move(request)).dossier().header().fence();
}

}  // namespace

int run_hold(const WorkOptions& options, std::istream& in, std::ostream& out) {
  const Reason reason = reason_of(options, in);
  const std::int64_t until_ms = when("--until", options.until);
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::Hold& change = *request.mutable_hold();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
    put(change, reason);
    change.set_until_ms(until_ms);
  });
}

int run_resume(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::Resume& change = *request.mutable_resume();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
  });
}

int run_return(const WorkOptions& options, std::istream& in, std::ostream& out) {
  const Reason reason = reason_of(options, in);
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::Return& change = *request.mutable_send_back();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
    put(change, reason);
  });
}

int run_propose(const WorkOptions& options, std::istream& in, std::ostream& out) {
  const Reason reason = reason_of(options, in);
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::Propose& change = *request.mutable_propose();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
    put(change, reason);
    change.set_to(to_of(options));
  });
}

int run_withdraw(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::WithdrawProposal& change = *request.mutable_withdraw_proposal();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
  });
}

int run_accept_proposal(const WorkOptions& options, std::ostream& out) {
  require_dossier(options);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::AcceptProposal& change = *request.mutable_accept_proposal();
    change.set_dossier(options.dossier);
  });
}

int run_refuse_proposal(const WorkOptions& options, std::istream& in, std::ostream& out) {
  require_dossier(options);
  const Reason reason = reason_of(options, in);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::RefuseProposal& change = *request.mutable_refuse_proposal();
    change.set_dossier(options.dossier);
    put(change, reason);
  });
}

int run_copy(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::Copy& change = *request.mutable_copy();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
    change.set_to(to_of(options));
  });
}

int run_merge(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    v1::Merge& change = *request.mutable_merge();
    change.set_dossier(options.dossier);
    change.set_fence(fence);
    require_utf8("--into", options.into);
    change.set_into(options.into);
  });
}

int run_acknowledge(const WorkOptions& options, std::ostream& out) {
  require_dossier(options);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::Acknowledge& change = *request.mutable_acknowledge();
    change.set_dossier(options.dossier);
  });
}

int run_reopen(const WorkOptions& options, std::istream& in, std::ostream& out) {
  require_dossier(options);
  const std::string text = text_of(options, in);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::Reopen& change = *request.mutable_reopen();
    change.set_dossier(options.dossier);
    change.set_text(text);
  });
}

int run_close(const WorkOptions& options, std::ostream& out) {
  require_dossier(options);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::Close& change = *request.mutable_close();
    change.set_dossier(options.dossier);
  });
}

int run_reassign(const WorkOptions& options, std::istream& in, std::ostream& out) {
  require_dossier(options);
  check(options);
  const Reason reason = reason_of(options, in);
  QueueConnection connection(options.connection);
  v1::Envelope request;
  put_key(request, options);
  v1::Reassign& change = *request.mutable_reassign();
  change.set_dossier(options.dossier);
  change.set_fence(seen_fence(connection, options));
  change.set_to(to_of(options));
  put(change, reason);
  return print_done(connection.ask(std::move(request)), options, out);
}

int run_move(const WorkOptions& options, std::istream& in, std::ostream& out) {
  require_dossier(options);
  const Reason reason = reason_of(options, in);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::Move& change = *request.mutable_move();
    change.set_dossier(options.dossier);
    put(change, reason);
    change.set_to(to_of(options));
  });
}

int run_delegate(const WorkOptions& options, std::ostream& out) {
  require_utf8("--person", options.person);
  const std::int64_t from_ms = options.from.empty() ? 0 : when("--from", options.from);
  const std::int64_t until_ms = when("--until", options.until);
  return change_free(options, out, [&](v1::Envelope& request) {
    v1::Delegate& change = *request.mutable_delegate();
    change.set_person(options.person);
    change.set_to(to_of(options));
    change.set_from_ms(from_ms);
    change.set_until_ms(until_ms);
  });
}

int run_end_delegation(const WorkOptions& options, std::ostream& out) {
  require_utf8("--person", options.person);
  return change_free(options, out, [&](v1::Envelope& request) {
    request.mutable_end_delegation()->set_person(options.person);
  });
}

}  // namespace bannette::console
