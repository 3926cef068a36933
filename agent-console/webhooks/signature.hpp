// Secrets and signatures of Standard Webhooks 1.0: "whsec_" and base64 of 24 to 64 random bytes; "v1," and
// base64 of HMAC-SHA256 over "ID.TIMESTAMP.BODY".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::console::webhook {

[[nodiscard]] std::string new_secret();  // of 32 bytes
[[nodiscard]] bool is_secret(std::string_view text);

// The header webhook-signature: one signature for each secret, with a space between. Secrets that are none
// are left out; empty where none is left.
[[nodiscard]] std::string signatures(const std::vector<std::string>& secrets, std::string_view id,
                                     std::int64_t timestamp_s, std::string_view body);

}  // namespace bannette::console::webhook
