#include "agent-console/server/drafting.hpp"

#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

drafts::Options keeper_options(const Options& options) {
  drafts::Options out;
  out.file = options.data / "drafts.db";
  out.key = options.drafts_key;
  out.wall_ms = [] { return system::now().wall_ms; };
  return out;
}

}  // namespace

Drafting::Drafting(const Options& options)
    : absence_(options.limits.absence), keeper_(keeper_options(options)) {}

bool Drafting::abandoned(const drafts::Header& draft, const Sessions& sessions, std::int64_t now_ms) const {
  const auto then = std::chrono::steady_clock::now() - absence_;
  const auto absence_ms = std::chrono::duration_cast<std::chrono::milliseconds>(absence_).count();
  return started_ <= then && draft.changed_ms <= now_ms - absence_ms &&
         !sessions.seen_since(draft.owner, then);
}

}  // namespace bannette::console
