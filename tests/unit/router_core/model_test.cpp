#include "router/core/model.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

// The ids that two texts are read as, without the shape.
std::vector<std::uint32_t> ids(std::string_view text, FeatureKind kind) {
  static const FeatureReader reader;
  std::vector<std::uint32_t> out;
  for (const auto& feature : reader.read(words_of(text), {}, {}))
    if (feature.kind == kind) out.push_back(feature.id);
  std::sort(out.begin(), out.end());
  return out;
}

// With a checksum that is right again, as an attacker would.
std::string with_checksum(std::string bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (std::size_t i = 20; i < bytes.size(); ++i)
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3ULL;
  for (std::size_t i = 0; i < 8; ++i, hash >>= 8) bytes[12 + i] = static_cast<char>(hash & 0xFF);
  return bytes;
}

}  // namespace

TEST_CASE("what is read of a note does not hang on how it is written") {
  CHECK(ids("Une FACTURE d'Électricité", FeatureKind::word) ==
        ids("une facture d electricite", FeatureKind::word));
  CHECK(ids("factures", FeatureKind::word) == ids("facture", FeatureKind::word));
  CHECK(ids("fille de 3 ans", FeatureKind::word) != ids("fille de dix ans", FeatureKind::word));
  CHECK(ids("fille de 3 ans", FeatureKind::word) == ids("fille de quatre ans", FeatureKind::word));
  CHECK(ids("kompagnon", FeatureKind::sound) == ids("compagnon", FeatureKind::sound));
  CHECK(ids("Mme Delbecque appelle", FeatureKind::word) == ids("Mme Vandamme appelle", FeatureKind::word));
  const auto abbreviated = ids("enft", FeatureKind::word);
  const auto meant = ids("enfant", FeatureKind::word);
  CHECK(std::includes(abbreviated.begin(), abbreviated.end(), meant.begin(), meant.end()));
}

TEST_CASE("a place named in a note is no word for a topic") {
  const FeatureReader reader;
  const auto read = [&](std::string_view text, std::size_t from, std::size_t to) {
    auto features = reader.read(words_of(text), {{from, to, false, {}, ""}}, {});
    std::vector<std::uint32_t> out;
    for (const auto& feature : features) out.push_back(feature.id);
    return out;
  };
  CHECK(read("loyer a Hem Lenglet", 2, 4) == read("loyer a Villeneuve d Ascq", 2, 5));
}

TEST_CASE("a model's bytes are the same table again") {
  const auto table = test::small_model();
  const auto bytes = to_bytes(table);
  CHECK(from_bytes(bytes).value() == table);
  CHECK(to_bytes(from_bytes(bytes).value()) == bytes);
  CHECK(model_version(bytes).size() == 16);
  auto other = table;
  other.danger_from = 0.25F;
  CHECK(model_version(to_bytes(other)) != model_version(bytes));
}

TEST_CASE("bytes that are no model are refused, and no byte of one can do harm") {
  const auto bytes = to_bytes(test::small_model());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK(from_bytes(with_checksum(bytes.substr(0, std::max<std::size_t>(size, 20))).substr(0, size))
              .has_error());
  CHECK(from_bytes(with_checksum(bytes + "x")).has_error());
  std::size_t refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const int flip : {0x01, 0x80, 0xFF}) {
      auto changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      CHECK(from_bytes(changed).has_error());
      auto table = from_bytes(at < 20 ? changed : with_checksum(changed));
      if (table.has_error()) {
        ++refused;
        continue;
      }
      auto model = Model::make(std::move(*table), "");
      if (model.has_error()) continue;
      const auto opinion = model->read(words_of("une facture, frappé, mdph"), {}, {});
      CHECK(opinion.topics.size() == 4);
      CHECK(opinion.danger >= 0);
      CHECK(opinion.danger <= 1);
    }
  CHECK(refused > 100);
}

TEST_CASE("a long note is read within bounds, and an empty one is known for what it is") {
  const auto model = Model::make(test::small_model(), "").value();
  CHECK(model.read(words_of(""), {}, {}).known.empty());
  std::string many;
  while (many.size() < text_max) many += "facture ";
  const auto opinion = model.read(words_of(many), {}, {});
  CHECK(opinion.known.size() == 1);
  CHECK(opinion.topics[1] > 0.9);
  CHECK(FeatureReader().read(words_of(many), {}, {}).size() < feature_words_max * 30);
}
