// A PBX that plays a script, without a socket: bytes of its client in, bytes to its client out. What happens
// happens, whether somebody listens or not; who logs in later is told by QueueStatus and CoreShowChannels
// what there is now, as Asterisk would.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/integration/pbx_script.hpp"

namespace bannette::test {

struct PbxAccount {
  std::string user = "accueil", secret = "essai-accueil";
};

class PlayedPbx {
 public:
  explicit PlayedPbx(const Script& script, PbxAccount account = {});

  // Somebody connects: the greeting.
  [[nodiscard]] std::string connect();
  // What the client says; what it is answered. A refused login is answered, and then closed() is true.
  [[nodiscard]] std::string hear(const std::string& bytes);
  void disconnect();  // by whomever

  // The time of the next scene; nothing: all is played, or the client is waited for.
  [[nodiscard]] std::optional<std::int64_t> next_ms() const;
  // It happens. What the client is told of it: nothing where nobody is logged in or listens.
  [[nodiscard]] std::string play();
  [[nodiscard]] bool over() const { return next_ >= script_.scenes.size(); }
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] bool logged_in() const { return logged_in_; }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }  // of the script

  std::size_t logins = 0, refused = 0;  // counted
  std::vector<std::string> actions;     // their names, in order
  std::vector<Fields> orders;           // Originate and QueuePause as they came

 private:
  struct Waiting {
    Fields join;
    std::int64_t since_ms = 0;
  };
  struct Chan {
    Fields made;
    std::string bridge, queue;
    bool agent = false;
  };
  std::string answer(const Fields& action);
  std::string log_in(const Fields& action);
  std::string queue_status(const std::string& id) const;
  std::string show_channels(const std::string& id) const;
  void happen(const Fields& event);
  void happen_to_channel(const Fields& event, const std::string& name);
  std::string with_ours(const Scene& scene) const;

  const Script& script_;
  PbxAccount account_;
  std::size_t next_ = 0;
  std::int64_t now_ms_ = 0;
  bool connected_ = false, logged_in_ = false, closed_ = false, listens_ = false;
  std::string heard_;  // of an action that is not whole
  std::string challenge_;
  std::map<std::string, std::string> ours_;         // captured ActionID -> our client's
  std::map<std::string, std::string> caller_ids_;   // captured ActionID -> CallerID of our client's Originate
  std::map<std::string, std::string> channel_ids_;  // captured channel of an Originate -> our ChannelId
  std::map<std::string, Waiting> waiting_;          // by Uniqueid
  std::map<std::string, Chan> channels_;            // by Uniqueid
  std::map<std::string, Fields> members_;           // by "queue interface"
};

}  // namespace bannette::test
