// Who is logged in from a browser. In memory: a restart asks everybody to log in again. One thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent-console/server/accounts.hpp"
#include "agent-console/server/options.hpp"

namespace bannette::console {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Session {
  std::uint64_t number = 0;  // names it to administrators: 1, 2, 3 ... since the start
  std::string account;
  std::string address;       // that it was opened from
  std::int64_t version = 0;  // of the account when it logged in
  std::string csrf;
  SteadyTime opened;
  SteadyTime acted;   // the person's last own act (login, a key, the pointer), as their pages told it
  SteadyTime walled;  // last word of a page that is on a wall
  SteadyTime seen;    // last request, or last word of its live connection
  int live = 0;       // open live connections: they count as presence, and do not keep the session
  bool ended = false;
};

class Sessions {
 public:
  explicit Sessions(const Limits& limits) : limits_(limits) {}

  struct Opened {
    std::string cookie;  // the identifier itself; only its digest is kept
    std::shared_ptr<Session> session;
  };
  // Beyond the bounds the longest unseen session ends: of this account, or of all.
  [[nodiscard]] Opened open(const Account& account, const std::string& address, SteadyTime now);
  // The person did something `ago`. False: they came back to a wall later than an idle session ends, and this
  // one has ended; who stands there is asked for the password.
  [[nodiscard]] bool act(const std::shared_ptr<Session>& session, std::chrono::seconds ago, SteadyTime now);
  // Only a wall keeps it: whoever asks for more than a wall shows is asked for the password.
  [[nodiscard]] bool only_walled(const Session& session, SteadyTime now) const {
    return now - session.acted >= limits_.session_idle;
  }
  struct Left {
    std::chrono::seconds idle;  // without an act, or a word of the wall
    std::chrono::seconds age;   // whatever is done
  };
  [[nodiscard]] Left left(const Session& session, SteadyTime now) const;
  // Nothing where it is unknown, over, or its account was changed or removed. Counts as being seen; pages ask
  // by themselves, so that it is no act.
  [[nodiscard]] std::shared_ptr<Session> find(const std::string& cookie, const Register& accounts,
                                              SteadyTime now);
  // Was anything heard of this person since then?
  [[nodiscard]] bool seen_since(const std::string& account, SteadyTime then) const;
  void close(const std::shared_ptr<Session>& session);
  // In order of opening; may hold some that are over and not swept yet.
  [[nodiscard]] std::vector<std::shared_ptr<const Session>> all() const;
  [[nodiscard]] std::map<std::string, std::size_t> per_account()
      const;  // how many; an account without: absent
  // Whose it was; nothing: there is none of this number.
  std::optional<std::string> revoke(std::uint64_t number);
  std::size_t revoke_all(const std::string& account);  // how many
  // Ends what is over, and what has lost its account.
  void sweep(const Register& accounts, SteadyTime now);
  [[nodiscard]] std::size_t size() const { return sessions_.size(); }

 private:
  using All = std::map<SecretDigest, std::shared_ptr<Session>>;
  [[nodiscard]] bool over(const Session& session, const Register& accounts, SteadyTime now) const;
  void end_oldest(const std::string* of_account);

  Limits limits_;
  All sessions_;
  std::uint64_t last_number_ = 0;
};

}  // namespace bannette::console
