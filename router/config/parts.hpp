// The files one by one, in the order in which they refer to each other. Each fills its part of the site and
// reports.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "router/config/finding.hpp"
#include "router/config/toml_reader.hpp"
#include "router/core/site.hpp"

namespace bannette::router {

inline constexpr const char* consignes_file = "consignes.toml";

struct Draft {
  std::filesystem::path folder;
  Site site;
  std::vector<Finding> findings;
  // from site.toml
  std::string communes_file = "communes.csv";
  std::string names_file;         // empty: none
  std::string elsewhere_file;     // empty: none
  std::string model_file;         // empty: none
  bool outside_declared = false;  // communes without a sector are outside on purpose
  std::optional<Spot> homeless_rule, outside_rule;
};

void load_description(Draft& draft);  // site.toml
void load_units(Draft& draft);        // units.toml
void load_fallbacks(Draft& draft);    // rules of site.toml that name units and services
void load_topics(Draft& draft);       // motifs.csv
void load_communes(Draft& draft);     // communes, other names, places elsewhere
void load_sectors(Draft& draft);      // sectorisation.csv
void load_streets(Draft& draft);      // voies.csv, where there is one
void load_safety(Draft& draft);       // securite.toml
void load_consignes(Draft& draft);    // consignes.toml, where there is one
void load_model(Draft& draft);        // the trained model
void load_telephony(Draft& draft);    // telephonie.toml, where there is one

inline constexpr const char* telephony_file = "telephonie.toml";

// Tables of site.toml, in load_times.cpp. read_openings() and read_on_call() need the zone and the closures.
void read_openings(Calendar& calendar, TomlTable& table, Findings& findings);
void read_delays(Rules& rules, TomlTable& table, Findings& findings);
void read_on_call(Rules& rules, std::vector<TomlTable> tables, Findings& findings);

// A code: small letters, digits, dots and hyphens, 1 to 64 bytes. Reports another form.
bool check_code(const Spot& code, Findings& findings);
// A number as people dial it: digits and what stands between them, within limits::phone; else an error is
// told.
std::string dialled(const Spot& number, Findings& findings);

}  // namespace bannette::router
