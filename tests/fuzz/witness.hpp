// What is promised of every message that leaves the desk, whatever came in. Written apart from the core: it
// knows the wire and what was asked, and asks the code under test nothing.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "queue/core/authority.hpp"
#include "queue/journal/journal.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::fuzz {

class Witness {
 public:
  // Something that cannot be decoded came from this caller: one error without a number follows.
  void garbage(std::size_t caller) { ++owed_[{caller, 0}]; }
  void asked(std::size_t caller, const std::string& principal, const v1::Envelope& request);
  // Throws std::logic_error, which says what was broken:
  // - each request gets one answer and no answer comes unasked;
  // - a unit or a service, and a console for an agent or a manager, see counts of their own bannettes and
  // headers of
  //   dossiers that are theirs, copied to them or offered to them; of others at most that they left;
  // - content is that of the dossier whose header it comes with, and is not shown through an offer where the
  // topic is
  //   restricted;
  // - a key makes one change: its receipts are the same, its dones name one sequence.
  void answered(std::size_t caller, const std::string& principal, const v1::Envelope& answer,
                journal::Journal& journal);
  // Nothing is owed to anybody any more: throws std::logic_error where it is.
  void settled() const;
  // The caller's session has ended: what it asked may still be answered, or not.
  void left(std::size_t caller);
  // The process ends: what was not answered is unknown.
  void restarted();

 private:
  using Asked = std::pair<std::size_t, std::uint64_t>;  // caller, request id
  struct Request {
    std::set<std::string> units;  // of the persons for whom a console asks
    bool sees_all = false;
    bool relayed = false;
    std::set<std::string> keys;
  };

  std::map<Asked, int> owed_;
  std::map<Asked, int>
      perhaps_;  // where an answer may come: to Credit when it is refused, to one who has left
  std::map<Asked, Request> requests_;
  std::map<std::pair<std::string, std::string>, std::string>
      changes_;  // (principal, key) -> receipt or sequence
};

}  // namespace bannette::fuzz
