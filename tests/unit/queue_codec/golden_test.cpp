#include "tests/unit/queue_codec/golden.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <google/protobuf/util/message_differencer.h>

#include "queue/codec/frame.hpp"

using namespace bannette;
using google::protobuf::util::MessageDifferencer;

TEST_CASE("every kind of message has its golden one, which is read and written to the same bytes") {
  const auto names = test::message_names();
  CHECK(names.size() == 32);
  for (const auto& name : names) {
    CAPTURE(name);
    const auto frames = test::golden_frames(name);
    REQUIRE(frames.size() == 2);
    const auto decoded = codec::decode({frames[0], frames[1]});
    REQUIRE(decoded.has_value());
    const v1::Envelope& envelope = decoded.value();
    CHECK(v1::Envelope::descriptor()->FindFieldByNumber(envelope.body_case())->name() == name);

    MessageDifferencer differ;
    std::string differences;
    differ.ReportDifferencesToString(&differences);
    CHECK(differ.Compare(test::golden_text(name), envelope));
    CHECK(differences.empty());

    CHECK(frames[0] == codec::kHeader);
    CHECK(codec::encode(envelope) == frames[1]);
  }
}

TEST_CASE("a golden message holds each field of its kind") {
  // outbox_report.queue_up is false there, which proto3 does not write; the header's outcome stands in
  // dossier only.
  for (const auto& name : test::message_names()) {
    CAPTURE(name);
    const v1::Envelope envelope = test::golden_text(name);
    const auto* field = v1::Envelope::descriptor()->FindFieldByName(name);
    const auto& body = envelope.GetReflection()->GetMessage(envelope, field);
    std::vector<const google::protobuf::FieldDescriptor*> set;
    body.GetReflection()->ListFields(body, &set);
    if (name == "heartbeat" || name == "count" || name == "outbox_state")
      CHECK(set.empty());
    else
      CHECK_FALSE(set.empty());
  }
}

TEST_CASE("the specification names every error and every kind of message") {
  const std::ifstream in(std::string(BANNETTE_GOLDEN_DIR) + "/../README.md");
  std::ostringstream read;
  read << in.rdbuf();
  const std::string text = read.str();
  for (int code = 0; code <= static_cast<int>(Code::timed_out); ++code) {
    const std::string row = "| `" + std::string(name(static_cast<Code>(code))) + "` |";
    CAPTURE(row);
    CHECK(text.find(row) != std::string::npos);
  }
  const auto* body = v1::Envelope::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    const std::string& kind = body->field(i)->message_type()->name();
    CAPTURE(kind);
    CHECK(text.find(kind) != std::string::npos);
  }
}
