#include "router/config/toml_reader.hpp"

#include <algorithm>

#include <toml++/toml.h>

#include "router/config/files.hpp"

namespace bannette::router {

struct TomlTable::Node {
  std::shared_ptr<const toml::table> whole;  // owns
  const toml::table* table = nullptr;
};

namespace {

constexpr std::size_t text_bytes = 300;

Spot spot_at(const toml::source_region& source, std::string text = {}) {
  return {std::move(text), source.begin.line, source.begin.column};
}

}  // namespace

TomlTable::TomlTable(std::shared_ptr<const Node> node, Findings& findings)
    : node_(std::move(node)), findings_(&findings) {}

std::optional<TomlTable> TomlTable::read(const std::filesystem::path& path, Findings& findings) {
  const auto text = read_text(path, findings);
  if (!text) return std::nullopt;
  try {
    auto whole = std::make_shared<const toml::table>(toml::parse(*text));
    const auto* table = whole.get();
    return TomlTable(std::make_shared<const Node>(Node{std::move(whole), table}), findings);
  } catch (const toml::parse_error& error) {
    findings.error(spot_at(error.source()), "TOML illisible (" + std::string(error.description()) + ")");
    return std::nullopt;
  }
}

Spot TomlTable::here() const {
  return spot_at(node_->table->source());
}

Spot TomlTable::spot_of(std::string_view key) const {
  const auto* value = node_->table->get(key);
  return value == nullptr ? here() : spot_at(value->source());
}

void TomlTable::wrong_kind(std::string_view key, std::string_view wanted) {
  findings_->error(spot_of(key), "« " + std::string(key) + " » n'a pas la bonne forme",
                   std::string(key) + " = " + std::string(wanted));
}

void TomlTable::missing(std::string_view key) {
  findings_->error(here(), "« " + std::string(key) + " » manque");
}

std::optional<Spot> TomlTable::text(std::string_view key, bool required) {
  asked_.emplace_back(key);
  const auto* value = node_->table->get(key);
  if (value == nullptr) {
    if (required) missing(key);
    return std::nullopt;
  }
  const auto* string = value->as_string();
  if (string == nullptr || string->get().empty() || string->get().size() > text_bytes) {
    wrong_kind(key, "\"…\" (un texte de 1 à 300 octets)");
    return std::nullopt;
  }
  return spot_at(value->source(), string->get());
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key, std::int64_t low, std::int64_t high,
                                               bool required) {
  asked_.emplace_back(key);
  const auto* value = node_->table->get(key);
  if (value == nullptr) {
    if (required) missing(key);
    return std::nullopt;
  }
  const auto* number = value->as_integer();
  if (number == nullptr || number->get() < low || number->get() > high) {
    wrong_kind(key, "un entier de " + std::to_string(low) + " à " + std::to_string(high));
    return std::nullopt;
  }
  return number->get();
}

std::optional<double> TomlTable::fraction(std::string_view key) {
  asked_.emplace_back(key);
  const auto* value = node_->table->get(key);
  if (value == nullptr) return std::nullopt;
  const auto number = value->value<double>();
  if (!number || !(*number >= 0 && *number <= 1)) {
    wrong_kind(key, "un nombre de 0 à 1");
    return std::nullopt;
  }
  return number;
}

bool TomlTable::flag(std::string_view key, bool otherwise) {
  asked_.emplace_back(key);
  const auto* value = node_->table->get(key);
  if (value == nullptr) return otherwise;
  const auto* boolean = value->as_boolean();
  if (boolean == nullptr) wrong_kind(key, "true ou false");
  return boolean == nullptr ? otherwise : boolean->get();
}

std::vector<Spot> TomlTable::texts(std::string_view key, bool required) {
  asked_.emplace_back(key);
  std::vector<Spot> out;
  const auto* value = node_->table->get(key);
  if (value == nullptr) {
    if (required) missing(key);
    return out;
  }
  const auto* array = value->as_array();
  if (array == nullptr) {
    wrong_kind(key, "[\"…\", \"…\"]");
    return out;
  }
  for (const auto& item : *array) {
    const auto* string = item.as_string();
    if (string == nullptr || string->get().empty() || string->get().size() > text_bytes) {
      findings_->error(spot_at(item.source()),
                       "élément de « " + std::string(key) + " » qui n'est pas un texte de 1 à 300 octets",
                       "\"…\"");
    } else {
      out.push_back(spot_at(item.source(), string->get()));
    }
  }
  return out;
}

std::optional<TomlTable> TomlTable::table(std::string_view key, bool required) {
  asked_.emplace_back(key);
  const auto* value = node_->table->get(key);
  if (value == nullptr) {
    if (required) missing(key);
    return std::nullopt;
  }
  const auto* inner = value->as_table();
  if (inner == nullptr) {
    wrong_kind(key, "une table [" + std::string(key) + "]");
    return std::nullopt;
  }
  return TomlTable(std::make_shared<const Node>(Node{node_->whole, inner}), *findings_);
}

std::vector<TomlTable> TomlTable::tables(std::string_view key, bool required) {
  asked_.emplace_back(key);
  std::vector<TomlTable> out;
  const auto* value = node_->table->get(key);
  if (value == nullptr) {
    if (required) missing(key);
    return out;
  }
  const auto* array = value->as_array();
  const bool all = array != nullptr && std::all_of(array->begin(), array->end(),
                                                   [](const auto& item) { return item.is_table(); });
  if (!all) {
    wrong_kind(key, "des tables [[" + std::string(key) + "]]");
    return out;
  }
  for (const auto& item : *array)
    out.emplace_back(std::make_shared<const Node>(Node{node_->whole, item.as_table()}), *findings_);
  return out;
}

std::vector<Spot> TomlTable::keys() const {
  std::vector<Spot> out;
  for (const auto& [key, value] : *node_->table) out.push_back(spot_at(key.source(), std::string(key.str())));
  return out;
}

void TomlTable::finish() {
  for (const auto& key : keys())
    if (std::find(asked_.begin(), asked_.end(), key.text) == asked_.end())
      findings_->error(key, "clé inconnue « " + key.text + " »",
                       nearest(key.text, asked_).empty() ? listed(asked_) : nearest(key.text, asked_));
}

}  // namespace bannette::router
