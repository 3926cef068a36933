// This moment, from the ledger, the posts and the callback list.
#pragma once
#include <cstdint>
#include <string_view>

#include "router/calls/callbacks.hpp"
#include "router/calls/figures.hpp"
#include "router/calls/ledger.hpp"
#include "router/calls/post_clock.hpp"

namespace bannette::calls {

// `queue`: of that one; "" all.
[[nodiscard]] Now now_of(const Ledger& ledger, const Callbacks& callbacks, std::int64_t now_ms,
                         const PostRules& rules, std::string_view queue = {});

}  // namespace bannette::calls
