// What the site's own changes add up to: delegations, alarms of bannettes, the calendar in force.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "queue/core/change.hpp"

namespace bannette {

struct Delegation {
  std::string to;            // a holder's name, as histories show it
  std::int64_t from_ms = 0;  // Unix time
  std::int64_t until_ms = 0;
  bool operator==(const Delegation&) const = default;
};

struct SiteState {
  std::uint64_t last_seq = 0;                                  // of the last change of the site
  std::string rules_fingerprint;                               // for which open deadlines were computed last
  std::map<std::string, Delegation, std::less<>> delegations;  // by the person who is away
  std::set<std::string, std::less<>> unattended;               // bannettes with a standing alarm
  std::set<std::string, std::less<>> restricted_unattended;    // and with that of restricted topics
  bool operator==(const SiteState&) const = default;
};

// The reason of `unattended` and `attended` where it is about restricted topics alone.
inline constexpr std::string_view kOfRestricted = "restricted";

// Throws std::logic_error where the change is not one of the site.
void evolve(SiteState& site, const Change& change);

}  // namespace bannette
