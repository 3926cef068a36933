// `bannette key new|add|revoke|list`: who may connect over TCP. All work while the service runs.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>

namespace bannette::console {

int run_key_new(const std::filesystem::path& file, std::ostream& out, std::ostream& err);
int run_key_add(const std::filesystem::path& data, const std::string& principal,
                const std::filesystem::path& public_file, std::ostream& out, std::ostream& err);
// By principal, or by a public key's file.
int run_key_revoke(const std::filesystem::path& data, const std::string& principal,
                   const std::filesystem::path& public_file, std::ostream& out, std::ostream& err);
int run_key_list(const std::filesystem::path& data, std::ostream& out);

}  // namespace bannette::console
