#include "router/switchboard/calls_read.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "queue/system/clock.hpp"
#include "router/calls/ledger.hpp"
#include "router/switchboard/calls_rows.hpp"

namespace bannette::router {

void read_calls(const std::filesystem::path& data, const seal::Key& master,
                const std::function<void(const calls::Call&)>& take, const std::string& pbx,
                telephony::Coverage* coverage) {
  sqlite::Database db(data / "calls.db", sqlite::Database::Mode::read_only);
  sqlite::Transaction snapshot(db, sqlite::Transaction::Kind::read);
  const CallsMeta meta = CallsRows::meta(db);
  if (meta.recognition != CallsRows::recognition(master, meta.site))
    throw journal::CannotOpen("calls.db : la clé maîtresse n'est pas la sienne");
  CallsRows rows(db, master, meta.site);
  rows.each_call(0, true, [&](const KeptCall& kept) { take(kept.call); });
  calls::Ledger open;
  rows.each_open_fact(
      [&](std::uint64_t, const std::string&, const calls::Event& event) { (void)open.apply(event); });
  std::vector<const calls::Call*> going_on;
  open.each_call([&](const calls::Call& call) {
    if (call.direction != calls::Direction::internal || !call.legs.empty()) going_on.push_back(&call);
  });
  std::ranges::sort(going_on, {},
                    [](const calls::Call* call) { return std::pair(call->announced.at_ms, call->id); });
  for (const calls::Call* call : going_on) take(*call);
  if (coverage == nullptr) return;
  rows.each_fact([&](const calls::Event& event) {
    if (event.pbx != pbx) return;
    const std::int64_t at_ms = event.timed ? event.at_ms : -1;
    coverage->heard(at_ms, event.queue.empty() ? "call,all" : "agent,all", event.uniqueid);
    coverage->see(event);
  });
  coverage->end(system::now().wall_ms);
}

}  // namespace bannette::router
