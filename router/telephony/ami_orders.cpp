#include "router/telephony/ami_orders.hpp"

#include <algorithm>
#include <array>

#include "router/core/phone.hpp"
#include "router/telephony/ami_action.hpp"

namespace bannette::telephony {
namespace {

constexpr std::size_t kInternalLeast = 2, kInternalMost = 6;
constexpr std::size_t kChannelId = 149;  // AST_MAX_PUBLIC_UNIQUEID

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// An interface or an id: nothing that means something else to the PBX ("&" joins channels, "/n" is an
// option).
bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-_./@+").find(c) != std::string_view::npos;
  });
}

// The inverse of e164(): the overseas codes belong to the national plan (Arcep decision 2018-0881).
std::string national(const std::string& e164) {
  for (const std::string_view code : {"+33", "+262", "+590", "+594", "+596"})
    if (e164.starts_with(code) && e164.size() == code.size() + 9) return "0" + e164.substr(code.size());
  if (e164.starts_with("+508") && e164.size() == 10) return "0508" + e164.substr(4);
  return "00" + e164.substr(1);
}

}  // namespace

Result<std::string> dialled(std::string_view number, const Dialling& how) {
  if (const auto key = router::e164(number)) {
    if (how.international) return how.prefix + *key;
    return how.prefix + national(*key);
  }
  std::string digits;
  for (const char c : number)
    if (c != ' ' && c != '.') digits += c;
  if (is_digits(digits) && digits.size() >= kInternalLeast && digits.size() <= kInternalMost) return digits;
  return Refusal{Code::malformed, "number",
                 "Il faut un numéro de téléphone (0612345678, +32…) ou un numéro interne de 2 à 6 chiffres."};
}

std::string_view name(DialStep step) {
  static constexpr std::array<std::string_view, 11> names{
      "accepted", "post_answered", "answered", "post_busy", "post_no_answer", "post_failed",
      "busy",     "no_answer",     "failed",   "given_up",  "unknown"};
  return names.at(static_cast<std::size_t>(step));
}

bool last(DialStep step) {
  return step > DialStep::post_answered;
}

DialStep step_of_originate(std::string_view response, std::string_view reason) {
  if (response == "Success") return DialStep::post_answered;
  if (reason == "5") return DialStep::post_busy;
  if (reason == "3" || reason == "1") return DialStep::post_no_answer;
  return DialStep::post_failed;
}

DialStep step_of_dial_end(std::string_view status) {
  if (status == "ANSWER") return DialStep::answered;
  if (status == "BUSY") return DialStep::busy;
  if (status == "NOANSWER") return DialStep::no_answer;
  if (status == "CANCEL" || status == "ABORT") return DialStep::given_up;
  return DialStep::failed;  // CONGESTION, CHANUNAVAIL, ...
}

Result<std::string> text_of(const Dial& dial, std::string_view id) {
  if (!is_name(dial.post)) return Refusal{Code::malformed, "post", "Ce poste n'a pas d'interface valable."};
  if (!is_name(dial.channel_id) || dial.channel_id.size() > kChannelId)
    return Refusal{Code::malformed, "channel_id", "L'identifiant de l'appel est mal formé."};
  const std::string_view number = dial.number;
  if (number.empty() || !is_digits(number.starts_with('+') ? number.substr(1) : number))
    return Refusal{Code::malformed, "number", "Le numéro n'est pas fait de chiffres."};
  const std::string& shown = dial.how.shown.empty() ? dial.number : dial.how.shown;
  return AmiAction("Originate", id)
      .with("Channel", dial.post)
      .with("Context", dial.how.context)
      .with("Exten", dial.number)
      .with("Priority", "1")
      .with("CallerID", shown)
      .with("Timeout", std::to_string(dial.how.ring_ms))
      .with("Account", dial.how.account)
      .with("ChannelId", dial.channel_id)
      .with("Async", "true")
      .text();
}

Result<std::string> text_of(const Pause& pause, std::string_view id) {
  if (!is_name(pause.post)) return Refusal{Code::malformed, "post", "Ce poste n'a pas d'interface valable."};
  return AmiAction("QueuePause", id)
      .with("Interface", pause.post)
      .with("Queue", pause.queue)
      .with("Paused", pause.paused ? "true" : "false")
      .with("Reason", pause.reason)
      .text();
}

}  // namespace bannette::telephony
