#include "agent-console/webhooks/signature.hpp"

#include <array>
#include <optional>

#include <sodium.h>

#include "agent-console/core/webhook.hpp"

namespace bannette::console::webhook {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kLeast = 24, kMost = 64;  // bytes of a secret, by the specification
constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text(sodium_base64_encoded_len(size, kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, kBase64);
  text.pop_back();  // the terminating zero
  return text;
}

struct Bytes {
  std::array<unsigned char, kMost> all{};
  std::size_t size = 0;
  ~Bytes() { sodium_memzero(all.data(), all.size()); }
};

bool decode(std::string_view text, Bytes& bytes) {
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  const char* end = nullptr;
  return sodium_base642bin(bytes.all.data(), bytes.all.size(), text.data(), text.size(), nullptr, &bytes.size,
                           &end, kBase64) == 0 &&
         end == text.data() + text.size() && bytes.size >= kLeast;
}

}  // namespace

std::string new_secret() {
  Bytes bytes;
  randombytes_buf(bytes.all.data(), kSecretBytes);
  return std::string(kPrefix) + base64(bytes.all.data(), kSecretBytes);
}

bool is_secret(std::string_view text) {
  Bytes bytes;
  return decode(text, bytes);
}

std::string signatures(const std::vector<std::string>& secrets, std::string_view id, std::int64_t timestamp_s,
                       std::string_view body) {
  const std::string text = signed_text(id, timestamp_s, body);
  std::string header;
  for (const auto& secret : secrets) {
    Bytes key;
    if (!decode(secret, key)) continue;
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.all.data(), key.size);
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    header += (header.empty() ? "v1," : " v1,") + base64(mac.data(), mac.size());
  }
  return header;
}

}  // namespace bannette::console::webhook
