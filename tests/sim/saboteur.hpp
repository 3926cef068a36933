// Stands between the desk and the world, and breaks one rule there.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "queue/desk/desk.hpp"
#include "tests/sim/mutant.hpp"

namespace bannette::sim {

class Saboteur {
 public:
  explicit Saboteur(Mutant mutant) : mutant_(mutant) {}
  [[nodiscard]] bool is(Mutant mutant) const { return mutant_ == mutant; }

  [[nodiscard]] Rules rules(Rules rules) const;
  [[nodiscard]] Instant instant(Instant now, std::int64_t wall_offset_ms) const;
  [[nodiscard]] Authority authority(std::string_view principal, const Rules& rules) const;
  // What arrives, before the desk has it.
  [[nodiscard]] std::string received(const std::string& bytes, const Authority& who, const desk::Desk& desk);
  // What is written, before the disk has it.
  void written(std::vector<journal::Entry>& batch) const;
  // How much of it a crash keeps; 0: there is none.
  [[nodiscard]] std::size_t tears(const std::vector<journal::Entry>& batch) const;
  // What a start reads.
  [[nodiscard]] Bannettes reload(const Rules& rules, journal::Journal& journal, const Instant& now,
                                 const Instant& began) const;
  // What leaves.
  void sent(v1::Envelope& envelope, const Authority& who, const desk::Desk& desk, journal::Journal& journal);

 private:
  void read(Dossier& dossier) const;

  Mutant mutant_;
  std::uint64_t made_keys_ = 0;
  std::map<std::string, std::string> first_;  // by key: the first message
};

}  // namespace bannette::sim
