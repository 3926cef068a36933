#include "queue/core/ids.hpp"

namespace bannette {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void put_time(Uuid& id, std::int64_t unix_ms) {
  const auto ms = static_cast<std::uint64_t>(unix_ms < 0 ? 0 : unix_ms);
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
}

// No I, L, O, 0, 1 (look-alikes), no B/8, S/5, Z/2, G/6, Q, U/V pairs. 23 is prime: the check below needs
// that.
constexpr std::string_view kAlphabet = "345679ACDEFHJKMNPRTVWXY";
static_assert(kAlphabet.size() == 23);
constexpr std::uint64_t kBase = 23;

constexpr std::uint64_t power(std::uint64_t base, int exponent) {
  std::uint64_t result = 1;
  while (exponent-- > 0) result *= base;
  return result;
}

// Spreads neighbours over n characters: x -> a*x + b modulo 23^n is one-to-one since 23 does not divide a.
constexpr std::uint64_t kSpread = 3'915'403;  // near 0.608 * 23^5, so that successive numbers differ in front
static_assert(kSpread % kBase != 0);
constexpr std::uint64_t kShift = 1'234'567;

std::uint64_t inverse(std::uint64_t a, std::uint64_t modulus) {
  std::int64_t t = 0, next_t = 1;
  auto r = static_cast<std::int64_t>(modulus), next_r = static_cast<std::int64_t>(a % modulus);
  while (next_r != 0) {
    const std::int64_t quotient = r / next_r;
    t -= quotient * next_t;
    std::swap(t, next_t);
    r -= quotient * next_r;
    std::swap(r, next_r);
  }
  return static_cast<std::uint64_t>(t < 0 ? t + static_cast<std::int64_t>(modulus) : t);
}

char check_character(std::string_view body) {
  std::uint64_t sum = 0;
  std::uint64_t weight = 2;
  for (char c : body) sum += weight++ * kAlphabet.find(c);
  return kAlphabet[(kBase - sum % kBase) % kBase];
}

constexpr std::uint64_t kNumberMask = (1ULL << 40) - 1;

}  // namespace

std::string to_string(const Uuid& id) {
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHex[id.bytes[i] >> 4];
    text += kHex[id.bytes[i] & 15];
  }
  return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t digit = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = hex_value(text[i]);
    if (value < 0) return std::nullopt;
    auto& byte = id.bytes[digit / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | value);
    ++digit;
  }
  return id;
}

std::string to_bytes(const Uuid& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

std::optional<Uuid> uuid_from_bytes(std::string_view bytes) {
  if (bytes.size() != 16) return std::nullopt;
  Uuid id;
  for (std::size_t i = 0; i < 16; ++i) id.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
  return id;
}

Uuid make_uuid7(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  Uuid id;
  put_time(id, unix_ms);
  for (std::size_t i = 0; i < 10; ++i) id.bytes[6 + i] = random[i];
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

bool is_uuid7(const Uuid& id) {
  return id.bytes[6] >> 4 == 7 && id.bytes[8] >> 6 == 2;
}

std::int64_t uuid7_time_ms(const Uuid& id) {
  std::int64_t ms = 0;
  for (std::size_t i = 0; i < 6; ++i) ms = ms << 8 | id.bytes[i];
  return ms;
}

Uuid make_dossier_id(std::int64_t unix_ms, std::uint64_t number, std::uint64_t site_tag) {
  std::array<std::uint8_t, 10> rest{};
  for (std::size_t i = 0; i < 5; ++i) rest[i] = static_cast<std::uint8_t>(site_tag >> (8 * i));
  for (std::size_t i = 0; i < 5; ++i)
    rest[5 + i] = static_cast<std::uint8_t>((number & kNumberMask) >> (32 - 8 * i));
  return make_uuid7(unix_ms, rest);
}

std::uint64_t dossier_number(const Uuid& id) {
  std::uint64_t number = 0;
  for (std::size_t i = 11; i < 16; ++i) number = number << 8 | id.bytes[i];
  return number;
}

std::string make_reference(std::uint64_t number) {
  int length = 5;
  std::uint64_t index = number - 1;  // numbers begin at 1
  while (length < 12 && index >= power(kBase, length)) index -= power(kBase, length++);
  const std::uint64_t modulus = power(kBase, length);
  auto spread =
      static_cast<std::uint64_t>((static_cast<unsigned __int128>(index) * kSpread + kShift) % modulus);
  std::string body(static_cast<std::size_t>(length), ' ');
  for (auto at = body.rbegin(); at != body.rend(); ++at, spread /= kBase) *at = kAlphabet[spread % kBase];
  body += check_character(body);
  body.insert(3, 1, '-');
  return body;
}

std::optional<std::uint64_t> parse_reference(std::string_view text) {
  std::string body;
  for (char c : text) {
    if (c == ' ' || c == '-' || c == '.') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (kAlphabet.find(upper) == std::string_view::npos || body.size() > 12) return std::nullopt;
    body += upper;
  }
  if (body.size() < 6) return std::nullopt;
  const char check = body.back();
  body.pop_back();
  if (check_character(body) != check) return std::nullopt;

  std::uint64_t spread = 0;
  for (char c : body) spread = spread * kBase + kAlphabet.find(c);
  const int length = static_cast<int>(body.size());
  const std::uint64_t modulus = power(kBase, length);
  const auto unshifted = static_cast<unsigned __int128>((spread + modulus - kShift % modulus) % modulus);
  auto index = static_cast<std::uint64_t>(unshifted * inverse(kSpread, modulus) % modulus);
  for (int shorter = 5; shorter < length; ++shorter) index += power(kBase, shorter);
  return index + 1;
}

}  // namespace bannette
