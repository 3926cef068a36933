// What may be asked of the bannettes, and what they answer.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "queue/core/authority.hpp"
#include "queue/core/change.hpp"
#include "queue/core/error.hpp"

namespace bannette {

// A dossier chosen by id, by number (from a spoken reference), or the next in order of some bannettes.
struct Target {
  std::optional<std::uint64_t> number;
  std::optional<Uuid> id;              // must then belong to `number`
  std::vector<std::string> bannettes;  // next of these; empty: of all that the caller may work on
};
// The content and the contact do not come here: the shell keeps them beside the change.
struct Submit {
  std::string bannette;
  std::string topic;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string insee;
  std::vector<std::string> copies = {};  // bannettes that may read it too
  std::vector<Target> linked = {};       // of the same call: see Bannettes::links
};
struct Reserve {
  Target target;
  std::int64_t lease_ms = 0;
};  // 0: the site's default
struct Take {
  Target target;
};
// The holder's, with the fence that the holder knows.
struct Renew {
  Target target;
  std::uint64_t fence = 0;
  std::int64_t lease_ms = 0;
};
struct Release {
  Target target;
  std::uint64_t fence = 0;
};
struct Accept {
  Target target;
  std::uint64_t fence = 0;
};
struct AddNote {
  Target target;
  std::uint64_t fence = 0;
};
struct Handle {
  Target target;
  std::uint64_t fence = 0;
  Outcome outcome = Outcome::answered;
};
struct Hold {
  Target target;
  std::uint64_t fence = 0;
  Why why = Why::other;
  std::int64_t until_ms = 0;  // Unix time, within limits::hold_max
};
struct Resume {
  Target target;
  std::uint64_t fence = 0;
};
struct Return {  // to the switchboard
  Target target;
  std::uint64_t fence = 0;
  Why why = Why::other;
};
struct Propose {
  Target target;
  std::uint64_t fence = 0;
  std::string to;  // bannette
  Why why = Why::other;
};
struct Withdraw {  // the holder's open proposal
  Target target;
  std::uint64_t fence = 0;
};
struct Copy {
  Target target;
  std::uint64_t fence = 0;
  std::string to;  // bannette
};
struct Merge {  // `target` is the duplicate of `into`
  Target target;
  std::uint64_t fence = 0;
  Target into;
};
// Of those whose bannette a redirect is proposed to.
struct AcceptProposal {
  Target target;
};
struct RefuseProposal {
  Target target;
  Why why = Why::other;
};
// Of the bannette's people, without being the holder.
struct Acknowledge {
  Target target;
};
struct Reopen {
  Target target;
};
struct Close {
  Target target;
};
// A manager's of the unit, or a supervisor's. The fence is the one that they saw: who was faster is not
// undone.
struct Reassign {
  Target target;
  std::uint64_t fence = 0;
  std::string to;  // person
  Why why = Why::other;
};
// A supervisor's.
struct Move {
  Target target;
  std::string to;  // bannette
  Why why = Why::other;
};
// One's own dossiers, or a manager's or supervisor's decision. A new one takes the place of the old.
struct Delegate {
  std::string person;
  std::string to;
  std::int64_t from_ms = 0;  // Unix time; 0: now
  std::int64_t until_ms = 0;
};
struct EndDelegation {
  std::string person;
};

using Command = std::variant<Submit, Reserve, Take, Renew, Release, Accept, AddNote, Handle, Hold, Resume,
                             Return, Propose, Withdraw, Copy, Merge, AcceptProposal, RefuseProposal,
                             Acknowledge, Reopen, Close, Reassign, Move, Delegate, EndDelegation>;

struct Request {
  Authority who;
  std::optional<Uuid> key;  // required: every command changes something
  Digest digest{};
  Command command;
};

struct Receipt {
  std::uint64_t seq = 0;
  Uuid id;
  std::uint64_t number = 0;
  std::string bannette;
  std::int64_t arrived_ms = 0;
  std::int64_t deadline_ms = 0;
  bool operator==(const Receipt&) const = default;
};
// A retry gets the first sequence and fence, with the dossier as it is now. Number 0: a change of the site.
struct Done {
  std::uint64_t seq = 0;
  std::uint64_t fence = 0;
  Dossier dossier;
  bool operator==(const Done&) const = default;
};
using Reply = std::variant<Receipt, Done, Refusal>;

// A change and the dossier that it leaves: what the journal keeps and what watchers are told.
struct Persist {
  Change change;
  Dossier after;  // number 0: a change of the site
  bool operator==(const Persist&) const = default;
};

// Everything that follows from one command, in order. The reply may leave only once `reply_after_seq` is
// durable.
struct Effects {
  std::vector<Persist> persist;
  std::optional<std::size_t> own;  // which of them is the command's: it bears content and text
  Reply reply;
  std::uint64_t reply_after_seq = 0;
};

}  // namespace bannette
