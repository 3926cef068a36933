// How much an answer holds. Not for other rooms.
#pragma once
#include <cstddef>

#include "queue/core/limits.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::desk {

inline constexpr std::size_t kListBytes =
    limits::envelope - 256;  // what a list of headers or counts may fill

inline std::size_t size_in_list(const google::protobuf::MessageLite& item) {
  return item.ByteSizeLong() + 4;  // its tag, and up to three bytes of length
}

}  // namespace bannette::desk
