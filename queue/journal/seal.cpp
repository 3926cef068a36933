#include "queue/journal/seal.hpp"

#include <algorithm>

#include <sodium.h>

namespace bannette::seal {
namespace {

constexpr char version = 1;
constexpr char version_once = 2;
constexpr std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> no_nonce{};
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(overhead == 1 + nonce_size + tag_size && overhead_once == 1 + tag_size);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Key::bytes));

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// `out` has its size, and the nonce.
void encrypt(const Key& key, std::string_view ad, std::string_view plain, std::string& out) {
  out[0] = version;
  const unsigned char* nonce = raw(out) + 1;
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + 1 + nonce_size, nullptr, raw(plain), plain.size(),
                                             raw(ad), ad.size(), nullptr, nonce, key.bytes.data());
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

Random::~Random() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

void Random::fill(void* to, std::size_t size) {
  if (size > 64) throw std::logic_error("Random: size");
  if (left_ < size) {
    randombytes_buf(bytes_.data(), bytes_.size());
    left_ = bytes_.size();
  }
  std::uint8_t* from = bytes_.data() + (left_ - size);
  std::copy_n(from, size, static_cast<std::uint8_t*>(to));
  sodium_memzero(from, size);
  left_ -= size;
}

void seal(const Key& key, std::string_view ad, std::string_view plain, Random& random, std::string& out) {
  out.resize(overhead + plain.size());
  random.fill(out.data() + 1, nonce_size);
  encrypt(key, ad, plain, out);
}

std::string seal(const Key& key, std::string_view ad, std::string_view plain) {
  std::string out(overhead + plain.size(), '\0');
  randombytes_buf(out.data() + 1, nonce_size);
  encrypt(key, ad, plain, out);
  return out;
}

void seal_once(const Key& key, std::string_view ad, std::string_view plain, std::string& out) {
  out.resize(overhead_once + plain.size());
  out[0] = version_once;
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + 1, nullptr, raw(plain), plain.size(), raw(ad),
                                             ad.size(), nullptr, no_nonce.data(), key.bytes.data());
}

std::optional<std::string> open(const Key& key, std::string_view ad, std::string_view sealed) {
  if (sealed.empty() || (sealed[0] != version && sealed[0] != version_once)) return std::nullopt;
  const bool once = sealed[0] == version_once;
  const std::size_t front = once ? 1 : 1 + nonce_size;
  if (sealed.size() < front + tag_size) return std::nullopt;
  std::string plain(sealed.size() - front - tag_size, '\0');
  const unsigned char* nonce = once ? no_nonce.data() : raw(sealed) + 1;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(sealed) + front,
                                                 sealed.size() - front, raw(ad), ad.size(), nonce,
                                                 key.bytes.data()) != 0)
    return std::nullopt;
  return plain;
}

std::array<std::uint8_t, 16> keyed_hash(const Key& key, std::string_view text) {
  std::array<std::uint8_t, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), raw(text), text.size(), key.bytes.data(), key.bytes.size());
  return hash;
}

void derive(const Key& key, std::string_view text, void* to, std::size_t size) {
  crypto_generichash(static_cast<unsigned char*>(to), size, raw(text), text.size(), key.bytes.data(),
                     key.bytes.size());
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace bannette::seal
