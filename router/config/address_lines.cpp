#include "router/config/address_lines.hpp"

#include <algorithm>

#include "queue/core/utf8.hpp"
#include "router/config/files.hpp"
#include "router/config/street_file.hpp"
#include "router/core/text.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t shown_max = 20;
constexpr std::size_t insee_size = 5;

bool is_insee(std::string_view code) {
  return code.size() == insee_size && std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= '0' && c <= '9') || c == 'A' || c == 'B';
         });
}

std::string_view trimmed(std::string_view text) {
  const auto first = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(first);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Small letters say more than capitals, and accents more than none; of equals the first of the alphabet, so
// that the order of the lines does not matter.
bool spelt_better(std::string_view a, std::string_view b) {
  const auto rank = [](std::string_view name) {
    const bool small = std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const auto accents =
        std::count_if(name.begin(), name.end(), [](char c) { return static_cast<signed char>(c) < 0; });
    return std::pair{small, accents};
  };
  return rank(a) != rank(b) ? rank(a) > rank(b) : a < b;
}

}  // namespace

AddressLines::AddressLines(const std::vector<std::string>& communes)
    : communes_(communes.begin(), communes.end()) {}

bool AddressLines::refuse(std::string what) {
  if (bad_.size() < shown_max) bad_.push_back({line_, std::move(what)});
  if (++bad_lines_ <= bad_lines_max) return true;
  stopped_ = "plus de " + std::to_string(bad_lines_max) + " lignes illisibles";
  return false;
}

// Cells between semicolons; in quotes as in RFC 4180, but never over two lines.
bool AddressLines::split(std::string_view line) {
  cells_.clear();
  for (std::size_t at = 0;; ++at) {
    auto& cell = cells_.emplace_back();
    if (at < line.size() && line[at] == '"') {
      for (++at;; ++at) {
        if (at >= line.size()) return false;
        if (line[at] != '"')
          cell += line[at];
        else if (at + 1 < line.size() && line[at + 1] == '"')
          cell += line[at++];
        else
          break;
      }
      ++at;
    } else {
      const auto end = std::min(line.find(';', at), line.size());
      cell.assign(line.substr(at, end - at));
      at = end;
    }
    if (at >= line.size()) return true;
    if (line[at] != ';') return false;
  }
}

bool AddressLines::read_header(std::string_view line) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  const auto place = [&](std::string_view column) {
    return static_cast<std::size_t>(std::find(cells_.begin(), cells_.end(), column) - cells_.begin());
  };
  if (split(line)) {
    columns_ = cells_.size();
    insee_at_ = place("code_insee");
    name_at_ = place("nom_voie");
    if (insee_at_ < columns_ && name_at_ < columns_) return true;
  }
  stopped_ =
      "la première ligne ne nomme pas les colonnes « code_insee » et « nom_voie », séparées par des "
      "points-virgules";
  return false;
}

bool AddressLines::take(std::string_view line, bool cut) {
  ++line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line_ == 1) return read_header(line.substr(0, address_line_max));
  if (line.empty() && !cut) return true;
  if (cut) return refuse("plus de " + std::to_string(address_line_max) + " octets");
  if (!is_utf8(line)) return refuse("n'est pas de l'UTF-8");
  if (!split(line)) return refuse("guillemets mal fermés");
  if (cells_.size() != columns_)
    return refuse(std::to_string(cells_.size()) + " cellules au lieu de " + std::to_string(columns_));
  const auto insee = trimmed(cells_[insee_at_]), name = trimmed(cells_[name_at_]);
  if (!is_insee(insee)) return refuse("code INSEE « " + bannette::cut(clean(insee), 20) + " » mal formé");
  if (!communes_.contains(std::string(insee))) {
    ++outside_;
    return true;
  }
  if (!good_street_name(name) || fold(name).empty())
    return refuse("nom de voie « " + bannette::cut(clean(name), 40) + " » vide, trop long ou mal formé");
  add(insee, name);
  if (by_key_.size() <= known_streets_max) return true;
  stopped_ = "plus de " + std::to_string(known_streets_max) + " voies";
  return false;
}

void AddressLines::add(std::string_view insee, std::string_view name) {
  const auto both = std::string(insee) + "/" + std::string(name);
  if (both == last_) return;
  last_ = both;
  const auto [known, fresh] = by_key_.try_emplace(std::string(insee) + "/" + fold(name), name);
  if (!fresh && spelt_better(name, known->second)) known->second = name;
}

std::vector<KnownStreet> AddressLines::streets() const {
  std::vector<KnownStreet> streets;
  streets.reserve(by_key_.size());
  for (const auto& [key, name] : by_key_) streets.push_back({key.substr(0, insee_size), name});
  std::sort(streets.begin(), streets.end());
  return streets;
}

}  // namespace bannette::router
