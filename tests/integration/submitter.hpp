// Submissions under load: a number of them without an answer at any time, and what became of each.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/integration/exported.hpp"
#include "tests/integration/messages.hpp"

namespace bannette::test {

struct Submission {
  v1::Envelope request;
  std::string note;
  int answers = 0;
  std::string code;  // of an error
  std::optional<v1::Receipt> receipt;
  std::int64_t asked_at = 0, answered_at = 0;  // ticks()
};

// A clock that never goes back, in nanoseconds.
[[nodiscard]] std::int64_t ticks();

// Made by std::make_shared: answers that are still to come keep it alive.
class Submitter : public std::enable_shared_from_this<Submitter> {
 public:
  // Notes are "NAME NUMBER".
  Submitter(client::Link& link, std::string name, std::size_t total, std::size_t outstanding,
            v1::Urgency urgency = v1::URGENCY_NORMAL);
  void start();
  void stop();  // asks no more; what is outstanding stays so
  // False when the patience is over.
  [[nodiscard]] bool wait_receipts(std::size_t at_least);
  [[nodiscard]] bool wait_answers();  // to all that was asked
  [[nodiscard]] std::vector<Submission> all();
  [[nodiscard]] std::size_t receipts();

 private:
  void ask_next();
  void answered(std::size_t place, v1::Envelope&& reply);

  client::Link& link_;
  std::string name_;
  std::size_t total_, outstanding_;
  v1::Urgency urgency_;
  Signal signal_;
  std::vector<Submission> asked_;
  std::size_t answers_ = 0, receipts_ = 0;
  bool stopped_ = false;
};

// Compares what was told with what is kept: a receipt's dossier is there, identical, once; one of unknown
// outcome at most once. The first difference in words; empty: none.
[[nodiscard]] std::string difference(const std::vector<Submission>& told, const Exported& kept);

}  // namespace bannette::test
