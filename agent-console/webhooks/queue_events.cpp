#include "agent-console/webhooks/queue_events.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "queue/codec/wire.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/limits.hpp"
#include "queue/core/site_state.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::console::webhook {

Event event_of(const v1::Event& from, const std::string& site) {
  Event event;
  event.seq = from.seq();
  event.id = from.id();
  event.at_ms = from.at_ms();
  event.kind = from.change();
  if (from.step() != v1::STEP_UNSPECIFIED) event.step = name(static_cast<Step>(from.step()));
  if (from.reason() == kOfRestricted) event.reason = from.reason();
  event.site = site;
  event.reference = from.reference();
  event.bannette = from.bannette();
  if (!from.restricted()) event.topic = from.topic();
  if (const auto urgency = codec::urgency(from.urgency())) event.urgency = name(*urgency);
  event.deadline_ms = from.deadline_ms();
  return event;
}

QueueEvents::QueueEvents(client::Options options, zmq::context_t* context, std::string site)
    : site_(std::move(site)), link_(std::move(options), context) {
  link_.start();
}

void QueueEvents::page(std::uint64_t after_seq, std::size_t limit, Answer answer) {
  v1::Envelope request;
  request.mutable_list_events()->set_after_seq(after_seq);
  request.mutable_list_events()->set_limit(
      static_cast<std::uint32_t>(std::clamp<std::size_t>(limit, 1, limits::tray_page_max)));
  link_.ask(std::move(request), [site = site_, after_seq, answer = std::move(answer)](v1::Envelope&& reply) {
    if (!reply.has_events()) {
      spdlog::warn("webhooks: no events from the queue: {}", reply.error().code());
      return answer(std::nullopt);
    }
    Page page;
    // It may have scanned beyond `as_of`: what came while the answer waited for the disk.
    const std::uint64_t as_of = reply.events().as_of_seq();
    page.scanned_seq = as_of < after_seq ? as_of : reply.events().scanned_seq();
    page.more = page.scanned_seq < reply.events().as_of_seq();
    for (const auto& each : reply.events().items()) page.events.push_back(event_of(each, site));
    answer(std::move(page));
  });
}

}  // namespace bannette::console::webhook
