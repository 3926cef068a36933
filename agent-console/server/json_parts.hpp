// The parts of the console's JSON that the export has too: one form for both.
#pragma once
#include <cstdint>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "bannette/v1/dossier.pb.h"

namespace bannette::console {

[[nodiscard]] boost::json::value text_or_null(std::string_view text);  // empty: null
[[nodiscard]] boost::json::value time_or_null(std::int64_t unix_ms);   // 0 and less: null
[[nodiscard]] boost::json::array because_json(const google::protobuf::RepeatedPtrField<v1::Reason>& reasons);
[[nodiscard]] boost::json::object content_json(const v1::Content& content);

}  // namespace bannette::console
