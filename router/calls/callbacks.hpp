// Whom to call back: everybody who called, was not answered and can be reached by a number. Grouped by
// number: one entry a person, who must not be called twice by two posts. Pure and deterministic: a command
// decides and gives its changes, `evolve` alone says what a change does, and folding the kept changes gives
// the list again.
//
// A call that ended within five seconds (abandoned_short) makes no entry the first time: it is a slip of the
// finger, or a second thought when the announcement begins, and calling such people back takes posts from
// those who wait. Who does it again within the hour wants something: the second one makes an entry. With an
// entry open each counts as an attempt.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "queue/core/error.hpp"

namespace bannette::calls {

// How a call was missed.
enum class MissedAs : std::uint8_t {
  abandoned = 1,    // hung up while waiting
  abandoned_short,  // within five seconds
  overflowed,       // left the queue unanswered: too long a wait, or by a key
  turned_away,      // not let into the queue
  unknown,          // the PBX was lost meanwhile; nobody is known to have answered
};

struct MissedCall {
  std::string call;    // its id in the ledger
  std::string number;  // as the PBX told it; "" withheld
  std::string queue;
  MissedAs as = MissedAs::abandoned;
  std::int64_t arrival_ms = 0;  // Unix time
};

enum class CallbackEnd : std::uint8_t {
  reached = 1,       // a post called and the person answered
  unreachable,       // no answer, as often as the site says
  resolved_by_call,  // they called again and got through
  given_up,          // a person said so, with a reason
  expired,           // the site keeps no number for so long
};

// What happened to the list. Flat, so that it is stored field by field; `number` and `dialled` are personal.
struct CallbackChange {
  enum class What : std::uint8_t {
    noted_short = 1,  // no entry yet: one short call of `number`
    opened,           // a new entry
    called_again,     // one more attempt of theirs
    danger_told,      // a dossier of that number is in danger, or no more
    locked,           // `post` dials
    released,         // it does no more: given back, out of time, or gone
    tried,            // no answer; rests until `until_ms`
    ended,            // `end` says how
    got_through,      // a call of `number` was answered; missed ones before `at_ms` are settled
    not_kept,         // the list is full: counted
  };
  What what = What::opened;
  std::int64_t at_ms = 0;
  std::uint64_t entry = 0;  // 0: none
  std::string number;       // as caller_of gives it
  std::string dialled;      // as the PBX told it last
  std::string call;         // id in the ledger
  std::string queue;
  std::string post, person;     // who locks, tries, ends
  std::string reason;           // of giving up
  std::int64_t arrival_ms = 0;  // of the missed call
  std::int64_t until_ms = 0;    // a lock ends, a rest is over
  bool danger = false;
  MissedAs as = MissedAs::abandoned;
  CallbackEnd end = CallbackEnd::reached;
  bool operator==(const CallbackChange&) const = default;
};
using CallbackChanges = std::vector<CallbackChange>;

struct Callback {
  std::uint64_t id = 0;
  std::string number;       // as caller_of gives it
  std::string dialled;      // as the PBX told it last
  std::string queue, call;  // of the last missed call
  MissedAs as = MissedAs::abandoned;
  std::int64_t first_ms = 0, last_ms = 0;  // arrivals of the missed calls; first_ms is the entry's age
  std::uint32_t attempts = 0;              // of theirs
  std::uint32_t tries = 0;                 // of ours, without an answer
  std::int64_t tried_ms = 0;               // our last one; 0: none
  std::int64_t rests_until_ms = 0;         // after a try; until then it stands behind the others
  bool danger = false;
  std::string post, person;  // who dials; empty: nobody
  std::int64_t locked_until_ms = 0;
  [[nodiscard]] bool locked() const { return !post.empty(); }
  bool operator==(const Callback&) const = default;
};

// What a site may choose. Milliseconds.
struct CallbackRules {
  std::uint32_t tries = 3;                       // then unreachable; 1..20
  std::int64_t lock_ms = 5LL * 60'000;           // a post dials for so long at the most
  std::int64_t rest_ms = 15LL * 60'000;          // between two tries
  std::int64_t keep_ms = 30LL * 24 * 3'600'000;  // then expired
};

class Callbacks {
 public:
  static constexpr std::size_t bound = 20'000;  // open entries; ten days of a site where nobody calls back
  static constexpr std::size_t remembered = 20'000;  // numbers that got through, short calls, ids of calls
  static constexpr std::int64_t short_again_ms = 3'600'000;
  static constexpr std::size_t reason_most = 300, name_most = 128;

  explicit Callbacks(CallbackRules rules = {}) : rules_(rules) {}
  void set_rules(CallbackRules rules) { rules_ = rules; }

  // A call was missed. Nothing for a withheld number or one that nobody can call (counted by the figures),
  // for a call already told, and for one whose caller got through since.
  CallbackChanges missed(const MissedCall& call, std::int64_t now_ms);

  // A call of that number was answered, by whomever, or a post called and the person answered (`ours`).
  CallbackChanges got_through(std::string_view number, std::string_view call, bool ours, std::int64_t at_ms);

  // A post called that number and nobody answered: a try of the post that dials it, once for each `call`.
  // Nothing where nobody dials.
  CallbackChanges unanswered(std::string_view number, std::string_view call, std::int64_t now_ms);

  // There is an open dossier in danger of that number, or no more. Nothing where no entry is.
  CallbackChanges danger(std::string_view number, bool in_danger, std::int64_t now_ms);

  // A post dials: nobody else may until it is given back, or `lock_ms` have passed. What the post had locked
  // before is given back. not_found; held_by_other; malformed where post or person is empty or beyond
  // `name_most`.
  Result<CallbackChanges> dial(std::uint64_t entry, std::string_view post, std::string_view person,
                               std::int64_t now_ms);
  // The person who dials gives it back, without having tried. not_found; held_by_other; bad_state: nobody
  // dials.
  Result<CallbackChanges> release(std::uint64_t entry, std::string_view person, std::int64_t now_ms);
  // The person answered, or it will not be tried again (`reason` in a few words, at most `reason_most`
  // bytes): whoever dials, or anybody where nobody does. Nobody answered (ends as unreachable after `tries`):
  // whoever dials. not_found; held_by_other; bad_state: nobody dials; missing or too_large reason.
  Result<CallbackChanges> reached(std::uint64_t entry, std::string_view person, std::int64_t now_ms);
  Result<CallbackChanges> no_answer(std::uint64_t entry, std::string_view person, std::int64_t now_ms);
  Result<CallbackChanges> give_up(std::uint64_t entry, std::string_view person, std::string_view reason,
                                  std::int64_t now_ms);

  // The post is gone (its person left, it lost the network): what it dials is free again.
  CallbackChanges post_gone(std::string_view post, std::int64_t now_ms);
  // Locks and entries whose time is over.
  CallbackChanges advance(std::int64_t now_ms);
  // When `advance` has something to do next; nothing for never.
  [[nodiscard]] std::optional<std::int64_t> next_due_ms() const;

  // One kept change, at a restart, in the order in which they were made.
  void evolve(const CallbackChange& change);

  [[nodiscard]] const Callback* find(std::uint64_t entry) const;
  [[nodiscard]] const Callback* of_number(std::string_view number) const;
  // In the order in which to call: who rests after a try behind the others; danger first; most attempts;
  // oldest.
  [[nodiscard]] std::vector<const Callback*> ranked(std::int64_t now_ms, std::size_t most) const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t in_danger() const { return in_danger_; }
  [[nodiscard]] std::int64_t oldest_ms() const;  // first_ms of the oldest entry; 0: none
  [[nodiscard]] std::uint64_t not_kept() const { return not_kept_; }

 private:
  using Rank =
      std::tuple<bool, std::int64_t, std::int64_t, std::uint64_t>;  // no danger, -attempts, first, id
  static Rank rank(const Callback& entry);

  // The newest `remembered` of them.
  class Times {
   public:
    void set(const std::string& number, std::int64_t at_ms);
    [[nodiscard]] std::optional<std::int64_t> find(const std::string& number) const;

   private:
    boost::unordered_flat_map<std::string, std::int64_t> at_;
    std::deque<std::pair<std::string, std::int64_t>> order_;
  };

  CallbackChanges made(CallbackChanges changes);  // evolved
  Result<const Callback*> free_for(std::uint64_t entry, std::string_view person) const;
  CallbackChange about(const Callback& entry, CallbackChange::What what, std::int64_t now_ms) const;
  CallbackChange ending(const Callback& entry, CallbackEnd end, std::string_view person,
                        std::int64_t now_ms) const;
  CallbackChanges tried(const Callback& entry, std::string_view call, std::int64_t now_ms);
  bool told(const std::string& call) const { return told_.contains(call); }
  void tell(const std::string& call);
  void open(const CallbackChange& change);
  void change_entry(Callback& entry, const CallbackChange& change);
  void end(const Callback& entry);

  CallbackRules rules_;
  std::map<std::uint64_t, Callback> entries_;
  std::set<Rank> order_;
  boost::unordered_flat_map<std::string, std::uint64_t> by_number_;
  std::map<std::string, std::uint64_t, std::less<>> by_post_;          // locks
  std::set<std::pair<std::int64_t, std::uint64_t>> lock_ends_, ages_;  // (time, entry)
  Times shorts_, through_;
  boost::unordered_flat_set<std::string> told_;
  std::deque<std::string> told_order_;
  std::uint64_t last_id_ = 0;
  std::uint64_t not_kept_ = 0;
  std::size_t in_danger_ = 0;
};

}  // namespace bannette::calls
