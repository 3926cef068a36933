// Requests made of the fuzzer's bytes: of every kind that the envelope has, each field by its definition, so
// that a new kind or field is fuzzed without a word here. Names of things that exist are more frequent than
// chance would have it.
#pragma once
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/office.hpp"

namespace bannette::fuzz {

// Who says what.
struct Said {
  std::size_t caller = 0;
  v1::Envelope envelope;
};

// `number` is the request's id in most cases. The text is UTF-8.
[[nodiscard]] Said request(Input& in, std::uint64_t number, const Office& office);

}  // namespace bannette::fuzz
