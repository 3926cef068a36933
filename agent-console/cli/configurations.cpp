#include "agent-console/cli/configurations.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <iomanip>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>

#include <boost/json.hpp>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include "queue/journal/file.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr const char* kAbout = "about.json";
constexpr const char* kFilesFolder = "files";
constexpr const char* kPin = "pinned.json";
constexpr std::size_t kAboutMost = 4096;

std::string name_of(std::uint64_t number) {
  std::ostringstream name;
  name << std::setw(6) << std::setfill('0') << number;
  return name.str();
}

bool is_number(const std::string& name) {
  return name.size() == 6 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whole and durable, or as before.
void write_whole(const fs::path& file, const std::string& text) {
  const fs::path draft = file.string() + ".new";
  {
    const auto out = journal::File::open(draft, O_WRONLY | O_CREAT | O_TRUNC);
    out.write_at(0, text);
    out.sync();
  }
  fs::rename(draft, file);
  journal::sync_folder(file.parent_path());
}

std::optional<json::object> read_object(const fs::path& file) {
  try {
    const auto text = journal::read_small(file, kAboutMost);
    if (!text) return std::nullopt;
    return json::parse(*text).as_object();
  } catch (const std::exception& error) {
    spdlog::warn("{} is not read: {}", file.string(), error.what());
    return std::nullopt;
  }
}

std::string text_of(const json::object& object, const char* member) {
  return std::string(object.at(member).as_string());
}

std::optional<KeptConfiguration> read_about(const fs::path& folder, std::uint64_t number) {
  const auto about = read_object(folder / kAbout);
  if (!about) return std::nullopt;
  try {
    return KeptConfiguration{number, text_of(*about, "version"), text_of(*about, "digest"),
                             about->at("at_ms").to_number<std::int64_t>(), text_of(*about, "who")};
  } catch (const std::exception& error) {
    spdlog::warn("{} is not read: {}", folder.string(), error.what());
    return std::nullopt;
  }
}

// Names and bytes, in order of name.
class Digest {
 public:
  Digest() { crypto_generichash_init(&state_, nullptr, 0, kSize); }
  void add(std::string_view text) {
    const std::uint64_t size = text.size();
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  std::string hex() {
    std::array<unsigned char, kSize> bytes{};
    crypto_generichash_final(&state_, bytes.data(), bytes.size());
    std::array<char, 2 * kSize + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
  }

 private:
  static constexpr std::size_t kSize = 32;
  crypto_generichash_state state_{};
};

// Relative names, in order.
std::vector<fs::path> files_of(const fs::path& from) {
  std::vector<fs::path> names;
  std::uint64_t bytes = 0;
  for (auto at = fs::recursive_directory_iterator(from); at != fs::recursive_directory_iterator(); ++at) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.')) {
      if (at->is_directory()) at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file() || at->path().extension() == ".jsonl") continue;
    names.push_back(at->path().lexically_relative(from));
    bytes += at->file_size();
    if (names.size() > Configurations::kFiles || bytes > Configurations::kBytes)
      throw std::runtime_error(
          "le dossier de configuration dépasse 200 fichiers ou 256 Mio : il n'est pas gardé");
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) throw std::runtime_error("impossible de lire " + file.string());
  return std::move(bytes).str();
}

// Of all that a copy of the folder holds; each file is also given away.
std::string walk(const fs::path& from,
                 const std::function<void(const fs::path& name, const std::string& bytes)>& each = {}) {
  Digest digest;
  for (const auto& name : files_of(from)) {
    const std::string bytes = bytes_of(from / name);
    digest.add(name.string());
    digest.add(bytes);
    if (each) each(name, bytes);
  }
  return digest.hex();
}

}  // namespace

Configurations::Configurations(const fs::path& data) : root_(data / "configurations") {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(root_, none)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_directory() || !is_number(name)) continue;
    last_number_ = std::max<std::uint64_t>(last_number_, std::stoull(name));
    if (auto about = read_about(entry.path(), std::stoull(name))) kept_.push_back(std::move(*about));
  }
  std::sort(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  const auto pin = read_object(root_ / kPin);
  if (!pin) return;
  try {
    pin_ = Pin{pin->at("number").to_number<std::uint64_t>(), pin->at("at_ms").to_number<std::int64_t>(),
               text_of(*pin, "who")};
  } catch (const std::exception& error) {
    spdlog::error("{} is not read: {}", (root_ / kPin).string(), error.what());
  }
}

ConfigurationCopy Configurations::copy(const fs::path& from) {
  if (auto kept = as_kept(digest(from))) return std::move(*kept);
  ConfigurationCopy made;
  {
    const std::lock_guard lock(mutex_);
    made.number_ = last_number_ + 1;
  }
  fs::create_directories(root_);
  made.staging_ = std::make_unique<Staging>(root_ / name_of(made.number_));
  made.folder_ = made.staging_->path() / kFilesFolder;
  fs::create_directories(made.folder_);
  made.digest_ = walk(from, [&](const fs::path& name, const std::string& bytes) {
    const fs::path to = made.folder_ / name;
    fs::create_directories(to.parent_path());
    journal::File::open(to, O_WRONLY | O_CREAT | O_EXCL).write_at(0, bytes);
  });
  return made;
}

std::string Configurations::digest(const fs::path& folder) {
  return walk(folder);
}

std::optional<ConfigurationCopy> Configurations::as_kept(const std::string& digest) const {
  for (const auto& each : all()) {
    if (each.digest != digest || !intact(each.number)) continue;
    ConfigurationCopy kept;
    kept.folder_ = root_ / name_of(each.number) / kFilesFolder;
    kept.number_ = each.number;
    kept.digest_ = digest;
    return kept;
  }
  return std::nullopt;
}

bool Configurations::intact(std::uint64_t number) const {
  for (const auto& each : all()) {
    if (each.number != number) continue;
    try {
      return digest(root_ / name_of(number) / kFilesFolder) == each.digest;
    } catch (const std::exception& error) {
      spdlog::error("configuration {} cannot be read: {}", number, error.what());
    }
  }
  return false;
}

std::uint64_t Configurations::keep(ConfigurationCopy copy, const std::string& version,
                                   const std::string& who) {
  if (!copy.staging_) return copy.number_;
  const std::lock_guard lock(mutex_);
  KeptConfiguration fresh{copy.number_, version, copy.digest_, system::now().wall_ms, who};
  write_whole(
      copy.staging_->path() / kAbout,
      json::serialize(json::object{
          {"version", fresh.version}, {"digest", fresh.digest}, {"at_ms", fresh.at_ms}, {"who", fresh.who}}));
  copy.staging_->put(copy.staging_->path());
  kept_.push_back(fresh);
  last_number_ = fresh.number;
  forget_oldest();
  return fresh.number;
}

void Configurations::forget_oldest() {
  for (auto at = kept_.begin(); kept_.size() > kMost && at != kept_.end();) {
    const bool needed = in_force_ == at->number || (pin_ && pin_->number == at->number);
    if (needed || at + 1 == kept_.end()) {
      ++at;
      continue;
    }
    std::error_code failed;
    fs::remove_all(root_ / name_of(at->number), failed);
    at = kept_.erase(at);
  }
}

std::optional<fs::path> Configurations::folder(std::uint64_t number) const {
  const std::lock_guard lock(mutex_);
  const bool there =
      std::any_of(kept_.begin(), kept_.end(), [&](const auto& each) { return each.number == number; });
  return there ? std::optional(root_ / name_of(number) / kFilesFolder) : std::nullopt;
}

std::vector<KeptConfiguration> Configurations::all() const {
  const std::lock_guard lock(mutex_);
  return {kept_.rbegin(), kept_.rend()};
}

void Configurations::pin(std::uint64_t number, const std::string& who) {
  const Pin pin{number, system::now().wall_ms, who};
  const json::object text{{"number", pin.number}, {"at_ms", pin.at_ms}, {"who", pin.who}};
  const std::lock_guard lock(mutex_);
  write_whole(root_ / kPin, json::serialize(text));
  pin_ = pin;
}

void Configurations::unpin() {
  const std::lock_guard lock(mutex_);
  if (!pin_) return;
  fs::remove(root_ / kPin);
  journal::sync_folder(root_);
  pin_.reset();
}

std::optional<Pin> Configurations::pinned() const {
  const std::lock_guard lock(mutex_);
  return pin_;
}

void Configurations::in_force(std::optional<std::uint64_t> number) {
  const std::lock_guard lock(mutex_);
  in_force_ = number;
}

std::optional<std::uint64_t> Configurations::in_force() const {
  const std::lock_guard lock(mutex_);
  return in_force_;
}

}  // namespace bannette::console
