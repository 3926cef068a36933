// The two frames of a message: a 4-byte header and one Envelope. See proto/README.md, "Frames".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/error.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::codec {

inline constexpr std::string_view kHeader{"BN\x01\x00", 4};  // 'B' 'N', major version 1, zero

// Exactly two frames, the header, at most limits::envelope bytes, a decodable Envelope with a body, valid
// UTF-8.
[[nodiscard]] Result<v1::Envelope> decode(const std::vector<std::string_view>& frames);

// The second frame. Bounds: an envelope that is too large is a programming mistake (std::length_error).
[[nodiscard]] std::string encode(const v1::Envelope& envelope);

// Of an answer, which may hold what has grown: one that is too large is told as such to whoever asked, under
// the number of the question, and ends nothing.
[[nodiscard]] std::string encode_answer(const v1::Envelope& envelope);

}  // namespace bannette::codec
