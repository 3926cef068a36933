#include "queue/journal/dossier_seal.hpp"

#include <algorithm>
#include <cstring>

namespace bannette::journal {
namespace {

// What a dossier's row holds: a secret, and by what a row that was changed is recognised.
constexpr std::size_t secret_size = 24;
constexpr std::size_t check_size = sizeof(std::uint64_t);

void put(std::string& to, std::uint64_t value) {  // little-endian
  for (int i = 0; i < 8; ++i) to.push_back(static_cast<char>(value >> (8 * i)));
}

void put(std::string& to, std::uint64_t number, const Uuid& id) {
  put(to, number);
  to.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

std::string front(std::string_view tag, std::string_view site) {
  std::string text(tag);
  put(text, site.size());
  text.append(site);
  return text;
}

}  // namespace

DossierSeal::DossierSeal(const seal::Key& master, std::string_view site)
    : site_((seal::start(), site)),
      wrapping_(seal::subkey(master, seal::Use::wrap_dossier_keys)),
      deriving_(seal::subkey(master, seal::Use::derive_dossier_keys)),
      contacts_(seal::subkey(master, seal::Use::contact_hashes)),
      recognising_(seal::subkey(master, seal::Use::recognise_master)),
      erasures_(seal::subkey(master, seal::Use::mark_erasures)),
      wrapped_ad_(front("bannette.dossier-key.v1", site)),
      derived_from_(front("bannette.dossier-key.v2", site)),
      record_ad_(front("bannette.sealed.v1", site)),
      wrapped_front_(wrapped_ad_.size()),
      derived_front_(derived_from_.size()),
      record_front_(record_ad_.size()) {}

std::array<std::uint8_t, 16> DossierSeal::recognition() const {
  return seal::keyed_hash(recognising_, site_);
}
std::array<std::uint8_t, 16> DossierSeal::contact_hash(std::string_view e164) const {
  return seal::keyed_hash(contacts_, e164);
}

std::array<std::uint8_t, 16> DossierSeal::erasure_mark(std::uint64_t number, const Uuid& id) const {
  std::string text = front("bannette.erasure.v1", site_);
  put(text, number, id);
  return seal::keyed_hash(erasures_, text);
}

std::string_view DossierSeal::record_ad(std::uint64_t number, std::uint64_t seq) {
  record_ad_.resize(record_front_);
  put(record_ad_, number);
  put(record_ad_, seq);
  return record_ad_;
}

void DossierSeal::seal_first(const seal::Key& key, std::uint64_t number, std::uint64_t seq,
                             std::string_view plain, std::string& out) {
  seal::seal_once(key, record_ad(number, seq), plain, out);
}

void DossierSeal::seal(const seal::Key& key, std::uint64_t number, std::uint64_t seq, std::string_view plain,
                       std::string& out) {
  seal::seal(key, record_ad(number, seq), plain, random_, out);
}

seal::Key DossierSeal::make_key(std::uint64_t number, const Uuid& id, std::string& kept) {
  kept.resize(secret_size + check_size);
  random_.fill(kept.data(), secret_size);
  std::uint64_t check = 0;
  const seal::Key key = derive(number, id, std::string_view(kept).substr(0, secret_size), check);
  std::memcpy(kept.data() + secret_size, &check, check_size);
  return key;
}

std::optional<seal::Key> DossierSeal::key(std::uint64_t number, const Uuid& id, std::string_view kept) {
  if (kept.size() != secret_size + check_size) return unwrap(number, id, kept);
  std::uint64_t check = 0;
  const seal::Key key = derive(number, id, kept.substr(0, secret_size), check);
  if (std::memcmp(kept.data() + secret_size, &check, check_size) != 0) return std::nullopt;
  return key;
}

seal::Key DossierSeal::derive(std::uint64_t number, const Uuid& id, std::string_view secret,
                              std::uint64_t& check) {
  derived_from_.resize(derived_front_);
  put(derived_from_, number, id);
  derived_from_.append(secret);
  std::array<std::uint8_t, sizeof(seal::Key::bytes) + check_size> bytes{};
  seal::derive(deriving_, derived_from_, bytes.data(), bytes.size());
  seal::Key key;
  std::copy_n(bytes.begin(), key.bytes.size(), key.bytes.begin());
  std::memcpy(&check, bytes.data() + key.bytes.size(), check_size);  // bytes, whatever the machine's order
  return key;
}

std::optional<seal::Key> DossierSeal::unwrap(std::uint64_t number, const Uuid& id, std::string_view wrapped) {
  wrapped_ad_.resize(wrapped_front_);
  put(wrapped_ad_, number, id);
  auto plain = seal::open(wrapping_, wrapped_ad_, wrapped);
  seal::Key key;
  if (!plain || plain->size() != key.bytes.size()) return std::nullopt;
  std::copy(plain->begin(), plain->end(), key.bytes.begin());
  seal::wipe(*plain);
  return key;
}

std::optional<std::string> DossierSeal::open(const seal::Key& key, std::uint64_t number, std::uint64_t seq,
                                             std::string_view sealed) {
  return seal::open(key, record_ad(number, seq), sealed);
}

}  // namespace bannette::journal
