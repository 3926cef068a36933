// The messages that never change: proto/golden/NAME.hex holds both frames, NAME.txtpb the same in words
// (protobuf's text format). Clients in other languages test themselves against them.
#pragma once
#include <string>
#include <vector>

#include "bannette/v1/envelope.pb.h"

namespace bannette::test {

// Names of all kinds of messages that an envelope can hold, from its definition.
[[nodiscard]] std::vector<std::string> message_names();

// Names of all golden messages, in alphabetical order: KIND, and KIND-2 ... for fields that came later.
[[nodiscard]] std::vector<std::string> golden_names();

// These throw std::runtime_error that names the file.
[[nodiscard]] v1::Envelope golden_text(const std::string& name);
[[nodiscard]] std::vector<std::string> golden_frames(const std::string& name);  // of the .hex, as bytes
// What a .hex should hold.
[[nodiscard]] std::string as_hex(const v1::Envelope& envelope);

}  // namespace bannette::test
