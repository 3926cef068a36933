// Checks DATA/calls.db as a whole, also beside a running service.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "queue/journal/journal.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::router {

struct CallsReport {
  std::uint64_t records = 0, calls = 0;
};

// The chain without gaps up to what calls.head has seen, everything sealed opens or was erased by retention,
// every call's row is its last record. `found` gets each finding, in French. Throws journal::CannotOpen,
// journal::Damaged, sqlite::Error.
CallsReport check_calls(const std::filesystem::path& data, const seal::Key& master,
                        const std::function<void(const std::string&)>& found);

// Of a copy that was brought back: its calls.head is made anew from it, durably.
void begin_restored_calls(const std::filesystem::path& data);

}  // namespace bannette::router
