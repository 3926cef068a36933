#include "agent-console/cli/audit.hpp"

#include <ostream>

#include <boost/json.hpp>

#include "agent-console/cli/french.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/cli/work_parts.hpp"
#include "agent-console/server/site_json.hpp"

namespace bannette::console {
namespace {

void print_reading(const v1::Event& event, std::ostream& out) {
  const std::string seq = std::to_string(event.seq());
  out << std::string(seq.size() < 8 ? 8 - seq.size() : 0, ' ') << seq << "  " << local_time(event.at_ms())
      << "  ";
  put_column(out, event.reference(), 7);
  put_column(out, event.bannette(), 34);
  put_column(out, event.actor(), 28);
  put_column(out, french_change(event.change()), 14);
  out << french_reason(event.reason());
  if (!event.text().empty()) out << " : " << visible(event.text());
  out << '\n';
}

}  // namespace

int run_audit(const AuditOptions& options, std::ostream& out) {
  v1::Envelope request;
  v1::ListEvents& list = *request.mutable_list_events();
  list.set_reads(true);
  list.set_dossier(options.dossier);
  list.set_person(options.person);
  list.set_unit(options.in_unit);
  if (!options.from.empty()) list.set_from_ms(when("--from", options.from));
  if (!options.to.empty()) list.set_to_ms(when("--to", options.to));
  QueueConnection connection(options.connection);
  for (std::uint64_t after = options.after;;) {
    list.set_after_seq(after);
    const v1::Events events = connection.ask(request).events();
    for (const auto& each : events.items()) {
      if (options.connection.json)
        out << boost::json::serialize(event_json(each)) << '\n';
      else
        print_reading(each, out);
    }
    if (!out.flush()) return 1;
    if (events.scanned_seq() >= events.as_of_seq() || events.scanned_seq() <= after) return 0;
    after = events.scanned_seq();
  }
}

}  // namespace bannette::console
