// What the verbs of a unit share: the options' checks, keys and fences, and how a dossier's line is printed.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>

#include "agent-console/cli/work.hpp"
#include "agent-console/server/render.hpp"

namespace bannette::console {

// Codes, not labels: for scripts and terminals.
[[nodiscard]] const Render& render();

// Before the session, so that what is wrong is told at once. Throws WrongUse or Refused.
void check(const WorkOptions& options);
// Unix time in milliseconds of what the option says; throws WrongUse.
[[nodiscard]] std::int64_t when(const std::string& option, const std::string& text);
void require_dossier(const WorkOptions& options);
[[nodiscard]] std::uint32_t lease_ms(const WorkOptions& options);  // 0: the queue's own
void put_key(v1::Envelope& request, const WorkOptions& options);
[[nodiscard]] std::string text_of(const WorkOptions& options, std::istream& in);

// Without --fence: the dossier's present one. The queue checks whose it is: the holder's, or of whom they
// stand in for.
[[nodiscard]] std::uint64_t fence_of(QueueConnection& connection, const WorkOptions& options);

void print_line(const v1::Header& header, std::ostream& out);
int print_done(const v1::Envelope& reply, const WorkOptions& options, std::ostream& out);

// A change by whoever has the dossier in hand.
template <class Fill>
int change_held(const WorkOptions& options, std::ostream& out, Fill fill) {
  check(options);
  require_dossier(options);
  QueueConnection connection(options.connection);
  const std::uint64_t fence = fence_of(connection, options);
  v1::Envelope request;
  put_key(request, options);
  fill(request, fence);
  return print_done(connection.ask(std::move(request)), options, out);
}

// A change that needs no fence.
template <class Fill>
int change_free(const WorkOptions& options, std::ostream& out, Fill fill) {
  check(options);
  QueueConnection connection(options.connection);
  v1::Envelope request;
  put_key(request, options);
  fill(request);
  return print_done(connection.ask(std::move(request)), options, out);
}

}  // namespace bannette::console
