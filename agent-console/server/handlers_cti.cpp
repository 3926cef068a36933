// The webhook that PBX bridges call with each event of a call: Zammad's generic CTI (docs.zammad.org,
// "Generic CTI"), JSON or application/x-www-form-urlencoded, where a list is user[]=A&user[]=B. The token
// stands in Authorization or, for bridges that can only keep a URL, at its end; the server logs a route's
// pattern and never the URL.
#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"
#include "queue/core/limits.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

constexpr std::size_t kParts = 64;  // of a form
constexpr std::size_t kIdMost = 250, kUsers = 16;

std::optional<v1::CtiKind> parse_kind(std::string_view text) {
  if (text == "newCall") return v1::CTI_KIND_NEW_CALL;
  if (text == "answer") return v1::CTI_KIND_ANSWER;
  if (text == "hangup") return v1::CTI_KIND_HANGUP;
  return std::nullopt;
}

bool is_form(std::string_view type) {
  return type.starts_with("application/x-www-form-urlencoded");
}

int digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// As browsers and bridges write it (WHATWG URL, application/x-www-form-urlencoded): a percent sign that
// begins nothing stays one.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// A form as the object that JSON would have been; "user[]" and a repeated "user" are a list. Read back as
// JSON, which refuses what is no UTF-8.
Result<json::object> form_object(std::string_view body) {
  json::object object;
  for (std::size_t parts = 0; !body.empty(); ++parts) {
    if (parts >= kParts) return Refusal{Code::too_large, "", "Ce formulaire a trop de champs."};
    const std::string_view part = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(part.size() + 1, body.size()));
    const auto equals = std::min(part.find('='), part.size());
    const std::string name = decoded(part.substr(0, equals));
    std::string value = decoded(part.substr(std::min(equals + 1, part.size())));
    if (name == "user[]" || name == "user") {
      if (!object.contains("user")) object["user"] = json::array();
      object["user"].as_array().emplace_back(std::move(value));
    } else if (!name.empty()) {
      object[name] = std::move(value);
    }
  }
  return parse_object(json::serialize(object));
}

// Bridges send more than this needs, and each its own: what is not known is passed over.
std::string text_of(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_int64() || value->is_uint64()) return json::serialize(*value);
  return {};
}

Result<v1::CtiEvent> read_event(const json::object& body) {
  v1::CtiEvent event;
  const auto kind = parse_kind(text_of(body, "event"));
  if (!kind) return Refusal{Code::unknown_enum, "event", "Un événement est newCall, answer ou hangup."};
  event.set_kind(*kind);
  event.set_call_id(text_of(body, "callId"));
  if (event.call_id().empty()) return Refusal{Code::missing, "callId", "Le nom de l’appel (callId) manque."};
  if (event.call_id().size() > kIdMost)
    return Refusal{Code::too_large, "callId", "callId dépasse 250 octets."};
  const std::string direction = text_of(body, "direction");
  if (!direction.empty() && direction != "in" && direction != "out")
    return Refusal{Code::unknown_enum, "direction", "Une direction est in ou out."};
  event.set_outbound(direction == "out");
  event.set_from(text_of(body, "from"));
  event.set_to(text_of(body, "to"));
  event.set_queue(text_of(body, "queue"));
  event.set_cause(text_of(body, "cause"));
  event.set_answering_number(text_of(body, "answeringNumber"));
  const json::value* user = body.if_contains("user");
  if (user != nullptr && user->is_string()) event.add_users(std::string(user->get_string()));
  if (user != nullptr && user->is_array())
    for (const auto& each : user->get_array()) {
      if (event.users_size() >= static_cast<int>(kUsers)) break;
      if (each.is_string()) event.add_users(std::string(each.get_string()));
    }
  return event;
}

}  // namespace

Answer cti(Api& api, const Call& call) {
  auto body = is_form(call.http.content_type) ? form_object(call.http.body) : parse_object(call.http.body);
  if (!body) co_return refused(body.error());
  auto event = read_event(*body);
  if (!event) co_return refused(event.error());
  event->set_pbx(call.pbx);
  v1::Envelope envelope;
  *envelope.mutable_cti_event() = *event;
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_cti_taken()) co_return refused(reply);
  // An empty object is what Zammad answers when there is nothing for the PBX to do.
  co_return json_response(200, "{}");
}

}  // namespace bannette::console::handlers
