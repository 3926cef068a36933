// Operators: what would become of this note, log this call, where does a request stand.
#include <algorithm>
#include <charconv>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"
#include "queue/core/limits.hpp"
#include "router/core/phone.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

constexpr std::size_t kInsee = 5;

bool insee_form(std::string_view code) {
  return code.size() == kInsee && std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= '0' && c <= '9') || c == 'A' || c == 'B';
         });
}

template <class Items>
bool knows(const Items& items, const std::string& code) {
  return std::any_of(items.begin(), items.end(), [&](const auto& each) { return each.code == code; });
}

// What a human corrected must exist here; the router checks again.
std::string read_topic(Fields& fields, const Catalogue& catalogue) {
  const std::string topic = fields.text("topic", limits::code);
  if (!topic.empty() && !knows(catalogue.topics, topic)) {
    fields.refuse(Code::unknown_topic, "topic", "Le motif « " + topic + " » n’existe pas.");
  }
  return topic;
}

std::string read_insee(Fields& fields) {
  const std::string insee = fields.text("insee", kInsee);
  if (!insee.empty() && !insee_form(insee)) {
    fields.refuse(Code::malformed, "insee", "Un code INSEE a cinq caractères, par exemple 59512.");
  }
  return insee;
}

void read_correction(Fields& fields, const Catalogue& catalogue, v1::LogCall& logged) {
  const std::string why = fields.text("correction", limits::code);
  if (!why.empty() && (!catalogue.consignes || !router::find_correction(*catalogue.consignes, why)))
    fields.refuse(Code::unknown_enum, "correction", "Cette raison de correction n’existe pas ici.");
  logged.set_correction(why);
}

void read_corrections(Fields& fields, const Catalogue& catalogue, v1::LogCall& logged) {
  const std::string topic = read_topic(fields, catalogue);
  const std::string bannette = fields.text("bannette", limits::bannette);
  if (!bannette.empty() && !knows(catalogue.bannettes, bannette)) {
    fields.refuse(Code::unknown_bannette, "bannette", "La bannette « " + bannette + " » n’existe pas.");
  }
  const std::string insee = read_insee(fields);
  const std::string urgency_text = fields.text("urgency", limits::code);
  if (const auto urgency = parse_urgency(urgency_text)) {
    logged.set_urgency(static_cast<v1::Urgency>(*urgency));
  } else if (!urgency_text.empty()) {
    fields.refuse(Code::unknown_enum, "urgency", "Une urgence est immediate, urgent, priority ou normal.");
  }
  if (const auto danger = fields.boolean("danger")) logged.set_danger(*danger);
  read_correction(fields, catalogue, logged);
  logged.set_topic(topic);
  logged.set_bannette(bannette);
  logged.set_insee(insee);
}

Result<v1::LogCall> read_call(const json::object& body, const Catalogue& catalogue) {
  v1::LogCall logged;
  Fields fields(body);
  logged.set_note(fields.text("note", limits::note));
  logged.set_commune(fields.text("commune", limits::commune));
  logged.set_address(fields.text("address", limits::address));
  logged.set_call(fields.text("call", limits::call));
  fields.object("caller", [&](Fields& caller) {
    logged.mutable_caller()->set_name(caller.text("name", limits::caller_name));
    logged.mutable_caller()->set_phone(caller.text("phone", limits::phone));
  });
  read_corrections(fields, catalogue, logged);
  constexpr std::size_t kId = 36;
  for (auto& name : fields.texts("linked", limits::linked, kId)) logged.add_linked(std::move(name));
  if (auto read = fields.finish(); !read) return read.error();
  return logged;
}

// Exactly one of reference and phone.
Result<v1::Find> read_find(const json::object& body) {
  v1::Find find;
  Fields fields(body);
  const std::string reference = fields.text("reference", limits::code);
  const std::string phone = fields.text("phone", limits::phone);
  if (auto read = fields.finish(); !read) return read.error();
  if (reference.empty() == phone.empty())
    return Refusal{Code::missing, "reference", "Donnez une référence ou un numéro de téléphone, un seul."};
  if (!reference.empty()) {
    if (!parse_reference(reference)) {
      return Refusal{Code::malformed, "reference",
                     "Cette référence est fausse : vérifiez les lettres avec la personne."};
    }
    find.set_reference(reference);
    return find;
  }
  const auto contact = router::e164(phone);
  if (!contact) return Refusal{Code::malformed, "phone", "Ce numéro de téléphone n’est pas valide."};
  find.set_contact(*contact);
  return find;
}

// q, and what may stand beside it: limit, and for streets insee. In the body, for what is typed of an address
// is somebody's, and URLs end up in the logs of proxies.
Result<v1::Suggest> read_suggest(const json::object& body, v1::SuggestKind kind) {
  constexpr std::uint64_t most = 50;
  v1::Suggest suggest;
  Fields fields(body);
  suggest.set_kind(kind);
  suggest.set_query(fields.required_text("q", limits::commune));
  if (kind == v1::SUGGEST_KIND_STREET) suggest.set_insee(read_insee(fields));
  if (const auto limit = fields.number("limit", most)) {
    if (*limit == 0) fields.refuse(Code::malformed, "limit", "Un nombre de 1 à 50.");
    suggest.set_limit(static_cast<std::uint32_t>(*limit));
  }
  if (auto read = fields.finish(); !read) return read.error();
  return suggest;
}

Answer suggested(Api& api, const Call& call, Result<v1::Suggest> asked) {
  if (!asked) co_return refused(asked.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_suggest() = std::move(*asked);
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_suggested()) co_return refused(reply);
  json::array items;
  for (const auto& item : reply.suggested().items()) items.push_back(api.render.suggestion(item));
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

}  // namespace

Answer classify(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  v1::Classify& ask = *envelope.mutable_classify();
  Fields fields(call.body);
  ask.set_note(fields.text("note", limits::note));
  ask.set_commune(fields.text("commune", limits::commune));
  ask.set_address(fields.text("address", limits::address));
  ask.set_topic(read_topic(fields, api.render.known()));
  ask.set_insee(read_insee(fields));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_classified()) co_return refused(reply);
  co_return json_response(200, json::serialize(api.render.classified(reply.classified())));
}

Answer suggest_communes(Api& api, const Call& call) {
  auto asked = read_suggest(call.body, v1::SUGGEST_KIND_COMMUNE);
  auto response = co_await suggested(api, call, std::move(asked));
  co_return response;
}

Answer suggest_streets(Api& api, const Call& call) {
  auto asked = read_suggest(call.body, v1::SUGGEST_KIND_STREET);
  auto response = co_await suggested(api, call, std::move(asked));
  co_return response;
}

Answer submit(Api& api, const Call& call) {
  auto logged = read_call(call.body, api.render.known());
  if (!logged) co_return refused(logged.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_log_call() = std::move(*logged);
  auto reply = co_await ask_router(api, std::move(envelope));
  if (reply.has_receipt()) {
    co_return json_response(201, json::serialize(api.render.receipt(call.key_text, reply.receipt())));
  }
  if (reply.has_recorded()) {
    co_return json_response(202, json::serialize(api.render.recorded(call.key_text, reply.recorded())));
  }
  co_return refused(reply);
}

Answer similar(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  v1::Similar& ask = *envelope.mutable_similar();
  Fields fields(call.body);
  ask.set_note(fields.text("note", limits::note));
  ask.set_commune(fields.text("commune", limits::commune));
  ask.set_address(fields.text("address", limits::address));
  ask.set_phone(fields.text("phone", limits::phone));
  ask.set_topic(read_topic(fields, api.render.known()));
  ask.set_insee(read_insee(fields));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_alike()) co_return refused(reply);
  co_return json_response(200, json::serialize(api.render.alike(reply.alike())));
}

Answer find(Api& api, const Call& call) {
  auto asked = read_find(call.body);
  if (!asked) co_return refused(asked.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_find() = std::move(*asked);
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_found()) co_return refused(reply);
  json::array items;
  for (const auto& header : reply.found().items()) items.push_back(api.render.found(header));
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

}  // namespace bannette::console::handlers
