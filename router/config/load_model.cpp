// The trained model that site.toml names: `bannette train` makes it.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "router/config/parts.hpp"
#include "router/core/model.hpp"

namespace bannette::router {
namespace {

namespace fs = std::filesystem;

const char* again = "bannette train --notes NOTES --config DOSSIER --out FICHIER";

// The file's bytes, or nothing as a finding says.
std::optional<std::string> read_bytes(const fs::path& path, Findings& findings) {
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed || !fs::is_regular_file(path, failed)) {
    findings.error({}, "le modèle est absent ou illisible", again);
    return std::nullopt;
  }
  if (size > model_bytes_max) {
    findings.error({}, "modèle de plus de 64 Mio", again);
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (in.bad() || bytes.size() != size) {
    findings.error({}, "le modèle ne peut pas être lu", again);
    return std::nullopt;
  }
  return bytes;
}

void compare_topics(const Site& site, const Model& model, Findings& findings) {
  const auto& known = model.topics();
  for (const auto& topic : known)
    if (find_topic(site, topic) == nullptr)
      findings.error({}, "le modèle connaît le motif « " + topic + " », qui n'est pas dans motifs.csv",
                     again);
  for (const auto& topic : site.topics)
    if (std::find(known.begin(), known.end(), topic.code) == known.end())
      findings.warning(
          {}, "le modèle ne connaît pas le motif « " + topic.code + " » : il ne sera jamais proposé", again);
}

}  // namespace

void load_model(Draft& draft) {
  if (draft.model_file.empty()) return;
  Findings findings(draft.model_file, draft.findings);
  const auto bytes = read_bytes(draft.folder / draft.model_file, findings);
  if (!bytes) return;
  auto table = from_bytes(*bytes);
  if (!table) return findings.error({}, table.error().detail, again);
  auto model = Model::make(std::move(*table), model_version(*bytes));
  if (!model) return findings.error({}, model.error().detail, again);
  compare_topics(draft.site, *model, findings);
  draft.site.model = std::make_shared<const Model>(std::move(*model));
}

}  // namespace bannette::router
