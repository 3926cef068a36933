#include "agent-console/cli/backup_archive.hpp"

#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "queue/journal/file.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;
using journal::File;

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kEntriesMost = 100'000;
constexpr std::int64_t kBlock = 512;                  // of a tar
constexpr std::int64_t kEnd = 2 * kBlock;             // zeroes that end one
constexpr std::int64_t kSumsMost = 64 * 1024 * 1024;  // bytes of SUMS.b2

// BLAKE2b-512 without a key: what b2sum(1) does.
class Sum {
 public:
  Sum() { crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES_MAX); }
  void add(const void* bytes, std::size_t size) {
    crypto_generichash_update(&state_, static_cast<const unsigned char*>(bytes), size);
  }
  std::string hex() {
    std::array<unsigned char, crypto_generichash_BYTES_MAX> sum{};
    crypto_generichash_final(&state_, sum.data(), sum.size());
    std::string text(sum.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), sum.data(), sum.size());
    text.pop_back();
    return text;
  }

 private:
  crypto_generichash_state state_{};
};

std::size_t read_some(const File& file, char* into, std::size_t most, const fs::path& path) {
  for (;;) {
    const ssize_t n = ::read(file.fd(), into, most);
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), path.string());
  }
}

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

struct ArchiveWriter::Impl {
  fs::path path;
  File file;
  archive* tar = archive_write_new();
  std::string sums;

  void check(int answer) const {
    if (answer == ARCHIVE_OK) return;
    const int code = archive_errno(tar) > 0 ? archive_errno(tar) : EIO;
    throw std::system_error(code, std::generic_category(), path.string());
  }
  void header(const std::string& name, std::int64_t size) const {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_size(entry.get(), size);
    archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
    check(archive_write_header(tar, entry.get()));
  }
  void content(const char* bytes, std::size_t size) const {
    if (archive_write_data(tar, bytes, size) != static_cast<la_ssize_t>(size)) check(ARCHIVE_FATAL);
  }
};

ArchiveWriter::ArchiveWriter(const fs::path& file) : impl_(std::make_unique<Impl>()) {
  impl_->path = file;
  impl_->file = File::open(file, O_WRONLY | O_CREAT | O_EXCL, 0600);
  impl_->check(archive_write_set_format_pax_restricted(impl_->tar));
  impl_->check(archive_write_add_filter_none(impl_->tar));
  impl_->check(archive_write_open_fd(impl_->tar, impl_->file.fd()));
}

ArchiveWriter::~ArchiveWriter() {
  archive_write_fail(impl_->tar);  // where finish() was not reached, nothing more is written
  archive_write_free(impl_->tar);
}

void ArchiveWriter::add(const std::string& name, const fs::path& from) {
  const File source = File::open(from, O_RDONLY | O_NOFOLLOW);
  struct stat status{};
  if (::fstat(source.fd(), &status) != 0)
    throw std::system_error(errno, std::generic_category(), from.string());
  impl_->header(name, status.st_size);
  Sum sum;
  std::string piece(kPiece, '\0');
  auto left = static_cast<std::size_t>(status.st_size);
  while (left > 0) {
    const std::size_t n = read_some(source, piece.data(), std::min(left, piece.size()), from);
    if (n == 0) throw std::system_error(EIO, std::generic_category(), from.string() + " (raccourci)");
    sum.add(piece.data(), n);
    impl_->content(piece.data(), n);
    left -= n;
  }
  impl_->sums += sum.hex() + "  " + name + "\n";
}

void ArchiveWriter::add_text(const std::string& name, const std::string& text) {
  impl_->header(name, static_cast<std::int64_t>(text.size()));
  impl_->content(text.data(), text.size());
  Sum sum;
  sum.add(text.data(), text.size());
  impl_->sums += sum.hex() + "  " + name + "\n";
}

std::uint64_t ArchiveWriter::finish() {
  impl_->header(kSumsName, static_cast<std::int64_t>(impl_->sums.size()));
  impl_->content(impl_->sums.data(), impl_->sums.size());
  impl_->check(archive_write_close(impl_->tar));
  struct stat status{};
  if (::fsync(impl_->file.fd()) != 0 || ::fstat(impl_->file.fd(), &status) != 0)
    throw std::system_error(errno, std::generic_category(), impl_->path.string());
  return static_cast<std::uint64_t>(status.st_size);
}

namespace {

class Unpacking {
 public:
  Unpacking(const fs::path& file, const fs::path& folder,
            const std::function<bool(const std::string&)>& allowed)
      : path_(file), folder_(folder), allowed_(allowed), file_(File::open(file, O_RDONLY)) {
    struct stat status{};
    if (::fstat(file_.fd(), &status) != 0)
      throw std::system_error(errno, std::generic_category(), file.string());
    size_ = status.st_size;
    archive_read_support_format_tar(tar_);
    if (archive_read_open_fd(tar_, file_.fd(), kPiece) != ARCHIVE_OK) damaged("ce n'est pas une sauvegarde");
  }
  Unpacking(const Unpacking&) = delete;
  Unpacking& operator=(const Unpacking&) = delete;

  void run() {
    archive_entry* entry = nullptr;
    for (;;) {
      const int answer = archive_read_next_header(tar_, &entry);
      if (answer == ARCHIVE_EOF) break;
      if (answer != ARCHIVE_OK) damaged(std::string("illisible ou coupée") + after_last());
      one(entry);
    }
    if (!listed_) damaged("il manque " + std::string(kSumsName) + " : la fin a été coupée" + after_last());
    if (size_ < end_) damaged("la fin a été coupée");
  }

 private:
  [[noreturn]] void damaged(const std::string& what) const {
    throw DamagedBackup("sauvegarde endommagée : " + path_.string() + " : " + what);
  }
  [[nodiscard]] std::string after_last() const { return last_.empty() ? "" : " (après " + last_ + ")"; }

  void one(archive_entry* entry) {
    const char* text = archive_entry_pathname(entry);
    const std::string name = text == nullptr ? "" : text;
    if (listed_) damaged(name + " vient après " + kSumsName);
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr)
      damaged(name + " n'est pas un fichier ordinaire");
    last_ = name;
    if (name == kSumsName) return list(entry);
    if (!allowed_(name)) damaged("« " + name + " » n'a rien à faire dans une sauvegarde");
    if (sums_.size() >= kEntriesMost) damaged("trop de fichiers");
    if (!sums_.emplace(name, write(name, archive_entry_size(entry))).second)
      damaged(name + " y est deux fois");
  }

  // Gives each piece of the entry to `take`; exactly as many bytes as its header says.
  template <class Take>
  void pieces(const std::string& name, std::int64_t size, Take&& take) {
    std::string piece(kPiece, '\0');
    std::int64_t got = 0;
    for (;;) {
      const la_ssize_t n = archive_read_data(tar_, piece.data(), piece.size());
      if (n < 0) damaged(name + " : illisible ou coupé");
      if (n == 0) break;
      got += n;
      take(piece.data(), static_cast<std::size_t>(n));
    }
    if (got != size) damaged(name + " : coupé");
  }

  std::string write(const std::string& name, std::int64_t size) {
    const fs::path to = folder_ / name;
    if (fs::create_directories(to.parent_path())) fs::permissions(to.parent_path(), fs::perms::owner_all);
    if (fs::exists(fs::symlink_status(to))) damaged(name + " y est deux fois");
    const File out = File::open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    Sum sum;
    std::size_t at = 0;
    pieces(name, size, [&](const char* bytes, std::size_t n) {
      sum.add(bytes, n);
      out.write_at(at, {bytes, n});
      at += n;
    });
    if (::fsync(out.fd()) != 0) throw std::system_error(errno, std::generic_category(), to.string());
    return sum.hex();
  }

  void list(archive_entry* entry) {
    const std::int64_t size = archive_entry_size(entry);
    if (size > kSumsMost) damaged(std::string(kSumsName) + " : trop grand");
    std::string text;
    pieces(kSumsName, size, [&](const char* bytes, std::size_t n) { text.append(bytes, n); });
    end_ = archive_read_header_position(tar_) + kBlock + (size + kBlock - 1) / kBlock * kBlock + kEnd;
    listed_ = true;
    std::map<std::string, std::string> told;
    constexpr std::size_t digits = 2 * crypto_generichash_BYTES_MAX;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t line_end = text.find('\n', at);
      if (line_end == std::string::npos || line_end - at < digits + 3 ||
          text.compare(at + digits, 2, "  ") != 0)
        damaged(std::string(kSumsName) + " : une ligne est illisible");
      told.emplace(text.substr(at + digits + 2, line_end - at - digits - 2), text.substr(at, digits));
      at = line_end + 1;
    }
    for (const auto& [name, sum] : told)
      if (!sums_.contains(name)) damaged(name + " manque");
    for (const auto& [name, sum] : sums_) {
      const auto found = told.find(name);
      if (found == told.end()) damaged(name + " n'a pas de somme dans " + kSumsName);
      if (found->second != sum) damaged(name + " : sa somme BLAKE2b n'est pas celle de " + kSumsName);
    }
  }

  fs::path path_, folder_;
  const std::function<bool(const std::string&)>& allowed_;
  File file_;
  struct FreeReader {
    void operator()(archive* tar) const { archive_read_free(tar); }
  };
  // Freed too where the constructor throws: the file is no archive.
  const std::unique_ptr<archive, FreeReader> owner_{archive_read_new()};
  archive* const tar_ = owner_.get();
  std::int64_t size_ = 0, end_ = 0;
  std::map<std::string, std::string> sums_;  // name -> of what was unpacked
  std::string last_;
  bool listed_ = false;
};

}  // namespace

void unpack(const fs::path& file, const fs::path& folder,
            const std::function<bool(const std::string& name)>& allowed) {
  Unpacking(file, folder, allowed).run();
}

}  // namespace bannette::console
