// A site for figures, and what its clients ask.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "queue/broker/broker.hpp"
#include "queue/client/link.hpp"
#include "queue/core/rules.hpp"

namespace bannette::bench {

// The trays apart: what is submitted to be counted, and what is taken and handled.
inline constexpr const char* kHeap = "tas/social";
inline constexpr const char* kRound = "cycle/social";

[[nodiscard]] Rules site_rules();
// Adds a key for the principal to the data folder.
[[nodiscard]] client::Curve key_for(const std::filesystem::path& data, const std::string& principal,
                                    const std::string& server_key);
// Started, and open; null when that did not happen in ten seconds.
[[nodiscard]] std::unique_ptr<client::Link> open_link(client::Options options, zmq::context_t* context);

// `mark`, 5 characters, comes back as the header's INSEE code.
[[nodiscard]] v1::Envelope submission(const char* bannette, const std::string& mark);
[[nodiscard]] v1::Envelope take_next();
[[nodiscard]] v1::Envelope handle(const v1::Header& header);

// Ends the process where a figure would be of something refused.
void must(const v1::Envelope& reply);

}  // namespace bannette::bench
