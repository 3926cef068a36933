#include "queue/journal/chain.hpp"

#include <algorithm>

#include <sodium.h>

namespace bannette::journal {
namespace {

constexpr std::string_view genesis_tag = "bannette.genesis.v1";
constexpr std::string_view record_tag = "bannette.record.v1";

// Writes little-endian, whatever the machine.
unsigned char* put(unsigned char* to, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) *to++ = static_cast<unsigned char>(value >> (8 * i));
  return to;
}

void update(crypto_generichash_state& state, std::string_view bytes) {
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Hash finish(crypto_generichash_state& state) {
  Hash hash;
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

}  // namespace

Hash genesis(std::string_view site) {
  std::array<unsigned char, 8> length{};
  put(length.data(), site.size());
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, sizeof(Hash));
  update(state, genesis_tag);
  crypto_generichash_update(&state, length.data(), length.size());
  update(state, site);
  return finish(state);
}

Hash next_hash(const Hash& previous, std::uint64_t seq, std::uint64_t number, std::string_view body,
               std::string_view sealed) {
  std::array<unsigned char, sizeof(Hash) + record_tag.size() + 3 * 8> front{};
  unsigned char* at = std::copy(previous.begin(), previous.end(), front.data());
  at = std::copy(record_tag.begin(), record_tag.end(), at);
  at = put(put(put(at, seq), number), body.size());
  std::array<unsigned char, 8> sealed_length{};
  put(sealed_length.data(), sealed.size());
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, sizeof(Hash));
  crypto_generichash_update(&state, front.data(), front.size());
  update(state, body);
  crypto_generichash_update(&state, sealed_length.data(), sealed_length.size());
  update(state, sealed);
  return finish(state);
}

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<Hash> hash_from_bytes(std::string_view bytes) {
  Hash hash;
  if (bytes.size() != hash.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

std::string to_hex(const Hash& hash) {
  std::string text(2 * hash.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();
  return text;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  Hash hash;
  std::size_t size = 0;
  if (text.size() != 2 * hash.size() ||
      sodium_hex2bin(hash.data(), hash.size(), text.data(), text.size(), nullptr, &size, nullptr) != 0 ||
      size != hash.size())
    return std::nullopt;
  return hash;
}

}  // namespace bannette::journal
