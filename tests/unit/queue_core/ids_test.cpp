#include "queue/core/ids.hpp"

#include <set>

#include <catch2/catch.hpp>

using namespace bannette;

namespace {
constexpr std::string_view kLetters = "345679ACDEFHJKMNPRTVWXY";
const std::uint64_t kBig[] = {
    200'001,     6'436'343,     6'436'344,  // the last of five characters and the first of six
    154'472'232, 1'000'000'000, (1ULL << 40) - 1};
}  // namespace

TEST_CASE("references: 1 to 200,000 and big numbers come back, each one unique") {
  std::set<std::string> seen;
  for (std::uint64_t n = 1; n <= 200'000; ++n) {
    const std::string reference = make_reference(n);
    if (reference.size() != 7 || reference[3] != '-' || parse_reference(reference) != n ||
        !seen.insert(reference).second) {
      CAPTURE(n, reference);
      FAIL("a reference does not come back, or comes twice");
    }
  }
  for (auto n : kBig) {
    CAPTURE(n);
    CHECK(parse_reference(make_reference(n)) == n);
    CHECK(seen.insert(make_reference(n)).second);
  }
}

TEST_CASE("references: once spoken, the form never changes") {
  CHECK(make_reference(1) == "7EF-RV5");
  CHECK(make_reference(2) == "TEA-ARH");
  CHECK(make_reference(123'456) == "9EM-CMT");
  CHECK(make_reference(10'000'000) == "7CP-XDPF");
}

TEST_CASE("references: every single wrong character is found") {
  for (std::uint64_t n : {std::uint64_t{1}, std::uint64_t{17}, std::uint64_t{199'999}, kBig[2], kBig[5]}) {
    const std::string right = make_reference(n);
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (right[i] == '-') continue;
      for (char wrong : kLetters) {
        if (wrong == right[i]) continue;
        std::string text = right;
        text[i] = wrong;
        CAPTURE(right, text);
        CHECK_FALSE(parse_reference(text));
      }
    }
  }
}

TEST_CASE("references: every swap of two neighbours is found") {
  for (std::uint64_t n = 1; n <= 2'000; ++n) {
    std::string right = make_reference(n + (n % 2 != 0 ? kBig[2] : 0));
    right.erase(3, 1);
    for (std::size_t i = 0; i + 1 < right.size(); ++i) {
      if (right[i] == right[i + 1]) continue;
      std::string text = right;
      std::swap(text[i], text[i + 1]);
      CAPTURE(right, text);
      CHECK_FALSE(parse_reference(text));
    }
  }
}

TEST_CASE("references: as people type them") {
  const std::string reference = make_reference(4'711);
  std::string lower = reference, spaced;
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  for (char c : reference) spaced += std::string(1, c) + " ";
  CHECK(parse_reference(lower) == 4'711);
  CHECK(parse_reference(spaced) == 4'711);
  for (const char* bad : {"", "-", "K7F", "K7F-3M", "K7F-3MO", "0000000", "K7F3MXK7F3MXK7F3MX", "é"})
    CHECK_FALSE(parse_reference(bad));
  CHECK_FALSE(parse_reference(reference + reference.front()));
}

TEST_CASE("references: neighbours do not look alike") {
  for (std::uint64_t n = 1; n < 1'000; ++n) CHECK(make_reference(n)[0] != make_reference(n + 1)[0]);
}

TEST_CASE("UUIDs: text both ways, one form only") {
  // The example of RFC 9562, appendix A.6.
  const auto id = parse_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
  REQUIRE(id);
  CHECK(is_uuid7(*id));
  CHECK(uuid7_time_ms(*id) == 1'645'557'742'000);
  CHECK(to_string(*id) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  for (const char* bad : {"", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                          "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                          "017f22e2-79b0-7cc398c4--dc0c0c07398f", "017f22e2_79b0_7cc3_98c4_dc0c0c07398f"})
    CHECK_FALSE(parse_uuid(bad));
  CHECK_FALSE(uuid_from_bytes(std::string(15, 'x')));
  CHECK_FALSE(uuid_from_bytes(std::string(17, 'x')));
  CHECK(uuid_from_bytes(
            std::string_view("\x01\x7f\x22\xe2\x79\xb0\x7c\xc3\x98\xc4\xdc\x0c\x0c\x07\x39\x8f", 16)) == id);
}

TEST_CASE("UUIDv7: version, variant and time, whatever the randomness") {
  for (std::uint8_t fill : {std::uint8_t{0}, std::uint8_t{0x5a}, std::uint8_t{0xff}}) {
    std::array<std::uint8_t, 10> random{};
    random.fill(fill);
    const Uuid id = make_uuid7(1'700'000'000'123, random);
    CHECK(is_uuid7(id));
    CHECK(uuid7_time_ms(id) == 1'700'000'000'123);
    CHECK(id.bytes[15] == fill);
  }
  Uuid wrong_variant = make_uuid7(1, {});
  wrong_variant.bytes[8] = 0xc0;
  CHECK_FALSE(is_uuid7(wrong_variant));
}

TEST_CASE("a dossier's id holds its number and its time, and is a UUIDv7") {
  for (std::uint64_t n :
       {std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256}, (std::uint64_t{1} << 40) - 1}) {
    const Uuid id = make_dossier_id(1'773'738'000'000, n, 0xfedcba9876543210ULL);
    CHECK(is_uuid7(id));
    CHECK(dossier_number(id) == n);
    CHECK(uuid7_time_ms(id) == 1'773'738'000'000);
  }
  CHECK(make_dossier_id(5, 1, 1) != make_dossier_id(5, 1, 2));  // two sites
}
