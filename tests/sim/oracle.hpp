// The judge. It knows what clients were asked and told, when the server could work, and in the end reads what
// the disk kept; from these alone it says which promise was broken. It shares no rule with the code under
// test: lifecycle, order, rights, deadlines and opening hours stand in model.hpp, who.hpp and site.hpp a
// second time, written from the design.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/checker/check.hpp"
#include "tests/sim/model.hpp"

namespace bannette::sim {

class Oracle {
 public:
  Oracle() : model_(timeline_, [this](std::string what) { complain(std::move(what)); }) {}
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  // A change is asked for the first time or again: gives a number for answered().
  std::size_t asked(std::int64_t at, const Who& who, const v1::Envelope& envelope);
  // Its key has served before, for something else: it must be refused.
  void asked_with_old_key(const std::string& key) { reused_.insert(key); }
  // Everything that a client hears, and each answer with what it answers (`number`: of a change).
  void seen(const Who& who, const v1::Envelope& envelope);
  void answered(std::int64_t at, std::size_t number, const Who& who, const v1::Envelope& asked,
                const v1::Envelope& answer);
  void event(const v1::Event& event) { events_.push_back(event); }  // as read by cursor
  void complain(std::string what);

  Timeline& timeline() { return timeline_; }
  void in_force(std::int64_t from, const Site* site) { model_.in_force(from, site); }
  // From now on everybody is away: where dossiers wait, an alarm must be raised.
  void night_falls(std::int64_t at) { night_ = at; }

  // The end, when everything should be settled. Returns what is wrong.
  [[nodiscard]] std::vector<std::string> judge(const test::SimDisk& disk, std::int64_t at);
  [[nodiscard]] std::size_t confirmed() const { return receipts_.size() + dones_.size(); }
  [[nodiscard]] const std::map<std::string, std::size_t>& kinds() const {
    return kinds_;
  }  // changes, by name

 private:
  struct Seen {
    const Who* who;
    v1::Header header;
    bool answers_change;
  };
  struct Answer {
    const Who* who;
    v1::Envelope asked, answer;
    std::int64_t at = 0;  // when it was heard
  };
  // The dossier as a change left it.
  struct Row {
    std::uint64_t number = 0, fence = 0;
    std::string id, actor, key, change, bannette, holder;
    char state = 'W';
    std::int64_t deadline_ms = 0, at_ms = 0;
    bool restricted = false;
    std::string offered_to;
    std::set<std::string> copies;
  };

  void follow(const journal::Entry& entry);
  void note(const journal::Entry& entry);
  void check_content(const journal::Entry& entry);
  void check_pulled(std::uint64_t as_of);
  void check_tray(const Answer& each);
  void check_counts(const Answer& each);
  void check_receipts();
  void check_dones();
  void check_seen();
  void check_contents();
  void check_told(const Answer& each);
  void check_topic(const Seen& each, const Row& row);
  void check_links();
  void check_shown_history();
  void check_events();
  void check_jumps();
  void check_settled(std::int64_t at);
  void check_history();
  [[nodiscard]] bool may_see(const Who& who, const Row& row) const;
  [[nodiscard]] const Who* remembered(const Who& who);

  Timeline timeline_;
  Model model_;
  checker::History history_;
  std::vector<std::string> complaints_;
  std::map<std::string, Who> people_;  // by label: those that records point at
  std::vector<Seen> seen_;
  std::vector<Answer> receipts_, dones_, shown_;
  std::multimap<std::uint64_t, Answer> pulled_;  // trays and counts, by the change that they saw
  std::vector<v1::Event> events_;
  std::vector<Row> rows_;
  std::map<std::string, Asked> asked_;                  // by key
  std::set<std::string> reused_;                        // keys
  std::set<std::pair<std::string, std::string>> keys_;  // (principal, key) of changes
  std::map<std::string, std::uint64_t> tokens_;         // -> sequence of the submission
  std::map<std::string, std::string> contents_;         // token -> the content that was asked to be kept
  std::set<std::string> refused_;                       // tokens
  std::map<std::string, std::size_t> kinds_;
  std::int64_t night_ = 0;
  std::uint64_t highest_seen_ = 0;
};

}  // namespace bannette::sim
