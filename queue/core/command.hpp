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

// The content and the contact do not come here: the shell keeps them beside the change.
struct Submit {
  std::string bannette;
  std::string topic;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string insee;
};

// A dossier chosen by id, by number (from a spoken reference), or the next in order of some bannettes.
struct Target {
  std::optional<std::uint64_t> number;
  std::optional<Uuid> id;              // must then belong to `number`
  std::vector<std::string> bannettes;  // next of these; empty: of all that the caller may work on
};
struct Reserve {
  Target target;
  std::int64_t lease_ms = 0;
};  // 0: the site's default
struct Take {
  Target target;
};
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

using Command = std::variant<Submit, Reserve, Take, Renew, Release, Accept, AddNote, Handle>;

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
// A retry gets the first sequence and fence, with the dossier as it is now.
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
  Dossier after;
  bool operator==(const Persist&) const = default;
};

// Everything that follows from one command, in order. The reply may leave only once `reply_after_seq` is
// durable.
struct Effects {
  std::vector<Persist> persist;
  Reply reply;
  std::uint64_t reply_after_seq = 0;
};

}  // namespace bannette
