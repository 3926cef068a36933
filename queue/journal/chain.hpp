// The chain of checksums: each record's covers all before it. Format in words: README.md.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "queue/journal/journal.hpp"

namespace bannette::journal {

// Of the empty journal of a site.
[[nodiscard]] Hash genesis(std::string_view site);
// Of the record (seq, number, body, sealed) that follows one with the hash `previous`.
[[nodiscard]] Hash next_hash(const Hash& previous, std::uint64_t seq, std::uint64_t number,
                             std::string_view body, std::string_view sealed);

[[nodiscard]] std::string_view bytes_of(const Hash& hash);
[[nodiscard]] std::optional<Hash> hash_from_bytes(std::string_view bytes);  // exactly 32
[[nodiscard]] std::string to_hex(const Hash& hash);                         // 64 characters, lower case
[[nodiscard]] std::optional<Hash> hash_from_hex(std::string_view text);

}  // namespace bannette::journal
