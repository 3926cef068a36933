// The WebSocket of one browser: a reading and a writing side over one LiveClient.
#pragma once
#include "agent-console/server/connection.hpp"
#include "agent-console/server/stream.hpp"
#include "agent-console/server/wire.hpp"

namespace bannette::console {

// What a browser may say.
enum class LiveWord { ping, unknown };
[[nodiscard]] LiveWord parse_live(std::string_view text);

// From the upgrade that `request` asks for until the browser or the server ends it.
[[nodiscard]] asio::awaitable<void> serve_live(Serving& serving, Stream stream, Client client,
                                               Parser::value_type request, Connections::Place place);

}  // namespace bannette::console
