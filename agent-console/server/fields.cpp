#include "agent-console/server/fields.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>

namespace bannette::console {
namespace {

constexpr std::size_t kDepth = 8;
constexpr std::size_t kNameShown = 64;  // bytes of a member's name that a refusal repeats

std::string quoted(const std::string& name) {
  return "« " + name + " »";
}

}  // namespace

Result<boost::json::object> parse_object(std::string_view body) {
  if (body.empty()) return boost::json::object{};
  boost::json::parse_options options;
  options.max_depth = kDepth;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse({body.data(), body.size()}, error, {}, options);
  if (error)
    return Refusal{Code::malformed, "",
                   "Le corps de la requête n’est pas du JSON valide (UTF-8, 8 niveaux au plus)."};
  if (!value.is_object())
    return Refusal{Code::malformed, "", "Le corps de la requête doit être un objet JSON."};
  return std::move(value.as_object());
}

Fields::Fields(const boost::json::object& object, std::string prefix)
    : object_(object), prefix_(std::move(prefix)) {}

std::string Fields::full(std::string_view name) const {
  return prefix_.empty() ? std::string(name) : prefix_ + "." + std::string(name);
}

void Fields::refuse(Code code, std::string_view name, std::string detail) {
  if (!refusal_) refusal_ = Refusal{code, full(name), std::move(detail)};
}

void Fields::take_over(const Result<void>& inner) {
  if (!inner && !refusal_) refusal_ = inner.error();
}

const boost::json::value* Fields::member(std::string_view name) {
  known_.push_back(name);
  const boost::json::value* value = object_.if_contains({name.data(), name.size()});
  return value && value->is_null() ? nullptr : value;
}

const boost::json::object* Fields::inner_object(std::string_view name) {
  const boost::json::value* value = member(name);
  if (!value) return nullptr;
  if (!value->is_object()) refuse(Code::malformed, name, quoted(full(name)) + " doit être un objet.");
  return value->if_object();
}

boost::json::object Fields::required_object(std::string_view name) {
  const boost::json::object* inner = inner_object(name);
  if (!inner) refuse(Code::missing, name, quoted(full(name)) + " est obligatoire.");
  return inner ? *inner : boost::json::object();
}

std::string Fields::string_of(const boost::json::value& value, std::string_view name, std::size_t most) {
  const boost::json::string* text = value.if_string();
  if (!text) {
    refuse(Code::malformed, name, quoted(full(name)) + " doit être un texte.");
  } else if (text->size() > most) {
    refuse(Code::too_large, name, quoted(full(name)) + " dépasse " + std::to_string(most) + " octets.");
  } else if (text->find('\0') != boost::json::string::npos) {
    refuse(Code::malformed, name, quoted(full(name)) + " contient un caractère nul.");
  } else {
    return std::string(text->data(), text->size());
  }
  return {};
}

std::string Fields::text(std::string_view name, std::size_t most) {
  const boost::json::value* value = member(name);
  return value ? string_of(*value, name, most) : std::string();
}

std::string Fields::required_text(std::string_view name, std::size_t most) {
  std::string value = text(name, most);
  if (value.empty()) refuse(Code::missing, name, quoted(full(name)) + " est obligatoire.");
  return value;
}

std::optional<bool> Fields::boolean(std::string_view name) {
  const boost::json::value* value = member(name);
  if (!value) return std::nullopt;
  if (!value->is_bool()) {
    refuse(Code::malformed, name, quoted(full(name)) + " doit être vrai ou faux (true, false).");
    return std::nullopt;
  }
  return value->get_bool();
}

std::optional<std::uint64_t> Fields::number(std::string_view name, std::uint64_t most) {
  const boost::json::value* value = member(name);
  if (!value) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->is_number() ? value->to_number<std::uint64_t>(error) : 0;
  if (!value->is_number() || error || number > most) {
    refuse(Code::malformed, name,
           quoted(full(name)) + " doit être un nombre entier de 0 à " + std::to_string(most) + ".");
    return std::nullopt;
  }
  return number;
}

std::uint64_t Fields::required_number(std::string_view name, std::uint64_t most) {
  const auto value = number(name, most);
  if (!value) refuse(Code::missing, name, quoted(full(name)) + " est obligatoire.");
  return value.value_or(0);
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t most_items, std::size_t most) {
  const boost::json::value* value = member(name);
  std::vector<std::string> all;
  if (!value) return all;
  const boost::json::array* items = value->if_array();
  if (!items) {
    refuse(Code::malformed, name, quoted(full(name)) + " doit être une liste de textes.");
  } else if (items->size() > most_items) {
    refuse(Code::too_large, name,
           quoted(full(name)) + " a plus de " + std::to_string(most_items) + " éléments.");
  } else {
    for (const auto& item : *items) all.push_back(string_of(item, name, most));
  }
  return all;
}

Result<void> Fields::finish() const {
  if (refusal_) return *refusal_;
  for (const auto& each : object_) {
    const std::string_view name{each.key().data(), each.key().size()};
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      const std::string shown = full(name.substr(0, kNameShown));
      return Refusal{Code::malformed, shown, "Le champ " + quoted(shown) + " n’est pas connu."};
    }
  }
  return {};
}

}  // namespace bannette::console
