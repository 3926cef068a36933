// Suggest → Suggested: what is answered, and what is refused.
#include <catch2/catch.hpp>

#include "router/config/load.hpp"
#include "router/service/intake.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace date::literals;

namespace {

const Site& sample() {
  static const Site site =
      load_site(std::string(BANNETTE_SOURCE_DIR) + "/configs/roubaix-tourcoing").site.value();
  return site;
}

v1::Suggest asking(v1::SuggestKind kind, const std::string& query, const std::string& insee = {}) {
  v1::Suggest suggest;
  suggest.set_kind(kind);
  suggest.set_query(query);
  suggest.set_insee(insee);
  return suggest;
}

Refusal refused(const v1::Suggest& asked) {
  return suggest(sample(), asked).error();
}

}  // namespace

TEST_CASE("communes and streets are suggested") {
  const auto communes = suggest(sample(), asking(v1::SUGGEST_KIND_COMMUNE, "5939")).value();
  REQUIRE(communes.items_size() >= 3);
  CHECK(communes.items_size() <= 10);
  CHECK(communes.items(0).unit() == "utpas-hem-lannoy");
  CHECK(communes.items(0).street().empty());
  const auto streets = suggest(sample(), asking(v1::SUGGEST_KIND_STREET, "12 r guesde", "59512")).value();
  REQUIRE(streets.items_size() == 1);
  CHECK(streets.items(0).street() == "Rue Jules Guesde");
  CHECK(streets.items(0).commune_name() == "Roubaix");
  CHECK(streets.items(0).unit() == "utpas-roubaix-est");
  CHECK(suggest(sample(), asking(v1::SUGGEST_KIND_COMMUNE, "zzzz")).value().items_size() == 0);
  auto few = asking(v1::SUGGEST_KIND_COMMUNE, "s");
  few.set_limit(2);
  CHECK(suggest(sample(), few).value().items_size() == 2);
}

TEST_CASE("what Suggest refuses") {
  CHECK(refused(asking(v1::SUGGEST_KIND_UNSPECIFIED, "rou")).code == Code::unknown_enum);
  CHECK(refused(asking(static_cast<v1::SuggestKind>(9), "rou")).code == Code::unknown_enum);
  CHECK(refused(asking(v1::SUGGEST_KIND_COMMUNE, "  ")).code == Code::missing);
  CHECK(refused(asking(v1::SUGGEST_KIND_COMMUNE, std::string(201, 'a'))).code == Code::too_large);
  CHECK(refused(asking(v1::SUGGEST_KIND_STREET, "rue", "00000")).code == Code::malformed);
  CHECK(refused(asking(v1::SUGGEST_KIND_STREET, "rue", "123456")).code == Code::too_large);
  auto many = asking(v1::SUGGEST_KIND_COMMUNE, "s");
  many.set_limit(51);
  CHECK(refused(many).code == Code::too_large);
}
