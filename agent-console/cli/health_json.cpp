// How the service is, for the administrator's screen: what /readyz and /metrics know, and the disk.
#include <boost/json.hpp>

#include "agent-console/cli/backup_note.hpp"
#include "agent-console/cli/health.hpp"
#include "agent-console/core/views.hpp"
#include "agent-console/server/json_parts.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

// Of each database with its log; what goes away meanwhile is not counted.
json::array files_of(const fs::path& data) {
  json::array files;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(data, failed)) {
    if (entry.path().extension() != ".db") continue;
    std::uint64_t bytes = entry.file_size(failed);
    if (failed) continue;
    std::error_code no_log;
    const auto log = fs::file_size(entry.path().string() + "-wal", no_log);
    if (!no_log) bytes += log;
    files.push_back(json::object{{"name", entry.path().filename().string()}, {"bytes", bytes}});
  }
  return files;
}

json::value disk_of(const fs::path& data) {
  std::error_code failed;
  const auto space = fs::space(data, failed);
  if (failed) return nullptr;
  return json::object{{"free", space.available}, {"total", space.capacity}};
}

json::value backup_of(const fs::path& data) {
  const auto note = read_backup_note(data);
  if (!note) return nullptr;
  return json::object{{"at", iso8601(note->at_ms)}, {"bytes", note->bytes}, {"seq", note->seq}};
}

json::array webhooks_of(const std::vector<webhook::EndpointState>& endpoints) {
  json::array list;
  for (const auto& each : endpoints)
    list.push_back(json::object{{"name", each.name},
                                {"enabled", each.enabled},
                                {"waiting", each.waiting},
                                {"parked", each.parked},
                                {"oldest", time_or_null(each.oldest_ms)},
                                {"sent", each.sent},
                                {"failures", each.failures},
                                {"last_error", each.last_error}});
  return list;
}

// PBXs are named, callers and posts are not.
json::object calls_of(const router::CallDeskHealth& calls) {
  json::array pbxs;
  for (const auto& each : calls.pbxs)
    pbxs.push_back(json::object{{"code", each.code},
                                {"kind", each.kind},
                                {"up", each.up},
                                {"since", time_or_null(each.since_ms)},
                                {"trouble", each.trouble},
                                {"events", each.events},
                                {"malformed", each.malformed},
                                {"reconnects", each.reconnects}});
  return {{"open", calls.open_calls},
          {"callbacks", calls.callbacks},
          {"disk_full", calls.disk_full},
          {"pbxs", std::move(pbxs)}};
}

}  // namespace

std::string health_json(const Whole& whole) {
  const auto& queue = whole.queue;
  const auto& router = whole.router;
  return json::serialize(
      json::object{{"program", whole.program},
                   {"ready", whole.reasons.empty()},
                   {"reasons", json::array(whole.reasons.begin(), whole.reasons.end())},
                   {"queue", json::object{{"seq", queue.durable_seq},
                                          {"dossiers", queue.dossiers},
                                          {"sessions", queue.sessions},
                                          {"disk_full", queue.disk_full},
                                          {"low_space", queue.low_space},
                                          {"damaged", queue.damaged}}},
                   {"router", json::object{{"queue_up", router.queue_up},
                                           {"outbox_waiting", router.outbox_waiting},
                                           {"outbox_aside", router.outbox_aside},
                                           {"outbox_danger", router.outbox_danger},
                                           {"outbox_oldest", time_or_null(router.outbox_oldest_ms)}}},
                   {"calls", calls_of(router.calls)},
                   {"webhooks", webhooks_of(whole.webhooks)},
                   {"backup", backup_of(whole.data)},
                   {"disk", disk_of(whole.data)},
                   {"files", files_of(whole.data)}});
}

}  // namespace bannette::console
