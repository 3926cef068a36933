#include "queue/codec/frame.hpp"

#include <catch2/catch.hpp>

#include "queue/core/limits.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;

namespace {

std::string body() {
  v1::Envelope envelope;
  envelope.set_request_id(7);
  envelope.mutable_show()->set_dossier("K7F-3MX");
  return codec::encode(envelope);
}

Code code_of(const std::vector<std::string_view>& frames) {
  const auto decoded = codec::decode(frames);
  REQUIRE(decoded.has_error());
  CHECK_FALSE(decoded.error().detail.empty());
  return decoded.error().code;
}

}  // namespace

TEST_CASE("two frames, no fewer, no more") {
  const std::string bytes = body();
  CHECK(codec::decode({codec::kHeader, bytes}).value().show().dossier() == "K7F-3MX");
  for (std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{1'000}}) {
    std::vector<std::string_view> frames(count, codec::kHeader);
    if (count > 1) frames[1] = bytes;
    CHECK(code_of(frames) == Code::malformed);
  }
}

TEST_CASE("the header is these four bytes") {
  const std::string bytes = body();
  using namespace std::string_view_literals;
  for (auto header :
       {""sv, "BN\x01"sv, "BN\x01\x00\x00"sv, "bn\x01\x00"sv, "NB\x01\x00"sv, "BN\x01\x01"sv, "\0\0\0\0"sv})
    CHECK(code_of({header, bytes}) == Code::malformed);
  CHECK(code_of({"BN\x02\x00"sv, bytes}) == Code::unsupported_version);
  CHECK(code_of({"BN\x00\x00"sv, bytes}) == Code::unsupported_version);
  CHECK(code_of({"BN1\x00"sv, bytes}) == Code::unsupported_version);
}

TEST_CASE("a truncated envelope is refused or is another whole one, never read beyond its end") {
  const std::string bytes = body();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK(codec::decode({codec::kHeader, std::string_view(bytes).substr(0, size)}).has_error());
}

TEST_CASE("bytes behind the envelope that are no field are refused") {
  for (const char* trailing : {"\x07", "\xff\xff\xff", "\x1c"})
    CHECK(code_of({codec::kHeader, body() + trailing}) == Code::malformed);
}

TEST_CASE("no body, or one of a later version, is refused") {
  CHECK(code_of({codec::kHeader, ""}) == Code::malformed);
  CHECK(code_of({codec::kHeader, "\x08\x07"}) == Code::malformed);              // a request_id alone
  CHECK(code_of({codec::kHeader, "\x08\x07\xc2\x3e\x00"}) == Code::malformed);  // and field 1000
}

TEST_CASE("text that is no UTF-8 is refused") {
  v1::Envelope envelope;
  envelope.mutable_show()->set_dossier("aaaa");
  for (const char* bad : {"\xff\xff\xff\xff", "\xc3(((", "\xed\xa0\x80.", "\xc0\x80.."}) {
    std::string bytes = codec::encode(envelope);
    bytes.replace(bytes.find("aaaa"), 4, bad);
    CHECK(code_of({codec::kHeader, bytes}) == Code::malformed);
  }
}

TEST_CASE("64 KiB with its header is the most, both ways") {
  v1::Envelope envelope;
  auto& text = *envelope.mutable_note()->mutable_text();
  text.assign(limits::envelope - 13, 'x');
  const std::string largest = codec::encode(envelope);
  REQUIRE(largest.size() + 4 == limits::envelope);
  CHECK(codec::decode({codec::kHeader, largest}).has_value());
  text += 'x';
  CHECK_THROWS_AS(codec::encode(envelope), std::length_error);
  CHECK(code_of({codec::kHeader, envelope.SerializeAsString()}) == Code::too_large);
}
