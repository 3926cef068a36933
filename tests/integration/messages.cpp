#include "tests/integration/messages.hpp"

#include <stdexcept>

#include "queue/core/ids.hpp"
#include "queue/system/random.hpp"

namespace bannette::test {
namespace {

v1::Envelope change() {
  v1::Envelope envelope;
  envelope.set_idempotency_key(new_key());
  return envelope;
}

}  // namespace

std::string new_key() {
  const Uuid key = system::new_uuid7();
  return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

std::string id_text(const std::string& bytes) {
  return to_string(uuid_from_bytes(bytes).value());
}

v1::Envelope submit(const std::string& text, const std::string& bannette, v1::Urgency urgency) {
  v1::Envelope envelope = change();
  auto& made = *envelope.mutable_submit();
  made.set_bannette(bannette);
  made.set_topic("pmi.petite-enfance");
  made.set_urgency(urgency);
  made.set_insee("59512");
  made.set_contact("+33612345678");
  made.mutable_content()->set_note(text);
  made.mutable_content()->set_commune("Roubaix");
  made.mutable_content()->mutable_caller()->set_name("Appelante " + text);
  made.mutable_content()->mutable_caller()->set_phone("06 12 34 56 78");
  return envelope;
}

v1::Envelope log_call(const std::string& text) {
  v1::Envelope envelope = change();
  envelope.mutable_log_call()->set_note(text);
  envelope.mutable_log_call()->set_commune("Roubaix");
  envelope.mutable_log_call()->set_topic("pmi.petite-enfance");
  return envelope;
}

v1::Envelope reserve(const std::string& dossier, std::uint32_t lease_ms) {
  v1::Envelope envelope = change();
  envelope.mutable_reserve()->set_dossier(dossier);
  envelope.mutable_reserve()->set_lease_ms(lease_ms);
  return envelope;
}

v1::Envelope accept(const std::string& dossier, std::uint64_t fence) {
  v1::Envelope envelope = change();
  envelope.mutable_accept()->set_dossier(dossier);
  envelope.mutable_accept()->set_fence(fence);
  return envelope;
}

v1::Envelope note(const std::string& dossier, std::uint64_t fence, const std::string& text) {
  v1::Envelope envelope = change();
  envelope.mutable_note()->set_dossier(dossier);
  envelope.mutable_note()->set_fence(fence);
  envelope.mutable_note()->set_text(text);
  return envelope;
}

v1::Envelope handle(const std::string& dossier, std::uint64_t fence) {
  v1::Envelope envelope = change();
  envelope.mutable_handle()->set_dossier(dossier);
  envelope.mutable_handle()->set_fence(fence);
  envelope.mutable_handle()->set_outcome(v1::OUTCOME_ANSWERED);
  return envelope;
}

v1::Envelope show(const std::string& dossier) {
  v1::Envelope envelope;
  envelope.mutable_show()->set_dossier(dossier);
  envelope.mutable_show()->set_content(true);
  return envelope;
}

v1::Envelope list_tray(const std::string& bannette) {
  v1::Envelope envelope;
  envelope.mutable_list_tray()->set_limit(200);
  if (!bannette.empty()) envelope.mutable_list_tray()->add_bannettes(bannette);
  return envelope;
}

v1::Envelope ask(client::Link& link, v1::Envelope request) {
  auto reply = link.ask(std::move(request));
  if (reply.wait_for(kPatience) != std::future_status::ready) throw std::runtime_error("no answer at all");
  return reply.get();
}

std::string code_of(const v1::Envelope& reply) {
  return reply.has_error() ? reply.error().code() : std::string{};
}

client::Link::Delivery Inbox::taker() {
  return
      [this](v1::Envelope&& envelope) { signal_.change([&] { waiting_.push_back(std::move(envelope)); }); };
}

v1::Envelope Inbox::next() {
  if (!signal_.wait([this] { return !waiting_.empty(); })) throw std::runtime_error("nothing was delivered");
  return signal_.read([this] {
    v1::Envelope first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  });
}

std::size_t Inbox::size() {
  return signal_.read([this] { return waiting_.size(); });
}

}  // namespace bannette::test
