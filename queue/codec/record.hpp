// Changes as bytes: what the journal keeps and hashes. The format in words is in queue/journal/README.md.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "queue/core/change.hpp"

namespace bannette::codec {

struct DecodedRecord {
  std::uint32_t format = 0;
  Change change;     // without seq and number from format 2 on: its row says them, and the chain covers them
  std::string site;  // format 1; the chain begins with it
  std::uint64_t epoch = 0;
};

// What is personal in a record, before sealing and after opening.
struct PersonalParts {
  std::string content;  // a serialised v1.Content
  std::string text;
  std::string contact;  // E.164
  bool operator==(const PersonalParts&) const = default;
};

// Bytes that are no record that this program knows.
struct BadRecord : std::runtime_error {
  BadRecord(const std::string& what, bool written_by_newer)
      : std::runtime_error(what), newer(written_by_newer) {}
  bool newer;  // a format, kind or field of a later version, not damage
};

// Format 2. Replaces `out`; its memory is reused.
void encode_record(const Change& change, std::uint64_t epoch, std::string& out);
// Throws BadRecord: not decodable, a value out of its range, or something of a later version.
[[nodiscard]] DecodedRecord decode_record(std::string_view bytes);

// Replaces `out`; empty where there is nothing personal.
void encode_personal(std::string_view content, std::string_view text, std::string_view contact,
                     std::string& out);
[[nodiscard]] PersonalParts decode_personal(std::string_view bytes);  // throws BadRecord

}  // namespace bannette::codec
