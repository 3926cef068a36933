// Calls: one's own post, the call that is there, callbacks, and the figures of the line.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/calls_json.hpp"
#include "agent-console/server/handlers_parts.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

constexpr std::size_t kWhereMost = 200, kTextMost = 300, kCodeMost = 64;
constexpr std::uint64_t kCallsMost = 50, kCallbacksMost = 100;

Result<std::int64_t> query_time(const std::string& name, const std::string& value) {
  if (const auto time = parse_iso8601(value)) return *time;
  return Refusal{Code::malformed, name,
                 "« " + name + " » est une date et une heure avec leur fuseau (ISO 8601)."};
}

// An operator sees the caller of their own call; a supervisor sees who called nowhere but in the callbacks.
bool with_caller(const Person& person) {
  return !may(person.role, Action::supervise);
}

HttpResponse shown(const v1::Envelope& reply, const Person& person) {
  if (!reply.has_call_shown()) return refused(reply);
  return json_response(200, json::serialize(call_json(reply.call_shown().call(), with_caller(person))));
}

std::optional<v1::CallOutcome> parse_outcome(std::string_view text) {
  for (int i = 1; i < v1::CallOutcome_descriptor()->value_count(); ++i) {
    constexpr std::size_t prefix = sizeof("CALL_OUTCOME_") - 1;
    std::string word = v1::CallOutcome_descriptor()->value(i)->name().substr(prefix);
    for (char& each : word) each = static_cast<char>(std::tolower(each));
    if (word == text) return static_cast<v1::CallOutcome>(i);
  }
  return std::nullopt;
}

std::optional<v1::CallbackAct> parse_act(std::string_view text) {
  if (text == "lock") return v1::CALLBACK_ACT_LOCK;
  if (text == "release") return v1::CALLBACK_ACT_RELEASE;
  if (text == "dial") return v1::CALLBACK_ACT_DIAL;
  if (text == "reached") return v1::CALLBACK_ACT_REACHED;
  if (text == "no_answer") return v1::CALLBACK_ACT_NO_ANSWER;
  if (text == "give_up") return v1::CALLBACK_ACT_GIVE_UP;
  return std::nullopt;
}

Answer qualified(Api& api, const Call& call, std::string id) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  auto& qualify = *envelope.mutable_qualify_call();
  qualify.set_call(std::move(id));
  const auto outcome = parse_outcome(fields.required_text("outcome", kCodeMost));
  if (!outcome) fields.refuse(Code::unknown_enum, "outcome", "Cette issue n’est pas connue.");
  qualify.set_outcome(outcome.value_or(v1::CALL_OUTCOME_UNSPECIFIED));
  qualify.set_redirected_to(fields.text("redirected_to", kWhereMost));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  co_return shown(reply, call.person());
}

Result<v1::ListCalls> read_list(const HttpRequest& http) {
  v1::ListCalls list;
  for (const auto& [name, value] : http.query) {
    if (name == "from" || name == "to") {
      const auto time = query_time(name, value);
      if (!time) return time.error();
      name == "from" ? list.set_from_ms(*time) : list.set_to_ms(*time);
    } else if (name == "limit" || name == "unqualified") {
      const auto number =
          query_number(name, value, name == "limit" ? 1 : 0, name == "limit" ? kCallsMost : 1);
      if (!number) return number.error();
      name == "limit" ? list.set_limit(static_cast<std::uint32_t>(*number))
                      : list.set_unqualified(*number == 1);
    } else if (name == "after") {
      list.set_after(value);
    } else {
      return unknown_query(name);
    }
  }
  return list;
}

Result<v1::WaitReport> read_report(const HttpRequest& http) {
  v1::WaitReport report;
  report.set_step(v1::WAIT_STEP_WHOLE);
  for (const auto& [name, value] : http.query) {
    if (name == "from" || name == "to") {
      const auto time = query_time(name, value);
      if (!time) return time.error();
      name == "from" ? report.set_from_ms(*time) : report.set_to_ms(*time);
    } else if (name == "step") {
      if (value == "half_hour")
        report.set_step(v1::WAIT_STEP_HALF_HOUR);
      else if (value == "day")
        report.set_step(v1::WAIT_STEP_DAY);
      else if (value != "whole")
        return Refusal{Code::unknown_enum, "step", "Un pas est whole, half_hour ou day."};
    } else if (name == "queue") {
      if (value.size() > limits::call) return Refusal{Code::too_large, "queue", "Cette file n’existe pas."};
      report.set_queue(value);
    } else {
      return unknown_query(name);
    }
  }
  return report;
}

}  // namespace

Answer calls_now(Api& api, const Call& call) {
  v1::Envelope envelope;  // the console asks for itself, and shows each what that person may see
  envelope.mutable_watch_calls();
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_calls_now()) co_return refused(reply);
  co_return json_response(200, json::serialize(calls_now_json(reply.calls_now(), call.person())));
}

Answer bind_post(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  envelope.mutable_bind_post()->set_post(fields.text("post", limits::code));
  envelope.mutable_bind_post()->set_take_over(fields.boolean("take_over").value_or(false));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_post_shown()) co_return refused(reply);
  const v1::PostShown& shown = reply.post_shown();
  const json::value post =
      shown.post().code().empty() ? json::value(nullptr) : json::value(post_json(shown.post()));
  co_return json_response(200, json::serialize(json::object{{"post", post}, {"before", shown.before()}}));
}

Answer pause_post(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  auto& pause = *envelope.mutable_pause_post();
  const auto paused = fields.boolean("paused");
  if (!paused) fields.refuse(Code::missing, "paused", "Dites s’il faut mettre en pause ou reprendre.");
  pause.set_paused(paused.value_or(false));
  pause.set_reason(fields.text("reason", limits::code));
  pause.set_post(fields.text("post", limits::code));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_post_shown()) co_return refused(reply);
  co_return json_response(200, json::serialize(json::object{{"post", post_json(reply.post_shown().post())}}));
}

Answer list_calls(Api& api, const Call& call) {
  auto list = read_list(call.http);
  if (!list) co_return refused(list.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_list_calls() = *list;
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_calls()) co_return refused(reply);
  json::array items;
  for (const auto& each : reply.calls().items()) items.push_back(call_json(each, with_caller(call.person())));
  const std::string& next = reply.calls().next();
  const json::value after = next.empty() ? json::value(nullptr) : json::value(next);
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}, {"next", after}}));
}

Answer show_call(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  envelope.mutable_get_call()->set_call(call.call_id);
  auto reply = co_await ask_router(api, std::move(envelope));
  co_return shown(reply, call.person());
}

Answer qualify_call(Api& api, const Call& call) {
  auto response = co_await qualified(api, call, call.call_id);
  co_return response;
}

Answer type_call(Api& api, const Call& call) {
  const std::string none;
  auto response = co_await qualified(api, call, none);
  co_return response;
}

Answer contacts(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  envelope.mutable_call_contacts()->set_call(call.call_id);
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_contacts()) co_return refused(reply);
  co_return json_response(200, json::serialize(contacts_json(reply.contacts())));
}

Answer callbacks(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  auto& list = *envelope.mutable_list_callbacks();
  for (const auto& [name, value] : call.http.query) {
    if (name != "limit") co_return refused(unknown_query(name));
    const auto number = query_number(name, value, 1, kCallbacksMost);
    if (!number) co_return refused(number.error());
    list.set_limit(static_cast<std::uint32_t>(*number));
  }
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_callbacks()) co_return refused(reply);
  co_return json_response(200, json::serialize(callbacks_json(reply.callbacks())));
}

Answer settle_callback(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  auto& settle = *envelope.mutable_settle_callback();
  settle.set_id(call.call_id);
  const auto act = parse_act(fields.required_text("act", kCodeMost));
  if (!act) fields.refuse(Code::unknown_enum, "act", "lock, release, dial, reached, no_answer ou give_up.");
  settle.set_act(act.value_or(v1::CALLBACK_ACT_UNSPECIFIED));
  settle.set_text(fields.text("text", kTextMost));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_callback_settled()) co_return refused(reply);
  co_return json_response(200, json::serialize(callback_json(reply.callback_settled().callback())));
}

Answer dial(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  envelope.mutable_dial_number()->set_number(fields.required_text("number", limits::phone));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_dialled()) co_return refused(reply);
  const json::object body{{"post", reply.dialled().post()}, {"number", reply.dialled().number()}};
  co_return json_response(200, json::serialize(body));
}

Answer waits(Api& api, const Call& call) {
  auto report = read_report(call.http);
  if (!report) co_return refused(report.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_wait_report() = *report;
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_waits()) co_return refused(reply);
  co_return json_response(200, json::serialize(waits_json(reply.waits())));
}

}  // namespace bannette::console::handlers
