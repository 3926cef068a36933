// A captured stream of AMI read from a file, with its times: from the PBX's Timestamp, else from
// FILE.idx.jsonl beside it
// ({"t": seconds since the connection, "off": bytes, "len": bytes, "dir": "in"} a read), else none.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "router/calls/ledger.hpp"
#include "router/telephony/ami_parser.hpp"
#include "router/telephony/coverage.hpp"

namespace bannette::telephony {

struct Captured {
  Coverage coverage;
  AmiParser::Counts parsed;
  calls::Ledger::Counts ledger;
  std::uint64_t events = 0;  // messages that were events
  std::uint64_t facts = 0;   // of them, what the ledger heard
  bool timed = false;        // durations are known
  bool absolute = false;  // so is the hour: by Timestamp, or because a channel was made while the stream ran
  bool torn = false;      // it ends in the middle of a message
};

// Builds the ledger. Each call is given when nothing can change it any more, at the latest at the end of the
// stream. Memory does not grow with the file. Throws std::runtime_error (French) where a file cannot be read
// or the index is none.
Captured replay(const std::filesystem::path& file, const std::string& pbx,
                const std::function<void(const calls::Call&)>& finished);

}  // namespace bannette::telephony
