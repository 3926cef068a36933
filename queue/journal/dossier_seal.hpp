// How a dossier's personal parts are sealed: a key per dossier, derived from a secret of its own that is kept
// in one row, and the site's master key (version 1 kept the key itself, sealed under the master key). What
// each seal is bound to (site, number, id or sequence) is in README.md: a sealed part moved elsewhere does
// not open.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "queue/core/ids.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::journal {

class DossierSeal {
 public:
  DossierSeal(const seal::Key& master, std::string_view site);

  // 128 bits by which the right master key is recognised when a journal is opened.
  [[nodiscard]] std::array<std::uint8_t, 16> recognition() const;
  [[nodiscard]] std::array<std::uint8_t, 16> contact_hash(std::string_view e164) const;
  // Kept where a dossier was erased: only who has the master key can make it.
  [[nodiscard]] std::array<std::uint8_t, 16> erasure_mark(std::uint64_t number, const Uuid& id) const;

  // A new dossier's key; `kept` becomes what its row holds. Whoever erases that row erases the key.
  [[nodiscard]] seal::Key make_key(std::uint64_t number, const Uuid& id, std::string& kept);
  // Replace `out`. The first text of a dossier, under the key that make_key() has just made; and later ones.
  void seal_first(const seal::Key& key, std::uint64_t number, std::uint64_t seq, std::string_view plain,
                  std::string& out);
  void seal(const seal::Key& key, std::uint64_t number, std::uint64_t seq, std::string_view plain,
            std::string& out);
  // From what its row holds, of either version. Nothing where that was not made so.
  [[nodiscard]] std::optional<seal::Key> key(std::uint64_t number, const Uuid& id, std::string_view kept);
  // Nothing where it was not sealed so.
  [[nodiscard]] std::optional<std::string> open(const seal::Key& key, std::uint64_t number, std::uint64_t seq,
                                                std::string_view sealed);

 private:
  std::optional<seal::Key> unwrap(std::uint64_t number, const Uuid& id, std::string_view wrapped);
  // The key, and whether `check` is the one that goes with it.
  seal::Key derive(std::uint64_t number, const Uuid& id, std::string_view secret, std::uint64_t& check);
  std::string_view record_ad(std::uint64_t number, std::uint64_t seq);

  std::string site_;
  seal::Random random_;
  seal::Key wrapping_;
  seal::Key deriving_;
  seal::Key contacts_;
  seal::Key recognising_;
  seal::Key erasures_;
  std::string wrapped_ad_;  // fixed front, then what varies; reused
  std::string derived_from_;
  std::string record_ad_;
  std::size_t wrapped_front_ = 0;
  std::size_t derived_front_ = 0;
  std::size_t record_front_ = 0;
};

}  // namespace bannette::journal
