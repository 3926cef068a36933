// How much an answer holds. Not for other rooms.
#pragma once
#include <cstddef>

#include "queue/core/change.hpp"
#include "queue/core/limits.hpp"
#include "queue/desk/desk.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::desk {

inline constexpr std::size_t kListBytes =
    limits::envelope - 256;  // what a list of headers or counts may fill

// So that the largest content, its history and the rest fit one envelope: 41 kB of content, 2 kB of header.
inline constexpr std::size_t kHistoryBytes = 21 * 1024;
inline constexpr std::size_t kPast = 2'000;      // changes of one dossier looked at, the newest
inline constexpr std::size_t kRoutineKept = 20;  // of a long history, the newest of what says little

// Of a look for a purpose, what stands beside it.
[[nodiscard]] bool is_look(const Change& change);

// The history of the dossier that is shown, oldest first: all of it, or as much as fits limits::history and
// kHistoryBytes, newest kept. Of a longer one, renewals and readings by one's own right go first, so that
// they do not push out what people wrote; a list of readings has them all. From whom the topic is hidden,
// hidden is to whom it was copied, and who read such a copy.
void put_history(v1::Dossier& out, const Read& read, journal::Journal& journal);

inline std::size_t size_in_list(const google::protobuf::MessageLite& item) {
  return item.ByteSizeLong() + 4;  // its tag, and up to three bytes of length
}

}  // namespace bannette::desk
