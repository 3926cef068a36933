// Who called: what of a number groups calls of one person.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace bannette::calls {

// A key's hash of a caller's key (below), never 0. The site's secret makes it, so that nobody finds a number
// by trying all: the pure rooms only pass it on.
using CallerHash = std::function<std::uint64_t(std::string_view caller)>;

// E.164 where the number can be read as one; the digits of another that can be dialled (an extension of the
// PBX, a short number), at most 20; "" where nobody can call back: withheld, "anonymous", no digits.
[[nodiscard]] std::string caller_of(std::string_view number);

}  // namespace bannette::calls
