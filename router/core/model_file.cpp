// The model as bytes:
//   "BANNMODL" | u32 version of this form | u64 FNV-1a of what follows | the table
// All little-endian; a float is the bits of an IEEE 754 binary32; a list is a u32 count, then its elements.
#include <algorithm>
#include <bit>
#include <cmath>

#include "queue/core/limits.hpp"
#include "router/core/model.hpp"

namespace bannette::router {
namespace {

constexpr std::string_view magic = "BANNMODL";
constexpr std::uint32_t form = 1;
constexpr std::size_t head_bytes = 8 + 4 + 8;

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

class Writer {
 public:
  template <class Number>
  void number(Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i, value >>= 8) bytes += static_cast<char>(value & 0xFF);
  }
  void real(float value) { number(std::bit_cast<std::uint32_t>(value)); }
  void reals(const std::vector<float>& values) {
    for (const float value : values) real(value);
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes += value;
  }
  std::string bytes;
};

// Reads and remembers that something was wrong; then every value is 0.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  template <class Number>
  Number number() {
    Number value = 0;
    if (!take(sizeof(Number))) return value;
    for (std::size_t i = sizeof(Number); i-- > 0;)
      value = static_cast<Number>((static_cast<std::uint64_t>(value) << 8U) |
                                  static_cast<unsigned char>(taken_[i]));
    return value;
  }
  float real() {
    const auto value = std::bit_cast<float>(number<std::uint32_t>());
    good_ = good_ && std::isfinite(value) && std::fabs(value) < 1e6F;
    return good_ ? value : 0.0F;
  }
  float probability() {
    const auto value = real();
    good_ = good_ && value >= 0 && value <= 1;
    return value;
  }
  std::vector<float> reals(std::size_t count) {
    std::vector<float> values;
    if (!room_for(count, 4)) return values;
    values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) values.push_back(real());
    return values;
  }
  std::string_view text(std::size_t most) {
    const auto size = number<std::uint32_t>();
    good_ = good_ && size <= most;
    return take(size) ? taken_ : std::string_view();
  }
  std::size_t count(std::size_t most) {
    const auto value = number<std::uint32_t>();
    good_ = good_ && value <= most;
    return good_ ? value : 0;
  }
  // Before memory is taken for them: are so many elements there at all?
  bool room_for(std::size_t count, std::size_t each) {
    good_ = good_ && left_.size() / each >= count;
    return good_;
  }
  bool take(std::size_t bytes) {
    good_ = good_ && bytes <= left_.size();
    if (!good_) return false;
    taken_ = left_.substr(0, bytes);
    left_.remove_prefix(bytes);
    return true;
  }
  [[nodiscard]] std::string_view taken() const { return taken_; }
  void demand(bool what) { good_ = good_ && what; }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool done() const { return good_ && left_.empty(); }

 private:
  std::string_view left_, taken_;
  bool good_ = true;
};

Refusal wrong(std::string why) {
  return {Code::malformed, "model", std::move(why)};
}

void read_topics(Reader& in, ModelTable& table) {
  const auto count = in.count(model_topics_max);
  in.demand(count > 0);
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    table.topics.emplace_back(in.text(limits::code));
    in.demand(!table.topics.back().empty() &&
              std::count(table.topics.begin(), table.topics.end(), table.topics.back()) == 1);
  }
}

void read_features(Reader& in, ModelTable& table) {
  const auto count = in.count(model_features_max);
  if (!in.room_for(count, 4 + 4 + 4 + table.outputs())) return;
  table.ids.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto id = in.number<std::uint32_t>();
    in.demand(table.ids.empty() || table.ids.back() < id);
    table.ids.push_back(id);
  }
  table.scales = in.reals(count);
  table.steps = in.reals(count);
  if (!in.take(count * table.outputs())) return;
  table.weights.reserve(in.taken().size());
  for (const char weight : in.taken()) table.weights.push_back(static_cast<std::int8_t>(weight));
  table.biases = in.reals(table.outputs());
}

}  // namespace

std::string to_bytes(const ModelTable& table) {
  Writer body;
  body.number(table.reading);
  body.number(table.notes);
  body.number(static_cast<std::uint32_t>(table.topics.size()));
  for (const auto& topic : table.topics) body.text(topic);
  for (const float slope : table.slopes) body.real(slope);
  body.real(table.danger_offset);
  for (const float from : {table.danger_from, table.immediate_from, table.urgent_from, table.priority_from})
    body.real(from);
  body.number(static_cast<std::uint32_t>(table.ids.size()));
  for (const auto id : table.ids) body.number(id);
  body.reals(table.scales);
  body.reals(table.steps);
  for (const auto weight : table.weights) body.bytes += static_cast<char>(weight);
  body.reals(table.biases);
  Writer out;
  out.bytes = magic;
  out.number(form);
  out.number(checksum(body.bytes));
  return out.bytes + body.bytes;
}

Result<ModelTable> from_bytes(std::string_view bytes) {
  if (bytes.size() < head_bytes || !bytes.starts_with(magic))
    return wrong("ce n'est pas un modèle de Bannette");
  if (bytes.size() > model_bytes_max) return wrong("modèle de plus de 64 Mio");
  Reader head(bytes.substr(magic.size()));
  if (const auto found = head.number<std::uint32_t>(); found != form)
    return wrong("modèle d'une autre version du format (" + std::to_string(found) + " au lieu de " +
                 std::to_string(form) + ") : entraînez-le à nouveau");
  const auto body = bytes.substr(head_bytes);
  if (head.number<std::uint64_t>() != checksum(body))
    return wrong("modèle coupé ou altéré (somme de contrôle)");
  Reader in(body);
  ModelTable table;
  table.reading = in.number<std::uint64_t>();
  table.notes = in.number<std::uint32_t>();
  read_topics(in, table);
  for (auto& slope : table.slopes) slope = in.real();
  table.danger_offset = in.real();
  for (auto* from : {&table.danger_from, &table.immediate_from, &table.urgent_from, &table.priority_from})
    *from = in.probability();
  read_features(in, table);
  if (!in.done()) return wrong("modèle mal formé");
  return table;
}

std::string model_version(std::string_view bytes) {
  auto hash = checksum(bytes);
  std::string hex(16, '0');
  for (auto at = hex.rbegin(); at != hex.rend(); ++at, hash >>= 4) *at = "0123456789abcdef"[hash & 15];
  return hex;
}

}  // namespace bannette::router
