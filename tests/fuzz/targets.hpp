// The fuzz targets. Each throws or aborts where a promise is broken; no input may make it.
#pragma once
#include <cstdint>
#include <span>

namespace bannette::fuzz {

// What anybody may send, to the codec and the desk. An input is a row of messages, each:
//   control (1 byte), length (2 bytes, low first), that many bytes of an envelope
// control: bits 0-1 who sends; bit 2 the sender greets first; bit 3 a batch is committed afterwards; bit 4
// the batch fails instead; bit 5 six seconds pass first; bit 6 the header frame is taken from the bytes; bit
// 7 the bytes come from the router, as a reply.
void wire(std::span<const std::uint8_t> input);

// Whole days at the desk: well-formed requests of every kind from several authenticated callers, repeated,
// damaged or sent by another; batches that are kept and batches that fail; clocks that go and jump; restarts.
// The bytes decide.
void desk(std::span<const std::uint8_t> input);

// The journal's records, and what is personal in them: read, or refused as BadRecord; what was read is
// written and read again the same.
void record(std::span<const std::uint8_t> input);

// One file of a small configuration, the others being good. The first byte says which (config.cpp has their
// order), the rest is its text. What becomes a site is decided by and looked through.
void config(std::span<const std::uint8_t> input);

// What a PBX says: after the first byte (how the bytes are cut) a stream of AMI, and behind a last "%" a
// queue_log. The messages are the same wherever the bytes are cut; the facts that changed something give the
// same ledger again.
void ami(std::span<const std::uint8_t> input);

}  // namespace bannette::fuzz
