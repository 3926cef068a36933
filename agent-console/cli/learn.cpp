#include "agent-console/cli/learn.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

#include <boost/json.hpp>

#include "router/config/load.hpp"
#include "router/learn/evaluate.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

// Where no configuration is named: that of the folder in which the notes lie, or the sample site's.
fs::path config_for(const LearnOptions& options) {
  if (!options.config.empty()) return options.config;
  std::error_code failed;
  const auto notes = fs::absolute(options.notes, failed).lexically_normal();
  for (const auto& folder :
       {notes.parent_path(), notes.parent_path().parent_path(), fs::path("configs/roubaix-tourcoing")})
    if (fs::is_regular_file(folder / "site.toml", failed)) return folder;
  return {};
}

struct Prepared {
  router::Site site;
  std::vector<router::LabelledNote> notes;
};

// A site without its model may be one whose model is to be made: `needs_model` says whether that is refused.
std::optional<router::Site> load(const fs::path& folder, bool needs_model, std::ostream& err) {
  const auto loaded = needs_model ? router::load_site(folder) : router::load_site_without_model(folder);
  if (loaded.site) return loaded.site;
  for (const auto& finding : loaded.findings) err << router::to_string(finding) << '\n';
  return std::nullopt;
}

int prepare(const LearnOptions& options, bool needs_model, Prepared& prepared, std::ostream& err) {
  const auto folder = config_for(options);
  if (folder.empty()) {
    err << "aucune configuration trouvée ; écrire --config suivi d'un dossier qui contient site.toml\n";
    return 2;
  }
  auto site = load(folder, needs_model, err);
  if (!site) return 1;
  prepared.site = std::move(*site);
  auto read = router::read_notes(options.notes, prepared.site);
  for (const auto& error : read.errors) {
    err << error.file;
    if (error.line > 0) err << ':' << error.line;
    err << ": erreur: " << error.message << '\n';
  }
  if (!read.errors.empty()) return 1;
  if (read.notes.empty()) {
    err << options.notes.string() << ": erreur: aucune note\n";
    return 2;
  }
  prepared.notes = std::move(read.notes);
  return 0;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Into a file beside, then in its place: a model that is in use is whole at any moment.
bool write_whole(const fs::path& path, const std::string& bytes) {
  auto beside = path;
  beside += ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code failed;
  if (out) fs::rename(beside, path, failed);
  const bool done = out && !failed;
  if (!done) fs::remove(beside, failed);
  return done;
}

bool take_model(router::Site& site, const fs::path& path, std::ostream& err) {
  const auto bytes = bytes_of(path);
  auto table = router::from_bytes(bytes);
  auto model = table ? router::Model::make(std::move(*table), router::model_version(bytes)) : table.error();
  if (!model) {
    err << path.string() << ": erreur: " << model.error().detail << '\n';
    return false;
  }
  site.model = std::make_shared<const router::Model>(std::move(*model));
  return true;
}

void tell(const std::string& name, const router::Figures& figures, bool as_json, std::ostream& out) {
  if (as_json)
    out << boost::json::serialize(boost::json::object{
               {"file", name}, {"figures", boost::json::parse(router::report_json(figures))}})
        << '\n';
  else
    out << "== " << name << '\n' << router::report(figures) << '\n';
}

}  // namespace

int run_train(const LearnOptions& options, std::ostream& out, std::ostream& err) {
  Prepared prepared;
  if (const int failed = prepare(options, false, prepared, err); failed != 0) return failed;
  const auto samples = router::samples_of(prepared.notes, prepared.site);
  const auto bytes = router::to_bytes(router::train_model(samples, prepared.site, {}));
  if (!write_whole(options.model, bytes)) {
    err << options.model.string() << ": erreur: le modèle ne peut pas être écrit\n";
    return 1;
  }
  out << options.model.string() << " : modèle " << router::model_version(bytes) << ", " << samples.size()
      << " notes, " << bytes.size() << " octets\n";
  return 0;
}

int run_evaluate(const LearnOptions& options, std::ostream& out, std::ostream& err) {
  Prepared prepared;
  const bool uses_own = !options.cross_validate && options.model.empty();
  if (const int failed = prepare(options, uses_own, prepared, err); failed != 0) return failed;
  const auto name = options.notes.filename().string();
  if (options.cross_validate) {
    for (const auto& [file, figures] : router::cross_validate(prepared.notes, prepared.site, {}))
      tell(file, figures, options.json, out);
    return 0;
  }
  if (!options.model.empty() && !take_model(prepared.site, options.model, err)) return 1;
  tell(name, router::evaluate(prepared.notes, prepared.site), options.json, out);
  return 0;
}

}  // namespace bannette::console
