#include "tests/unit/queue_codec/golden.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>
#include <google/protobuf/util/message_differencer.h>

#include "queue/codec/frame.hpp"
#include "queue/core/dossier.hpp"

using namespace bannette;
using google::protobuf::util::MessageDifferencer;

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Every field of a kind of message and of those within it.
void add_fields(const Descriptor& kind, std::set<std::string>& names) {
  for (int i = 0; i < kind.field_count(); ++i) {
    const FieldDescriptor& field = *kind.field(i);
    const bool is_new = names.insert(field.full_name()).second;
    if (is_new && field.message_type() != nullptr) add_fields(*field.message_type(), names);
  }
}

// And those of them that this message sets.
void take_set(const Message& message, std::set<std::string>& names) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    names.erase(field->full_name());
    if (field->message_type() == nullptr) continue;
    if (!field->is_repeated()) {
      take_set(message.GetReflection()->GetMessage(message, field), names);
      continue;
    }
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i)
      take_set(message.GetReflection()->GetRepeatedMessage(message, field, i), names);
  }
}

}  // namespace

TEST_CASE("every kind of message has its golden one") {
  const auto golden = test::golden_names();
  for (const auto& name : test::message_names()) {
    CAPTURE(name);
    CHECK(std::find(golden.begin(), golden.end(), name) != golden.end());
  }
}

TEST_CASE("every golden message is read, and written to the same bytes") {
  for (const auto& name : test::golden_names()) {
    CAPTURE(name);
    const auto frames = test::golden_frames(name);
    REQUIRE(frames.size() == 2);
    const auto decoded = codec::decode({frames[0], frames[1]});
    REQUIRE(decoded.has_value());
    const v1::Envelope& envelope = decoded.value();
    const std::string kind = name.substr(0, name.find('-'));
    CHECK(v1::Envelope::descriptor()->FindFieldByNumber(envelope.body_case())->name() == kind);

    MessageDifferencer differ;
    std::string differences;
    differ.ReportDifferencesToString(&differences);
    CHECK(differ.Compare(test::golden_text(name), envelope));
    CHECK(differences.empty());

    CHECK(frames[0] == codec::kHeader);
    CHECK(codec::encode(envelope) == frames[1]);
  }
}

TEST_CASE("every field of every message stands in a golden one") {
  std::set<std::string> missing;
  add_fields(*v1::Envelope::descriptor(), missing);
  CHECK(missing.size() > 200);
  for (const auto& name : test::golden_names()) take_set(test::golden_text(name), missing);
  for (const auto& field : missing) FAIL_CHECK("no golden message has " << field);
}

TEST_CASE("the specification names every error, change and reason, and every kind of message") {
  const std::ifstream in(std::string(BANNETTE_GOLDEN_DIR) + "/../README.md");
  std::ostringstream read;
  read << in.rdbuf();
  const std::string text = read.str();
  for (int code = 0; code <= static_cast<int>(Code::timed_out); ++code) {
    const std::string row = "| `" + std::string(name(static_cast<Code>(code))) + "` |";
    CAPTURE(row);
    CHECK(text.find(row) != std::string::npos);
  }
  for (int kind = 1; kind <= static_cast<int>(kLastChange); ++kind) {
    const std::string word = "`" + std::string(name(static_cast<ChangeKind>(kind))) + "`";
    CAPTURE(word);
    CHECK(text.find(word) != std::string::npos);
  }
  for (const auto* values :
       {v1::Why_descriptor(), v1::Outcome_descriptor(), v1::Step_descriptor(), v1::Purpose_descriptor()})
    for (int i = 1; i < values->value_count(); ++i) {
      std::string word = values->value(i)->name().substr(values->name().size() + 1);
      for (char& each : word) each = static_cast<char>(std::tolower(each));
      CAPTURE(word);
      CHECK(text.find("`" + word + "`") != std::string::npos);
    }
  const auto* body = v1::Envelope::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    const std::string& kind = body->field(i)->message_type()->name();
    CAPTURE(kind);
    CHECK(text.find(kind) != std::string::npos);
  }
}
