#include "tests/bench/our_site.hpp"

#include <cstdlib>
#include <iostream>

#include "queue/broker/keys.hpp"
#include "queue/system/random.hpp"
#include "tests/bench/system.hpp"

namespace bannette::bench {
namespace {

void put_key(v1::Envelope& envelope) {
  const Uuid key = system::new_uuid7();
  envelope.set_idempotency_key(key.bytes.data(), key.bytes.size());
}

}  // namespace

Rules site_rules() {
  Rules rules;
  rules.site = "bench";
  rules.bannettes = {kHeap, kRound, "standard", "arbitrage"};
  rules.topics = {{"social.budget", {Delay::Unit::calendar_ms, 432'000'000}, false}};
  rules.calendar.zone = date::locate_zone("Europe/Paris");
  return rules;
}

client::Curve key_for(const std::filesystem::path& data, const std::string& principal,
                      const std::string& server_key) {
  const auto pair = broker::new_key_pair();
  if (broker::add_key(data, principal, pair.public_key).has_error()) std::abort();
  return {pair.public_key, pair.secret_key, server_key};
}

std::unique_ptr<client::Link> open_link(client::Options options, zmq::context_t* context) {
  auto link = std::make_unique<client::Link>(std::move(options), context);
  link->start();
  if (!link->wait_up(std::chrono::seconds{10})) return nullptr;
  return link;
}

v1::Envelope submission(const char* bannette, const std::string& mark) {
  static const std::string note(kPayload, 'n');
  v1::Envelope envelope;
  put_key(envelope);
  auto& submit = *envelope.mutable_submit();
  submit.set_bannette(bannette);
  submit.set_topic("social.budget");
  submit.set_urgency(v1::URGENCY_NORMAL);
  submit.set_insee(mark);
  submit.mutable_content()->set_note(note);
  return envelope;
}

v1::Envelope take_next() {
  v1::Envelope envelope;
  put_key(envelope);
  envelope.mutable_take();
  return envelope;
}

v1::Envelope handle(const v1::Header& header) {
  v1::Envelope envelope;
  put_key(envelope);
  auto& handle = *envelope.mutable_handle();
  handle.set_dossier(header.reference());
  handle.set_fence(header.fence());
  handle.set_outcome(v1::OUTCOME_ANSWERED);
  return envelope;
}

void must(const v1::Envelope& reply) {
  if (!reply.has_error()) return;
  std::cerr << "refused: " << reply.error().code() << ' ' << reply.error().detail() << '\n';
  std::_Exit(1);
}

}  // namespace bannette::bench
