// What anybody may send, to the codec and the desk. An input is a row of messages, each:
//   control (1 byte), length (2 bytes, low first), that many bytes of an envelope
// control: bits 0-1 who sends; bit 2 the sender greets first; bit 3 a batch is committed afterwards; bit 4
// the batch fails instead; bit 5 six seconds pass first; bit 6 the header frame is taken from the bytes; bit
// 7 the bytes come from the router, as a reply.
#pragma once
#include <cstdint>
#include <span>

namespace bannette::fuzz {

// Throws or aborts where a promise is broken: no input may make the desk throw, send what is no message, or
// fill a batch that the journal refuses.
void wire(std::span<const std::uint8_t> input);

}  // namespace bannette::fuzz
