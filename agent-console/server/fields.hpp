// Reads the members of a JSON object from outside: bounded, named in each refusal, and nothing unknown is let
// through.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "queue/core/error.hpp"

namespace bannette::console {

// Parses a request's body: one object, at most 8 levels deep, UTF-8. An empty body is an empty object.
[[nodiscard]] Result<boost::json::object> parse_object(std::string_view body);

// The first refusal is kept; reading goes on with empty values, so that a handler reads all and asks once.
class Fields {
 public:
  explicit Fields(const boost::json::object& object, std::string prefix = {});

  // Absent and null are empty. Bounds in bytes.
  [[nodiscard]] std::string text(std::string_view name, std::size_t most);
  [[nodiscard]] std::string required_text(std::string_view name, std::size_t most);
  [[nodiscard]] std::optional<bool> boolean(std::string_view name);
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name, std::uint64_t most);
  [[nodiscard]] std::uint64_t required_number(std::string_view name, std::uint64_t most);
  [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t most_items,
                                               std::size_t most);
  // An object within, as it is and unread; it must be there.
  [[nodiscard]] boost::json::object required_object(std::string_view name);
  // An object within; `read` reads its members.
  template <class Read>
  void object(std::string_view name, Read read) {
    const boost::json::object* inner = inner_object(name);
    if (!inner) return;
    Fields fields(*inner, full(name));
    read(fields);
    take_over(fields.finish());
  }
  // A refusal that the handler finds itself.
  void refuse(Code code, std::string_view name, std::string detail);

  // Whether all was well and no member was left unread.
  [[nodiscard]] Result<void> finish() const;

 private:
  const boost::json::value* member(std::string_view name);
  const boost::json::object* inner_object(std::string_view name);
  [[nodiscard]] std::string full(std::string_view name) const;
  void take_over(const Result<void>& inner);
  std::string string_of(const boost::json::value& value, std::string_view name, std::size_t most);

  const boost::json::object& object_;
  std::string prefix_;
  std::vector<std::string_view> known_;
  std::optional<Refusal> refusal_;
};

}  // namespace bannette::console
