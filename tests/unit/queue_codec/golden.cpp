#include "tests/unit/queue_codec/golden.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <google/protobuf/text_format.h>

#include "queue/codec/frame.hpp"

namespace bannette::test {
namespace {

std::string read(const std::string& file) {
  const std::ifstream in(std::string(BANNETTE_GOLDEN_DIR) + "/" + file);
  if (!in) throw std::runtime_error("proto/golden/" + file + " is not there");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

int digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += digits[byte >> 4];
    text += digits[byte & 15];
    if (i % 32 == 31 && i + 1 < bytes.size()) text += '\n';
  }
  return text + "\n";
}

}  // namespace

std::vector<std::string> message_names() {
  std::vector<std::string> names;
  const auto* body = v1::Envelope::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) names.push_back(body->field(i)->name());
  return names;
}

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(BANNETTE_GOLDEN_DIR))
    if (entry.path().extension() == ".txtpb") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

v1::Envelope golden_text(const std::string& name) {
  v1::Envelope envelope;
  if (!google::protobuf::TextFormat::ParseFromString(read(name + ".txtpb"), &envelope))
    throw std::runtime_error("proto/golden/" + name + ".txtpb is not an envelope");
  return envelope;
}

// Frames are parted by an empty line; lines are of 32 bytes, in lower case.
std::vector<std::string> golden_frames(const std::string& name) {
  std::istringstream lines(read(name + ".hex"));
  std::vector<std::string> frames(1);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) frames.emplace_back();
    for (std::size_t i = 0; i < line.size(); i += 2) {
      const int high = digit(line[i]), low = i + 1 < line.size() ? digit(line[i + 1]) : -1;
      if (high < 0 || low < 0) throw std::runtime_error("proto/golden/" + name + ".hex is not hexadecimal");
      frames.back() += static_cast<char>(high * 16 + low);
    }
  }
  return frames;
}

std::string as_hex(const v1::Envelope& envelope) {
  return hex(codec::kHeader) + "\n" + hex(codec::encode(envelope));
}

}  // namespace bannette::test
