#include "agent-console/cli/events.hpp"

#include <chrono>
#include <ostream>
#include <thread>

#include <boost/json.hpp>

#include "agent-console/cli/french.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/server/site_json.hpp"
#include "queue/core/site_state.hpp"

namespace bannette::console {
namespace {

constexpr std::chrono::seconds kAgain{1};

void print_event(const v1::Event& event, std::ostream& out) {
  const std::string seq = std::to_string(event.seq());
  out << std::string(seq.size() < 8 ? 8 - seq.size() : 0, ' ') << seq << "  " << local_time(event.at_ms())
      << "  ";
  put_column(out, french_change(event.change()), 30);
  put_column(out, event.reason() == kOfRestricted ? "confidentiel" : french_step(step_name(event.step())),
             12);
  put_column(out, event.reference(), 7);
  put_column(out, event.danger() ? "!!" : "", 2);
  put_column(out, event.bannette(), 34);
  out << visible(event.to()) << '\n';
}

}  // namespace

int run_events(const EventsOptions& options, std::ostream& out) {
  QueueConnection connection(options.connection);
  std::uint64_t after = options.after;
  for (;;) {
    v1::Envelope request;
    request.mutable_list_events()->set_after_seq(after);
    const v1::Events events = connection.ask(std::move(request)).events();
    for (const auto& each : events.items()) {
      if (options.connection.json)
        out << boost::json::serialize(event_json(each)) << '\n';
      else
        print_event(each, out);
    }
    if (!out.flush()) return 1;
    const bool over = events.scanned_seq() >= events.as_of_seq() || events.scanned_seq() <= after;
    after = std::max<std::uint64_t>(after, events.scanned_seq());
    if (over && !options.follow) return 0;
    if (over) std::this_thread::sleep_for(kAgain);
  }
}

}  // namespace bannette::console
