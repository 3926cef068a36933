#include "queue/broker/keys.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <sstream>
#include <system_error>
#include <tuple>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <spdlog/spdlog.h>
#include <zmq.h>

namespace bannette::broker {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyLength = 40;
constexpr std::uintmax_t kFileMax = 4'096;
constexpr std::size_t kKeysMax = 4'096;

Refusal refuse(std::string field, std::string detail) {
  return {Code::malformed, std::move(field), std::move(detail)};
}

bool is_key(std::string_view text) {
  if (text.size() != kKeyLength) return false;
  std::uint8_t decoded[32];
  return zmq_z85_decode(decoded, std::string(text).c_str()) != nullptr;
}

std::string read_file(const fs::path& file) {
  std::error_code error;
  if (fs::file_size(file, error) > kFileMax || error) return {};
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// `name = "value"` on a line of its own.
std::string value_of(const std::string& text, std::string_view name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name)) continue;
    const auto open = line.find('"'), close = line.rfind('"');
    if (open != std::string::npos && close > open) return line.substr(open + 1, close - open - 1);
  }
  return {};
}

void write_new(const fs::path& file, const std::string& text, mode_t mode) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), file.string());
  const bool written =
      ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  if (!written) {
    ::unlink(file.c_str());
    throw std::system_error(error, std::generic_category(), file.string());
  }
}

// So that a power cut brings no revoked key back.
void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), folder.string());
  const int result = ::fsync(fd), error = errno;
  ::close(fd);
  if (result != 0) throw std::system_error(error, std::generic_category(), folder.string());
}

// A file's name must not hold Z85's slashes: hexadecimal of the key's text.
std::string file_name(const std::string& public_key) {
  std::string name;
  for (char c : public_key) {
    constexpr std::string_view hex = "0123456789abcdef";
    name += hex[static_cast<unsigned char>(c) >> 4];
    name += hex[static_cast<unsigned char>(c) & 15];
  }
  return name + ".key";
}

std::string stamp_of(const fs::path& folder) {
  struct stat info{};
  if (::stat(folder.c_str(), &info) != 0) return "none";
  return std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec) + "." +
         std::to_string(info.st_ino);
}

// A file system's times may move in steps of some milliseconds: a folder that was changed just now can be
// changed again without a new time, so its stamp tells nothing yet.
bool is_settled(const fs::path& folder) {
  constexpr std::chrono::seconds enough{2};
  struct stat info{};
  if (::stat(folder.c_str(), &info) != 0) return true;
  const std::chrono::seconds changed{info.st_mtim.tv_sec};
  const auto age = std::chrono::system_clock::now().time_since_epoch() - changed;
  return age > enough || age < -enough;
}

}  // namespace

KeyPair new_key_pair() {
  char public_key[kKeyLength + 1], secret_key[kKeyLength + 1];
  if (zmq_curve_keypair(public_key, secret_key) != 0)
    throw std::runtime_error("libzmq was built without CURVE (libsodium)");
  return {public_key, secret_key};
}

Result<KeyPair> write_key_pair(const fs::path& file) {
  const fs::path pub = file.string() + ".pub";
  for (const auto& each : {file, pub})
    if (fs::exists(each)) return refuse("--out", "Ce fichier existe déjà : " + each.string());
  const KeyPair pair = new_key_pair();
  const fs::path draft = file.string() + ".new";  // whole or not at all
  fs::remove(draft);
  write_new(draft, "public = \"" + pair.public_key + "\"\nsecret = \"" + pair.secret_key + "\"\n", 0600);
  fs::rename(draft, file);
  write_new(pub, pair.public_key + "\n", 0644);
  return pair;
}

Result<KeyPair> read_key_pair(const fs::path& file) {
  const std::string text = read_file(file);
  KeyPair pair{value_of(text, "public"), value_of(text, "secret")};
  if (!is_key(pair.public_key) || !is_key(pair.secret_key))
    return refuse("--key", "Pas un fichier de clés : " + file.string() +
                               " ; écrire plutôt bannette key new --out " + file.string());
  return pair;
}

Result<std::string> read_public_key(const fs::path& file) {
  std::string text = read_file(file);
  std::string key = value_of(text, "public");
  if (const auto at = text.find("\"server_key\""); key.empty() && at != std::string::npos) {
    const auto open = text.find('"', text.find(':', at));
    const auto close = text.find('"', open + 1);
    if (open != std::string::npos && close != std::string::npos)
      key = text.substr(open + 1, close - open - 1);
  }
  if (key.empty()) {
    text.erase(
        std::find_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == ' '; }),
        text.end());
    key = text;
  }
  if (!is_key(key))
    return refuse("--public", "Pas de clé publique (40 caractères Z85) dans " + file.string());
  return key;
}

KeyPair server_key_pair(const fs::path& data) {
  const fs::path file = data / "server.key";
  const std::string advice =
      " : remettez-le d'une sauvegarde. Sans sauvegarde, retirez server.key et server.key.pub : une nouvelle "
      "clé sera "
      "faite, que chaque unité devra recevoir.";
  if (!fs::exists(file) && fs::exists(file.string() + ".pub"))
    throw std::runtime_error(file.string() + " manque" + advice);
  auto pair = fs::exists(file) ? read_key_pair(file) : write_key_pair(file);
  if (pair.has_error()) throw std::runtime_error(file.string() + " est illisible" + advice);
  return pair.value();
}

Result<void> add_key(const fs::path& data, const std::string& principal, const std::string& public_key) {
  if (!authority_of(principal))
    return refuse("--principal", "Titulaire inconnu : « " + principal +
                                     " » ; écrire plutôt unit:CODE, service:CODE, router ou console");
  if (!is_key(public_key)) return refuse("--public", "Une clé publique fait 40 caractères (Z85).");
  for (const auto& each : read_keys(data))
    if (each.public_key == public_key && each.principal != principal)
      return refuse("--public", "Cette clé est déjà celle de " + each.principal + ".");
  const fs::path folder = data / "keys";
  fs::create_directories(folder);
  const fs::path file = folder / file_name(public_key), draft = file.string() + ".new";
  fs::remove(draft);
  write_new(draft, "principal = \"" + principal + "\"\npublic = \"" + public_key + "\"\n", 0644);
  fs::rename(draft, file);
  sync_folder(folder);
  return {};
}

Result<std::size_t> revoke_keys(const fs::path& data, const std::string& principal,
                                const std::string& public_key) {
  std::size_t revoked = 0;
  for (const auto& each : read_keys(data)) {
    if (each.principal != principal && each.public_key != public_key) continue;
    if (fs::remove(data / "keys" / file_name(each.public_key))) ++revoked;
  }
  sync_folder(data / "keys");
  if (revoked == 0) return Refusal{Code::not_found, "--principal", "Aucune clé de ce nom."};
  return revoked;
}

std::vector<AuthorisedKey> read_keys(const fs::path& data) {
  const fs::path folder = data / "keys";
  if (!fs::exists(folder)) return {};
  std::vector<AuthorisedKey> keys;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".key" || keys.size() >= kKeysMax) continue;
    const std::string text = read_file(entry.path());
    if (text.empty() && fs::exists(entry.path()))
      throw std::system_error(errno != 0 ? errno : EIO, std::generic_category(), entry.path().string());
    AuthorisedKey key{value_of(text, "principal"), value_of(text, "public")};
    // A file that somebody damaged, or renamed so that revoking would miss it, authorises nobody.
    const bool ours = is_key(key.public_key) && entry.path().filename() == file_name(key.public_key);
    if (ours && authority_of(key.principal)) keys.push_back(std::move(key));
  }
  std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return std::tie(a.principal, a.public_key) < std::tie(b.principal, b.public_key);
  });
  return keys;
}

void KeyRing::reload() {
  const std::string stamp =
      stamp_of(data_ / "keys");  // before reading: a change meanwhile is read again next time
  std::map<std::string, std::string, std::less<>> fresh;
  for (auto& key : read_keys(data_)) fresh.emplace(std::move(key.public_key), std::move(key.principal));
  principals_ = std::move(fresh);
  stamp_ = is_settled(data_ / "keys") ? stamp : "";
}

bool KeyRing::refresh() {
  if (stamp_of(data_ / "keys") == stamp_) return false;
  try {
    reload();
    return true;
  } catch (const std::system_error& error) {
    // Not readable just now: those who were known stay known, and it is tried again.
    spdlog::error("keys: {}", error.what());
    return false;
  }
}

std::optional<std::string> KeyRing::principal_of(std::string_view public_key) const {
  const auto found = principals_.find(public_key);
  if (found == principals_.end()) return std::nullopt;
  return found->second;
}

}  // namespace bannette::broker
