// What records say and the tables derived from them do not say yet: the newest state of the dossiers that
// have changed, and their contacts. Kept in memory beside the tables, so that a commit writes records alone;
// written in rounds (settling.hpp). Safe from several threads.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "queue/core/dossier.hpp"

namespace bannette::journal {

using ContactHash = std::array<std::uint8_t, 16>;

class Pending {
 public:
  // Forgets all: the tables are as of `seq`, where the site's last change was `site_seq`.
  void begin(std::uint64_t seq, std::uint64_t site_seq);

  // The durable changes after upto(), in order, each with the dossier that it leaves.
  void add(std::uint64_t seq, const Dossier& after);
  void add_contact(const ContactHash& hash, std::uint64_t number);
  void add_of_site(std::uint64_t seq);
  // A change that could not be read, of a dossier that then cannot be told: `what` says why.
  void add_damaged(std::uint64_t seq, std::uint64_t number, std::string what);

  // Throws Damaged where a change of it could not be read.
  [[nodiscard]] std::optional<Dossier> find(std::uint64_t number) const;
  [[nodiscard]] bool holds(std::uint64_t number) const;
  [[nodiscard]] std::vector<std::uint64_t> numbers(std::uint64_t after, std::size_t most) const;  // in order
  [[nodiscard]] std::vector<Dossier> dossiers() const;  // in order of number
  [[nodiscard]] std::vector<std::uint64_t> by_contact(const ContactHash& hash) const;
  void forget_contacts(std::uint64_t number);
  [[nodiscard]] std::uint64_t last_number() const;  // 0: none

  [[nodiscard]] std::uint64_t upto() const;
  [[nodiscard]] std::uint64_t site_seq() const;
  [[nodiscard]] std::size_t size() const;     // dossiers
  [[nodiscard]] std::size_t records() const;  // that a start would have to fold

  // A round writes what was pending when it began; what comes meanwhile waits for the next. `Round` stays as
  // it is until end_round() but for contacts that are forgotten (number 0).
  using Contact = std::pair<ContactHash, std::uint64_t>;
  struct Round {
    std::map<std::uint64_t, Dossier> dossiers;
    std::vector<Contact> contacts;  // sorted, so that neighbours share a page
    std::uint64_t upto = 0;
    std::uint64_t site_seq = 0;
  };
  [[nodiscard]] const Round& begin_round();
  void end_round();  // it is in the tables, durably

 private:
  mutable std::mutex mutex_;
  Round fresh_;
  std::optional<Round> round_;
  std::map<std::uint64_t, std::string> damaged_;
  std::uint64_t settled_ = 0;
};

}  // namespace bannette::journal
