#include <algorithm>
#include <fstream>

#include "router/config/load.hpp"
#include "router/config/street_file.hpp"
#include "router/core/decision.hpp"
#include "router/core/engine.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/router_measures.hpp"
#include "tests/unit/router_config/many_streets.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;
using router::Site;

constexpr std::size_t streets = 100'000;

template <class Work>
double one(Work&& work) {
  const auto from = Clock::now();
  work();
  return micros(Clock::now() - from);
}

boost::json::object told(std::vector<double> us) {
  return {{"count", us.size()},
          {"p50_us", rounded(percentile(us, 0.5))},
          {"p99_us", rounded(percentile(us, 0.99))},
          {"max_us", rounded(percentile(us, 1.0))}};
}

// Every beginning of a text, letter by letter, as it is typed.
template <class Take>
void typed(const std::string& text, Take&& take) {
  for (std::size_t size = 1; size <= text.size(); ++size)
    if (size == text.size() || (static_cast<unsigned char>(text[size]) & 0xC0) != 0x80)
      take(text.substr(0, size));
}

Site load(const fs::path& folder, double& ms) {
  std::optional<Site> site;
  ms = one([&] { site = router::load_site(folder).site; }) / 1'000;
  return std::move(site.value());
}

// Names of streets spread over the whole index, and how each is typed.
boost::json::object completion_of_streets(const Site& site, bool in_commune) {
  const auto& territory = site.engine->territory;
  std::vector<double> us;
  for (router::StreetIndex::Id street = 0; street < site.streets->size(); street += 997) {
    const auto insee = in_commune ? site.streets->insee(street) : std::string();
    typed(std::string(site.streets->name(street)), [&](const std::string& text) {
      us.push_back(one([&] { (void)territory.streets_like(insee, text, {}, 10); }));
    });
    auto slip = std::string(site.streets->name(street));
    slip.erase(slip.size() / 2, 1);
    us.push_back(one([&] { (void)territory.streets_like(insee, router::fold(slip), {}, 10); }));
  }
  return told(std::move(us));
}

boost::json::object completion_of_communes(const Site& site) {
  const auto& territory = site.engine->territory;
  std::vector<double> us;
  for (const auto& commune : site.communes)
    typed(commune.name, [&](const std::string& text) {
      us.push_back(one([&] { (void)territory.communes_like(text, {}, 10); }));
    });
  return told(std::move(us));
}

// Streets of the biggest commune, as written and with a letter left out.
boost::json::object placing(const Site& site) {
  std::vector<double> us;
  for (router::StreetIndex::Id street = 0; street < site.streets->size(); street += 499) {
    const auto* commune = router::find_commune(site, site.streets->insee(street));
    auto address = "12 " + std::string(site.streets->name(street));
    for (int slip = 0; slip < 2; ++slip) {
      us.push_back(one([&] { (void)router::decide(site, {"une facture", commune->name, address}); }));
      address.erase(address.size() - 2, 1);
    }
  }
  return told(std::move(us));
}

}  // namespace

boost::json::object measure_territory(const fs::path& config, const fs::path& scratch) {
  const auto folder = scratch / "site";
  fs::copy(config, folder, fs::copy_options::recursive);
  fs::remove(folder / router::street_file);
  double without_ms = 0, with_ms = 0;
  const auto bare = load(folder, without_ms);
  std::ofstream(folder / router::street_file, std::ios::binary)
      << router::write_streets(router::test::many_streets(bare, streets));
  const auto site = load(folder, with_ms);
  return {{"streets", site.streets->size()},
          {"communes", site.communes.size()},
          {"start_ms", rounded(with_ms)},
          {"start_without_streets_ms", rounded(without_ms)},
          {"street_index_bytes", site.streets->bytes()},
          {"street_file_bytes", fs::file_size(folder / router::street_file)},
          {"complete_commune", completion_of_communes(site)},
          {"complete_street_in_commune", completion_of_streets(site, true)},
          {"complete_street_anywhere", completion_of_streets(site, false)},
          {"place_a_call", placing(site)}};
}

}  // namespace bannette::bench
