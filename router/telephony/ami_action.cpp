#include "router/telephony/ami_action.hpp"

#include <algorithm>

namespace bannette::telephony {

AmiAction::AmiAction(std::string_view name, std::string_view id) {
  with("Action", name).with("ActionID", id);
}

AmiAction& AmiAction::with(std::string_view key, std::string_view value) {
  if (value.empty() || !spoilt_.empty()) return *this;
  const bool control = std::any_of(value.begin(), value.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  long_ = key.size() + value.size() + 4 > limits::action_line;
  if (control || long_) {
    spoilt_ = key;
    return *this;
  }
  text_.append(key).append(": ").append(value).append("\r\n");
  return *this;
}

Result<std::string> AmiAction::text() const {
  if (spoilt_.empty()) return text_ + "\r\n";
  if (long_) return Refusal{Code::too_large, spoilt_, "Cette valeur est trop longue pour l'autocommutateur."};
  return Refusal{
      Code::malformed, spoilt_,
      "Un retour à la ligne ou un caractère de commande ne peut pas être transmis à l'autocommutateur."};
}

}  // namespace bannette::telephony
