// The state of the desk of calls without its thread, its clock and its disk: the ledger, who sits where,
// which dossiers belong to which call, the callbacks. What must be kept comes out as records, in order;
// folded again at a start they give the same.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "queue/core/authority.hpp"
#include "queue/core/error.hpp"
#include "router/calls/callbacks.hpp"
#include "router/calls/caller.hpp"
#include "router/calls/ledger.hpp"
#include "router/switchboard/call_record.hpp"
#include "router/switchboard/call_site.hpp"

namespace bannette::router {

inline constexpr const char* kTypedPbx = "main";  // of calls that have none
// A call without a PBX, by the key that the browser made.
[[nodiscard]] std::string typed_call_id(const Uuid& key);

class CallBook {
 public:
  // Calls that are over and durable. Both may throw journal::Damaged; nothing is changed then.
  struct Past {
    std::function<std::optional<KeptCall>(std::string_view id)> find;
    std::function<bool(std::string_view id)> knows;
  };

  CallBook(std::shared_ptr<const CallSite> site, calls::CallerHash hash, Past past);
  void use(std::shared_ptr<const CallSite> site);

  // At a start, in this order. Nothing is recorded.
  void fold(const calls::Event& event);
  void fold(calls::CallbackChange change);
  void fold(const CallLink& link) { links_[link.key] = link; }
  // Afterwards: the connections to the PBXs went with the last run.
  void begin(std::int64_t now_ms);

  // What a PBX tells. Whether it says anything new.
  bool fact(const calls::Event& event, std::int64_t now_ms);
  // The id of the call that the last fact changed; empty: of none.
  [[nodiscard]] const std::string& changed_call() const { return changed_call_; }
  void advance(std::int64_t now_ms);
  // A call that is over is not begun anew by what comes late.
  [[nodiscard]] bool is_over(std::string_view id) const;

  // People. `who` is a named person of the console.
  struct Bound {
    const CallSite::Post* post = nullptr;  // nothing: none
    std::string before;                    // who sat there
  };
  Result<Bound> bind(const Person& who, std::string_view post, bool take_over, std::int64_t now_ms);
  // Which post is this person's; nothing: none.
  [[nodiscard]] const CallSite::Post* post_of(std::string_view person) const;
  [[nodiscard]] std::string person_at(const CallSite::Post& post) const;

  // The call, open or over, where this person may see it: their own, one of nobody's, supervisors all. Else
  // not_found.
  Result<calls::Call> call(const Person& who, std::string_view id) const;
  // The same, and once somebody answered any: a post fails in the middle, and whoever takes its draft over
  // writes down what was said. Not to be shown.
  Result<calls::Call> to_write_down(const Person& who, std::string_view id) const;
  struct Outcome {
    std::string code, redirected_to;
  };
  // A colleague says how it ended where nobody has, and is not told who called.
  Result<calls::Call> qualify(const Person& who, std::string_view id, const Outcome& outcome,
                              std::int64_t now_ms);
  // Of a call without a PBX, which the key names: it is made by this.
  Result<calls::Call> qualify_typed(const Person& who, const Uuid& key, const Outcome& outcome,
                                    std::int64_t now_ms);
  // A request of the intake was taken for this call (`number` 0: recorded, no dossier yet). An empty call
  // makes one of its own.
  void link(const CallLink& link);
  // The dossier of a request that was recorded; 0: it was given up.
  void resolve(const Uuid& key, std::uint64_t number, std::int64_t now_ms);
  [[nodiscard]] bool is_awaited(
      std::string_view call) const;  // a request of it is recorded, and no dossier yet

  // Callbacks. `post` is the person's own.
  Result<const calls::Callback*> lock(const Person& who, std::uint64_t id, std::int64_t now_ms);
  Result<const calls::Callback*> release(const Person& who, std::uint64_t id, std::int64_t now_ms);
  Result<calls::Callback> no_answer(const Person& who, std::uint64_t id, std::int64_t now_ms);
  Result<calls::Callback> reached(const Person& who, std::uint64_t id, std::int64_t now_ms);
  Result<calls::Callback> give_up(const Person& who, std::uint64_t id, std::string_view why,
                                  std::int64_t now_ms);
  void tell_danger(std::string_view number, bool in_danger, std::int64_t now_ms);
  // Numbers of entries that were opened or grew: somebody is to look whether a dossier of theirs is in
  // danger.
  [[nodiscard]] std::vector<std::string> take_asked_numbers() { return std::exchange(asked_numbers_, {}); }

  [[nodiscard]] const calls::Ledger& ledger() const { return ledger_; }
  [[nodiscard]] const calls::Callbacks& callbacks() const { return callbacks_; }
  [[nodiscard]] const CallSite& site() const { return *site_; }
  [[nodiscard]] std::uint64_t caller(std::string_view number) const;
  // Calls that have ended since, as they are kept: for the figures.
  [[nodiscard]] std::vector<calls::Call> take_ended() { return std::exchange(ended_, {}); }
  [[nodiscard]] std::vector<calls::CallbackChange> take_callback_changes() {
    return std::exchange(called_back_, {});
  }

  // What is to be kept, in order; grows until it is taken away, when it is durable.
  [[nodiscard]] const std::vector<CallRecord>& records() const { return records_; }
  void keep_record(CallRecord record) { records_.push_back(std::move(record)); }
  void kept(std::size_t count);
  // Grows with everything that people may see.
  [[nodiscard]] std::uint64_t version() const { return version_; }
  void seen_other() { ++version_; }  // something beside the book is other than before

 private:
  void tell_posts();
  void take_finished();
  void keep(calls::CallbackChanges changes);
  void keep_over(KeptCall kept);
  [[nodiscard]] std::optional<calls::Call> known(std::string_view id) const;
  [[nodiscard]] bool sees(const Person& who, const calls::Call& call) const;
  calls::Call with_outcome(const Person& who, calls::Call about, const Outcome& outcome, std::int64_t now_ms);
  void type_call(const Uuid& key, const std::string& person, std::int64_t now_ms);
  void link_dossier(const CallLink& link);
  Result<const calls::Callback*> shown(Result<calls::CallbackChanges> changes, std::uint64_t id);
  Result<calls::Callback> ended(std::uint64_t id, const std::function<Result<calls::CallbackChanges>()>& act);
  static calls::Event of_person(calls::Kind kind, const calls::Call& call, std::string_view person,
                                std::int64_t now_ms);

  std::shared_ptr<const CallSite> site_;
  calls::CallerHash hash_;
  Past past_;
  calls::Ledger ledger_;
  calls::Callbacks callbacks_;
  std::map<Uuid, CallLink> links_;  // recorded, without a dossier yet
  std::vector<CallRecord> records_;
  std::map<std::string, KeptCall, std::less<>>
      over_;  // whose record is not durable yet: the disk does not know them
  std::vector<calls::Call> ended_;
  std::vector<calls::CallbackChange> called_back_;
  std::vector<std::string> asked_numbers_;
  std::string changed_call_;
  std::uint64_t version_ = 1;  // since this start
};

}  // namespace bannette::router
