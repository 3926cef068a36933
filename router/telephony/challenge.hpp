// AMI's login by challenge: the secret itself does not cross the wire.
#pragma once
#include <string>
#include <string_view>

namespace bannette::telephony {

// MD5 of the challenge with the secret behind it, in 32 small hexadecimal digits, as AMI wants it ("AuthType:
// MD5"). It hides the secret from who listens, no more: TLS protects the line. "" where OpenSSL gives no MD5
// (FIPS).
[[nodiscard]] std::string md5_answer(std::string_view challenge, std::string_view secret);

}  // namespace bannette::telephony
