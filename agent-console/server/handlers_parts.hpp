// What handlers share: numbers of a query, and changes of a dossier.
#pragma once
#include <charconv>

#include <boost/json/serialize.hpp>

#include "agent-console/server/fields.hpp"
#include "agent-console/server/handlers.hpp"
#include "queue/core/limits.hpp"

namespace bannette::console::handlers {

inline constexpr std::uint64_t kExactMax = (1ULL << 53) - 1;  // what a browser's numbers hold exactly

inline Result<std::uint64_t> query_number(const std::string& name, const std::string& value,
                                          std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error == std::errc() && stop == end && number >= least && number <= most) return number;
  return Refusal{Code::malformed, name,
                 "« " + name + " » va de " + std::to_string(least) + " à " + std::to_string(most) + "."};
}

inline Refusal unknown_query(const std::string& name) {
  return {Code::malformed, name.substr(0, limits::code), "Ce paramètre n’est pas connu."};
}

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
