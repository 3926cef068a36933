#include "tests/fuzz/requests.hpp"

#include <array>

#include <google/protobuf/message.h>

namespace bannette::fuzz {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using R = google::protobuf::Reflection;
using Words = std::vector<std::string>;

const Words kBannettes{"utpas-roubaix-est/pmi",
                       "utpas-roubaix-est/enfance",
                       "lille/pmi",
                       "service:mdph",
                       "standard",
                       "arbitrage",
                       "nulle/part",
                       ""};
const Words kTopics{"sans-delai", "danger", "aide", "deux-jours", "pmi.petite-enfance", "inconnu"};
const Words kUnits{"utpas-roubaix-est", "lille", "service:mdph", "standard"};
const Words kPeople{"claire",           "david", "unit:utpas-roubaix-est/claire", "unit:utpas-roubaix-est",
                    "unit:lille/david", ""};
const Words kWords{"a", "", "claire", "59512", "+33612345678", "é", " ", std::string(1, '\0')};
constexpr std::array<std::size_t, 6> kSizes{0, 1, 96, 300, 8'001, 20'001};
constexpr std::array<std::int64_t, 8> kNumbers{0, 1, 2, 100, 201, 5'000, 3'600'001, -1};
constexpr std::array<std::int64_t, 6> kLeases{0, 5'000, 120'000, 3'600'000, 1, 3'600'001};
constexpr std::array<std::int64_t, 7> kWhen{1, 1'000, 60'000, 86'400'000, 40LL * 86'400'000, 0, -1};
// Of what only the server says; rare in requests.
const Words kAnswers{"welcome",    "error",          "subscribed",     "deliver", "receipt",
                     "done",       "tray",           "dossier",        "found",   "counts",
                     "classified", "recorded",       "outbox_report",  "hello",   "attending",
                     "events",     "outbox_letters", "letter_settled", "alike"};

bool has(const Words& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class Writer {
 public:
  Writer(Input& in, const Office& office) : in_(in), office_(office) {}

  // Often somebody goes on with what they hold.
  std::size_t begin(v1::Envelope& envelope) {
    const std::size_t caller = in_.below(Office::callers().size());
    const auto& holdings = office_.seen().holdings;
    if (!holdings.empty() && in_.one_in(2)) {
      holding_ = &in_.one_of(holdings);
      if (holding_->actor) *envelope.mutable_actor() = *holding_->actor;
      return holding_->caller;
    }
    if (in_.one_in(16)) {
      fill(*envelope.mutable_actor(), 0);
    } else if (!in_.one_in(4)) {
      envelope.mutable_actor()->set_name(in_.one_in(2) ? "claire" : "david");
      envelope.mutable_actor()->set_role(static_cast<v1::Role>(1 + in_.below(6)));
      if (Office::callers()[caller].who.principal == "console")
        for (std::size_t units = in_.below(3); units > 0; --units)
          envelope.mutable_actor()->add_units(in_.one_of(kUnits));
    }
    return caller;
  }

  void fill(Message& message, int depth) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (depth > 3 || in_.one_in(16)) continue;  // left empty
      std::size_t times = 1;
      if (field.is_repeated()) times = in_.one_in(64) ? 70 : in_.below(2);
      for (; times > 0; --times) set(message, field, depth);
    }
  }

  std::string word() {
    if (!in_.one_in(8)) return in_.one_of(kWords);
    if (in_.one_in(2)) return std::string(in_.one_of(kSizes), 'x');
    std::string text = in_.text(in_.below(32));
    for (char& each : text) each = static_cast<char>(each & 0x7f);
    return text;
  }

 private:
  std::string dossier() {
    if (holding_ != nullptr && !in_.one_in(8)) return holding_->dossier;
    if (office_.seen().dossiers.empty() || in_.one_in(16))
      return in_.one_in(2) ? word() : make_reference(1 + in_.below(9));
    return in_.one_of(office_.seen().dossiers);
  }

  std::string text_for(const FieldDescriptor& field) {
    const std::string& name = field.name();
    const std::string& message = field.containing_type()->name();
    if (in_.one_in(32)) return word();
    if (name == "dossier" || name == "reference" || name == "into") return dossier();
    if (name == "person" || (name == "to" && (message == "Reassign" || message == "Delegate")))
      return in_.one_of(kPeople);
    if (name == "bannette" || name == "bannettes" || name == "to" || name == "copies")
      return in_.one_of(kBannettes);
    if (name == "topic") return in_.one_of(kTopics);
    if (name == "units" || name == "unit") return in_.one_of(kUnits);
    if (name == "insee") return "59512";
    if (name == "contact") return "+33612345678";
    return word();
  }

  std::int64_t number_for(const std::string& name) {
    if (name == "fence" && holding_ != nullptr && !in_.one_in(8))
      return static_cast<std::int64_t>(holding_->fence);
    if (name == "fence") return static_cast<std::int64_t>(in_.below(4));
    if (name == "lease_ms") return in_.one_of(kLeases);
    if (name.ends_with("_ms") && name != "heartbeat_ms")
      return in_.one_in(8) ? 0 : office_.now().wall_ms + in_.one_of(kWhen);
    if (name == "credit") return 1 + static_cast<std::int64_t>(in_.below(3));
    return in_.one_of(kNumbers);
  }

  // Known values, and now and then another.
  int enum_for(const FieldDescriptor& field) {
    const auto known = static_cast<std::size_t>(field.enum_type()->value_count());
    return in_.one_in(32) ? static_cast<int>(in_.byte()) - 8 : 1 + static_cast<int>(in_.below(known - 1));
  }

  void set(Message& message, const FieldDescriptor& field, int depth) {
    const auto& with = *message.GetReflection();
    const bool many = field.is_repeated();
    const auto put = [&](auto add, auto one, auto value) {
      many ? (with.*add)(&message, &field, value) : (with.*one)(&message, &field, value);
    };
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return put(&R::AddString, &R::SetString, text_for(field));
      case FieldDescriptor::CPPTYPE_BOOL:
        return put(&R::AddBool, &R::SetBool, in_.one_in(2));
      case FieldDescriptor::CPPTYPE_ENUM:
        return put(&R::AddEnumValue, &R::SetEnumValue, enum_for(field));
      case FieldDescriptor::CPPTYPE_INT32:
        return put(&R::AddInt32, &R::SetInt32, static_cast<std::int32_t>(number_for(field.name())));
      case FieldDescriptor::CPPTYPE_INT64:
        return put(&R::AddInt64, &R::SetInt64, number_for(field.name()));
      case FieldDescriptor::CPPTYPE_UINT32:
        return put(&R::AddUInt32, &R::SetUInt32, static_cast<std::uint32_t>(number_for(field.name())));
      case FieldDescriptor::CPPTYPE_UINT64:
        return put(&R::AddUInt64, &R::SetUInt64, static_cast<std::uint64_t>(number_for(field.name())));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return put(&R::AddDouble, &R::SetDouble, static_cast<double>(in_.byte()));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return put(&R::AddFloat, &R::SetFloat, static_cast<float>(in_.byte()));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return fill(many ? *with.AddMessage(&message, &field) : *with.MutableMessage(&message, &field),
                    depth + 1);
    }
  }

  Input& in_;
  const Office& office_;
  const Holding* holding_ = nullptr;  // what the request goes on with
};

// Of the request's own time; now and then one of a few, so that some come twice, or another thing.
std::string key(Input& in, const Office& office, std::uint64_t number) {
  if (in.one_in(64)) return in.one_in(2) ? "" : in.text(16);
  const std::uint64_t which = in.one_in(16) ? in.below(4) : 1'000 + number;
  std::array<std::uint8_t, 10> chance{};
  for (std::size_t i = 0; i < 8; ++i) chance[9 - i] = static_cast<std::uint8_t>(which >> (8 * i));
  return to_bytes(make_uuid7(office.now().wall_ms + (in.one_in(64) ? in.one_of(kWhen) : 0), chance));
}

const FieldDescriptor& body(Input& in) {
  const auto* bodies = v1::Envelope::descriptor()->FindOneofByName("body");
  const auto all = static_cast<std::size_t>(bodies->field_count());
  for (std::size_t tries = 3;; --tries) {
    const FieldDescriptor& field = *bodies->field(static_cast<int>(in.below(all)));
    if (tries == 0 || !has(kAnswers, field.name())) return field;
  }
}

}  // namespace

Said request(Input& in, std::uint64_t number, const Office& office) {
  Said said;
  Writer writer(in, office);
  said.caller = writer.begin(said.envelope);
  if (!in.one_in(64)) said.envelope.set_request_id(number);
  said.envelope.set_idempotency_key(key(in, office, number));
  if (in.one_in(128)) said.envelope.set_on_behalf_of(writer.word());
  writer.fill(*said.envelope.GetReflection()->MutableMessage(&said.envelope, &body(in)), 0);
  return said;
}

}  // namespace bannette::fuzz
