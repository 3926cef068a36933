// A Desk with a simulated disk behind it and people in front of it: a test says what arrives and reads what
// leaves.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"
#include "queue/desk/desk.hpp"
#include "tests/sim/sim_journal.hpp"
#include "tests/unit/queue_core/world.hpp"

namespace bannette::test {

inline const session::Peer kUnitPeer{0, "roubaix"}, kOtherPeer{0, "lille"}, kRouterPeer{1, "router"},
    kConsolePeer{2, "console"};
inline const Authority kUnitKey = *authority_of("unit:roubaix"), kOtherKey = *authority_of("unit:lille"),
                       kConsoleKey = *authority_of("console");
inline const Refusal kFull{Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};

inline v1::Envelope asking(std::uint64_t id = 1) {
  v1::Envelope envelope;
  envelope.set_request_id(id);
  return envelope;
}

inline v1::Envelope showing(const std::string& dossier, bool content = true) {
  v1::Envelope show = asking(5);
  show.mutable_show()->set_dossier(dossier);
  show.mutable_show()->set_content(content);
  return show;
}

inline v1::Envelope by(const char* name, v1::Role role, v1::Envelope envelope, const char* unit = nullptr) {
  envelope.mutable_actor()->set_name(name);
  envelope.mutable_actor()->set_role(role);
  if (unit != nullptr) envelope.mutable_actor()->add_units(unit);
  return envelope;
}

struct Office {
  SimDisk disk;
  SimJournal journal{disk, "essai"};
  Instant now{kTuesday, 1'000'000, 7};
  desk::Desk desk{{"essai", journal.epoch()}, desk::reload(site_rules(), journal, now), 0};
  std::vector<std::pair<session::Peer, v1::Envelope>> sent;  // all that left, in order
  std::uint64_t keys = 0;

  void pass(std::int64_t ms) {
    now.wall_ms += ms;
    now.boot_ms += ms;
  }
  std::string key() {
    const Uuid id = make_uuid7(now.wall_ms, {0, 0, 0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(++keys >> 8),
                                             static_cast<std::uint8_t>(keys)});
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
  }

  void say(const session::Peer& peer, const Authority& who, const v1::Envelope& envelope) {
    const std::string body = codec::encode(envelope);
    desk.receive(peer, who, {codec::kHeader, body}, now);
    look();
  }
  void greet(const session::Peer& peer, const Authority& who) {
    v1::Envelope envelope = asking();
    envelope.mutable_hello()->set_protocol(1);
    say(peer, who, envelope);
  }
  void greet_all() {
    greet(kUnitPeer, kUnitKey);
    greet(kOtherPeer, kOtherKey);
    greet(kRouterPeer, kRouter);
    greet(kConsolePeer, kConsoleKey);
    sent.clear();
  }

  void look() {  // what may leave, leaves
    for (auto& out : desk.outgoing()) {
      desk::fulfil(out, journal);
      if (codec::encode(out.envelope).empty()) throw std::logic_error("an empty answer");
      sent.emplace_back(out.peer, std::move(out.envelope));
    }
  }
  bool commit() {
    const auto batch = desk.start_commit();
    if (!batch) return false;
    desk.committed(journal.append(*batch).seq);
    look();
    return true;
  }
  void fail() {
    if (!desk.start_commit()) throw std::logic_error("nothing to commit");
    desk.failed(kFull, desk::reload(site_rules(), journal, now), now);
    look();
  }

  v1::Envelope submission(std::string bannette = "roubaix/pmi", std::uint64_t id = 1) {
    v1::Envelope envelope = asking(id);
    envelope.set_idempotency_key(key());
    auto& submit = *envelope.mutable_submit();
    submit.set_bannette(std::move(bannette));
    submit.set_topic("sans-delai");
    submit.set_urgency(v1::URGENCY_NORMAL);
    submit.set_contact("+33320000000");
    submit.mutable_content()->set_note("Elle demande une aide.");
    return envelope;
  }
  v1::Receipt submit(std::string bannette = "roubaix/pmi") {
    say(kRouterPeer, kRouter, submission(std::move(bannette)));
    commit();
    return last().receipt();
  }
  v1::Envelope taking(const std::string& dossier) {
    v1::Envelope envelope = asking(2);
    envelope.set_idempotency_key(key());
    envelope.mutable_take()->set_dossier(dossier);
    return envelope;
  }
  const v1::Envelope& last() const { return sent.back().second; }
  std::string last_code() const { return sent.empty() ? "" : last().error().code(); }
};

}  // namespace bannette::test
