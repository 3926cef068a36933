// How a site telephones, as its telephonie.toml says: PBXs, queues, posts, and by which rules calls are
// counted. Plain values, filled by router/config.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::router {

struct Telephony {
  // A PBX that we connect to (Asterisk's Manager Interface), or one that tells by the webhook.
  struct Pbx {
    enum class Kind : std::uint8_t { ami, cti };
    std::string code;
    Kind kind = Kind::ami;
    bool active = true;  // false: known, and not connected to
    // Of AMI, from here on.
    std::string host;
    std::uint16_t port = 5038;
    bool tls = false;
    bool clear_off_loopback = false;
    std::string authorities;  // certificates (PEM), as the configuration's file had them; empty: the system's
    std::string pin;          // SHA-256 of the PBX's certificate, 64 small hexadecimal digits; or empty
    std::string user;
    std::string
        secret_file;  // in the data folder, or the name of a systemd credential; never the secret itself
    bool challenge = true;  // log in by MD5 challenge
    std::string mask;       // classes of events
    // Channels on which callers come, by how their names begin ("PJSIP/trunk-"), and where the dialplan takes
    // them up ("from-trunk" or "from-trunk,0320001122"). What comes by others is no call of this service
    // before it is in one of its queues. Empty: all.
    std::vector<std::string> trunks, entries;
    // Click to call.
    std::string context;         // of the dialplan; empty: numbers cannot be dialled here
    std::string prefix;          // before numbers that leave the house
    bool international = false;  // "+336..." in place of "06..."
    std::string shown;           // what the post is shown; empty: whom it calls
    std::string account;
    std::int64_t ring_ms = 20'000;
    bool operator==(const Pbx&) const = default;
  };
  struct Queue {
    std::string code;  // its name at the PBX
    std::string pbx;
    std::string label;
    std::string overflow_of;  // the queue that callers come from, or empty
    bool operator==(const Queue&) const = default;
  };
  struct Post {
    std::string code, name;
    std::string pbx;
    std::string interface;  // as the PBX has it: "PJSIP/1001"
    bool operator==(const Post&) const = default;
  };
  struct PauseReason {
    std::string code, label;
    bool operator==(const PauseReason&) const = default;
  };

  std::vector<Pbx> pbxs;
  std::vector<Queue> queues;  // in the order of the file; empty: all that the PBXs have
  std::vector<Post> posts;
  std::vector<PauseReason> pauses;

  std::int64_t short_ms = 5'000;     // abandoned sooner: counted apart
  std::int64_t wrap_up_ms = 60'000;  // after a conversation; then the post counts as free
  std::uint32_t service_level_s = 30;
  std::int64_t keep_ms = 180LL * 24 * 3'600'000;  // numbers and names of calls; then they are erased

  std::uint32_t callback_tries = 3;                       // then unreachable
  std::int64_t callback_rest_ms = 15LL * 60'000;          // between two tries
  std::int64_t callback_lock_ms = 5LL * 60'000;           // a post dials for so long at the most
  std::int64_t callback_keep_ms = 30LL * 24 * 3'600'000;  // then expired

  bool operator==(const Telephony&) const = default;

  [[nodiscard]] const Pbx* pbx(std::string_view code) const {
    for (const auto& each : pbxs)
      if (each.code == code) return &each;
    return nullptr;
  }
};

}  // namespace bannette::router
