// CURVE keys (ZeroMQ RFC 25, 32): the server's own pair, and the folder of those who may connect. One small
// text file a key, written by rename, so that keys come and go while the service runs, and an administrator
// can read them.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/authority.hpp"
#include "queue/core/error.hpp"

namespace bannette::broker {

// Z85 text, 40 characters each.
struct KeyPair {
  std::string public_key;
  std::string secret_key;
};

[[nodiscard]] KeyPair new_key_pair();
// FILE (0600: both keys) and FILE.pub (the public one). An existing file is refused, never overwritten.
Result<KeyPair> write_key_pair(const std::filesystem::path& file);
// A file of write_key_pair.
[[nodiscard]] Result<KeyPair> read_key_pair(const std::filesystem::path& file);
// FILE.pub, a key pair's file, a bare Z85 key, or an endpoints.json (its server_key).
[[nodiscard]] Result<std::string> read_public_key(const std::filesystem::path& file);
// DATA/server.key, made on first start.
[[nodiscard]] KeyPair server_key_pair(const std::filesystem::path& data);

struct AuthorisedKey {
  std::string principal;
  std::string public_key;
};
// Under DATA/keys. Adding the same key for another principal is refused.
Result<void> add_key(const std::filesystem::path& data, const std::string& principal,
                     const std::string& public_key);
// By principal (all its keys) or by public key. The number of keys revoked.
Result<std::size_t> revoke_keys(const std::filesystem::path& data, const std::string& principal,
                                const std::string& public_key);
[[nodiscard]] std::vector<AuthorisedKey> read_keys(const std::filesystem::path& data);

// What the ZAP handler and the broker consult, each with a ring of its own: not shared between threads.
class KeyRing {
 public:
  explicit KeyRing(std::filesystem::path data) : data_(std::move(data)) { reload(); }
  // True when the folder changed and was read again.
  bool refresh();
  [[nodiscard]] std::optional<std::string> principal_of(std::string_view public_key) const;

 private:
  void reload();
  std::filesystem::path data_;
  std::map<std::string, std::string, std::less<>> principals_;  // by public key
  std::string stamp_;
};

}  // namespace bannette::broker
