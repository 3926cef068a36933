// The later life of a dossier from the command line: hold, resume, return, propose and its ends, copy, merge,
// acknowledge, reopen, close, reassign, move; and delegations.
#pragma once
#include <iosfwd>

#include "agent-console/cli/work.hpp"

namespace bannette::console {

int run_hold(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_resume(const WorkOptions& options, std::ostream& out);
int run_return(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_propose(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_withdraw(const WorkOptions& options, std::ostream& out);
int run_accept_proposal(const WorkOptions& options, std::ostream& out);
int run_refuse_proposal(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_copy(const WorkOptions& options, std::ostream& out);
int run_merge(const WorkOptions& options, std::ostream& out);
int run_acknowledge(const WorkOptions& options, std::ostream& out);
int run_reopen(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_close(const WorkOptions& options, std::ostream& out);
int run_reassign(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_move(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_delegate(const WorkOptions& options, std::ostream& out);
int run_end_delegation(const WorkOptions& options, std::ostream& out);

}  // namespace bannette::console
