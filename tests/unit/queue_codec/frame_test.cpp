#include "queue/codec/frame.hpp"

#include <functional>
#include <set>

#include <catch2/catch.hpp>

#include "queue/codec/wire.hpp"
#include "queue/core/limits.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace std::string_literals;

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

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Sets each text of a message to "aaaa" in turn, wherever it stands, and calls `look` for it.
void each_text(Message& message, const std::function<void(const FieldDescriptor&)>& look) {
  const auto& with = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (field.type() == FieldDescriptor::TYPE_STRING) {
      if (field.is_repeated())
        with.AddString(&message, &field, "aaaa");
      else
        with.SetString(&message, &field, "aaaa");
      look(field);
    } else if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
      each_text(
          field.is_repeated() ? *with.AddMessage(&message, &field) : *with.MutableMessage(&message, &field),
          look);
    }
    with.ClearField(&message, &field);
  }
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

TEST_CASE("no text of any message may be other than UTF-8") {
  v1::Envelope envelope;
  std::set<std::string> texts;
  each_text(envelope, [&](const FieldDescriptor& field) {
    CAPTURE(field.full_name());
    texts.insert(field.full_name());
    std::string bytes = codec::encode(envelope);
    if (envelope.body_case() == v1::Envelope::BODY_NOT_SET) bytes += "\x62"s + '\0';  // a heartbeat beside it
    CHECK(codec::decode({codec::kHeader, bytes}).has_value());
    bytes.replace(bytes.find("aaaa"), 4, "a\xc3(a");
    CHECK(code_of({codec::kHeader, bytes}) == Code::malformed);
  });
  CHECK(texts.size() > 60);
  CHECK(texts.contains("bannette.v1.Content.note"));
  CHECK(texts.contains("bannette.v1.Actor.units"));
  CHECK(texts.contains("bannette.v1.Envelope.on_behalf_of"));
}

TEST_CASE("what is nested without end is refused, not followed") {
  const std::string groups(60'000, '\x4b');  // field 9, a group begins; again and again
  CHECK(code_of({codec::kHeader, groups}) == Code::malformed);
  CHECK(code_of({codec::kHeader, body() + groups}) == Code::malformed);
  std::string lengths;  // Submit in Envelope in ... as unknown fields: bytes that nobody opens
  while (lengths.size() < 1'000)
    lengths = "\xa2\x01"s + static_cast<char>(0x80 | (lengths.size() & 0x7f)) +
              static_cast<char>(lengths.size() >> 7) + lengths;
  CHECK(codec::decode({codec::kHeader, lengths}).value().has_submit());
}

TEST_CASE("a length beyond the message is refused, however large it says it is") {
  for (const std::string& length :
       {"\x7f"s, "\xff\xff\x03"s, "\xff\xff\xff\xff\x07"s, "\xff\xff\xff\xff\x0f"s,
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s, std::string(11, '\xff')}) {
    CHECK(code_of({codec::kHeader, "\xd2\x02"s + length +
                                       "\x0a\x04"
                                       "aaaa"}) == Code::malformed);                            // show
    CHECK(code_of({codec::kHeader, "\xd2\x02\x06\x0a" + length + "aaaa"}) == Code::malformed);  // its dossier
    CHECK(code_of({codec::kHeader, body() + "\xc2\x3e" + length}) == Code::malformed);          // field 1000
  }
}

TEST_CASE("fields that are not known are passed over, as many as there are") {
  std::string bytes = body();
  while (bytes.size() + 3 + codec::kHeader.size() <= limits::envelope)
    bytes += "\xc0\x3e\x01";  // field 1000: 1
  const auto decoded = codec::decode({codec::kHeader, bytes});
  REQUIRE(decoded.has_value());
  CHECK(decoded.value().show().dossier() == "K7F-3MX");
  CHECK(decoded.value().SpaceUsedLong() < 2 * 1024 * 1024);
  v1::Envelope submission;
  submission.mutable_submit()->set_urgency(v1::URGENCY_NORMAL);
  auto& content = *submission.mutable_submit()->mutable_content();
  content.mutable_caller();
  content.add_because();
  const std::string known = codec::incoming(submission, *authority_of("router")).value().content;
  // Wherever it stands in the content, nothing unknown is kept.
  for (auto* part : {static_cast<Message*>(&content), static_cast<Message*>(content.mutable_caller()),
                     static_cast<Message*>(content.mutable_because(0))}) {
    auto& unknown = *part->GetReflection()->MutableUnknownFields(part);
    unknown.AddLengthDelimited(1'000, std::string(9'000, 'x'));
    CHECK(codec::incoming(submission, *authority_of("router")).value().content == known);
    unknown.Clear();
  }
  const auto* its = v1::Content::descriptor();  // every message in it is one of those
  for (int i = 0; i < its->field_count(); ++i)
    if (its->field(i)->message_type() != nullptr) {
      const std::string name = its->field(i)->name();
      CHECK((name == "caller" || name == "because"));
      CHECK(its->field(i)->message_type()->field_count() > 0);
      for (int j = 0; j < its->field(i)->message_type()->field_count(); ++j)
        CHECK(its->field(i)->message_type()->field(j)->message_type() == nullptr);
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
  envelope.set_request_id(7);  // two bytes more; as an answer it is told
  const std::string told = codec::encode_answer(envelope);
  const auto answer = codec::decode({codec::kHeader, told});
  REQUIRE(answer.has_value());
  CHECK((answer.value().request_id() == 7 && answer.value().error().code() == "too_large"));
  CHECK(code_of({codec::kHeader, envelope.SerializeAsString()}) == Code::too_large);
}
