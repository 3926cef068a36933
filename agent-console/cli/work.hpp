// What a unit does from the command line: tray, take, reserve, accept, renew, release, note, handle, show.
// The later life of a dossier is in lifecycle.hpp.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {

struct WorkOptions {
  QueueConnectionOptions connection;
  std::string dossier;                   // id or reference; empty: the next in order
  std::uint64_t fence = 0;               // 0: the dossier's own, if it is yours
  std::optional<std::uint32_t> lease_s;  // 5..3600; the queue's own where it is absent
  std::uint32_t limit = 100;
  std::string text;  // "-": from standard input
  std::string outcome;
  std::string why;          // a coded reason's wire name
  std::string to;           // a bannette, or a person (reassign, delegate)
  std::string into;         // merge: the dossier that goes on
  std::string person;       // delegate: who is away
  std::string from, until;  // see when.hpp
  std::string request_key;  // UUIDv7 of a retry; empty: a new one
};

int run_tray(const WorkOptions& options, std::ostream& out);
int run_show(const WorkOptions& options, std::ostream& out);
int run_reserve(const WorkOptions& options, std::ostream& out);
int run_take(const WorkOptions& options, std::ostream& out);
int run_accept(const WorkOptions& options, std::ostream& out);
int run_renew(const WorkOptions& options, std::ostream& out);
int run_release(const WorkOptions& options, std::ostream& out);
int run_note(const WorkOptions& options, std::istream& in, std::ostream& out);
int run_handle(const WorkOptions& options, std::istream& in, std::ostream& out);

}  // namespace bannette::console
