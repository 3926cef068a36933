// The sample site's model: made of the sample site's notes, and as good on notes that it has not seen as its
// README says.
#include <fstream>
#include <iostream>
#include <iterator>

#include <catch2/catch.hpp>

#include "router/config/load.hpp"
#include "router/learn/evaluate.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

const std::filesystem::path folder = std::filesystem::path(BANNETTE_SOURCE_DIR) / "configs/roubaix-tourcoing";

std::vector<LabelledNote> sample_notes(const Site& site) {
  auto read = read_notes(folder / "notes", site);
  for (const auto& error : read.errors) FAIL_CHECK(error.file << ':' << error.line << ": " << error.message);
  return std::move(read.notes);
}

}  // namespace

TEST_CASE("the model that is shipped is what its notes make") {
  const auto site = load_site(folder).site.value();
  const auto notes = sample_notes(site);
  const auto bytes = to_bytes(train_model(samples_of(notes, site), site, {}));
  std::ifstream in(folder / "modele.bin", std::ios::binary);
  const std::string shipped((std::istreambuf_iterator<char>(in)), {});
  CHECK(model_version(bytes) == model_version(shipped));
  CHECK(bytes == shipped);
}

TEST_CASE("figures on files that were kept aside, one after the other") {
  const auto site = load_site(folder).site.value();
  const auto all = cross_validate(sample_notes(site), site, {});
  for (const auto& [file, figures] : all) std::cout << "== " << file << '\n' << report(figures) << '\n';
  const auto& together = all.back().second;
  CHECK(together.accepted.share() >= 0.90);
  CHECK(together.first_three.share() >= 0.975);
  CHECK(together.danger_recall.share() >= 0.97);
  CHECK(together.danger_precision.share() >= 0.65);
  CHECK(together.urgency.share() >= 0.87);
}
