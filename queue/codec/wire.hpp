// Between the wire's messages and the core's values. Every field is checked here: what comes out is
// well-formed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/bannettes.hpp"
#include "queue/core/command.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::codec {

// A changing request, with what the journal keeps beside the change.
struct Incoming {
  Request request;
  std::string content;  // Submit: the serialised Content
  std::string text;     // what the person wrote beside a change
  std::string contact;  // Submit: E.164
};

// Is this one of the changing requests?
[[nodiscard]] bool changes(const v1::Envelope& envelope);

// `who` comes from the authenticated key; the envelope's actor is added to it where that is allowed
// (proto/README.md, "Who acts"), else refused.
[[nodiscard]] Result<Authority> actor_of(const v1::Envelope& envelope, Authority who);
[[nodiscard]] Result<Incoming> incoming(const v1::Envelope& envelope, const Authority& who);

// The dossier that a text names: an id of 36 characters or a reference.
[[nodiscard]] Result<Target> target(std::string_view text);
[[nodiscard]] Result<void> check(const v1::Content& content);
[[nodiscard]] Result<void> check_text(std::string_view text, std::size_t most, std::string_view field);
[[nodiscard]] Result<std::vector<std::string>> bannettes(
    const google::protobuf::RepeatedPtrField<std::string>& names);

// BLAKE2b-128 over the request's body and actor: a retry has the same.
[[nodiscard]] Digest digest(const v1::Envelope& envelope);

[[nodiscard]] std::optional<Urgency> urgency(v1::Urgency value);
[[nodiscard]] std::optional<Outcome> outcome(v1::Outcome value);
[[nodiscard]] std::optional<Role> role(v1::Role value);

// Why somebody looks, where it is said; with `other` words are required.
struct Look {
  std::optional<Purpose> purpose;
  std::string text;
};
[[nodiscard]] Result<Look> look(const v1::Show& in);

// Who read what: which of it is asked for.
struct ReadsAsked {
  std::optional<Target> dossier;
  std::string person, unit;  // empty: whoever, wherever
  std::int64_t from_ms = 0, to_ms = 0;
};
// Nothing: events are asked for.
[[nodiscard]] Result<std::optional<ReadsAsked>> reads_asked(const v1::ListEvents& in);

void put(v1::Header& out, const Dossier& dossier, TopicSight topic);
// `topic`: as whoever asked may see that of the dossier that it leaves.
[[nodiscard]] v1::Envelope reply(std::uint64_t request_id, const Reply& reply,
                                 TopicSight topic = TopicSight::open);
// An empty answer to this request.
[[nodiscard]] v1::Envelope answer_to(const v1::Envelope& request);
// Field and detail are cut to limits::reason_text: a refusal may quote what was sent, and that has no bound.
[[nodiscard]] v1::Envelope error(std::uint64_t request_id, const Refusal& refusal);
void put(v1::BannetteCount& out, const BannetteCount& count);
void put(v1::HistoryEntry& out, const Change& change);  // without its text
// `dossier`: as it is now; nothing for an event of the site.
void put(v1::Event& out, const Change& change, std::string_view site, const std::optional<Dossier>& dossier,
         TopicSight topic);
// Stable, and another after a restored backup went on with the same numbers.
[[nodiscard]] std::string event_id(const Change& change, std::string_view site);
void put(v1::Actor& out, const Person& person);

}  // namespace bannette::codec
