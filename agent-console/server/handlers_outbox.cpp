// What the router keeps and the queue has not confirmed: to be seen, and settled where it was set aside.
#include <boost/json/array.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "agent-console/server/outbox_json.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

Result<v1::ListOutbox> read_list(const HttpRequest& http) {
  v1::ListOutbox list;
  for (const auto& [name, value] : http.query) {
    if (name != "after" && name != "limit" && name != "trace") return unknown_query(name);
    const std::uint64_t least = name == "limit" ? 1 : 0;
    const auto number = query_number(name, value, least,
                                     name == "after"   ? kExactMax
                                     : name == "limit" ? limits::tray_page_max
                                                       : 1);
    if (!number) return number.error();
    if (name == "after")
      list.set_after_place(*number);
    else if (name == "limit")
      list.set_limit(static_cast<std::uint32_t>(*number));
    else
      list.set_trace(*number == 1);
  }
  return list;
}

template <class Message>
Answer settle(Api& api, const Call& call, bool with_reason, Message& (*part)(v1::Envelope&)) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  Message& message = part(envelope);
  message.set_place(fields.required_number("place", kExactMax));
  message.set_text(with_reason ? fields.required_text("text", limits::reason_text)
                               : fields.text("text", limits::reason_text));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_letter_settled()) co_return refused(reply);
  co_return json_response(200, json::serialize(letter_json(reply.letter_settled().letter())));
}

}  // namespace

Answer outbox(Api& api, const Call& call) {
  auto list = read_list(call.http);
  if (!list) co_return refused(list.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_list_outbox() = *list;
  auto reply = co_await ask_router(api, std::move(envelope));
  if (!reply.has_outbox_letters()) co_return refused(reply);
  co_return json_response(200, json::serialize(outbox_json(reply.outbox_letters())));
}

Answer retry_letter(Api& api, const Call& call) {
  return settle<v1::RetryLetter>(
      api, call, false, [](v1::Envelope& e) -> v1::RetryLetter& { return *e.mutable_retry_letter(); });
}

Answer discard_letter(Api& api, const Call& call) {
  return settle<v1::DiscardLetter>(
      api, call, true, [](v1::Envelope& e) -> v1::DiscardLetter& { return *e.mutable_discard_letter(); });
}

}  // namespace bannette::console::handlers
