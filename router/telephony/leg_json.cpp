#include "router/telephony/leg_json.hpp"

#include <vector>

#include "router/telephony/json_text.hpp"

namespace bannette::telephony {

std::string leg_json(const calls::Leg& leg, std::string_view call) {
  std::vector<std::string> posts, interfaces;
  for (const auto* ring : leg.unanswered()) {
    posts.push_back(ring->name());
    interfaces.push_back(ring->post);
  }
  const auto join = leg.joined && leg.joined.at_ms >= 0 ? std::optional(leg.joined.at_ms) : std::nullopt;
  std::string line = "{\"call\":" + json_text(call);
  const auto add = [&](std::string_view key, const std::string& value) {
    line.append(",\"").append(key).append("\":").append(value);
  };
  add("queue", json_text(leg.queue));
  add("uniqueid", json_text(leg.uniqueid));
  add("linkedid", json_text(leg.linkedid));
  add("nth", std::to_string(leg.nth));
  add("join", json_seconds(join));
  add("outcome", json_text(name(leg.outcome())));
  add("wait_s", json_seconds(leg.wait_ms()));
  add("talk_s", json_seconds(leg.talk_ms()));
  add("post", json_text_or_null(leg.post_name.empty() ? leg.post : leg.post_name));
  add("interface", json_text_or_null(leg.post));
  add("ring_no_answer", json_texts(posts));
  add("ring_no_answer_interfaces", json_texts(interfaces));
  add("end_reason", json_text_or_null(leg.end_reason()));
  add("caller", json_text(leg.number));
  return line + "}";
}

}  // namespace bannette::telephony
