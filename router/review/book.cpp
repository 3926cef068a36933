#include "router/review/book.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "router/review/note_json.hpp"

namespace bannette::router {
namespace {

namespace json = boost::json;

Refusal not_found() {
  return {Code::not_found, "dossier", "Aucune correction pour ce dossier."};
}

std::vector<std::string> folded(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const auto& word : words)
    for (const auto& each : words_of(word).list) out.push_back(each.text);
  return out;
}

// What the person says, over what was proposed.
Result<void> lay_over(const Site& site, const Decided& decided, Labelled& label) {
  if (decided.motif) {
    if (find_topic(site, *decided.motif) == nullptr)
      return Refusal{Code::unknown_topic, "motif", "Motif inconnu : " + *decided.motif};
    label.motif = *decided.motif;
    label.motifs_ok = {label.motif};
  }
  if (label.motif.empty()) {
    std::string choices;
    for (const auto& each : label.motifs_ok) choices += (choices.empty() ? "" : ", ") + each;
    return Refusal{
        Code::missing, "motif",
        "Le bon motif ne se déduit pas : indiquez-le" + (choices.empty() ? "." : " (" + choices + ").")};
  }
  if (decided.urgency) label.urgency = *decided.urgency;
  if (decided.danger) label.danger = *decided.danger;
  if (label.danger && label.urgency > Urgency::urgent)
    return Refusal{Code::malformed, "urgency", "Un danger est au moins « urgent »."};
  return {};
}

}  // namespace

CorrectionBook::CorrectionBook(const std::filesystem::path& data, const seal::Key& master, const Site& site)
    : site_(site), scrubber_(site), reader_(data, master), reviews_(data, master) {}

CorrectionBook::Entry CorrectionBook::entry_of(const Past& past, Correction correction) {
  Entry entry;
  entry.id = reviews_.id_of(past.dossier.id);
  entry.review = reviews_.find(past.dossier.number);
  if (entry.review && entry.review->basis == reviews_.basis_of(correction, past.content.note()))
    entry.status = entry.review->status;
  entry.correction = std::move(correction);
  return entry;
}

CorrectionBook::Page CorrectionBook::list(std::int64_t from_ms) {
  Page page;
  page.tally = each_past(reader_, past_since(reader_, from_ms), [&](const Past& past) {
    auto correction = correction_of(site_, scrubber_, past);
    if (!correction || ++page.found > listed_max) return;
    page.entries.push_back(entry_of(past, std::move(*correction)));
  });
  return page;
}

std::optional<CorrectionBook::Entry> CorrectionBook::found(std::uint64_t number,
                                                           const std::vector<std::string>& hidden,
                                                           std::string& basis) {
  const auto past = past_of(reader_, number);
  if (!past) return std::nullopt;
  auto correction = correction_of(site_, scrubber_, *past, folded(hidden));
  if (!correction) return std::nullopt;
  basis = reviews_.basis_of(*correction, past->content.note());
  return entry_of(*past, std::move(*correction));
}

Result<CorrectionBook::Entry> CorrectionBook::show(std::uint64_t number) {
  std::string basis;
  auto entry = found(number, {}, basis);
  if (!entry) return not_found();
  return std::move(*entry);
}

Result<CorrectionBook::Entry> CorrectionBook::accept(std::uint64_t number, const Decided& decided) {
  std::string basis;
  auto entry = found(number, decided.hidden, basis);
  if (!entry) return not_found();
  Labelled label = entry->correction.label;
  if (auto laid = lay_over(site_, decided, label); laid.has_error()) return laid.error();
  entry->review = Review{Reviewed::accepted, entry->id, basis, decided.by, decided.at_ms, std::move(label)};
  entry->status = Reviewed::accepted;
  reviews_.put(number, *entry->review);
  return std::move(*entry);
}

Result<CorrectionBook::Entry> CorrectionBook::reject(std::uint64_t number, const Decided& decided) {
  std::string basis;
  auto entry = found(number, {}, basis);
  if (!entry) return not_found();
  Labelled nothing;  // a rejected note is not kept
  entry->review = Review{Reviewed::rejected, entry->id, basis, decided.by, decided.at_ms, std::move(nothing)};
  entry->status = Reviewed::rejected;
  reviews_.put(number, *entry->review);
  return std::move(*entry);
}

CorrectionBook::Exported CorrectionBook::write(const std::function<void(const std::string& line)>& line) {
  Exported out;
  for (const std::uint64_t number : reviews_.numbers()) {
    const auto row = reader_.dossier(number);
    if (!row || !reader_.key(number, row->id)) {
      reviews_.forget(number);
      ++out.erased;
      continue;
    }
    const auto review = reviews_.find(number);
    if (!review || review->status != Reviewed::accepted) continue;
    std::string basis;
    const auto entry = found(number, {}, basis);
    if (!entry || entry->status != Reviewed::accepted) {
      ++out.stale;
      continue;
    }
    json::object object = note_json(review->id, review->label);
    object["source"] = entry->correction.source;
    object["status"] = name(review->status);
    line(json::serialize(object));
    ++out.written;
  }
  return out;
}

}  // namespace bannette::router
