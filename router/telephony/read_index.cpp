#include "router/telephony/read_index.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <boost/json/parse.hpp>

namespace bannette::telephony {

namespace {

constexpr std::size_t longest_line = 4'096;

const boost::json::value* field(const boost::json::object& object, const char* name) {
  return object.if_contains(name);
}

}  // namespace

ReadIndex::ReadIndex(const std::filesystem::path& file) : name_(file.filename().string()) {
  if (!std::filesystem::exists(file)) return;
  in_.open(file, std::ios::binary);
  if (!in_) throw std::runtime_error(name_ + " : lecture impossible");
  there_ = true;
}

// The next read from the PBX. Its end (eof) has a time and no bytes.
bool ReadIndex::advance() {
  while (std::getline(in_, line_)) {
    ++number_;
    if (line_.empty()) continue;
    boost::system::error_code error;
    const auto value = line_.size() > longest_line ? boost::json::value() : boost::json::parse(line_, error);
    const auto* object = value.if_object();
    const auto* t = object != nullptr ? field(*object, "t") : nullptr;
    const auto* off = object != nullptr ? field(*object, "off") : nullptr;
    if (error || t == nullptr || !t->is_number() || off == nullptr || !off->is_int64() ||
        off->get_int64() < 0) {
      throw std::runtime_error(name_ + ", ligne " + std::to_string(number_) +
                               " : index illisible (t, off, len, dir attendus)");
    }
    const auto* dir = field(*object, "dir");
    if (dir != nullptr && *dir != "in") continue;
    const auto seconds = t->to_number<double>();
    if (!(seconds >= 0 && seconds < 1e9))
      throw std::runtime_error(name_ + ", ligne " + std::to_string(number_) + " : temps impossible");
    const auto* len = field(*object, "len");
    const auto length = len != nullptr && len->is_int64() && len->get_int64() > 0
                            ? static_cast<std::uint64_t>(len->get_int64())
                            : 0;
    ms_ = std::llround(seconds * 1'000.0);
    until_ = static_cast<std::uint64_t>(off->get_int64()) + length;
    return true;
  }
  if (in_.bad()) throw std::runtime_error(name_ + " : lecture impossible");
  until_ = std::numeric_limits<std::uint64_t>::max();
  return false;
}

std::int64_t ReadIndex::at(std::uint64_t offset) {
  while (until_ < offset && advance()) {
  }
  return ms_;
}

std::int64_t ReadIndex::end() {
  while (until_ != std::numeric_limits<std::uint64_t>::max() && advance()) {
  }
  return ms_;
}

}  // namespace bannette::telephony
