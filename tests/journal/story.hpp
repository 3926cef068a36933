// Makes changes as the state machine would: sequences and numbers without gaps, dossiers folded with
// evolve().
#pragma once
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "queue/journal/journal.hpp"

namespace bannette::test {

inline constexpr const char* canary = "Madame-Canari-0612345678";  // must never be on disk in clear
inline constexpr const char* canary_phone = "+33612345678";
inline constexpr std::int64_t story_start_ms = 1'764'061'200'000;  // 25 November 2025, 9:00 UTC

class Story {
 public:
  explicit Story(std::uint64_t seed = 1) : random_(seed) {}

  journal::Entry submit(const std::string& content = "contenu", const std::string& contact = "");
  // Of an existing dossier, by "unit:ubt"; `text` for notes.
  journal::Entry change(std::uint64_t number, ChangeKind kind, const std::string& text = "");
  journal::Entry of_site();  // number 0, no dossier
  // A walk: mostly new dossiers, and allowed changes of those that are there.
  std::vector<journal::Entry> walk(std::size_t count);
  // submitted, reserved, noted, renewed, accepted, handled: one dossier's whole life.
  std::vector<journal::Entry> life();
  void at(std::int64_t wall_ms) { wall_ms_ = wall_ms; }

  std::map<std::uint64_t, Dossier> dossiers;
  std::map<std::uint64_t, std::vector<journal::Entry>> histories;
  std::vector<Change> changes;  // all, in order
  std::uint64_t site_seq = 0;   // of the site's last change

 private:
  journal::Entry keep(Change change, std::string content, std::string text, std::string contact);
  Uuid uuid();

  std::mt19937_64 random_;
  std::int64_t wall_ms_ = story_start_ms;
};

}  // namespace bannette::test
