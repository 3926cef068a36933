// The ledger of calls: facts in, the whole way of each call out. Pure and deterministic; bounded
// (limits.hpp); a fact told twice, late or in another order changes nothing that was right. The same facts in
// the same order give the same ledger, so that a journal of facts rebuilds it.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <boost/unordered/unordered_node_map.hpp>

#include "router/calls/call.hpp"
#include "router/calls/event.hpp"

namespace bannette::calls {

struct Rules {
  std::int64_t short_ms = 5'000;    // abandoned sooner: counted apart
  std::int64_t settle_ms = 10'000;  // limits::settle
  std::int64_t unqualified_ms = 12LL * 3600 * 1000;
};

struct Changes {
  bool any = false;                // the fact told something new: it belongs into the journal
  std::vector<std::string> calls;  // ids of calls that are other than before
  std::vector<std::string> posts;  // "PBX:INTERFACE" of posts that are other than before
};

struct Counts {                 // of facts that could not be used, since the start
  std::uint64_t repeated = 0;   // told before, or too late: the call is over
  std::uint64_t unrelated = 0;  // of no call and no post
  std::uint64_t refused = 0;    // beyond a bound
};

class Ledger {
 public:
  explicit Ledger(Rules rules = {});
  [[nodiscard]] Changes apply(const Event& event);
  // What only the clock brings: calls whose channels are gone are finished when nothing late can come any
  // more.
  [[nodiscard]] Changes advance(std::int64_t now_ms);
  // The stream is over: everything open ends with its fate unknown, and is finished.
  void close();
  // Calls that nothing can change any more, in the order in which they ended; they leave the ledger.
  [[nodiscard]] std::vector<Call> take_finished();

  [[nodiscard]] const Call* find(std::string_view id) const;
  [[nodiscard]] const Post* post(std::string_view id) const;  // "PBX:INTERFACE"
  [[nodiscard]] const Counts& counts() const { return counts_; }
  template <class F>
  void each_call(F&& f) const {
    for (const auto& [id, call] : calls_) f(call);
  }
  template <class F>
  void each_post(F&& f) const {
    for (const auto& [id, post] : posts_) f(post);
  }
  [[nodiscard]] std::size_t open_calls() const { return calls_.size(); }

 private:
  struct Pbx {
    bool call_class = false;
    bool stopping = false;
    Moment redirect_ordered, withdraw_ordered;
    bool in_snapshot = false;
    boost::unordered_flat_set<std::string> in_snapshot_ids;
  };
  struct Touched;

  Rules rules_;
  Counts counts_;
  std::uint64_t order_ = 0;
  boost::unordered_node_map<std::string, Call> calls_;            // by id
  boost::unordered_flat_map<std::string, std::string> channels_;  // "PBX:UNIQUEID" -> call id
  boost::unordered_node_map<std::string, Post> posts_;
  boost::unordered_flat_map<std::string, Pbx> pbxs_;
  boost::unordered_flat_set<std::string> over_;  // ids and channels of finished calls
  std::deque<std::string> over_order_;
  std::vector<Call> finished_;
};

}  // namespace bannette::calls
