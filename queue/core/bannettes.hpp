// The bannettes of a site: one deterministic state machine. Same input, same output; no I/O, no clock, no
// randomness.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "queue/core/command.hpp"
#include "queue/core/logged.hpp"
#include "queue/core/readings.hpp"
#include "queue/core/remembered.hpp"
#include "queue/core/restricted.hpp"
#include "queue/core/rules.hpp"
#include "queue/core/site_state.hpp"
#include "queue/core/timers.hpp"
#include "queue/core/trays.hpp"

namespace bannette {

struct TrayPage {
  std::vector<Dossier> items;    // waiting in order of service, then held in the same order
  std::vector<Dossier> offered;  // redirects proposed to these bannettes, oldest first
  std::vector<Dossier> copies;   // open dossiers of others that these bannettes may read, newest first
  std::uint64_t total = 0;       // of items
};

struct EndedPage {
  std::vector<Dossier> items;  // handled, closed or merged; the newest arrival first
  std::uint64_t next = 0;      // go on before this number; 0: no older ones
};

// What a page of ended ones is narrowed to; what is empty narrows nothing. By a restricted topic nobody finds
// what they may not know to be of it.
struct Sought {
  std::string topic;
  std::string insee;
  std::optional<Urgency> urgency;
};

// What somebody may see of a dossier, and by what right.
struct Sight {
  // The last two: a supervisor, who looks for a purpose, and who sees that it is there and no more.
  enum class By : std::uint8_t { nothing, holding, proposal, copy, supervision, listing };
  By by = By::nothing;
  bool content = false;  // may be read
};

class Bannettes {
 public:
  explicit Bannettes(Rules rules);

  // Start: every dossier in order of number, every remembered key and every change of the site in order of
  // sequence; then begin().
  void restore(const Dossier& d, const Instant& now);
  void restore_key(const Change& change);
  void restore_site(const Change& change);
  void begin(std::uint64_t last_seq, std::uint64_t last_number, const Instant& now);

  // Another configuration of the same site from now on, as if it had been there at the start: new bannettes
  // are known, lost ones keep their dossiers, and open deadlines follow in advance(). Costs a look at every
  // header. Throws std::logic_error where it is another site's.
  void adopt(Rules rules, const Instant& now);

  // Validates and decides. What the clock has brought first is done first. Bounds: limits.hpp.
  [[nodiscard]] Effects apply(const Request& request, const Instant& now);
  // What the clock brings: leases and proposals that end, holds that resume, steps of a danger, breaches,
  // alarms. At most `most` changes at a time; what is left is due at once.
  [[nodiscard]] std::vector<Persist> advance(const Instant& now, std::size_t most = limits::due_at_once);
  // Are deadlines still to be computed for the calendar of these rules? Nothing is where there is no dossier.
  [[nodiscard]] bool recomputing() const {
    return last_number_ != 0 && site_.rules_fingerprint != fingerprint_;
  }
  // When advance() has something to do next, on the boot clock. At most a few seconds away while bannettes
  // are watched for presence.
  [[nodiscard]] std::int64_t next_due_boot_ms(const Instant& now) const;
  // Somebody has these bannettes in view: of `names` (empty: all) those that they may work on.
  void watch(const Authority& who, const std::vector<std::string>& names, const Instant& now);
  // Content is to be shown: the change that tells of it. Nothing where one does already, or where there is no
  // content for them. `purpose`: of whoever reads by supervision; `text`: what stands beside it, which tells
  // two looks apart.
  [[nodiscard]] std::optional<Change> reading(const Authority& who, const Dossier& dossier,
                                              std::optional<Purpose> purpose, const std::string& text,
                                              const Instant& now) const;
  // That change is made, beside the same text.
  [[nodiscard]] Persist note_reading(Change reading, const std::string& text, const Instant& now);
  // After a batch that was not kept: what `before` knows of readings up to the state of this one.
  void keep_readings(const Bannettes& before);

  [[nodiscard]] std::optional<Dossier> find(std::uint64_t number) const;
  [[nodiscard]] Sight sight(const Authority& who, const Dossier& dossier) const;
  [[nodiscard]] const std::shared_ptr<const Restricted>& restricted() const { return restricted_; }
  // A bannette that is not known, or that the caller may not see, is refused: one answer for both.
  [[nodiscard]] Result<TrayPage> tray(const Authority& who, const std::vector<std::string>& bannettes,
                                      std::size_t limit) const;
  // Those of numbers below `before`; 0: the newest. May be a shorter page than `limit`, or an empty one, with
  // more behind it: at most limits::ended_looked_at headers are looked at.
  [[nodiscard]] Result<EndedPage> ended(const Authority& who, const std::vector<std::string>& bannettes,
                                        std::size_t limit, std::uint64_t before,
                                        const Sought& sought = {}) const;
  [[nodiscard]] std::vector<BannetteCount> counts(std::int64_t wall_ms) const;
  [[nodiscard]] bool knows(std::string_view bannette) const;
  [[nodiscard]] std::uint64_t last_seq() const { return last_seq_; }
  [[nodiscard]] std::size_t size() const { return headers_.size(); }
  [[nodiscard]] const Rules& rules() const { return rules_; }
  [[nodiscard]] const SiteState& site() const { return site_; }

 private:
  void put(const Dossier& dossier, const Instant& now);
  void arm(std::uint64_t number, const Instant& now);
  Persist commit(Change change, const Instant& now);
  [[nodiscard]] std::optional<Reply> replay(const Request& request) const;

  // decide.cpp, decide_held.cpp, decide_others.cpp
  [[nodiscard]] Result<std::vector<Change>> decide(const Request& request, const Instant& now) const;
  [[nodiscard]] Result<Change> decide_submit(const Request& request, const Submit& submit,
                                             const Instant& now) const;
  [[nodiscard]] Result<std::vector<std::uint64_t>> links(const Request& request, const Submit& submit,
                                                         const Instant& now) const;
  [[nodiscard]] Result<Change> decide_hold(const Request& request, const Target& target, ChangeKind kind,
                                           std::int64_t lease_ms) const;
  [[nodiscard]] Result<Change> decide_held(const Request& request, const Target& target, std::uint64_t fence,
                                           ChangeKind kind, const Instant& now) const;
  [[nodiscard]] Result<Change> decide_handle(const Request& request, const Handle& handle,
                                             const Instant& now) const;
  [[nodiscard]] Result<Change> decide_pause(const Request& request, const Hold& hold,
                                            const Instant& now) const;
  [[nodiscard]] Result<Change> decide_resume(const Request& request, const Resume& resume,
                                             const Instant& now) const;
  [[nodiscard]] Result<Change> decide_return(const Request& request, const Return& back,
                                             const Instant& now) const;
  [[nodiscard]] Result<Change> decide_propose(const Request& request, const Propose& propose,
                                              const Instant& now) const;
  [[nodiscard]] Result<Change> decide_withdraw(const Request& request, const Withdraw& withdraw,
                                               const Instant& now) const;
  [[nodiscard]] Result<Change> decide_copy(const Request& request, const Copy& copy,
                                           const Instant& now) const;
  [[nodiscard]] Result<std::vector<Change>> decide_merge(const Request& request, const Merge& merge,
                                                         const Instant& now) const;
  [[nodiscard]] Result<Change> decide_accept_proposal(const Request& request, const Target& target,
                                                      const Instant& now) const;
  [[nodiscard]] Result<Change> decide_refuse_proposal(const Request& request,
                                                      const RefuseProposal& refuse) const;
  [[nodiscard]] Result<Change> decide_acknowledge(const Request& request, const Target& target,
                                                  const Instant& now) const;
  [[nodiscard]] Result<Change> decide_reopen(const Request& request, const Target& target) const;
  [[nodiscard]] Result<Change> decide_close(const Request& request, const Target& target) const;
  [[nodiscard]] Result<Change> decide_reassign(const Request& request, const Reassign& reassign) const;
  [[nodiscard]] Result<Change> decide_move(const Request& request, const Move& move,
                                           const Instant& now) const;
  [[nodiscard]] Result<Change> decide_delegate(const Request& request, const Delegate& delegate,
                                               const Instant& now) const;
  [[nodiscard]] Result<Change> decide_end_delegation(const Request& request, const EndDelegation& end) const;

  [[nodiscard]] const Header* named(const Target& target, std::uint64_t& number) const;
  [[nodiscard]] Result<std::uint64_t> chosen(const Authority& who, const Target& target) const;
  [[nodiscard]] Result<std::uint64_t> next(const Authority& who, const Target& target) const;
  [[nodiscard]] bool closed_to(const Authority& who, const Header& header, std::string_view bannette) const;
  [[nodiscard]] Result<std::uint64_t> offered_to(const Authority& who, const Target& target) const;
  [[nodiscard]] std::optional<Refusal> bad_destination(std::string_view from, std::string_view to) const;
  [[nodiscard]] std::optional<Refusal> too_many_people(std::string_view name, const char* field) const;
  [[nodiscard]] std::optional<Refusal> too_many_delegations(std::string_view person) const;
  [[nodiscard]] bool acts_for(const Authority& who, std::string_view holder, std::int64_t wall_ms) const;
  [[nodiscard]] const TopicRule* topic_rule(std::string_view code) const;
  [[nodiscard]] Due deadline(const std::string& topic, Urgency urgency, std::int64_t wall_ms) const;
  [[nodiscard]] std::int64_t shifted(Delay::Unit clock, std::int64_t deadline_ms, std::int64_t by_ms) const;
  void end_of_hold(Change& change, const Dossier& held, const Instant& now) const;
  [[nodiscard]] Result<std::vector<std::uint32_t>> visible(const Authority& who,
                                                           const std::vector<std::string>& names,
                                                           bool (*may)(const Authority&,
                                                                       std::string_view)) const;

  // due.cpp: what the clock brings
  [[nodiscard]] std::int64_t wall_due_ms(const Header& header, const Rare& rare) const;
  [[nodiscard]] std::int64_t boot_due_ms(std::uint64_t number, const Header& header, const Rare& rare,
                                         const Instant& now) const;
  [[nodiscard]] std::int64_t lease_end_ms(std::uint64_t number, const Rare& rare, const Instant& now) const;
  [[nodiscard]] std::int64_t step_end_ms(std::uint64_t number, const Header& header, const Rare& rare,
                                         const Instant& now) const;
  [[nodiscard]] std::int64_t step_ms(Urgency urgency) const;
  [[nodiscard]] std::optional<Step> next_step(const Climb& climb, std::int64_t wall_ms) const;
  [[nodiscard]] std::optional<Change> due_by_wall(std::uint64_t number, const Instant& now) const;
  [[nodiscard]] std::optional<Change> due_by_boot(std::uint64_t number, const Instant& now) const;
  void run_timers(const Instant& now, std::size_t most, std::vector<Persist>& done);
  void recompute(const Instant& now, std::size_t most, std::vector<Persist>& done);
  void end_delegations(const Instant& now, std::vector<Persist>& done);
  [[nodiscard]] std::uint64_t restricted_waiting(const Tray& tray) const;
  void watch_over(const Instant& now, std::vector<Persist>& done);
  void notice_jump(const Instant& now, std::vector<Persist>& done);

  Rules rules_;
  WorkingTime time_;         // of the rules' calendar
  std::string fingerprint_;  // of the rules
  std::uint64_t site_tag_ = 0;
  std::uint64_t last_seq_ = 0;
  std::uint64_t last_number_ = 0;
  Headers headers_;
  Trays trays_;
  Remembered keys_;
  Logged logged_;
  Readings readings_;
  std::shared_ptr<const Restricted> restricted_;  // of the rules; answers that wait keep theirs
  SiteState site_;
  std::set<std::string, std::less<>> known_bannettes_;  // those of the rules
  Timers by_wall_, by_boot_;
  // What began under another boot: when it ends on this one's clock, reckoned once (wall time may move
  // meanwhile).
  struct Carried {
    std::int64_t lease_end_ms = 0, step_end_ms = 0;
  };
  std::unordered_map<std::uint64_t, Carried> carried_;
  std::uint64_t recomputed_ =
      0;  // up to which number, while the calendar of the journal is not that of the rules
  std::int64_t watched_over_ms_ = 0;
  std::optional<Instant> last_seen_;
};

}  // namespace bannette
