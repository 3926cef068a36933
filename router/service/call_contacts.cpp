#include "router/service/call_contacts.hpp"

#include <algorithm>
#include <vector>

#include "router/core/phone.hpp"

namespace bannette::router {
namespace {

bool is_open(const v1::Header& header) {
  switch (header.state()) {
    case v1::STATE_HANDLED:
    case v1::STATE_CLOSED:
    case v1::STATE_MERGED:
      return false;
    default:
      return true;
  }
}

bool in_danger(const v1::Header& header) {
  return header.danger() && is_open(header);
}

v1::Contacts contacts_of(const Site& site, const v1::Found& found) {
  std::vector<const v1::Header*> headers;
  for (const auto& header : found.items()) headers.push_back(&header);
  std::sort(headers.begin(), headers.end(), [](const auto* a, const auto* b) {
    return in_danger(*a) != in_danger(*b) ? in_danger(*a) : a->arrived_ms() > b->arrived_ms();
  });
  v1::Contacts out;
  for (const auto* header : headers) {
    auto& item = *out.add_items();
    item.set_reference(header->reference());
    item.set_bannette(header->bannette());
    item.set_state(header->state());
    item.set_danger(in_danger(*header));
    const Topic* topic = find_topic(site, header->topic());
    if (topic != nullptr && !topic->restricted) item.set_topic(header->topic());
    item.set_arrived_ms(header->arrived_ms());
    item.set_changed_ms(header->changed_ms());
  }
  return out;
}

}  // namespace

void ask_contacts(const std::shared_ptr<const Site>& site, Forwarding& forwarding,
                  const CallDesk::Caller& caller, Forwarding::Told told) {
  const auto number = e164(caller.number);
  v1::Envelope out;
  out.mutable_contacts()->set_earlier_calls(caller.earlier);
  if (!number || !forwarding.queue_up() || forwarding.is_full()) {
    out.mutable_contacts()->set_withheld(!number);
    out.mutable_contacts()->set_partial(number.has_value());
    return told(std::move(out));
  }
  v1::Envelope question;
  question.mutable_find()->set_contact(*number);
  forwarding.ask(std::move(question),
                 [site, told = std::move(told), earlier = caller.earlier](v1::Envelope&& reply) {
                   v1::Envelope known;
                   *known.mutable_contacts() = contacts_of(*site, reply.found());
                   known.mutable_contacts()->set_partial(!reply.has_found());
                   known.mutable_contacts()->set_earlier_calls(earlier);
                   told(std::move(known));
                 });
}

void ask_danger(Forwarding& forwarding, const std::string& number, std::function<void(bool)> told) {
  const auto contact = e164(number);
  if (!contact || !forwarding.queue_up() || forwarding.is_full()) return;
  v1::Envelope question;
  question.mutable_find()->set_contact(*contact);
  forwarding.ask(std::move(question), [told = std::move(told)](v1::Envelope&& reply) {
    if (!reply.has_found()) return;
    const auto& items = reply.found().items();
    told(std::any_of(items.begin(), items.end(), in_danger));
  });
}

}  // namespace bannette::router
