// Passwords (Argon2id) and random secrets.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace bannette::console {

inline constexpr std::size_t kPasswordMin = 8;  // bytes; NIST SP 800-63B 5.1.1
inline constexpr std::size_t kPasswordMax = 1'024;

// Argon2id, 19 MiB, t = 2, p = 1 (OWASP's lower bound): about 20 ms. Throws std::bad_alloc where memory is
// short.
[[nodiscard]] std::string hash_password(std::string_view password);
[[nodiscard]] bool verify_password(const std::string& hash, std::string_view password);
// Sixteen letters and digits in groups of four, none of which is mistaken for another when read out: 79 bits.
[[nodiscard]] std::string random_password();
// Overwrites what is no longer needed.
void forget(std::string& secret);

using SecretDigest = std::array<std::uint8_t, 32>;

// 256 random bits as URL-safe base64: session identifiers, CSRF tokens, machines' tokens.
[[nodiscard]] std::string random_secret();
// BLAKE2b: what is kept in place of such a secret. Not for passwords.
[[nodiscard]] SecretDigest digest_of(std::string_view secret);
// In constant time for strings of equal length.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace bannette::console
