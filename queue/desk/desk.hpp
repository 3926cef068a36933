// The broker without its sockets: messages in, messages out, batches to commit. Pure but for the port it is
// given, so that the simulation (tests/sim) runs this very code on a simulated network and disk.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/codec/wire.hpp"
#include "queue/core/bannettes.hpp"
#include "queue/journal/journal.hpp"
#include "queue/session/pipeline.hpp"
#include "queue/session/sessions.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::desk {

// What is read from the journal when the answer may leave: durable, and only by those who may.
struct Read {
  std::optional<std::uint64_t> number;  // show
  std::string contact;                  // find by number
  bool is_show = false;
  bool content = false;
  bool history = false;
  bool texts = false;                         // of the history
  bool purposes = false;                      // what stands beside looks, at least
  bool hides_copies = false;                  // from whom the topic is hidden
  std::optional<std::uint64_t> events_after;  // list events
  std::optional<codec::ReadsAsked> reads;     // readings instead of events; of `number` where it is given
  std::uint32_t events = 0;                   // at most so many
  std::string site;                           // names them
  std::uint64_t receipt_seq = 0;              // a submission that was tried again: its first receipt
  // Find, events: for whom, and what is hidden from them.
  Authority who;
  std::shared_ptr<const Restricted> restricted;
};

struct Outgoing {
  session::Peer peer;
  v1::Envelope envelope;
  std::optional<Read> read;  // to be fulfilled first
};

// Counted since start, for /metrics. Nothing personal.
struct Tally {
  std::uint64_t received = 0;
  std::uint64_t malformed = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t hints_missed = 0;
  std::map<std::string, std::uint64_t> refused;       // by code
  std::map<std::string, std::uint64_t> malformed_by;  // by principal
};

struct Identity {
  std::string site;
  std::uint64_t epoch = 0;
};

class Desk {
 public:
  // `bannettes` is restored up to `durable`.
  Desk(Identity identity, Bannettes bannettes, std::uint64_t durable);

  // One message, from an authenticated peer.
  void receive(const session::Peer& peer, const Authority& who, const std::vector<std::string_view>& frames,
               const Instant& now);
  // A reply of the router to a relayed request.
  void relayed(const std::vector<std::string_view>& frames);
  void tick(const Instant& now);
  void forget(const session::Peer& peer) { sessions_.forget(peer); }  // unroutable, or its key revoked

  // At most one batch is out at a time. It ends in committed() or failed().
  [[nodiscard]] bool committing() const { return pipeline_.in_flight(); }
  [[nodiscard]] std::size_t filling() const { return pipeline_.filling(); }  // changes for the next one
  [[nodiscard]] std::optional<std::vector<journal::Entry>> start_commit() { return pipeline_.start(); }
  void committed(std::uint64_t durable_seq) { pipeline_.committed(durable_seq); }
  // Nothing of the batch was kept: all that waited is refused, and the state is as the journal has it.
  // Changes are then refused for a second before the disk is tried again.
  void failed(const Refusal& refusal, Bannettes reloaded, const Instant& now);

  // What may leave now. Nothing for a peer whose session ended while it waited: its key may have been
  // revoked.
  [[nodiscard]] std::vector<Outgoing> outgoing();
  [[nodiscard]] std::vector<v1::Envelope> relays();                        // for the router
  [[nodiscard]] std::int64_t next_tick_boot_ms(const Instant& now) const;  // when tick() has something to do
  [[nodiscard]] bool idle() const { return pipeline_.idle(); }
  void drain() { draining_ = true; }              // at shutdown: changes are answered `unavailable`
  void low_space(bool low) { low_space_ = low; }  // new dossiers are refused; those that are here go on

  void use(Rules rules, const Instant& now) { bannettes_.adopt(std::move(rules), now); }

  [[nodiscard]] const Bannettes& bannettes() const { return bannettes_; }
  [[nodiscard]] const session::Sessions& sessions() const { return sessions_; }
  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] std::uint64_t durable() const { return pipeline_.durable(); }

 private:
  using Pipeline = session::Pipeline<journal::Entry, Outgoing>;
  struct Relay {
    session::Peer peer;
    std::uint64_t request_id = 0;
    std::int64_t until_ms = 0;
  };

  void hello(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void serve(const session::Peer& peer, session::Session& session, const v1::Envelope& in,
             const Instant& now);
  void change(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void list(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void ended(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
             const std::vector<std::string>& names, std::uint32_t limit);
  void show(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void attend(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void events(const session::Peer& peer, const Authority& who, const v1::Envelope& in);
  void find(const session::Peer& peer, const Authority& who, const v1::Envelope& in);
  void count(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void put_slow(v1::Counts& counts, const Instant& now) const;
  void put_delegations(v1::Counts& counts, const Authority& who) const;
  bool may_change(const session::Peer& peer, const v1::Envelope& in,
                  const Instant& now);  // else it is refused
  void subscribe(const session::Peer& peer, session::Session& session, const v1::Envelope& in);
  void relay(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now);
  void keep(journal::Entry&& entry);
  void hint(const Persist& persist);
  [[nodiscard]] v1::Envelope answer_again(std::uint64_t request_id, const Reply& reply,
                                          const Authority& who) const;
  void put_header(v1::Header& out, const Dossier& dossier, const Authority& who) const;
  [[nodiscard]] Result<Read> reads(const codec::ReadsAsked& asked, const Authority& who) const;
  void answer(const session::Peer& peer, v1::Envelope envelope);  // needs no durability
  void refuse(const session::Peer& peer, std::uint64_t request_id, const Refusal& refusal);
  void answer_after(std::uint64_t seq, const session::Peer& peer, v1::Envelope envelope,
                    std::optional<Read> read = {});

  Identity identity_;
  Bannettes bannettes_;
  session::Sessions sessions_;
  Pipeline pipeline_;
  std::vector<Outgoing> immediate_;
  std::vector<v1::Envelope> relays_;
  std::map<std::uint64_t, Relay> relayed_;
  std::uint64_t next_relay_ = 1;
  bool draining_ = false;
  bool low_space_ = false;
  std::int64_t retry_boot_ms_ = 0;  // after a full disk
  Tally tally_;
};

// Reads what an answer still needs. Damaged or erased content is told, never served.
void fulfil(Outgoing& out, journal::Journal& journal);

// A fresh state from the journal.
// `began`: when this process read the journal for the first time. Leases and steps of an earlier boot end as
// they were reckoned then, however often a failed batch has the journal read again and the wall clock is set.
[[nodiscard]] Bannettes reload(const Rules& rules, journal::Journal& journal, const Instant& now,
                               const Instant& began);
[[nodiscard]] inline Bannettes reload(const Rules& rules, journal::Journal& journal, const Instant& now) {
  return reload(rules, journal, now, now);
}

}  // namespace bannette::desk
