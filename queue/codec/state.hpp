// A dossier's state as bytes: what the journal keeps of it beside the columns of its row.
#pragma once
#include <string>
#include <string_view>

#include "queue/codec/record.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::codec {

// Replaces `out`; its memory is reused. Without number, state, urgency, danger, fence, arrival_seq,
// changed_seq.
void encode_state(const Dossier& dossier, std::string& out);
// Sets all the other members of `dossier`. Throws BadRecord: not decodable, a value out of its range, or
// something of a later version.
void decode_state(std::string_view bytes, Dossier& dossier);

}  // namespace bannette::codec
