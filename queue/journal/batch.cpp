#include "queue/journal/batch.hpp"

#include "queue/core/limits.hpp"

namespace bannette::journal {
namespace {

void require(bool holds, const Change& change, const char* otherwise) {
  if (!holds) throw std::logic_error("change " + std::to_string(change.seq) + ": " + otherwise);
}

void check_site(const Entry& entry) {
  const Change& change = entry.persist.change;
  require(change.kind != ChangeKind::submitted, change, "a first change without a number");
  require(change.id == Uuid{} && change.previous_seq < change.seq, change, "it is not the site's");
  require(entry.content.empty() && entry.text.empty() && entry.contact.empty(), change,
          "a change of the site has nothing personal");
}

}  // namespace

void check_batch(std::span<const Entry> batch, const Head& head, std::uint64_t last_number) {
  if (batch.size() > limits::filling_records)
    throw std::logic_error("a batch beyond limits::filling_records");
  std::uint64_t seq = head.seq;
  for (const Entry& entry : batch) {
    const Change& change = entry.persist.change;
    const Dossier& after = entry.persist.after;
    const bool first = change.kind == ChangeKind::submitted;
    require(change.seq == ++seq, change, "a gap in the sequence");
    require(change.number == after.number && change.id == after.id, change,
            "the dossier after it is another");
    if (change.number == 0) {
      check_site(entry);
      continue;
    }
    require(after.changed_seq == change.seq, change, "the dossier after it is of another change");
    require(first == (change.previous_seq == 0) && change.previous_seq < change.seq, change,
            "previous_seq does not fit");
    if (first)
      require(change.number == ++last_number, change, "a gap in the dossiers' numbers");
    else
      require(change.number <= last_number, change, "no such dossier");
    require(first || (entry.content.empty() && entry.contact.empty()), change,
            "only a first change has content and contact");
  }
}

}  // namespace bannette::journal
