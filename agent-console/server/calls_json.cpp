#include "agent-console/server/calls_json.hpp"

#include <boost/json/array.hpp>

#include "agent-console/core/permissions.hpp"
#include "agent-console/core/views.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

bool sees_all(const Person& person) {
  return may(person.role, Action::supervise);
}

json::value number_or_null(bool known, std::int64_t value) {
  return known ? json::value(value) : json::value(nullptr);
}

json::array texts(const google::protobuf::RepeatedPtrField<std::string>& all) {
  json::array out;
  for (const auto& each : all) out.emplace_back(each);
  return out;
}

json::object now_json(const v1::CallNow& now, bool with_caller) {
  json::object out{{"id", now.id()},
                   {"state", now.state()},
                   {"queue", text_or_null(now.queue())},
                   {"outbound", now.outbound()},
                   {"post", text_or_null(now.post())},
                   {"person", text_or_null(now.person())},
                   {"arrived", time_or_null(now.arrived_ms())},
                   {"since", time_or_null(now.since_ms())},
                   {"queued", time_or_null(now.queued_ms())},
                   {"wrap_up_until", time_or_null(now.wrap_up_until_ms())},
                   {"dossiers", texts(now.dossiers())}};
  if (with_caller) {
    out["number"] = text_or_null(now.number());
    out["name"] = text_or_null(now.name());
  }
  return out;
}

json::object pbx_json(const v1::PbxNow& pbx) {
  return {{"code", pbx.code()},
          {"kind", pbx.kind()},
          {"up", pbx.up()},
          {"since", time_or_null(pbx.since_ms())},
          {"trouble", text_or_null(pbx.trouble())},
          {"events", pbx.events()},
          {"malformed", pbx.malformed()},
          {"reconnects", pbx.reconnects()}};
}

const v1::PostNow* post_of(const v1::CallsNow& now, const std::string& person) {
  for (const auto& post : now.posts())
    if (post.person() == person) return &post;
  return nullptr;
}

const v1::CallNow* call_named(const v1::CallsNow& now, const std::string& id) {
  for (const auto& call : now.calls())
    if (!id.empty() && call.id() == id) return &call;
  return nullptr;
}

}  // namespace

json::object post_json(const v1::PostNow& post) {
  return {{"code", post.code()},
          {"name", post.name()},
          {"state", post.state()},
          {"person", text_or_null(post.person())},
          {"call", text_or_null(post.call())},
          {"since", time_or_null(post.since_ms())},
          {"pause", text_or_null(post.pause())}};
}

json::object call_json(const v1::Call& call, bool with_caller) {
  json::object out = now_json(call.now(), with_caller);
  out["ended"] = time_or_null(call.ended_ms());
  out["outcome"] = text_or_null(call.outcome());
  out["redirected_to"] = text_or_null(call.redirected_to());
  out["qualified_by"] = text_or_null(call.qualified_by());
  out["qualified"] = time_or_null(call.qualified_ms());
  json::array legs;
  for (const auto& leg : call.legs()) {
    legs.push_back(
        json::object{{"queue", leg.queue()},
                     {"nth", leg.nth()},
                     {"joined", leg.has_join_ms() ? time_or_null(leg.join_ms()) : json::value(nullptr)},
                     {"outcome", text_or_null(leg.outcome())},
                     {"wait_ms", number_or_null(leg.has_wait_ms(), leg.wait_ms())},
                     {"talk_ms", number_or_null(leg.has_talk_ms(), leg.talk_ms())},
                     {"post", text_or_null(leg.post())},
                     {"ring_no_answer", texts(leg.ring_no_answer())},
                     {"end_reason", text_or_null(leg.end_reason())}});
  }
  out["legs"] = std::move(legs);
  return out;
}

json::object contacts_json(const v1::Contacts& contacts) {
  json::array items;
  for (const auto& each : contacts.items()) {
    const bool known = v1::State_IsValid(each.state()) && each.state() != v1::STATE_UNSPECIFIED;
    const auto state = known ? bannette::name(static_cast<State>(each.state())) : std::string_view();
    items.push_back(json::object{{"reference", each.reference()},
                                 {"bannette", each.bannette()},
                                 {"state", text_or_null(state)},
                                 {"danger", each.danger()},
                                 {"topic", text_or_null(each.topic())},
                                 {"arrived", time_or_null(each.arrived_ms())},
                                 {"changed", time_or_null(each.changed_ms())}});
  }
  return {{"items", std::move(items)},
          {"withheld", contacts.withheld()},
          {"partial", contacts.partial()},
          {"earlier_calls", contacts.earlier_calls()}};
}

json::object callback_json(const v1::Callback& entry) {
  return {{"id", entry.id()},
          {"number", text_or_null(entry.number())},
          {"queue", text_or_null(entry.queue())},
          {"state", text_or_null(entry.state())},
          {"attempts", entry.attempts()},
          {"tries", entry.tries()},
          {"danger", entry.danger()},
          {"first", time_or_null(entry.first_ms())},
          {"last", time_or_null(entry.last_ms())},
          {"tried", time_or_null(entry.tried_ms())},
          {"locked_by", text_or_null(entry.locked_by())},
          {"locked_until", time_or_null(entry.locked_until_ms())}};
}

json::object callbacks_json(const v1::Callbacks& list) {
  json::array items;
  for (const auto& each : list.items()) items.push_back(callback_json(each));
  return {{"at", iso8601(list.at_ms())},
          {"items", std::move(items)},
          {"waiting", list.waiting()},
          {"withheld", list.withheld()}};
}

json::object waits_json(const v1::Waits& waits) {
  json::array rows, definitions;
  for (const auto& row : waits.rows()) {
    json::array figures;
    for (const auto& each : row.figures())
      figures.push_back(
          json::object{{"code", each.code()},
                       {"version", each.version()},
                       {"value", each.has_value() ? json::value(each.value()) : json::value(nullptr)}});
    rows.push_back(json::object{
        {"from", iso8601(row.from_ms())}, {"to", iso8601(row.to_ms())}, {"figures", std::move(figures)}});
  }
  for (const auto& each : waits.definitions())
    definitions.push_back(json::object{{"code", each.code()},
                                       {"version", each.version()},
                                       {"label", each.label()},
                                       {"text", each.text()},
                                       {"unit", each.unit()}});
  return {{"at", iso8601(waits.at_ms())}, {"rows", std::move(rows)}, {"definitions", std::move(definitions)}};
}

json::object own_call_json(const v1::CallsNow& now, const Person& person) {
  json::object out{{"post", nullptr}, {"call", nullptr}};
  const v1::PostNow* post = post_of(now, person.name);
  if (post == nullptr) return out;
  out["post"] = post_json(*post);
  if (const v1::CallNow* call = call_named(now, post->call())) out["call"] = now_json(*call, true);
  return out;
}

json::object line_json(const v1::CallsNow& now, const Person& person) {
  json::array lines;
  for (const auto& line : now.lines())
    lines.push_back(json::object{{"queue", line.queue()},
                                 {"label", line.label()},
                                 {"waiting", line.waiting()},
                                 {"oldest", time_or_null(line.oldest_ms())}});
  json::object out{{"lines", std::move(lines)}, {"callbacks", now.callbacks()}};
  json::array posts;
  for (const auto& post : now.posts()) {
    if (sees_all(person))
      posts.push_back(post_json(post));
    else  // to choose one's own
      posts.push_back(json::object{
          {"code", post.code()}, {"name", post.name()}, {"person", text_or_null(post.person())}});
  }
  out["posts"] = std::move(posts);
  if (!sees_all(person)) return out;
  json::array calls, pbxs;
  for (const auto& call : now.calls()) calls.push_back(now_json(call, false));
  for (const auto& pbx : now.pbxs()) pbxs.push_back(pbx_json(pbx));
  out["calls"] = std::move(calls);
  out["left_out"] = now.left_out();
  out["pbxs"] = std::move(pbxs);
  return out;
}

json::object calls_now_json(const v1::CallsNow& now, const Person& person) {
  json::object out = line_json(now, person);
  for (auto& [key, value] : own_call_json(now, person)) out[key] = std::move(value);
  out["at"] = iso8601(now.at_ms());
  out["telephony"] = now.pbxs_size() > 0;
  json::array pauses;
  for (const auto& each : now.pauses())
    pauses.push_back(json::object{{"code", each.code()}, {"label", each.label()}});
  out["pauses"] = std::move(pauses);
  return out;
}

}  // namespace bannette::console
