// Reading is an act: the content of a dossier, and who has read what.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/core/views.hpp"
#include "agent-console/server/handlers_parts.hpp"
#include "agent-console/server/sight.hpp"
#include "agent-console/server/site_json.hpp"
#include "queue/core/limits.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;

// The queue answers little where few of many are asked for: so often it is asked again, for one page.
constexpr int kRounds = 8;

// The queue has checked; content is personal, so it is checked on both sides.
Answer shown(Api& api, const Call& call, v1::Envelope envelope) {
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_dossier()) co_return refused_dossier(reply);
  const v1::Header& header = reply.dossier().header();
  const bool may =
      reply.dossier().has_content() ? may_read(call.person(), header) : may_see(call.person(), header);
  if (!may) co_return problem_response(dossier_problem("not_found", "", ""));
  co_return json_response(200, json::serialize(api.render.dossier(reply.dossier())));
}

// Up to a page of readings; what is found so far where a page would take long.
Answer listed(Api& api, v1::Envelope envelope) {
  json::array items;
  v1::ListEvents& list = *envelope.mutable_list_events();
  list.set_reads(true);
  const std::uint32_t limit = list.limit() == 0 ? limits::tray_page : list.limit();
  std::uint64_t scanned = list.after_seq(), as_of = 0;
  for (int round = 0; round < kRounds && items.size() < limit; ++round) {
    list.set_after_seq(scanned);
    list.set_limit(limit - static_cast<std::uint32_t>(items.size()));
    auto reply = co_await ask_queue(api, envelope);
    if (!reply.has_events()) co_return refused_dossier(reply);
    for (const auto& each : reply.events().items()) items.push_back(event_json(each));
    scanned = reply.events().scanned_seq();
    as_of = reply.events().as_of_seq();
    if (scanned >= as_of) break;
  }
  const json::object body{{"scanned", scanned}, {"as_of", as_of}, {"items", std::move(items)}};
  co_return json_response(200, json::serialize(body));
}

std::int64_t read_time(Fields& fields, std::string_view name) {
  constexpr std::size_t most = 40;
  const std::string text = fields.text(name, most);
  if (text.empty()) return 0;
  const auto at = parse_iso8601(text);
  if (!at) fields.refuse(Code::malformed, name, "Une date s’écrit 2026-11-26T08:00:00Z, avec son fuseau.");
  return at.value_or(0);
}

}  // namespace

// By one's own right. A supervisor is shown that it is there: its content asks for a purpose (look).
Answer show(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  envelope.mutable_show()->set_dossier(call.dossier);
  envelope.mutable_show()->set_content(!may(call.person().role, Action::supervise));
  return shown(api, call, std::move(envelope));
}

Answer look(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::string purpose_text = fields.required_text("purpose", limits::code);
  const std::string text = fields.text("text", limits::added_note);
  const auto purpose = parse_purpose(purpose_text);
  if (!purpose) fields.refuse(Code::unknown_enum, "purpose", "Ce motif n’existe pas : voir le catalogue.");
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  v1::Show& show = *envelope.mutable_show();
  show.set_dossier(call.dossier);
  show.set_content(true);
  show.set_purpose(static_cast<v1::Purpose>(*purpose));
  show.set_text(text);
  auto response = co_await shown(api, call, std::move(envelope));
  co_return response;
}

Answer reads_of(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  v1::ListEvents& list = *envelope.mutable_list_events();
  list.set_dossier(call.dossier);
  for (const auto& [name, value] : call.http.query) {
    if (name != "after" && name != "limit") co_return refused(unknown_query(name));
    const bool after = name == "after";
    const auto number = query_number(name, value, after ? 0 : 1, after ? kExactMax : limits::tray_page_max);
    if (!number) co_return refused(number.error());
    if (after)
      list.set_after_seq(*number);
    else
      list.set_limit(static_cast<std::uint32_t>(*number));
  }
  auto response = co_await listed(api, std::move(envelope));
  co_return response;
}

// In the body: names of people do not stand in addresses.
Answer reads(Api& api, const Call& call) {
  Fields fields(call.body);
  v1::Envelope envelope = question(call);
  v1::ListEvents& list = *envelope.mutable_list_events();
  list.set_person(fields.text("person", limits::holder));
  list.set_unit(fields.text("unit", limits::bannette));
  list.set_from_ms(read_time(fields, "from"));
  list.set_to_ms(read_time(fields, "to"));
  list.set_after_seq(fields.number("after", kExactMax).value_or(0));
  list.set_limit(static_cast<std::uint32_t>(fields.number("limit", limits::tray_page_max).value_or(0)));
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto response = co_await listed(api, std::move(envelope));
  co_return response;
}

}  // namespace bannette::console::handlers
