#include "queue/codec/frame.hpp"

#include <stdexcept>

#include "queue/codec/wire.hpp"
#include "queue/core/limits.hpp"

namespace bannette::codec {
namespace {

// protobuf writes a line for each text that is no UTF-8; a sender must not be able to fill our logs.
[[maybe_unused]] const auto kLogHandlerBefore = google::protobuf::SetLogHandler(nullptr);

}  // namespace

Result<v1::Envelope> decode(const std::vector<std::string_view>& frames) {
  if (frames.size() != 2)
    return Refusal{Code::malformed, "", "Un message a deux trames : l'en-tête et l'enveloppe."};
  const std::string_view header = frames[0];
  if (header.size() != kHeader.size() || header.substr(0, 2) != kHeader.substr(0, 2) || header[3] != 0)
    return Refusal{Code::malformed, "", "L'en-tête n'est pas « BN », version, zéro."};
  if (header[2] != kHeader[2])
    return Refusal{Code::unsupported_version, "", "Ce serveur parle la version 1 du protocole."};
  if (frames[1].size() + header.size() > limits::envelope)
    return Refusal{Code::too_large, "", "Un message fait 64 Kio au plus."};
  v1::Envelope envelope;
  if (!envelope.ParseFromArray(frames[1].data(), static_cast<int>(frames[1].size())))
    return Refusal{Code::malformed, "", "L'enveloppe n'est pas lisible (protobuf, UTF-8)."};
  if (envelope.body_case() == v1::Envelope::BODY_NOT_SET)
    return Refusal{Code::malformed, "body", "L'enveloppe est vide, ou d'un type inconnu."};
  return envelope;
}

std::string encode(const v1::Envelope& envelope) {
  std::string bytes;
  envelope.SerializeToString(&bytes);
  if (bytes.size() + kHeader.size() > limits::envelope) throw std::length_error("an envelope beyond 64 KiB");
  return bytes;
}

std::string encode_answer(const v1::Envelope& envelope) {
  if (envelope.ByteSizeLong() + kHeader.size() <= limits::envelope) return encode(envelope);
  return encode(error(envelope.request_id(),
                      {Code::too_large, "", "La réponse dépasse 64 Kio : prévenez l'administrateur."}));
}

}  // namespace bannette::codec
