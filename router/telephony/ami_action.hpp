// An action for Asterisk's Manager Interface, written so that no value can become a line of its own.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "queue/core/error.hpp"

namespace bannette::telephony {

namespace limits {
// Asterisk reads an action's line into 1,025 bytes and throws a longer one away (main/manager.c).
inline constexpr std::size_t action_line = 1'000;
}  // namespace limits

class AmiAction {
 public:
  AmiAction(std::string_view name, std::string_view id);
  // Values with CR, LF, NUL or another control character, and lines beyond limits::action_line, spoil the
  // action: text() then is a refusal that names `key`. An empty value leaves the field out.
  AmiAction& with(std::string_view key, std::string_view value);
  // The whole action with its blank line.
  [[nodiscard]] Result<std::string> text() const;

 private:
  std::string text_;
  std::string spoilt_;  // the first key whose value cannot be sent
  bool long_ = false;
};

}  // namespace bannette::telephony
