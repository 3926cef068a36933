// Holds what a server answers against its own OpenAPI document (3.1, whose schemas are JSON Schema 2020-12):
// the status must be promised, and the body have all that is required, nothing undescribed, and each value of
// its type.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace bannette::test {

class Interface {
 public:
  explicit Interface(boost::json::object document) : document_(std::move(document)) {}

  [[nodiscard]] const boost::json::object& paths() const { return document_.at("paths").as_object(); }

  // Empty where the answer is as promised, else what is wrong and where. `pattern`: "/api/v1/dossiers/{id}";
  // `method` in small letters; `body` as it came.
  [[nodiscard]] std::string wrong(std::string_view pattern, std::string_view method, int status,
                                  const std::string& body) const {
    const std::string code = std::to_string(status);
    const auto& responses = paths().at(pattern).as_object().at(method).at("responses").as_object();
    const auto* response = responses.if_contains(code);
    if (!response) return "status " + code + " is not promised";
    const auto* content = response->as_object().if_contains("content");
    if (!content) return body.empty() ? "" : "a body where none is promised";
    const auto& [type, media] = *content->as_object().begin();
    if (!std::string_view(type).ends_with("json")) return {};
    boost::system::error_code bad;
    const auto value = boost::json::parse(body, bad);
    if (bad) return "no JSON";
    return mismatch(value, media.at("schema").as_object(), code);
  }

 private:
  using Object = boost::json::object;
  using Value = boost::json::value;

  [[nodiscard]] const Object& followed(const Object& schema) const {
    const auto* ref = schema.if_contains("$ref");
    if (!ref) return schema;
    const std::string_view name = ref->as_string();
    return followed(
        document_.at("components").at("schemas").at(name.substr(name.rfind('/') + 1)).as_object());
  }
  static bool is(const Value& value, std::string_view type) {
    return (type == "null" && value.is_null()) || (type == "object" && value.is_object()) ||
           (type == "array" && value.is_array()) || (type == "string" && value.is_string()) ||
           (type == "boolean" && value.is_bool()) || (type == "number" && value.is_number()) ||
           (type == "integer" && (value.is_int64() || value.is_uint64()));
  }
  static bool typed(const Value& value, const Value& types) {
    if (types.is_string()) return is(value, types.get_string());
    const auto& all = types.as_array();
    return std::any_of(all.begin(), all.end(),
                       [&](const Value& each) { return is(value, each.as_string()); });
  }
  [[nodiscard]] bool describes(const Object& unfollowed, std::string_view member) const {
    const Object& schema = followed(unfollowed);
    if (const auto* open = schema.if_contains("additionalProperties"); open && *open != Value(false))
      return true;
    if (const auto* parts = schema.if_contains("allOf"))
      for (const auto& each : parts->as_array())
        if (describes(each.as_object(), member)) return true;
    const auto* members = schema.if_contains("properties");
    return members ? members->as_object().contains(member) : !schema.contains("allOf");
  }

  // `whole`: false for a part of an allOf, whose members others describe.
  [[nodiscard]] std::string mismatch(const Value& value, const Object& unfollowed, const std::string& place,
                                     bool whole = true) const {
    const Object& schema = followed(unfollowed);
    if (const auto* type = schema.if_contains("type"); type && !typed(value, *type))
      return place + " is of another type: " + boost::json::serialize(value).substr(0, 80);
    if (const auto* choice = schema.if_contains("enum")) {
      const auto& all = choice->as_array();
      if (std::find(all.begin(), all.end(), value) == all.end())
        return place + " is none of the enum: " + boost::json::serialize(value);
    }
    if (const auto* only = schema.if_contains("const"); only && *only != value)
      return place + " is not the constant";
    if (const auto* any = schema.if_contains("anyOf")) {
      const auto& all = any->as_array();
      std::string why;
      if (std::none_of(all.begin(), all.end(), [&](const Value& each) {
            why = mismatch(value, each.as_object(), place);
            return why.empty();
          }))
        return why;
    }
    if (const auto* parts = schema.if_contains("allOf"))
      for (const auto& each : parts->as_array())
        if (auto why = mismatch(value, each.as_object(), place, false); !why.empty()) return why;
    if (value.is_array() && schema.contains("items")) {
      for (std::size_t i = 0; i < value.get_array().size(); ++i)
        if (auto why = mismatch(value.get_array()[i], schema.at("items").as_object(),
                                place + "[" + std::to_string(i) + "]");
            !why.empty())
          return why;
    }
    return value.is_object() ? members(value.get_object(), schema, place, whole) : std::string();
  }

  [[nodiscard]] std::string members(const Object& value, const Object& schema, const std::string& place,
                                    bool whole) const {
    if (const auto* required = schema.if_contains("required"))
      for (const auto& name : required->as_array())
        if (!value.contains(name.as_string())) return place + " lacks " + std::string(name.as_string());
    const auto* described = schema.if_contains("properties");
    for (const auto& [name, member] : value) {
      const std::string at = place + "." + std::string(name);
      if (whole && !describes(schema, name) && !schema.contains("anyOf")) return at + " is not described";
      const auto* its = described ? described->as_object().if_contains(name) : nullptr;
      if (!its || !its->is_object()) continue;
      if (auto why = mismatch(member, its->as_object(), at); !why.empty()) return why;
    }
    return {};
  }

  Object document_;
};

}  // namespace bannette::test
