#include "router/switchboard/call_site.hpp"

namespace bannette::router {

std::shared_ptr<const CallSite> call_site_of(const Site& site) {
  auto out = std::make_shared<CallSite>();
  out->zone = site.queue.calendar.zone;
  if (!site.telephony) return out;
  const Telephony& from = *site.telephony;
  out->telephony = site.telephony;
  for (const auto& pbx : from.pbxs)
    if (pbx.active) out->pbxs.push_back({pbx.code, pbx.kind == Telephony::Pbx::Kind::cti});
  for (const auto& post : from.posts) out->posts.push_back({post.code, post.name, post.pbx, post.interface});
  for (const auto& queue : from.queues) out->queues.push_back({queue.code, queue.label});
  for (const auto& pause : from.pauses) out->pauses.push_back({pause.code, pause.label});
  out->short_ms = from.short_ms;
  out->wrap_up_ms = from.wrap_up_ms;
  out->keep_ms = from.keep_ms;
  out->service_level_s = from.service_level_s;
  out->callbacks.tries = from.callback_tries;
  out->callbacks.rest_ms = from.callback_rest_ms;
  out->callbacks.lock_ms = from.callback_lock_ms;
  out->callbacks.keep_ms = from.callback_keep_ms;
  return out;
}

}  // namespace bannette::router
