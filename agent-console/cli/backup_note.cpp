#include "agent-console/cli/backup_note.hpp"

#include <fcntl.h>

#include <boost/json.hpp>

#include "queue/journal/file.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr const char* kName = "backup.json";
constexpr std::size_t kMost = 1024;

}  // namespace

bool write_backup_note(const std::filesystem::path& data, const BackupNote& note) {
  const auto file = data / kName;
  const std::filesystem::path draft = file.string() + ".new";
  try {
    const auto out = journal::File::open(draft, O_WRONLY | O_CREAT | O_TRUNC);
    out.write_at(
        0, json::serialize(json::object{{"at_ms", note.at_ms}, {"bytes", note.bytes}, {"seq", note.seq}}));
    std::filesystem::rename(draft, file);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

std::optional<BackupNote> read_backup_note(const std::filesystem::path& data) {
  try {
    const auto text = journal::read_small(data / kName, kMost);
    if (!text) return std::nullopt;
    const auto note = json::parse(*text).as_object();
    return BackupNote{note.at("at_ms").to_number<std::int64_t>(), note.at("bytes").to_number<std::uint64_t>(),
                      note.at("seq").to_number<std::uint64_t>()};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace bannette::console
