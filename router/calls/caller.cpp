#include "router/calls/caller.hpp"

#include <algorithm>

#include "router/core/phone.hpp"

namespace bannette::calls {

std::string caller_of(std::string_view number) {
  using Kind = router::Phone::Kind;
  auto phone = router::read_phone(number);
  if (phone.kind == Kind::number) return std::move(phone.e164);
  if (phone.kind == Kind::none || phone.kind == Kind::withheld) return {};
  std::string digits(number);
  std::erase(digits, ' ');
  const bool dialled = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return dialled && digits.size() >= 2 && digits.size() <= 20 ? digits : std::string{};
}

}  // namespace bannette::calls
