// Calls that are still being typed: kept for their page, found again, handed to a colleague. The content is
// the page's own; nothing of it is looked at here, and none goes to the log.
#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/server/handlers_parts.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console::handlers {
namespace {

namespace json = boost::json;
using drafts::Draft;
using drafts::Header;
using drafts::Store;

constexpr std::size_t kHandovers = 200;

json::object header_json(const Header& header, bool may_take) {
  return {{"key", header.key},
          {"owner", header.owner},
          {"version", header.version},
          {"made", time_or_null(header.made_ms)},
          {"changed", time_or_null(header.changed_ms)},
          {"danger", header.danger},
          {"offered", header.offered},
          {"from", text_or_null(header.from)},
          {"may_take", may_take}};
}

HttpResponse shown(const Draft& draft) {
  json::object body = header_json(draft.header, false);
  boost::system::error_code wrong;
  body["content"] = json::parse(draft.content, wrong);
  return json_response(200, json::serialize(body));
}

bool may_take(const Api& api, const Person& person, const Header& header) {
  return header.owner != person.name &&
         (header.offered || api.drafting.abandoned(header, api.sessions, system::now().wall_ms));
}

// Those of this person, and those that this person may take over.
json::array listed(const Api& api, const Person& person, const std::vector<Header>& open) {
  json::array items;
  for (const Header& header : open) {
    const bool take = may_take(api, person, header);
    if (take || header.owner == person.name) items.push_back(header_json(header, take));
  }
  return items;
}

asio::awaitable<Result<std::vector<Header>>> open_drafts(Api& api) {
  auto work = [](Store& store, std::int64_t) -> Result<std::vector<Header>> { return store.open(); };
  auto found = co_await api.drafting.ask<std::vector<Header>>(std::move(work));
  co_return found;
}

}  // namespace

Answer drafts(Api& api, const Call& call) {
  auto open = co_await open_drafts(api);
  if (open.has_error()) co_return refused(open.error());
  co_return json_response(200,
                          json::serialize(json::object{{"items", listed(api, call.person(), open.value())}}));
}

Answer show_draft(Api& api, const Call& call) {
  auto work = [key = call.call_id, owner = call.person().name](Store& store, std::int64_t) {
    return store.get(key, owner);
  };
  auto draft = co_await api.drafting.ask<Draft>(std::move(work));
  if (draft.has_error()) co_return refused(draft.error());
  co_return shown(draft.value());
}

Answer keep_draft(Api& api, const Call& call) {
  Fields fields(call.body);
  const auto base = fields.required_number("version", kExactMax);
  const bool danger = fields.boolean("danger").value_or(false);
  const json::object content = fields.required_object("content");
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto work = [key = call.call_id, owner = call.person().name, base, danger, text = json::serialize(content)](
                  Store& store, std::int64_t now_ms) {
    return store.put(key, owner, base, danger, text, now_ms);
  };
  auto kept = co_await api.drafting.ask<Header>(std::move(work));
  if (kept.has_error()) co_return refused(kept.error());
  co_return json_response(200, json::serialize(header_json(kept.value(), false)));
}

Answer end_draft(Api& api, const Call& call) {
  auto work = [key = call.call_id, owner = call.person().name](Store& store, std::int64_t now_ms) {
    return store.end(key, owner, now_ms);
  };
  auto ended = co_await api.drafting.ask<void>(std::move(work));
  if (ended.has_error()) co_return refused(ended.error());
  co_return empty_response();
}

Answer offer_draft(Api& api, const Call& call) {
  Fields fields(call.body);
  const bool offered = fields.boolean("offered").value_or(true);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto work = [key = call.call_id, owner = call.person().name, offered](Store& store, std::int64_t) {
    return store.offer(key, owner, offered);
  };
  auto header = co_await api.drafting.ask<Header>(std::move(work));
  if (header.has_error()) co_return refused(header.error());
  api.live.draft(call.call_id, header.value().owner, offered);
  co_return json_response(200, json::serialize(header_json(header.value(), false)));
}

// The trace is durable before the content is shown.
Answer take_draft(Api& api, const Call& call) {
  Fields fields(call.body);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  auto open = co_await open_drafts(api);
  if (open.has_error()) co_return refused(open.error());
  const auto at = std::find_if(open.value().begin(), open.value().end(),
                               [&](const Header& each) { return each.key == call.call_id; });
  if (at == open.value().end())
    co_return refused(Refusal{Code::not_found, "", "Cette saisie n’existe pas, ou est terminée."});
  if (!may_take(api, call.person(), *at))
    co_return refused(
        Refusal{Code::held_by_other, "",
                at->owner == call.person().name
                    ? "Cette saisie est déjà la vôtre."
                    : at->owner + " est à son poste : demandez-lui de vous passer cette saisie."});
  auto work = [key = call.call_id, from = at->owner, taker = call.person().name](
                  Store& store, std::int64_t now_ms) { return store.take(key, from, taker, now_ms); };
  auto taken = co_await api.drafting.ask<Draft>(std::move(work));
  if (taken.has_error()) co_return refused(taken.error());
  spdlog::info("drafts: one was taken over");  // by whom, and whose: GET /drafts/handovers
  api.live.draft(call.call_id, call.person().name, false);
  co_return shown(taken.value());
}

Answer draft_handovers(Api& api, const Call&) {
  auto work = [](Store& store, std::int64_t) -> Result<std::vector<drafts::Handover>> {
    return store.handovers(kHandovers);
  };
  auto all = co_await api.drafting.ask<std::vector<drafts::Handover>>(std::move(work));
  if (all.has_error()) co_return refused(all.error());
  json::array items;
  for (const auto& each : all.value())
    items.push_back(json::object{
        {"at", time_or_null(each.at_ms)}, {"key", each.key}, {"from", each.from}, {"to", each.to}});
  co_return json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

}  // namespace bannette::console::handlers
