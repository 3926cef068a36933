// Checks of fields that the readings of several messages share. Not for other rooms.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "queue/codec/wire.hpp"

namespace bannette::codec {

[[nodiscard]] Refusal too_large(std::string_view field, std::size_t most);
[[nodiscard]] Refusal unknown(std::string_view field);
// What a person wrote beside a change: bounded, without a zero byte.
[[nodiscard]] Result<void> added_text(std::string_view text, std::string_view field);

struct Bound {
  std::string_view field;
  const std::string& text;
  std::size_t most;
};
[[nodiscard]] Result<void> within(std::initializer_list<Bound> bounds);

// The changes of the whole lifecycle that wire_in.cpp does not read itself (wire_lifecycle.cpp).
[[nodiscard]] Result<Incoming> lifecycle_change(const v1::Envelope& envelope, Incoming out);

template <class Command, class Message>
Result<Incoming> on_dossier(const Message& in, Incoming out) {
  auto named = target(in.dossier());
  if (named.has_error()) return named.error();
  Command command;
  command.target = std::move(named.value());
  out.request.command = std::move(command);
  return out;
}

// The holder's commands bear the fence.
template <class Command, class Message>
Result<Incoming> held(const Message& in, Incoming out) {
  auto made = on_dossier<Command>(in, std::move(out));
  if (made) std::get<Command>(made.value().request.command).fence = in.fence();
  return made;
}

}  // namespace bannette::codec
