#include "queue/journal/master_key.hpp"

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "queue/journal/file.hpp"

namespace bannette::seal {
namespace {

constexpr std::size_t digits = 64;
constexpr const char* credential = "bannette-master-key";

Key parse(const std::filesystem::path& path, std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  Key key;
  std::size_t size = 0;
  const bool good = text.size() == digits &&
                    sodium_hex2bin(key.bytes.data(), key.bytes.size(), text.data(), text.size(), nullptr,
                                   &size, nullptr) == 0 &&
                    size == key.bytes.size();
  wipe(text);
  if (!good) throw KeyRefused(path.string() + " : il faut 64 chiffres hexadécimaux et une fin de ligne");
  return key;
}

std::optional<Key> from_credential() {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr) return std::nullopt;
  const std::filesystem::path path = std::filesystem::path(folder) / credential;
  auto text = journal::read_small(path, digits + 8);
  if (!text) return std::nullopt;
  return parse(path, std::move(*text));  // systemd guards the folder itself
}

void refuse_loose_mode(const std::filesystem::path& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0)
    throw std::system_error(errno, std::generic_category(), path.string());
  if (!S_ISREG(status.st_mode)) throw KeyRefused(path.string() + " : ce n'est pas un fichier ordinaire");
  if ((status.st_mode & 0077) != 0)
    throw KeyRefused(path.string() +
                     " : d'autres que son propriétaire peuvent le lire ou l'écrire ; faites « chmod 600 " +
                     path.string() + " »");
}

std::optional<Key> from_file(const std::filesystem::path& path) {
  if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return std::nullopt;
  refuse_loose_mode(path);
  auto text = journal::read_small(path, digits + 8);
  if (!text) return std::nullopt;
  return parse(path, std::move(*text));
}

std::optional<Key> find(const std::filesystem::path& data_dir) {
  start();
  if (auto key = from_credential()) return key;
  return from_file(data_dir / "master.key");
}

// Written aside, synced, then linked: whoever starts at the same time finds a whole key or none.
void make(const std::filesystem::path& data_dir) {
  const auto path = data_dir / "master.key";
  const auto aside = data_dir / ("master.key.new." + std::to_string(::getpid()));
  const Key key = random_key();
  std::string text(digits + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), key.bytes.data(), key.bytes.size());
  text.back() = '\n';
  {
    const auto file = journal::File::open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
    file.write_at(0, text);
    file.sync();
  }
  wipe(text);
  const bool linked = ::link(aside.c_str(), path.c_str()) == 0 || errno == EEXIST;
  const int error = errno;
  ::unlink(aside.c_str());
  if (!linked) throw std::system_error(error, std::generic_category(), path.string());
  journal::sync_folder(data_dir);
}

}  // namespace

Key load_master_key(const std::filesystem::path& data_dir) {
  if (auto key = find(data_dir)) return *key;
  throw KeyRefused((data_dir / "master.key").string() + " : la clé maîtresse manque");
}

Key load_or_make_master_key(const std::filesystem::path& data_dir) {
  if (auto key = find(data_dir)) return *key;
  if (std::filesystem::create_directories(data_dir))
    std::filesystem::permissions(data_dir, std::filesystem::perms::owner_all);
  for (const char* name : {"queue.db", "outbox.db", "calls.db", "drafts.db"})
    if (std::filesystem::exists(data_dir / name))
      throw KeyRefused((data_dir / "master.key").string() + " : la clé maîtresse manque alors que " + name +
                       " existe ; remettez-la d'une sauvegarde, une nouvelle ne pourrait rien y lire");
  make(data_dir);
  return load_master_key(data_dir);
}

}  // namespace bannette::seal
