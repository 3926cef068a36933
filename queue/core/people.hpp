// Names of those who hold dossiers or held them, each kept once for as long as the service runs.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "queue/core/authority.hpp"
#include "queue/core/interned.hpp"
#include "queue/core/limits.hpp"

namespace bannette {

class People {
 public:
  enum class Room : std::uint8_t { there, full_for_unit, full };

  std::uint32_t index(std::string_view name) {
    if (const auto known = names_.find(name)) return *known;
    if (const auto unit = unit_of(name); !unit.empty()) ++of_unit_[std::string(unit)];
    return names_.index(name);
  }
  [[nodiscard]] const std::string& text(std::uint32_t index) const { return names_.text(index); }

  // May this name come in? A unit makes up the names of its people, so it has a share of its own: it cannot
  // take the room of the others. Bounds: limits::people, limits::people_of_unit.
  [[nodiscard]] Room room(std::string_view name) const {
    if (names_.find(name)) return Room::there;
    const auto unit = of_unit_.find(unit_of(name));
    if (unit != of_unit_.end() && unit->second >= limits::people_of_unit) return Room::full_for_unit;
    return names_.size() < limits::people ? Room::there : Room::full;
  }

 private:
  Interned names_;
  std::map<std::string, std::size_t, std::less<>> of_unit_;  // how many, by the key's principal
};

}  // namespace bannette
