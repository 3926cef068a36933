// Agents and supervisors: figures, trays, and work on a dossier.
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

Result<v1::ListTray> read_tray(const HttpRequest& http) {
  v1::ListTray list;
  for (const auto& [name, value] : http.query) {
    if (name == "bannette" && list.bannettes_size() < static_cast<int>(limits::bannettes)) {
      if (value.empty() || value.size() > limits::bannette) {
        return Refusal{Code::malformed, "bannette", "Ce nom de bannette n’est pas valide."};
      }
      list.add_bannettes(value);
    } else if (name == "limit") {
      const auto limit = query_number(name, value, 1, limits::tray_page_max);
      if (!limit) return limit.error();
      list.set_limit(static_cast<std::uint32_t>(*limit));
    } else if (name == "ended" && value == "true") {
      list.set_ended(true);
    } else if (name == "before") {
      const auto before = query_number(name, value, 1, kExactMax);
      if (!before) return before.error();
      list.set_before(*before);
    } else if (name == "topic" && value.size() <= limits::code) {
      list.set_topic(value);
    } else if (name == "insee" && value.size() <= 5) {
      list.set_insee(value);
    } else if (name == "urgency" && parse_urgency(value)) {
      list.set_urgency(static_cast<v1::Urgency>(*parse_urgency(value)));
    } else {
      return unknown_query(name);
    }
  }
  for (const auto& [name, value] : http.query)
    if (!list.ended() && name != "bannette" && name != "limit")
      return Refusal{Code::malformed, name, "« " + name + " » ne va qu’avec « ended=true »."};
  return list;
}

Result<v1::ListEvents> read_events(const HttpRequest& http) {
  v1::ListEvents list;
  for (const auto& [name, value] : http.query) {
    if (name != "after" && name != "limit") return unknown_query(name);
    const bool after = name == "after";
    const auto number = query_number(name, value, after ? 0 : 1, after ? kExactMax : limits::tray_page_max);
    if (!number) return number.error();
    if (after)
      list.set_after_seq(*number);
    else
      list.set_limit(static_cast<std::uint32_t>(*number));
  }
  return list;
}

// Seconds as given, milliseconds as sent; 0: the site's default.
std::uint32_t read_lease_ms(Fields& fields) {
  const auto lease_s = fields.number("lease_s", limits::lease_max / 1000);
  if (!lease_s || *lease_s == 0) return 0;
  if (*lease_s * 1000 < limits::lease_min)
    fields.refuse(Code::malformed, "lease_s", "Une réservation dure au moins 5 secondes.");
  return static_cast<std::uint32_t>(*lease_s * 1000);
}

}  // namespace

Answer bannettes(Api& api, const Call& call) {
  v1::Envelope envelope = question(call);
  envelope.mutable_count();
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_counts()) co_return refused(reply);
  const v1::Counts& counts = reply.counts();
  json::array items;
  for (const auto& each : counts.bannettes()) {
    if (may_count(call.person(), each.bannette())) items.push_back(api.render.count(each));
  }
  const json::object body{{"as_of", counts.as_of_seq()},
                          {"at", iso8601(counts.at_ms())},
                          {"items", std::move(items)},
                          {"slow", slow_json(counts)},
                          {"delegations", delegations_json(counts)}};
  co_return json_response(200, json::serialize(body));
}

Answer events(Api& api, const Call& call) {
  auto list = read_events(call.http);
  if (!list) co_return refused(list.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_list_events() = *list;
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_events()) co_return refused(reply);
  json::array items;
  for (const auto& each : reply.events().items()) items.push_back(event_json(each));
  const json::object body{{"scanned", reply.events().scanned_seq()},
                          {"as_of", reply.events().as_of_seq()},
                          {"items", std::move(items)}};
  co_return json_response(200, json::serialize(body));
}

Answer tray(Api& api, const Call& call) {
  auto list = read_tray(call.http);
  if (!list) co_return refused(list.error());
  v1::Envelope envelope = question(call);
  *envelope.mutable_list_tray() = std::move(*list);
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_tray()) co_return refused(reply);
  json::array items;
  for (const auto& header : reply.tray().items()) {
    if (may_list(call.person(), header.bannette())) items.push_back(api.render.header(header));
  }
  // By a proposal or a copy, not by the bannette: the console checks what the queue gives here too.
  const auto beside = [&](const auto& headers) {
    json::array list;
    for (const auto& header : headers)
      if (may_see(call.person(), header)) list.push_back(api.render.header(header));
    return list;
  };
  const std::uint64_t next = reply.tray().next();
  const json::object body{{"as_of", reply.tray().as_of_seq()},
                          {"total", reply.tray().total()},
                          {"items", std::move(items)},
                          {"offered", beside(reply.tray().offered())},
                          {"copies", beside(reply.tray().copies())},
                          {"next", next == 0 ? json::value() : json::value(next)}};
  co_return json_response(200, json::serialize(body));
}

Answer take_next(Api& api, const Call& call) {
  Fields fields(call.body);
  const auto names = fields.texts("bannettes", limits::bannettes, limits::bannette);
  for (const auto& name : names) {
    if (!may_work(call.person(), name)) {
      fields.refuse(Code::forbidden, "bannettes", "Une de ces bannettes n’est pas à votre unité.");
    }
  }
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  v1::Take& take = *envelope.mutable_take();
  for (const auto& name : names) take.add_bannettes(name);
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_done()) co_return refused(reply);
  co_return json_response(200, json::serialize(api.render.done(reply.done())));
}

Answer reserve(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::uint32_t lease_ms = read_lease_ms(fields);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  envelope.mutable_reserve()->set_dossier(call.dossier);
  envelope.mutable_reserve()->set_lease_ms(lease_ms);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

Answer take(Api& api, const Call& call) {
  Fields fields(call.body);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  envelope.mutable_take()->set_dossier(call.dossier);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

Answer accept(Api& api, const Call& call) {
  return fenced<v1::Accept>(api, call, [](v1::Envelope& e) -> v1::Accept& { return *e.mutable_accept(); });
}

Answer release(Api& api, const Call& call) {
  return fenced<v1::Release>(api, call, [](v1::Envelope& e) -> v1::Release& { return *e.mutable_release(); });
}

Answer renew(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::uint64_t fence = fields.required_number("fence", kExactMax);
  const std::uint32_t lease_ms = read_lease_ms(fields);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  v1::Renew& renew = *envelope.mutable_renew();
  renew.set_dossier(call.dossier);
  renew.set_fence(fence);
  renew.set_lease_ms(lease_ms);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

Answer note(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::uint64_t fence = fields.required_number("fence", kExactMax);
  const std::string text = fields.required_text("text", limits::added_note);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  v1::AddNote& note = *envelope.mutable_note();
  note.set_dossier(call.dossier);
  note.set_fence(fence);
  note.set_text(text);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

Answer handle(Api& api, const Call& call) {
  Fields fields(call.body);
  const std::uint64_t fence = fields.required_number("fence", kExactMax);
  const std::string outcome_text = fields.required_text("outcome", limits::code);
  const std::string text = fields.text("text", limits::added_note);
  const auto outcome = parse_outcome(outcome_text);
  if (!outcome) fields.refuse(Code::unknown_enum, "outcome", "Cette issue n’existe pas : voir le catalogue.");
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  v1::Handle& handle = *envelope.mutable_handle();
  handle.set_dossier(call.dossier);
  handle.set_fence(fence);
  handle.set_outcome(static_cast<v1::Outcome>(*outcome));
  handle.set_text(text);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

}  // namespace bannette::console::handlers
