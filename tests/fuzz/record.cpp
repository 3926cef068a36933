#include "queue/codec/record.hpp"

#include <optional>
#include <stdexcept>
#include <string>

#include "queue/codec/state.hpp"
#include "tests/fuzz/targets.hpp"

namespace bannette::fuzz {
namespace {

void as_record(std::string_view bytes) {
  std::optional<codec::DecodedRecord> read;
  try {
    read = codec::decode_record(bytes);
  } catch (const codec::BadRecord&) {
    return;
  }
  std::string written;
  codec::encode_record(read->change, read->epoch, written);
  const codec::DecodedRecord again = codec::decode_record(written);
  // From format 2 on the row says these, and the chain the site.
  read->change.seq = again.change.seq;
  read->change.number = again.change.number;
  if (again.change != read->change || again.epoch != read->epoch)
    throw std::logic_error("a record is not the same when it is written and read again");
}

// The dossier's state beside the columns of its row.
void as_state(std::string_view bytes) {
  Dossier read, again;
  try {
    codec::decode_state(bytes, read);
  } catch (const codec::BadRecord&) {
    return;
  }
  std::string written;
  codec::encode_state(read, written);
  codec::decode_state(written, again);
  if (again != read) throw std::logic_error("a state is not the same when it is written and read again");
}

void as_personal(std::string_view bytes) {
  std::optional<codec::PersonalParts> read;
  try {
    read = codec::decode_personal(bytes);
  } catch (const codec::BadRecord&) {
    return;
  }
  std::string written;
  codec::encode_personal(read->content, read->text, read->contact, written);
  if (codec::decode_personal(written) != *read)
    throw std::logic_error("what is personal is not the same when it is written and read again");
}

}  // namespace

void record(std::span<const std::uint8_t> input) {
  const std::string_view bytes{reinterpret_cast<const char*>(input.data()), input.size()};
  as_record(bytes);
  as_state(bytes);
  as_personal(bytes);
}

}  // namespace bannette::fuzz
