// What a message of AMI says, as a fact for the ledger. Keeps nothing from one message to the next.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "router/calls/event.hpp"
#include "router/telephony/ami_parser.hpp"

namespace bannette::telephony {

struct ReadAt {
  std::int64_t ms = 0;  // Unix time at which its bytes came; a Timestamp in the message goes before it
  bool timed = true;    // false: not known
};

class AmiReader {
 public:
  // `answers`: whether "Redirect successful" and "Withdraw requested successfully" are facts (of a captured
  // stream, where the command is not known). Whoever sends commands knows whom they move and tells the ledger
  // so.
  explicit AmiReader(std::string pbx, bool answers = true) : pbx_(std::move(pbx)), answers_(answers) {}
  // Nothing where the message is of no concern to the ledger. Texts are cut at calls::limits::text.
  [[nodiscard]] std::optional<calls::Event> read(const AmiMessage& message, ReadAt at) const;

 private:
  std::string pbx_;
  bool answers_;
};

// "1795443665.123456" in Unix milliseconds; nothing where it is something else.
[[nodiscard]] std::optional<std::int64_t> ami_timestamp(std::string_view text);
// When the channel was made, as its Uniqueid says: "[system-]1795443665.2" in Unix seconds; nothing of an id
// of another form.
[[nodiscard]] std::optional<std::int64_t> uniqueid_epoch(std::string_view uniqueid);

struct Caller {
  std::string number, name;  // "" = withheld or unknown
  bool withheld = false;
};
// Of CallerIDNum and CallerIDName as Asterisk writes them ("<unknown>", "anonymous", names escaped as in C).
[[nodiscard]] Caller read_caller(std::string_view number, std::string_view name);

}  // namespace bannette::telephony
