#include "queue/journal/seal.hpp"

#include <sodium.h>

namespace bannette::seal {
namespace {

constexpr char version = 1;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(overhead == 1 + nonce_size + tag_size);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Key::bytes));

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

Key::~Key() {
  sodium_memzero(bytes.data(), bytes.size());
}

void start() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium ne démarre pas : pas de source d'aléa");
}

Key random_key() {
  Key key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  return key;
}

Key subkey(const Key& master, Use use) {
  Key key;
  if (crypto_kdf_derive_from_key(key.bytes.data(), key.bytes.size(), static_cast<std::uint64_t>(use),
                                 "Bannette", master.bytes.data()) != 0)
    throw std::logic_error("subkey: sizes");
  return key;
}

void seal(const Key& key, std::string_view ad, std::string_view plain, std::string& out) {
  out.resize(overhead + plain.size());
  out[0] = version;
  unsigned char* nonce = raw(out) + 1;
  randombytes_buf(nonce, nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size, nullptr, raw(plain), plain.size(), raw(ad),
                                             ad.size(), nullptr, nonce, key.bytes.data());
}

std::string seal(const Key& key, std::string_view ad, std::string_view plain) {
  std::string out;
  seal(key, ad, plain, out);
  return out;
}

std::optional<std::string> open(const Key& key, std::string_view ad, std::string_view sealed) {
  if (sealed.size() < overhead || sealed[0] != version) return std::nullopt;
  std::string plain(sealed.size() - overhead, '\0');
  const unsigned char* nonce = raw(sealed) + 1;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, nonce + nonce_size,
                                                 sealed.size() - 1 - nonce_size, raw(ad), ad.size(), nonce,
                                                 key.bytes.data()) != 0)
    return std::nullopt;
  return plain;
}

std::array<std::uint8_t, 16> keyed_hash(const Key& key, std::string_view text) {
  std::array<std::uint8_t, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), raw(text), text.size(), key.bytes.data(), key.bytes.size());
  return hash;
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace bannette::seal
