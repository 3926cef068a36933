// The ledger of calls: facts in, the whole way of each call out. Pure and deterministic; bounded
// (limits.hpp); a fact told twice, late or in another order changes nothing that was right. The same facts in
// the same order give the same ledger, so that a journal of facts rebuilds it.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "router/calls/call.hpp"
#include "router/calls/event.hpp"
#include "router/calls/limits.hpp"
#include "router/calls/posts.hpp"

namespace bannette::calls {

struct Rules {
  std::int64_t short_ms = 5'000;                      // abandoned sooner: counted apart
  std::int64_t unqualified_ms = limits::unqualified;  // an answered call waits so long for its qualification
};

struct Changes {
  bool any = false;                // the fact told something new: it belongs into the journal
  std::vector<std::string> calls;  // ids of calls that are other than before
  std::vector<std::string> posts;  // "PBX:INTERFACE" of posts that are other than before
};

class Ledger {
 public:
  struct Counts {                 // of facts that changed nothing, since the start
    std::uint64_t repeated = 0;   // told before, or too late: the call is over
    std::uint64_t unrelated = 0;  // of no call and no post that we know
    std::uint64_t refused = 0;    // beyond a bound
    std::uint64_t displaced = 0;  // calls that ended because too many were open
  };

  explicit Ledger(Rules rules = {});
  void set_rules(const Rules& rules);  // for calls that are not finished
  Changes apply(const Event& event);
  // What only the clock brings: calls whose channels are gone are finished when nothing late can come any
  // more.
  void advance(std::int64_t now_ms);
  // The stream is over: what is open ends with its fate unknown, and all is finished.
  void close(std::int64_t now_ms);
  // Calls that nothing can change any more, in the order in which they were finished. They leave the ledger.
  [[nodiscard]] std::vector<Call> take_finished();

  [[nodiscard]] const Call* find(std::string_view id) const;
  [[nodiscard]] const Post* post(std::string_view id) const { return posts_.find(id); }  // "PBX:INTERFACE"
  [[nodiscard]] const Posts& posts() const { return posts_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] std::size_t open_calls() const { return calls_.size(); }
  [[nodiscard]] std::size_t watched() const { return due_.size(); }  // calls that a time will end
  template <class F>
  void each_call(F&& f) const {
    for (const auto& [id, call] : calls_) f(call);
  }

 private:
  struct Ordered {  // a command of ours that was obeyed; whom it moved shows
    Outcome as = Outcome::redirected;
    Moment at;
  };
  struct Bridge {  // of a snapshot: who talks with whom
    std::string caller, post_channel, post_uniqueid;
  };
  struct Pbx {
    bool call_class = false;  // events of AMI's class "call" reach us
    bool was_down = false;    // since the ledger began
    Moment stopping, snapshot_began;
    std::vector<Ordered> orders;
    boost::unordered_flat_set<std::string> present;  // uniqueids of the snapshot
    boost::unordered_flat_map<std::string, Bridge> bridges;
  };
  struct Told;  // one event while it is applied

  Call* call_of(const Event& event, bool may_begin);
  Channel* channel_of(Call& call, const std::string& uniqueid, const std::string& channel);
  void lose(Call& call, const Moment& at);
  void settle(Call& call, Told& told);
  [[nodiscard]] std::int64_t finished_at(const Call& call) const;
  void look_at(Call& call, std::int64_t at_ms);
  void finish(const std::string& id);
  void make_room();

  bool on_channel(Told& told, Call& call);
  bool announced(Told& told, Call& call);
  bool ending(Told& told, Call& call);
  static bool end_of_channel(Leg& leg, const Channel& channel);
  bool dial_ended(Told& told, Call& call);
  bool end_of_dial(Told& told, Call& call, Ring& ring);
  bool on_leg_of_channel(Told& told, Call& call);
  bool on_person(Told& told, Call& call);

  bool on_queue(Told& told, Call& call);
  Leg* open_leg(Told& told, Call& call);
  static bool describe(const Told& told, Call& call, Leg& leg);
  // The number is not to be shown. Once it was said it stays, and of all legs: other events bear the number
  // all the same.
  static bool conceal(Call& call);
  bool comes_again(const Told& told, const Call& call, const Leg& last) const;
  bool joined(Told& told, Call& call);
  bool line_ended(Told& told, Leg& leg);
  bool ringing(Told& told, Call& call, Leg& leg);
  bool connected(Told& told, Call& call, Leg& leg);
  bool dumped(Told& told, Call& call);
  Leg* talked(const Told& told, Call& call);
  bool completed(Told& told, Call& call);

  bool on_pbx(Told& told);
  bool on_order(Told& told);
  void take_order(Pbx& pbx, Leg& leg);
  bool stopping(Told& told);
  bool snapshot_channel(Told& told);
  void take_post(Call& call, Leg& leg, const Bridge& bridge);
  bool snapshot_end(Told& told);

  Rules rules_;
  Counts counts_;
  std::uint64_t order_ = 0;
  std::unordered_map<std::string, Call> calls_;                   // by id
  boost::unordered_flat_map<std::string, std::string> channels_;  // "PBX:UNIQUEID" -> id of its call
  std::deque<std::string> oldest_;                      // ids in the order of creation; some are gone
  std::set<std::pair<std::int64_t, std::string>> due_;  // when to look at a call: one of each, or none
  Posts posts_;
  boost::unordered_flat_map<std::string, Pbx> pbxs_;
  boost::unordered_flat_set<std::string> over_;  // "PBX:UNIQUEID" of finished calls
  std::deque<std::string> over_order_;
  std::vector<Call> finished_;
};

}  // namespace bannette::calls
