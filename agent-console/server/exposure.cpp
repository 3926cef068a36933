#include <boost/asio/ip/address.hpp>

#include "agent-console/server/options.hpp"

namespace bannette::console {

Result<void> check_exposure(const Options& options) {
  boost::system::error_code wrong;
  const auto address = boost::asio::ip::make_address(options.address, wrong);
  if (wrong) {
    return Refusal{Code::malformed, "http",
                   "« " + options.address + " » n’est pas une adresse IP (par exemple 127.0.0.1)."};
  }
  if (options.tls_cert.empty() != options.tls_key.empty()) {
    return Refusal{Code::missing, options.tls_cert.empty() ? "tls-cert" : "tls-key",
                   "--tls-cert et --tls-key vont ensemble : donnez les deux."};
  }
  const bool tls = !options.tls_cert.empty();
  if (!address.is_loopback() && !tls && !options.behind_proxy) {
    return Refusal{Code::forbidden, "http",
                   "L’adresse " + options.address +
                       " est visible d’autres machines : les mots de passe y passeraient en "
                       "clair. Donnez --tls-cert et --tls-key, ou --behind-proxy si un serveur mandataire "
                       "chiffre devant, ou "
                       "restez sur 127.0.0.1."};
  }
  return {};
}

}  // namespace bannette::console
