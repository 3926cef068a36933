// Sealing what is personal: XChaCha20-Poly1305-IETF (libsodium), keys, and keyed hashes. Formats: README.md.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bannette::seal {

// 32 secret bytes; wiped when it goes.
struct Key {
  std::array<std::uint8_t, 32> bytes{};
  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
};

// What a subkey of the master key is for: one purpose, one key. Numbers never change.
enum class Use : std::uint64_t {
  wrap_dossier_keys = 1,
  contact_hashes = 2,
  recognise_master = 3,
  mark_erasures = 4,
  derive_dossier_keys = 5,
  outbox = 16,
  calls = 17,
  drafts = 18,
  accounts = 19,
  webhooks = 20,
  recent_calls = 21,
  corrections = 22,
};

// Random bytes for many keys and nonces from one call to the system; what was given is wiped here. It belongs
// to one thread, and must not cross a fork (the journal that owns it must not either).
class Random {
 public:
  ~Random();
  void fill(void* to, std::size_t size);  // at most 64

 private:
  std::array<std::uint8_t, 4096> bytes_{};
  std::size_t left_ = 0;
};

// Bytes that a sealed text has more than its plain one: version 1, nonce 24, tag 16.
inline constexpr std::size_t overhead = 41;
// Of version 2: without a nonce.
inline constexpr std::size_t overhead_once = 17;

// Throws std::runtime_error where libsodium cannot start. Cheap when called again.
void start();
[[nodiscard]] Key random_key();
[[nodiscard]] Key subkey(const Key& master, Use use);

// Under a fresh random nonce. `ad` is bound to it but not kept: opening needs the same.
[[nodiscard]] std::string seal(const Key& key, std::string_view ad, std::string_view plain);
// Replaces `out`.
void seal(const Key& key, std::string_view ad, std::string_view plain, Random& random, std::string& out);
// Version 2, for the first text under a key that was made for it, and never again under that key: the nonce
// is zeroes and is not kept. Replaces `out`.
void seal_once(const Key& key, std::string_view ad, std::string_view plain, std::string& out);
// Nothing where it was not sealed so: another key, another `ad`, or changed bytes.
[[nodiscard]] std::optional<std::string> open(const Key& key, std::string_view ad, std::string_view sealed);

// 128 bits of keyed BLAKE2b: equal for equal texts, and says nothing about them without the key.
[[nodiscard]] std::array<std::uint8_t, 16> keyed_hash(const Key& key, std::string_view text);

// `size` bytes of keyed BLAKE2b, 16 to 64.
void derive(const Key& key, std::string_view text, void* to, std::size_t size);

void wipe(std::string& secret);

}  // namespace bannette::seal
