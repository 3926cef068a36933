#include "agent-console/cli/backup_manifest.hpp"

#include <algorithm>
#include <string_view>

#include <boost/json.hpp>

#include "agent-console/cli/backup_archive.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kNameMost = 128;

bool made_of(std::string_view text, std::string_view also) {
  return !text.empty() && text.size() <= kNameMost && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || also.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string text_of(const Manifest& manifest) {
  const json::object text{{"format", kFormat},
                          {"program", manifest.program},
                          {"site", manifest.site},
                          {"schema", manifest.schema},
                          {"epoch", manifest.epoch},
                          {"head", json::object{{"seq", manifest.head_seq}, {"hash", manifest.head_hash}}},
                          {"created_ms", manifest.created_ms}};
  return json::serialize(text) + "\n";
}

Manifest read_manifest(const std::string& text) {
  const auto damaged = [] {
    return DamagedBackup("sauvegarde endommagée : " + std::string(kManifestName) + " : illisible");
  };
  boost::system::error_code failed;
  const json::value parsed = json::parse(text, failed);
  if (failed || !parsed.is_object()) throw damaged();
  try {
    if (parsed.at("format").to_number<std::int64_t>() > kFormat)
      throw std::runtime_error(
          "cette sauvegarde est d'une version plus récente de bannette : restaurez-la avec elle");
    Manifest manifest;
    manifest.program = json::value_to<std::string>(parsed.at("program"));
    manifest.site = json::value_to<std::string>(parsed.at("site"));
    manifest.schema = parsed.at("schema").to_number<std::int64_t>();
    manifest.epoch = parsed.at("epoch").to_number<std::uint64_t>();
    manifest.head_seq = parsed.at("head").at("seq").to_number<std::uint64_t>();
    manifest.head_hash = json::value_to<std::string>(parsed.at("head").at("hash"));
    manifest.created_ms = parsed.at("created_ms").to_number<std::int64_t>();
    return manifest;
  } catch (const boost::system::system_error&) {
    throw damaged();
  } catch (const std::out_of_range&) {
    throw damaged();
  }
}

bool is_database_name(const std::string& name) {
  return name.size() > 3 && name.ends_with(".db") && made_of(name.substr(0, name.size() - 3), "-");
}

bool is_backup_name(const std::string& name) {
  if (name == kManifestName || name == "queue.head" || name == "server.key" || name == "server.key.pub")
    return true;
  if (is_database_name(name)) return true;
  constexpr std::string_view keys = "keys/";
  if (!name.starts_with(keys)) return false;
  const std::string rest = name.substr(keys.size());
  const auto letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:@";
  return made_of(rest, letters) && rest.front() != '.';
}

}  // namespace bannette::console
