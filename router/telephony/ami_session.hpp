// One connection to Asterisk's Manager Interface as values: bytes, orders and time in, what is to be done
// out. No socket, no clock. Whoever has a socket obeys the effects in their order.
//
//   begin() -> greeting -> (challenge ->) login -> listing -> up -> over -> lost()
//
// After each login the PBX is asked for what is there (QueueStatus, CoreShowChannels), for nothing tells what
// happened while nobody listened. What happens while the lists come is kept back until they are whole, so
// that the ledger hears "this was there" before "this happened since". The lists are asked for again after
// FullyBooted (a login while Asterisk starts sees half of what is there) and after Reload. Sources:
// docs.asterisk.org, "AMI v2 Specification" and "AMI actions"; the captures in tests/data/telephony.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "queue/core/clock.hpp"
#include "router/calls/event.hpp"
#include "router/telephony/ami_orders.hpp"
#include "router/telephony/ami_parser.hpp"
#include "router/telephony/ami_reader.hpp"
#include "router/telephony/order_book.hpp"

namespace bannette::telephony {

namespace limits {
inline constexpr std::size_t held =
    20'000;  // facts kept back while lists come, some 16 MiB; more: all are let go
}

struct AmiAccount {
  std::string user;
  std::string secret;
  bool challenge = true;                        // log in by MD5 challenge
  std::string mask = "system,call,agent,user";  // of events; to an unknown one the PBX says "Events: Off"
};

struct AmiTimes {  // milliseconds
  std::int64_t login =
      10'000;  // from the connection to the login's answer: a wrong secret takes Asterisk one second
  std::int64_t quiet = 15'000;         // without a byte: ping
  std::int64_t pong = 10'000;          // and then still without one: the PBX is gone
  std::int64_t lists = 30'000;         // until both lists are whole
  std::int64_t between_lists = 5'000;  // a PBX that reloads all the time is not asked all the time
  OrderBook::Patience orders;
};

// Why a connection ended.
enum class Ending : std::uint8_t {
  lost,           // by the network, or by the PBX without a word
  shutdown,       // the PBX said that it stops
  stopped,        // by us
  no_greeting,    // whoever answers is no Asterisk Manager, or says nothing
  login_refused,  // wrong user or secret, or an address that may not log in
  silent,         // no byte although it was asked
  no_lists,       // it does not say what is there
};
[[nodiscard]] std::string_view name(Ending ending);

struct Send {
  std::string bytes;
  bool operator==(const Send&) const = default;
};
struct Fact {  // a fact for the ledger
  calls::Event event;
  bool operator==(const Fact&) const = default;
};
struct Close {
  Ending why = Ending::stopped;
  std::string detail;  // the PBX's own words, or empty
  bool operator==(const Close&) const = default;
};
using Effect = std::variant<Send, Fact, Answered, Close>;
using Effects = std::vector<Effect>;

class AmiSession {
 public:
  enum class Phase : std::uint8_t { away, greeting, challenge, login, listing, up, over };
  struct Counts {  // since it was made
    std::uint64_t bytes = 0;
    std::uint64_t messages = 0;
    std::uint64_t malformed = 0;   // lines and messages of which something was left out
    std::uint64_t oversized = 0;   // of them, for their size
    std::uint64_t unexpected = 0;  // answers that nobody asked for
    std::uint64_t logins = 0;
    std::uint64_t listings = 0;  // times that the lists came whole
    std::uint64_t let_go = 0;    // times that too much was kept back
  };

  AmiSession(std::string pbx, AmiAccount account, AmiTimes times);

  void begin(const Instant& now);  // the connection is there
  void receive(std::string_view bytes, const Instant& now, Effects& out);
  void tick(const Instant& now, Effects& out);  // due_ms() has come
  void stop(Effects& out);
  // The connection is gone, whoever ended it. Orders that wait are answered.
  void lost(const Instant& now, Effects& out);

  // `order` is a number that the asker knows it by. Refused at once where it cannot be sent: unavailable
  // where nobody is logged in, busy, malformed.
  void order(std::uint64_t order, const Dial& dial, const Instant& now, Effects& out);
  void order(std::uint64_t order, const Pause& pause, const Instant& now, Effects& out);

  [[nodiscard]] std::int64_t due_ms() const;  // boot clock; never: int64's greatest
  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] bool logged_in() const { return phase_ == Phase::listing || phase_ == Phase::up; }
  [[nodiscard]] bool events_on() const { return events_on_; }            // the mask lets something through
  [[nodiscard]] const std::string& version() const { return version_; }  // of AMI: "13.0.0"
  [[nodiscard]] Ending ending() const { return ending_; }                // of the last connection
  [[nodiscard]] const std::string& ending_detail() const { return ending_detail_; }
  [[nodiscard]] Counts counts() const;

 private:
  std::string fresh_id();
  void close(Ending why, std::string_view detail, Effects& out);
  void take(const AmiMessage& message, const Instant& now, Effects& out);
  void greet(const AmiMessage& message, const Instant& now, Effects& out);
  void log_in(std::string_view challenge, Effects& out);
  void take_answer(const AmiMessage& message, const Instant& now, Effects& out);
  void take_login(const AmiMessage& message, const Instant& now, Effects& out);
  void take_event(const AmiMessage& message, const Instant& now, Effects& out);
  void pass_on(const AmiMessage& message, const Instant& now, Effects& out);
  void list(const Instant& now, Effects& out);
  void list_again(const Instant& now);
  void list_over(std::string& which, bool whole, const Instant& now, Effects& out);
  void tell(calls::Kind kind, std::string_view reason, const Instant& now, Effects& out);
  void release(Effects& out);
  template <class Order>
  void send(std::uint64_t number, const Order& order, const Instant& now, Effects& out);
  void answers_out(Effects& out);

  std::string pbx_;
  AmiAccount account_;
  AmiTimes times_;
  AmiReader reader_;

  Phase phase_ = Phase::away;
  AmiParser parser_;
  OrderBook orders_;
  Answers answers_;            // of one call; kept for its memory
  std::uint64_t actions_ = 0;  // asked since it was made: names them
  std::string login_id_, mask_id_, ping_id_, queues_id_,
      channels_id_;  // actions without an answer, lists without an end
  std::int64_t login_due_ms_ = 0;
  std::int64_t heard_ms_ = 0;  // the last byte
  std::int64_t pinged_ms_ = 0;
  std::int64_t listed_ms_ = 0;      // the lists were asked for
  std::int64_t list_again_ms_ = 0;  // 0: no need
  bool keeping_ = false;            // the lists come
  bool whole_ = false;              // so far
  std::vector<calls::Event> held_;
  bool was_in_ = false;    // logged in, so that the end is to be told
  bool stopping_ = false;  // the PBX said that it stops
  bool events_on_ = false;
  std::string version_;
  Ending ending_ = Ending::stopped;
  std::string ending_detail_;
  Counts counts_;
};

}  // namespace bannette::telephony
