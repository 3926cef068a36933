// Where the person concerned lives, and which unit that makes. Uncertain stays visibly uncertain.
#pragma once
#include <string>
#include <vector>

#include "router/core/decision.hpp"
#include "router/core/places.hpp"
#include "router/core/streets.hpp"

namespace bannette::router {

struct Place {
  std::string insee;
  std::string commune_name;
  std::string unit;
  bool elsewhere = false;  // told, and outside the site's communes
  bool uncertain = false;
  std::vector<Candidate> candidates;
  std::vector<Reason> because;
};

class Territory {
 public:
  explicit Territory(const Site& site);

  // The commune field first, then the address, then the note; what the note says of the person concerned ("sa
  // mère habite Lens") goes before the field, which is often the caller's own commune.
  [[nodiscard]] Place locate(const Call& call, const Words& note) const;

  // Names of places in a note, known to the site or told as places.
  [[nodiscard]] std::vector<Mention> mentions(const Words& note) const;

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
  void choose_among(Evidence& field, const Words& address, const Words& note) const;
  void name_place(Place& place, const Evidence& evidence) const;
  void find_unit(Place& place, const Words& address, const Words& note) const;
  [[nodiscard]] Candidate candidate(std::uint32_t commune) const;
  [[nodiscard]] std::string unit_name(const std::string& code) const;

  Places places_;
  Streets streets_;
  std::vector<Unit> units_;
};

}  // namespace bannette::router
