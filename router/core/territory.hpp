// Where the person concerned lives, and which unit that makes. Uncertain stays visibly uncertain.
#pragma once
#include <string>
#include <vector>

#include "router/core/decision.hpp"
#include "router/core/homeless.hpp"
#include "router/core/places.hpp"
#include "router/core/streets.hpp"

namespace bannette::router {

struct Place {
  std::string insee;
  std::string commune_name;
  std::string unit;
  bool elsewhere = false;  // told, and outside the site's communes
  bool uncertain = false;
  std::string without_unit =
      std::string(arbitration_bannette);  // for what only a unit can take, where there is none
  std::vector<Candidate> candidates;
  std::vector<Reason> because;
};

struct Suggestion {
  std::string insee;
  std::string commune_name;
  std::vector<std::string> postal_codes;
  std::string street;  // empty: the commune itself
  std::string unit;    // empty: none, or by the number of the house
};

class Territory {
 public:
  explicit Territory(const Site& site);

  // The commune field first, then the address, then the note; what the note says of the person concerned ("sa
  // mère habite Lens") goes before the field, which is often the caller's own commune.
  [[nodiscard]] Place locate(const Call& call, const Words& note) const;

  // Names of places in a note, known to the site or told as places.
  [[nodiscard]] std::vector<Mention> mentions(const Words& note) const;

  // While one types: communes, or streets of a commune (of all where `insee` is empty), best first. At
  // most 50.
  [[nodiscard]] std::vector<Suggestion> communes_like(std::string_view typed, date::local_days day,
                                                      std::size_t most) const;
  [[nodiscard]] std::vector<Suggestion> streets_like(std::string_view insee, std::string_view typed,
                                                     date::local_days day, std::size_t most) const;

 private:
  struct Evidence;
  struct Told;
  [[nodiscard]] Evidence from_field(const Call& call) const;
  [[nodiscard]] Evidence from_address(const Words& address) const;
  [[nodiscard]] Told from_note(const Words& note, const Evidence& field) const;
  void narrow(Evidence& chosen, const Evidence& written, const Evidence& told) const;
  [[nodiscard]] bool goes_before_field(const Evidence& field, const Told& told, bool with_address) const;
  [[nodiscard]] bool is_named(std::uint32_t commune, const std::vector<std::uint32_t>& several,
                              const Words& text) const;
  void choose_among(Evidence& field, const Words& address, const Words& note, date::local_days day) const;
  void by_street(Evidence& chosen, const Words& address) const;
  // place_naming.cpp
  void propose(Place& place, std::uint32_t commune, const std::string& why, date::local_days day) const;
  void name_place(Place& place, const Evidence& evidence, date::local_days day) const;
  void name_several(Place& place, const Evidence& evidence, date::local_days day) const;
  void tell_unknown_street(Place& place, const Side& side, const Words& address, date::local_days day) const;
  void find_unit(Place& place, const Words& address, const Words& note, date::local_days day) const;
  void apply_rules(Place& place, const std::string& no_home) const;
  [[nodiscard]] std::string unit_name(const std::string& code) const;

  Places places_;
  Streets streets_;
  std::vector<Unit> units_;
  Fallback homeless_, outside_;
  NoHome no_home_;
};

}  // namespace bannette::router
