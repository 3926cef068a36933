#include "router/core/streets.hpp"

#include <algorithm>
#include <utility>

namespace bannette::router {
namespace {

bool applies(const Sector& row, int number) {
  if (row.parity != Sector::Parity::both && (number % 2 == 0) != (row.parity == Sector::Parity::even))
    return false;
  return (!row.from || number >= *row.from) && (!row.to || number <= *row.to);
}
bool is_whole(const Sector& row) {
  return row.parity == Sector::Parity::both && !row.from && !row.to;
}

std::string street_key(std::string_view insee, std::string_view street) {
  return std::string(insee) + "/" + fold(street);
}

std::vector<KnownStreet> streets_of(const std::vector<Sector>& sectors) {
  std::vector<KnownStreet> streets;
  for (const auto& sector : sectors)
    if (!sector.street.empty()) streets.push_back({sector.insee, sector.street});
  return streets;
}

}  // namespace

bool in_force(const Sector& sector, date::local_days day) {
  return (!sector.first_day || day >= *sector.first_day) && (!sector.last_day || day <= *sector.last_day);
}

std::string numbers_in_french(const Sector& sector) {
  std::string out;
  if (sector.parity == Sector::Parity::even) out = "côté pair";
  if (sector.parity == Sector::Parity::odd) out = "côté impair";
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  if (sector.from && sector.to)
    add("du n° " + std::to_string(*sector.from) + " au n° " + std::to_string(*sector.to));
  else if (sector.from)
    add("à partir du n° " + std::to_string(*sector.from));
  else if (sector.to)
    add("jusqu'au n° " + std::to_string(*sector.to));
  return out;
}

Streets::Streets(std::vector<Sector> sectors, std::shared_ptr<const StreetIndex> known)
    : sectors_(std::move(sectors)), of_sectors_(streets_of(sectors_)), known_(std::move(known)) {
  for (std::size_t i = 0; i < sectors_.size(); ++i) {
    const auto& sector = sectors_[i];
    if (sector.street.empty())
      by_commune_[sector.insee].push_back(i);
    else
      by_street_[street_key(sector.insee, sector.street)].push_back(i);
  }
}

std::string Streets::default_unit(std::string_view insee, date::local_days day) const {
  const auto rows = by_commune_.find(std::string(insee));
  if (rows == by_commune_.end()) return {};
  for (const auto row : rows->second)
    if (in_force(sectors_[row], day)) return sectors_[row].unit;
  return {};
}

bool Streets::is_split(std::string_view insee, date::local_days day) const {
  const auto unit = default_unit(insee, day);
  return std::any_of(sectors_.begin(), sectors_.end(), [&](const Sector& s) {
    return s.insee == insee && !s.street.empty() && s.unit != unit && in_force(s, day);
  });
}

bool Streets::begins_street(const std::vector<Word>& words, std::size_t at) {
  return words[at].number > 0 || !street_kind(words[at].text).empty();
}

bool Streets::names_street(const std::vector<Word>& words, std::size_t at, bool is_address) {
  const auto is_kind = [&](const std::string& word) {
    return is_address ? !street_kind(word).empty() : is_road(word);
  };
  auto back = at;
  while (back > 0 && is_street_article(words[back - 1].text)) --back;
  if (back == 0) return false;
  if (is_kind(words[back - 1].text)) return true;
  // "rue Pierre de Roubaix", "rue du Pont de Neuville"
  return back < at && back >= 2 && words[back - 1].clause == words[at].clause &&
         (is_kind(words[back - 2].text) ||
          (back >= 3 && is_street_article(words[back - 2].text) && is_kind(words[back - 3].text)));
}

std::vector<const Sector*> Streets::rows_of(std::string_view insee, std::string_view street,
                                            date::local_days day) const {
  std::vector<const Sector*> rows;
  const auto found = by_street_.find(street_key(insee, street));
  if (found == by_street_.end()) return rows;
  for (const auto row : found->second)
    if (in_force(sectors_[row], day)) rows.push_back(&sectors_[row]);
  return rows;
}

// The best of all that the text may name, in the sectors and among the streets that exist. Of several that
// are as near, none is named.
std::optional<Streets::Found> Streets::find(std::string_view insee, const Words& text, bool is_address,
                                            std::string& unknown) const {
  std::optional<Found> best;
  for (const auto& typed : streets_in(text, is_address)) {
    std::optional<Found> here;
    for (const auto* index : {&of_sectors_, known_.get()}) {
      if (index == nullptr) continue;
      const auto hits = index->find(insee, typed, is_address || index == &of_sectors_);
      if (hits.size() != 1) continue;
      if (!here || hits[0].better_than(here->hit)) here = Found{hits[0], index, {}};
    }
    if (here && (!best || here->hit.better_than(best->hit))) {
      here->number = house_number(text, typed, here->hit.used);
      best = here;
    }
    if (!here && is_address && !typed.kind.empty() && unknown.empty()) unknown = typed.typed;
  }
  return best;
}

// The street's rows, in their order; without a number only a row for the whole street is sure.
void Streets::by_number(Side& side, const std::vector<const Sector*>& rows) const {
  const auto& number = side.address->number;
  for (const auto* row : rows) {
    if (is_whole(*row) || (number && applies(*row, *number))) {
      if (is_whole(*row) && !side.others.empty())
        std::erase_if(side.others, [&](const Side::Other& other) { return other.unit == row->unit; });
      side.unit = row->unit;
      return;
    }
    if (number || row->unit == side.unit) continue;
    const Side::Other other{row->unit, numbers_in_french(*row)};
    if (std::find(side.others.begin(), side.others.end(), other) == side.others.end())
      side.others.push_back(other);
  }
}

Side Streets::unit_of(std::string_view insee, const Words& text, date::local_days day,
                      bool is_address) const {
  Side side{default_unit(insee, day), std::nullopt, {}, {}};
  const auto found = find(insee, text, is_address, side.unknown);
  if (known_ == nullptr || !known_->covers(insee) || found) side.unknown.clear();
  if (!found) return side;
  const std::string street(found->in->name(found->hit.street));
  side.address = Address{street, found->number, found->hit.slips > 0 || !found->hit.whole};
  by_number(side, rows_of(insee, street, day));
  return side;
}

std::vector<std::string> Streets::communes_with(const Words& address, std::size_t most) const {
  std::vector<std::string> communes;
  if (known_ == nullptr) return communes;
  for (const auto& typed : streets_in(address, true)) {
    const auto found = known_->everywhere(typed, most + 1);
    if (found.size() > most) return {};
    for (const auto street : found)
      if (std::find(communes.begin(), communes.end(), known_->insee(street)) == communes.end())
        communes.push_back(known_->insee(street));
    if (!communes.empty()) break;
  }
  return communes;
}

}  // namespace bannette::router
