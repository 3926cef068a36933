#include "agent-console/server/outbox_json.hpp"

#include <algorithm>

#include <boost/json/array.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/ids.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

std::string key_text(const std::string& bytes) {
  const auto key = uuid_from_bytes(bytes);
  return key ? to_string(*key) : std::string();
}

json::object act_json(const v1::OutboxAct& act) {
  return {{"at", time_or_null(act.at_ms())},
          {"act", act.act()},
          {"place", act.place()},
          {"key", key_text(act.key())},
          {"since", time_or_null(act.since_ms())},
          {"bannette", act.bannette()},
          {"actor", act.actor()},
          {"text", act.text()}};
}

}  // namespace

json::object letter_json(const v1::OutboxLetter& letter) {
  const bool known = v1::Urgency_IsValid(letter.urgency()) && letter.urgency() != v1::URGENCY_UNSPECIFIED;
  return {{"place", letter.place()},
          {"key", key_text(letter.key())},
          {"since", time_or_null(letter.since_ms())},
          {"bannette", letter.bannette()},
          {"urgency", text_or_null(known ? name(static_cast<Urgency>(letter.urgency())) : "")},
          {"danger", letter.danger()},
          {"aside", text_or_null(letter.aside())},
          {"tries", letter.tries()},
          {"last", text_or_null(letter.last())},
          {"under_way", letter.under_way()}};
}

json::object outbox_json(const v1::OutboxLetters& letters) {
  json::array items, acts;
  for (const auto& each : letters.items()) {
    json::object item = letter_json(each);
    item["age_s"] = std::max<std::int64_t>(0, letters.at_ms() - each.since_ms()) / 1000;
    items.push_back(std::move(item));
  }
  for (const auto& each : letters.acts()) acts.push_back(act_json(each));
  return {{"at", time_or_null(letters.at_ms())},
          {"waiting", letters.report().waiting()},
          {"aside", letters.report().aside()},
          {"oldest", time_or_null(letters.report().oldest_ms())},
          {"queue_up", letters.report().queue_up()},
          {"items", std::move(items)},
          {"acts", std::move(acts)}};
}

}  // namespace bannette::console
