// Labelled call notes: what models are trained on and measured with. One JSON object a line (JSON Lines); the
// fields are described in configs/roubaix-tourcoing/notes/GUIDE.md.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "queue/core/rules.hpp"
#include "router/core/decision.hpp"

namespace bannette::router {

struct LabelledNote {
  std::string id;
  Call call;
  std::string topic;
  std::vector<std::string> accepted;  // topics that a supervisor would accept; holds `topic`
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string insee;  // "": cannot be told
  std::string unit;   // "": cannot be told
  std::string trap;   // what makes it hard, or ""
  std::string file;   // its name without the folder: files have different authors
};

struct NoteError {
  std::string file;
  std::size_t line = 0;  // 1, 2, 3 ...; 0: the whole file
  std::string message;   // French
};

struct LabelledNotes {
  std::vector<LabelledNote> notes;  // by file name, then line
  std::vector<NoteError> errors;    // a line with an error has no note
};

inline constexpr std::size_t labelled_notes_max = 200'000;
inline constexpr std::size_t note_line_max = 64 * 1024;

// A file, or every *.jsonl of a folder, in order of name. Unknown fields are passed over. Topics must be the
// site's.
[[nodiscard]] LabelledNotes read_notes(const std::filesystem::path& path, const Site& site);

}  // namespace bannette::router
