// Bytes in lower-case hexadecimal digits.
#pragma once
#include <span>
#include <string>

namespace bannette::telephony {

[[nodiscard]] inline std::string hexadecimal(std::span<const unsigned char> bytes) {
  std::string out;
  for (const unsigned byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace bannette::telephony
