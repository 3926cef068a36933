// A certificate of our own, for tests of TLS.
#pragma once
#include <filesystem>

namespace bannette::test {

// A certificate for 127.0.0.1 that signs itself, of ten minutes.
void write_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace bannette::test
