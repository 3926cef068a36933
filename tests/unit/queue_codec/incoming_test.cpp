#include <catch2/catch.hpp>
#include <sodium.h>

#include "queue/codec/wire.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;

namespace {

const Authority kUnit = *authority_of("unit:roubaix");
const Authority kConsole = *authority_of("console");

v1::Envelope submission() {
  v1::Envelope envelope;
  envelope.set_idempotency_key(std::string(16, '\x01'));
  auto& submit = *envelope.mutable_submit();
  submit.set_bannette("roubaix/pmi");
  submit.set_topic("aide");
  submit.set_urgency(v1::URGENCY_URGENT);
  submit.set_danger(true);
  submit.set_insee("59512");
  submit.set_contact("+33612345678");
  submit.mutable_content()->set_note("Elle appelle pour sa mère.");
  return envelope;
}

Refusal refused(const v1::Envelope& envelope) {
  const auto made = codec::incoming(envelope, kUnit);
  REQUIRE(made.has_error());
  CHECK_FALSE(made.error().detail.empty());
  return made.error();
}

void expect(const v1::Envelope& envelope, Code code, const std::string& field) {
  const Refusal refusal = refused(envelope);
  CHECK(refusal.code == code);
  CHECK(refusal.field == field);
}

}  // namespace

TEST_CASE("a submission comes through whole") {
  const auto made = codec::incoming(submission(), kUnit);
  REQUIRE(made.has_value());
  const auto& command = std::get<Submit>(made.value().request.command);
  CHECK(command.bannette == "roubaix/pmi");
  CHECK(command.topic == "aide");
  CHECK(command.urgency == Urgency::urgent);
  CHECK(command.danger);
  CHECK(command.insee == "59512");
  CHECK(made.value().contact == "+33612345678");
  CHECK(made.value().content == submission().submit().content().SerializeAsString());
  CHECK(made.value().request.key);
  CHECK(made.value().request.who == kUnit);
}

TEST_CASE("each field of a submission has its bound") {
  struct Row {
    const char* field;
    std::size_t most;
    void (*set)(v1::Submit&, std::string);
  };
  const Row rows[] = {
      {"submit.bannette", limits::bannette, [](v1::Submit& s, std::string t) { s.set_bannette(t); }},
      {"submit.topic", limits::code, [](v1::Submit& s, std::string t) { s.set_topic(t); }},
      {"submit.insee", 5, [](v1::Submit& s, std::string t) { s.set_insee(t); }},
      {"content.note", limits::note, [](v1::Submit& s, std::string t) { s.mutable_content()->set_note(t); }},
      {"content.commune", limits::commune,
       [](v1::Submit& s, std::string t) { s.mutable_content()->set_commune(t); }},
      {"content.address", limits::address,
       [](v1::Submit& s, std::string t) { s.mutable_content()->set_address(t); }},
      {"content.caller.name", limits::caller_name,
       [](v1::Submit& s, std::string t) { s.mutable_content()->mutable_caller()->set_name(t); }},
      {"content.caller.phone", limits::phone,
       [](v1::Submit& s, std::string t) { s.mutable_content()->mutable_caller()->set_phone(t); }},
      {"content.unit", limits::bannette,
       [](v1::Submit& s, std::string t) { s.mutable_content()->set_unit(t); }},
      {"content.because", limits::reason_text,
       [](v1::Submit& s, std::string t) { s.mutable_content()->add_because()->set_text(t); }},
      {"content.proposed_topic", limits::code,
       [](v1::Submit& s, std::string t) { s.mutable_content()->set_proposed_topic(t); }}};
  for (const Row& row : rows) {
    CAPTURE(row.field);
    v1::Envelope envelope = submission();
    row.set(*envelope.mutable_submit(), std::string(row.most, 'x'));
    CHECK(codec::incoming(envelope, kUnit).has_value());
    row.set(*envelope.mutable_submit(), std::string(row.most + 1, 'x'));
    expect(envelope, Code::too_large, row.field);
  }
}

TEST_CASE("linked dossiers are named by id or reference, at most eight") {
  v1::Envelope envelope = submission();
  envelope.mutable_submit()->add_linked(make_reference(7));
  envelope.mutable_submit()->add_linked(to_string(make_dossier_id(test::kTuesday, 8, 1)));
  const auto made = codec::incoming(envelope, kUnit);
  REQUIRE(made.has_value());
  const auto& linked = std::get<Submit>(made.value().request.command).linked;
  REQUIRE(linked.size() == 2);
  CHECK(linked[0].number == 7U);
  CHECK(dossier_number(*linked[1].id) == 8);
  envelope.mutable_submit()->add_linked("K7F-3MO");
  expect(envelope, Code::malformed, "submit.linked");
  envelope.mutable_submit()->mutable_linked()->Clear();
  for (int i = 0; i < 9; ++i) envelope.mutable_submit()->add_linked(make_reference(7));
  expect(envelope, Code::too_large, "submit.linked");
}

TEST_CASE("enumerations: 0 and the unknown are refused") {
  for (int value : {0, 5, 99, -1}) {
    v1::Envelope envelope = submission();
    envelope.mutable_submit()->set_urgency(static_cast<v1::Urgency>(value));
    expect(envelope, Code::unknown_enum, "submit.urgency");
    if (value == 0) continue;  // a proposal may be unspecified
    envelope = submission();
    envelope.mutable_submit()->mutable_content()->set_proposed_urgency(static_cast<v1::Urgency>(value));
    expect(envelope, Code::unknown_enum, "content.proposed_urgency");
  }
  for (int value : {0, 7, -1}) {
    v1::Envelope envelope;
    envelope.mutable_handle()->set_dossier(make_reference(1));
    envelope.mutable_handle()->set_outcome(static_cast<v1::Outcome>(value));
    expect(envelope, Code::unknown_enum, "handle.outcome");
  }
  for (int value : {0, 7, -1}) {
    v1::Envelope envelope;
    envelope.mutable_actor()->set_name("a");
    envelope.mutable_actor()->set_role(static_cast<v1::Role>(value));
    CHECK(codec::actor_of(envelope, kConsole).error().code == Code::unknown_enum);
  }
}

TEST_CASE("phone numbers are E.164 or absent") {
  v1::Envelope envelope = submission();
  envelope.mutable_submit()->clear_contact();
  CHECK(codec::incoming(envelope, kUnit).has_value());
  for (const char* bad : {"0612345678", "+", "+33", "+336123456789012345", "+33 612345678", "+33a12345678"}) {
    envelope.mutable_submit()->set_contact(bad);
    expect(envelope, Code::malformed, "submit.contact");
  }
}

TEST_CASE("a dossier is named by its id or its reference") {
  CHECK(codec::target("019cfb2a-6a80-7a3f-9b21-000000000001").value().id);
  CHECK(codec::target(make_reference(4'711)).value().number == 4'711);
  CHECK(codec::target("").error().code == Code::missing);
  for (const char* bad : {"x", "019cfb2a-6a80-7a3f-9b21-00000000000g", "K7F-3MO", "4711"})
    CHECK(codec::target(bad).error().code == Code::malformed);
}

TEST_CASE("notes and lists have bounds") {
  v1::Envelope envelope;
  envelope.mutable_note()->set_dossier(make_reference(1));
  expect(envelope, Code::missing, "note.text");
  envelope.mutable_note()->set_text(std::string(limits::added_note + 1, 'x'));
  expect(envelope, Code::too_large, "note.text");
  for (int i = 0; i < 65; ++i) envelope.mutable_take()->add_bannettes("a/b");
  expect(envelope, Code::too_large, "bannettes");
  envelope.mutable_take()->mutable_bannettes()->DeleteSubrange(1, 64);
  CHECK(codec::incoming(envelope, kUnit).has_value());
  envelope.mutable_take()->set_bannettes(0, "");
  expect(envelope, Code::too_large, "bannettes");
  envelope.set_idempotency_key("short");
  expect(envelope, Code::malformed, "idempotency_key");
}

TEST_CASE("who acts: a unit names a person of its own, without other units") {
  v1::Envelope envelope;
  CHECK(codec::actor_of(envelope, kUnit).value() == kUnit);
  auto& actor = *envelope.mutable_actor();
  CHECK(codec::actor_of(envelope, kUnit).error().code == Code::missing);
  actor.set_name("claire");
  actor.set_role(v1::ROLE_AGENT);
  CHECK(label(codec::actor_of(envelope, kUnit).value()) == "unit:roubaix/claire");
  actor.add_units("lille");
  CHECK(codec::actor_of(envelope, kUnit).error().code == Code::forbidden);
  CHECK(codec::actor_of(envelope, kConsole).value().person->units == std::vector<std::string>{"lille"});
  for (int i = 0; i < 16; ++i) actor.add_units("lille");
  CHECK(codec::actor_of(envelope, kConsole).error().code == Code::too_large);
  actor.clear_units();
  actor.set_name(std::string(limits::code + 1, 'c'));
  CHECK(codec::actor_of(envelope, kConsole).error().code == Code::too_large);
}

TEST_CASE(
    "the digest is BLAKE2b-128 of the envelope without its number and key, as the journal remembers it") {
  for (const std::uint64_t id : {0ULL, 1ULL, 127ULL, 128ULL, 1ULL << 63})
    for (const std::size_t key : {0U, 16U, 200U}) {
      v1::Envelope envelope = submission();
      envelope.mutable_actor()->set_name("m.durand");
      envelope.clear_request_id();
      envelope.clear_idempotency_key();
      const std::string bare = envelope.SerializeAsString();
      envelope.set_request_id(id);
      envelope.set_idempotency_key(std::string(key, 'k'));
      Digest expected{};
      crypto_generichash(expected.data(), expected.size(),
                         reinterpret_cast<const unsigned char*>(bare.data()), bare.size(), nullptr, 0);
      CHECK(codec::digest(envelope) == expected);
    }
}

TEST_CASE("the digest is of what is asked and by whom, not of the number or the key") {
  const v1::Envelope first = submission();
  v1::Envelope again = first;
  again.set_request_id(99);
  again.set_idempotency_key(std::string(16, '\x02'));
  CHECK(codec::digest(again) == codec::digest(first));
  again.mutable_submit()->mutable_content()->set_note("autre");
  CHECK(codec::digest(again) != codec::digest(first));
  v1::Envelope by_other = first;
  by_other.mutable_actor()->set_name("claire");
  CHECK(codec::digest(by_other) != codec::digest(first));
}

TEST_CASE("which messages change something") {
  int changing = 0;
  const auto* body = v1::Envelope::descriptor()->FindOneofByName("body");
  for (int i = 0; i < body->field_count(); ++i) {
    v1::Envelope envelope;
    envelope.GetReflection()->MutableMessage(&envelope, body->field(i));
    changing += codec::changes(envelope) ? 1 : 0;
    const auto made = codec::incoming(envelope, kUnit);
    const bool is_none = made.has_error() && made.error().field == "body";
    CHECK(codec::changes(envelope) != is_none);
  }
  CHECK(changing == 24);
}

TEST_CASE("a dossier, a receipt and a refusal on the wire") {
  test::World w;
  const auto n = w.submit("roubaix/pmi", Urgency::urgent, "danger", true);
  const auto fence = w.reserve(n);
  v1::Header header;
  codec::put(header, *w.bannettes.find(n), TopicSight::open);
  CHECK(header.reference() == make_reference(n));
  CHECK(header.state() == v1::STATE_RESERVED);
  CHECK(header.urgency() == v1::URGENCY_URGENT);
  CHECK(header.holder() == "unit:roubaix/alice");
  CHECK(header.fence() == fence);
  CHECK(header.lease_until_ms() == w.now.wall_ms + limits::lease_default);
  CHECK(header.outcome() == v1::OUTCOME_UNSPECIFIED);
  const v1::Envelope error = codec::reply(9, Refusal{Code::held_by_other, "dossier", "Déjà réservé."});
  CHECK(error.request_id() == 9);
  CHECK(error.error().code() == "held_by_other");
  CHECK(error.error().field() == "dossier");
}
