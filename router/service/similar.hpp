// "Has this call been made before?": what the router remembers, with where it stands by the queue's word.
#pragma once
#include <cstdint>
#include <memory>

#include "queue/core/error.hpp"
#include "router/core/site.hpp"
#include "router/service/forwarding.hpp"
#include "router/service/memory.hpp"

namespace bannette::router {

// Told once: alike, or error. `forwarding` must live until then.
void ask_similar(std::shared_ptr<const Site> site, const Memory& memory, Forwarding& forwarding,
                 const v1::Similar& in, std::int64_t wall_ms, Forwarding::Told told);

}  // namespace bannette::router
