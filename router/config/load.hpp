// A folder of TOML and CSV files made into a Site, with every error it holds and not only the first.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "router/config/finding.hpp"
#include "router/core/site.hpp"

namespace bannette::router {

struct Loaded {
  std::optional<Site> site;       // prepared; nothing where a finding is an error
  std::vector<Finding> findings;  // in order of reading: errors and warnings
};

// Reads site.toml, units.toml, motifs.csv, the commune files that site.toml names, sectorisation.csv,
// securite.toml, telephonie.toml and the model. See configs/README.md for their form. Does not throw for what
// the files hold.
[[nodiscard]] Loaded load_site(const std::filesystem::path& folder);
// As if site.toml named no model: for making one.
[[nodiscard]] Loaded load_site_without_model(const std::filesystem::path& folder);

// Reads the notes that the safety rules give as their own examples: an error for each that does not do what
// its rule says of it. Apart from load_site(), since a service that starts has been checked before.
[[nodiscard]] std::vector<Finding> check_examples(const Site& site);

// The INSEE codes of a folder's communes, without the rest of it; what is wrong with them is in `findings`.
[[nodiscard]] std::vector<std::string> communes_in(const std::filesystem::path& folder,
                                                   std::vector<Finding>& findings);

[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

}  // namespace bannette::router
