#include "agent-console/cli/import_addresses.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "queue/journal/file.hpp"
#include "router/config/address_lines.hpp"
#include "router/config/files.hpp"
#include "router/config/load.hpp"
#include "router/config/street_file.hpp"
#include "router/core/text.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(gzFile_s* file) const { gzclose(file); }
};

// Lines of a file that may be packed; gzip is recognised by its first bytes.
class Lines {
 public:
  explicit Lines(const fs::path& path) : file_(gzopen(path.c_str(), "rbe")) {
    constexpr unsigned buffer = 256 * 1024;
    if (!file_) throw std::runtime_error(std::strerror(errno));
    gzbuffer(file_.get(), buffer);
  }

  // The next line without its end, at most address_line_max bytes of it; false at the end of the file.
  bool next(std::string& line, bool& cut) {
    line.clear();
    cut = false;
    while (true) {
      if (at_ == size_ && !fill()) return !line.empty() || cut;
      const auto* begin = buffer_.data() + at_;
      const auto* end = static_cast<const char*>(std::memchr(begin, '\n', size_ - at_));
      const auto part = end == nullptr ? size_ - at_ : static_cast<std::size_t>(end - begin);
      const auto room = router::address_line_max - line.size();
      line.append(begin, std::min(part, room));
      cut = cut || part > room;
      at_ += part + (end == nullptr ? 0 : 1);
      if (end != nullptr) return true;
    }
  }

 private:
  bool fill() {
    const int got = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
    int code = Z_OK;
    const char* what = gzerror(file_.get(), &code);
    if (got < 0 || code == Z_BUF_ERROR)
      throw std::runtime_error(code == Z_BUF_ERROR ? "le fichier compressé est incomplet"
                                                   : std::string(what));
    read_ += static_cast<std::uint64_t>(got);
    if (read_ > address_bytes_max) throw std::runtime_error("plus de 8 Gio une fois décompressé");
    at_ = 0;
    size_ = static_cast<std::size_t>(got);
    return size_ > 0;
  }

  std::unique_ptr<gzFile_s, Close> file_;
  std::array<char, 64 * 1024> buffer_{};
  std::size_t at_ = 0, size_ = 0;
  std::uint64_t read_ = 0;
};

// Beside the old file, synced, then in its place.
void replace(const fs::path& target, const std::string& text) {
  const auto draft = fs::path(target.string() + "." + std::to_string(::getpid()) + ".new");
  try {
    const auto file = journal::File::open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    file.write_at(0, text);
    file.sync();
    fs::rename(draft, target);
    journal::sync_folder(target.parent_path());
  } catch (...) {
    std::error_code ignored;
    fs::remove(draft, ignored);
    throw;
  }
}

std::string written_before(const fs::path& target) {
  return journal::read_small(target, router::street_file_max).value_or("");
}

void tell_bad_lines(const router::AddressLines& lines, std::ostream& err) {
  for (const auto& bad : lines.bad()) err << "ligne " << bad.line << " : " << router::clean(bad.what) << '\n';
  if (lines.bad_lines() > lines.bad().size())
    err << "… et " << lines.bad_lines() - lines.bad().size() << " autres lignes illisibles\n";
}

int fail(const std::string& why, std::ostream& err) {
  err << "erreur : " << router::clean(why) << " ; rien n'a changé\n";
  return 1;
}

}  // namespace

int run_import_addresses(const ImportOptions& options, std::ostream& out, std::ostream& err) {
  std::error_code failed;
  if (!fs::is_directory(options.config, failed)) {
    err << "erreur : --config : pas de dossier " << router::clean(options.config.string()) << '\n';
    return 2;
  }
  if (!fs::is_regular_file(options.from, failed)) {
    err << "erreur : --from : pas de fichier " << router::clean(options.from.string()) << '\n';
    return 2;
  }
  std::vector<router::Finding> findings;
  const auto communes = router::communes_in(options.config, findings);
  for (const auto& finding : findings)
    if (finding.severity == router::Severity::error) err << router::to_string(finding) << '\n';
  if (router::has_errors(findings)) return fail("la configuration a des erreurs", err);

  router::AddressLines lines(communes);
  try {
    Lines file(options.from);
    bool cut = false, going = true;
    for (std::string line; going && file.next(line, cut);) going = lines.take(line, cut);
  } catch (const std::runtime_error& error) {
    tell_bad_lines(lines, err);
    return fail(options.from.string() + " : " + error.what(), err);
  }
  tell_bad_lines(lines, err);
  if (!lines.stopped().empty())
    return fail("ligne " + std::to_string(lines.lines()) + " : " + lines.stopped(), err);
  const auto streets = lines.streets();
  if (streets.empty()) return fail("aucune voie des communes du site dans " + options.from.string(), err);

  const auto target = options.config / router::street_file;
  const auto text = router::write_streets(streets);
  const bool same = text == written_before(target);
  if (!same) replace(target, text);
  out << lines.lines() - 1 << " lignes lues, " << lines.outside() << " d'autres communes, "
      << lines.bad_lines() << " illisibles ; " << streets.size() << " voies : " << target.string()
      << (same ? " inchangé" : " écrit") << '\n';
  return 0;
}

}  // namespace bannette::console
