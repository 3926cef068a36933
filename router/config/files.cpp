#include "router/config/files.hpp"

#include <algorithm>
#include <fstream>

#include <unicode/utf8.h>

namespace bannette::router {
namespace {

std::optional<Spot> first_not_utf8(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  Spot spot{{}, 1, 1};
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0 || c == 0) return spot;
    if (c == '\n') {
      ++spot.line;
      spot.column = 1;
    } else {
      ++spot.column;
    }
  }
  return std::nullopt;
}

// Reads cells one after the other; knows the line and the column, in characters.
class CsvReader {
 public:
  CsvReader(const std::string& text, Findings& findings) : text_(text), findings_(findings) {}
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }

  Row row() {
    Row row{{}, line_};
    do row.cells.push_back(cell());
    while (take(';'));
    if (!done() && text_[at_] == '\r') step();
    if (!done()) step();  // the end of the line
    return row;
  }

 private:
  void step() {
    const auto byte = static_cast<unsigned char>(text_[at_++]);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++column_;
    }
  }
  bool take(char wanted) {
    if (done() || text_[at_] != wanted) return false;
    step();
    return true;
  }
  Spot cell() {
    Spot spot{{}, line_, column_};
    if (take('"')) {
      quoted(spot);
    } else {
      while (!done() && text_[at_] != ';' && text_[at_] != '\n' && text_[at_] != '\r') add(spot);
    }
    if (spot.text.size() > cell_max) {
      findings_.error(spot, "cellule de plus de " + std::to_string(cell_max) + " octets");
      spot.text.clear();
    }
    return spot;
  }
  void add(Spot& spot) {
    spot.text += text_[at_];
    step();
    while (!done() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) {
      spot.text += text_[at_];
      step();
    }
  }
  void quoted(Spot& spot) {
    while (!done()) {
      if (text_[at_] != '"') {
        add(spot);
      } else {
        step();
        if (!take('"')) return;
        spot.text += '"';
      }
    }
    findings_.error(spot, "guillemet ouvert et jamais fermé", "la cellule entre deux « \" »");
  }

  const std::string& text_;
  Findings& findings_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

void trim(Spot& spot) {
  while (!spot.text.empty() && (spot.text.back() == ' ' || spot.text.back() == '\t')) spot.text.pop_back();
  const auto first = std::min(spot.text.find_first_not_of(" \t"), spot.text.size());
  spot.text.erase(0, first);
  spot.column += first;
}

// Where each expected column stands; nothing where one is missing, doubled or not known.
std::optional<std::vector<std::size_t>> read_header(Row header, const std::vector<std::string>& columns,
                                                    std::size_t optional, Findings& findings) {
  std::string all;
  for (const auto& column : columns) all += (all.empty() ? "" : ";") + column;
  std::vector<std::size_t> order(columns.size(), header.cells.size());
  bool good = true;
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    trim(header.cells[i]);
    const auto known = std::find(columns.begin(), columns.end(), header.cells[i].text);
    const auto place = static_cast<std::size_t>(known - columns.begin());
    if (known == columns.end() || order[place] != header.cells.size()) {
      findings.error(header.cells[i],
                     "colonne " + std::string(known == columns.end() ? "inconnue" : "en double") + " « " +
                         header.cells[i].text + " »",
                     all);
      good = false;
    } else {
      order[place] = i;
    }
  }
  for (std::size_t i = 0; i + optional < columns.size(); ++i)
    if (order[i] == header.cells.size()) {
      findings.error({{}, 1, 1}, "colonne « " + columns[i] + " » absente", all);
      good = false;
    }
  return good ? std::optional(order) : std::nullopt;
}

}  // namespace

bool is_utf8(std::string_view text) {
  return !first_not_utf8(text);
}

std::optional<std::string> read_text(const std::filesystem::path& path, Findings& findings,
                                     std::size_t most) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) {
    findings.error({}, std::filesystem::exists(path, failed) ? "n'est pas un fichier" : "fichier absent",
                   "un fichier de ce nom dans le dossier de configuration");
    return std::nullopt;
  }
  const auto size = std::filesystem::file_size(path, failed);
  if (failed || size > most) {
    findings.error({}, failed ? "fichier illisible"
                              : "fichier de plus de " + std::to_string(most / 1024 / 1024) + " Mio");
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string text(size + 1, '\0');  // one more, so that its end is seen
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (!in.eof() || text.size() > size) {
    findings.error({}, "fichier illisible");
    return std::nullopt;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (const auto spot = first_not_utf8(text)) {
    findings.error(*spot, "caractère qui n'est pas de l'UTF-8", "le fichier enregistré en UTF-8");
    return std::nullopt;
  }
  return text;
}

std::optional<std::vector<Row>> read_csv(const std::filesystem::path& path,
                                         const std::vector<std::string>& columns, Findings& findings,
                                         std::size_t optional) {
  const auto text = read_text(path, findings);
  if (!text) return std::nullopt;
  CsvReader reader(*text, findings);
  if (reader.done()) {
    findings.error({{}, 1, 1}, "fichier vide", "une première ligne qui nomme les colonnes");
    return std::nullopt;
  }
  auto header = reader.row();
  const auto width = header.cells.size();
  const auto order = read_header(std::move(header), columns, optional, findings);
  if (!order) return std::nullopt;
  std::vector<Row> rows;
  while (!reader.done()) {
    auto row = reader.row();
    if (row.cells.size() == 1 && row.cells[0].text.empty()) continue;  // an empty line
    if (row.cells.size() != width) {
      findings.error({{}, row.line, 1},
                     std::to_string(row.cells.size()) + " cellules au lieu de " + std::to_string(width),
                     "une cellule par colonne, vide s'il le faut");
      continue;
    }
    if (rows.size() == rows_max) {
      findings.error({{}, row.line, 1}, "plus de " + std::to_string(rows_max) + " lignes");
      break;
    }
    Row ordered{{}, row.line};
    for (const auto from : *order) {
      ordered.cells.push_back(from < width ? row.cells[from] : Spot{{}, row.line, 1});
      trim(ordered.cells.back());
    }
    rows.push_back(std::move(ordered));
  }
  return rows;
}

}  // namespace bannette::router
