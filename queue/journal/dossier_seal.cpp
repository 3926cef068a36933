#include "queue/journal/dossier_seal.hpp"

#include <algorithm>

namespace bannette::journal {
namespace {

void put(std::string& to, std::uint64_t value) {  // little-endian
  for (int i = 0; i < 8; ++i) to.push_back(static_cast<char>(value >> (8 * i)));
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
      contacts_(seal::subkey(master, seal::Use::contact_hashes)),
      recognising_(seal::subkey(master, seal::Use::recognise_master)),
      erasures_(seal::subkey(master, seal::Use::mark_erasures)),
      key_ad_(front("bannette.dossier-key.v1", site)),
      record_ad_(front("bannette.sealed.v1", site)),
      key_front_(key_ad_.size()),
      record_front_(record_ad_.size()) {}

std::array<std::uint8_t, 16> DossierSeal::recognition() const {
  return seal::keyed_hash(recognising_, site_);
}
std::array<std::uint8_t, 16> DossierSeal::contact_hash(std::string_view e164) const {
  return seal::keyed_hash(contacts_, e164);
}

std::array<std::uint8_t, 16> DossierSeal::erasure_mark(std::uint64_t number, const Uuid& id) const {
  std::string text = front("bannette.erasure.v1", site_);
  put(text, number);
  text.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
  return seal::keyed_hash(erasures_, text);
}

std::string_view DossierSeal::key_ad(std::uint64_t number, const Uuid& id) {
  key_ad_.resize(key_front_);
  put(key_ad_, number);
  key_ad_.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
  return key_ad_;
}

std::string_view DossierSeal::record_ad(std::uint64_t number, std::uint64_t seq) {
  record_ad_.resize(record_front_);
  put(record_ad_, number);
  put(record_ad_, seq);
  return record_ad_;
}

void DossierSeal::wrap(const seal::Key& key, std::uint64_t number, const Uuid& id, std::string& out) {
  const std::string_view plain(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  seal::seal(wrapping_, key_ad(number, id), plain, out);
}

void DossierSeal::seal(const seal::Key& key, std::uint64_t number, std::uint64_t seq, std::string_view plain,
                       std::string& out) {
  seal::seal(key, record_ad(number, seq), plain, out);
}

std::optional<seal::Key> DossierSeal::unwrap(std::uint64_t number, const Uuid& id, std::string_view wrapped) {
  auto plain = seal::open(wrapping_, key_ad(number, id), wrapped);
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
