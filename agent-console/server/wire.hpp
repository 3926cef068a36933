// Between Beast's messages and ours.
#pragma once
#include <optional>
#include <string>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "agent-console/server/http.hpp"

namespace bannette::console {

namespace beast = boost::beast;

using Parser = beast::http::request_parser<beast::http::string_body>;
using Message = beast::http::response<beast::http::string_body>;

// The head of a request as ours; a problem where it is not acceptable (two Host headers, a bad target).
// `peer` is the address of the socket; behind a proxy the last X-Forwarded-For counts.
[[nodiscard]] std::optional<Problem> read_head(const Parser& parser, const std::string& peer,
                                               bool behind_proxy, HttpRequest& request);
// With the headers that every answer bears. `tls`: also Strict-Transport-Security.
[[nodiscard]] Message to_message(HttpResponse response, bool head_only, bool keep_alive, bool tls);
// What a peer is told whose request could not be read; nothing: the connection is simply over.
[[nodiscard]] std::optional<Problem> read_problem(const boost::system::error_code& why);

}  // namespace bannette::console
