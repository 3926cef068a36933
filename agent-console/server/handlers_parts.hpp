// What the handlers that change a dossier share.
#pragma once
#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"

namespace bannette::console::handlers {

inline constexpr std::uint64_t kExactMax = (1ULL << 53) - 1;  // what a browser's numbers hold exactly

// Asks for one change of the dossier in the path and gives what it became.
inline Answer change(Api& api, v1::Envelope envelope) {
  auto reply = co_await ask_queue(api, std::move(envelope));
  if (!reply.has_done()) co_return refused_dossier(reply);
  co_return json_response(200, boost::json::serialize(api.render.done(reply.done())));
}

// The commands that take a fence and nothing else.
template <class Message>
Answer fenced(Api& api, const Call& call, Message& (*part)(v1::Envelope&)) {
  Fields fields(call.body);
  const std::uint64_t fence = fields.required_number("fence", kExactMax);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  Message& message = part(envelope);
  message.set_dossier(call.dossier);
  message.set_fence(fence);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

// Those that take nothing.
template <class Message>
Answer bare(Api& api, const Call& call, Message& (*part)(v1::Envelope&)) {
  Fields fields(call.body);
  if (auto read = fields.finish(); !read) co_return refused(read.error());
  v1::Envelope envelope = question(call);
  part(envelope).set_dossier(call.dossier);
  auto response = co_await change(api, std::move(envelope));
  co_return response;
}

}  // namespace bannette::console::handlers
