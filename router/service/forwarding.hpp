// Between the intake and the queue: each request is asked of the queue, or kept in the outbox until the queue
// has confirmed it; of one caller in the order in which they came. Shell of router/core/lanes.hpp: the
// connection, the outbox, the clock. One thread calls everything but queue_up().
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include <zmq.hpp>

#include "queue/client/link.hpp"
#include "queue/system/mailbox.hpp"
#include "router/core/lanes.hpp"
#include "router/service/outbox.hpp"

namespace bannette::router {

struct ForwardingOptions {
  std::filesystem::path data;  // outbox.db
  seal::Key master;
  std::string queue;
  std::uint64_t free_space_mark = 0;  // bytes: below, nothing is recorded
  std::int64_t patience_ms = 700;     // without the queue's confirmation for so long: into the outbox
};

class Forwarding {
 public:
  using Told = std::function<void(v1::Envelope&&)>;  // request_id is not set
  // A request has become a dossier: what was asked, and the receipt. Or it was recorded here: no receipt yet.
  using Logged = std::function<void(const v1::Envelope& asked, const v1::Receipt* receipt)>;

  Forwarding(zmq::context_t& context, ForwardingOptions options);
  ~Forwarding();  // ends the connection; nobody is told any more
  Forwarding(const Forwarding&) = delete;
  Forwarding& operator=(const Forwarding&) = delete;
  void on_logged(Logged logged) { logged_ = std::move(logged); }  // before start()
  void start() { link_->start(); }

  // A Submit with its key and actor. Told once: receipt (durable in the queue), recorded (durable here), or
  // error.
  void submit(v1::Envelope asked, Told told);
  // Any other question to the queue. Told its answer.
  void ask(v1::Envelope question, Told told);

  [[nodiscard]] int fd() const { return answers_.fd(); }  // readable: drain() has something
  void wake() { answers_.wake(); }
  void drain();
  // Sends the letters that may leave.
  void pump(std::int64_t boot_ms);
  [[nodiscard]] std::int64_t next_pump_ms() const { return next_pump_ms_; }
  [[nodiscard]] std::size_t asked() const { return asked_ + live_.size(); }  // not answered yet
  [[nodiscard]] bool is_full() const;                                        // no more may be asked: busy
  [[nodiscard]] bool queue_up() const { return link_->up(); }

  // For people. `report`, `list` and `acts` change nothing; the other two as Outbox has them.
  void report(v1::OutboxReport& out);
  void list(v1::OutboxLetters& out, std::uint64_t after_place, std::size_t limit);
  void acts(v1::OutboxLetters& out, std::size_t limit);
  Result<v1::OutboxLetter> retry(std::uint64_t place, const Deed& deed);
  Result<v1::OutboxLetter> discard(std::uint64_t place, const Deed& deed);
  [[nodiscard]] Outbox::State state() { return outbox_.state(); }
  [[nodiscard]] std::size_t dangers() const { return dangers_.size(); }  // in danger, and waiting here

 private:
  struct Answered {
    Told told;
    v1::Envelope reply;
  };
  struct Live {
    v1::Envelope asked;
    Told told;
    std::string lane;
  };

  void send_live(std::uint64_t ticket);
  void live_answered(std::uint64_t ticket, v1::Envelope&& reply);
  bool record(const Live& live);
  void send_letter(std::uint64_t place, std::int64_t boot_ms);
  void letter_answered(std::uint64_t place, const v1::Envelope& asked, const v1::Envelope& reply);
  void enter(const Letter& letter);
  v1::OutboxLetter shown(const Letter& letter) const;

  ForwardingOptions options_;
  Outbox outbox_;
  Lanes lanes_;
  Logged logged_;
  system::Mailbox<Answered> answers_;
  std::size_t asked_ = 0;  // of the queue
  std::uint64_t last_ticket_ = 0;
  std::unordered_map<std::uint64_t, Live> live_;
  std::map<std::uint64_t, std::string> last_;  // letters' last refusals
  std::set<std::uint64_t> dangers_;
  std::int64_t next_pump_ms_ = 0;
  bool was_up_ = false;
  std::unique_ptr<client::Link> link_;  // last: its thread ends before what its answers touch
};

}  // namespace bannette::router
