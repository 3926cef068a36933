// What submitters were told, and what is kept, as a history that the checker judges (tests/checker): lost,
// duplicated, unexpected, recovered, and numbers given twice.
#pragma once
#include <vector>

#include "tests/checker/check.hpp"
#include "tests/integration/submitter.hpp"

namespace bannette::test {

// Every try of every submission, repetitions with the same key too. No answer, one that came too late, and a
// connection that closed are unknown.
[[nodiscard]] checker::Verdict judge(const std::vector<Submission>& told, const Exported& kept);

// What is wrong with it, in words, also where what is kept differs from what was said. Empty: nothing.
[[nodiscard]] std::string faults(const std::vector<Submission>& told, const Exported& kept);

// The same submissions with the same keys over another session, each answered: the tries, one after another.
// What is refused with disk_full or busy is asked again, as the wire's specification lets a client do; throws
// std::runtime_error when the patience is over.
[[nodiscard]] std::vector<Submission> tried_again(client::Link& link, const std::vector<Submission>& told);

}  // namespace bannette::test
