#include "router/telephony/challenge.hpp"

#include <array>
#include <memory>

#include <openssl/evp.h>

#include "router/telephony/hexadecimal.hpp"

namespace bannette::telephony {

std::string md5_answer(std::string_view challenge, std::string_view secret) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  if (!context || EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), challenge.data(), challenge.size()) != 1 ||
      EVP_DigestUpdate(context.get(), secret.data(), secret.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), sum.data(), &size) != 1)
    return {};
  return hexadecimal({sum.data(), size});
}

}  // namespace bannette::telephony
