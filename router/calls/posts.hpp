// The posts that a PBX has in its queues: whether they are free, paused, whose they are, and which call is
// there.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "router/calls/event.hpp"

namespace bannette::calls {

struct Post {
  std::string pbx, post, name;  // post = interface, name = the member's
  std::vector<std::string> queues;
  std::int32_t status = -1;  // AST_DEVICE_*: Event::status
  bool paused = false;
  std::string pause_reason;
  std::string person;  // login that works here; "" = nobody
  std::string call;    // id of the call that rings or talks here
  bool talking = false;
  std::int64_t since_ms = -1;  // of what changed last
};

class Posts {
 public:
  [[nodiscard]] const Post* find(std::string_view id) const;  // "PBX:INTERFACE"
  [[nodiscard]] std::size_t size() const { return posts_.size(); }
  template <class F>
  void each(F&& f) const {
    for (const auto& [id, post] : posts_) f(post);
  }
  // The post that a channel belongs to: "PJSIP/1001-00000003" is PJSIP/1001's. Its interface where no queue
  // knows it.
  [[nodiscard]] std::string interface_of(std::string_view pbx, std::string_view channel) const;
  [[nodiscard]] bool known(std::string_view pbx, std::string_view channel) const;

  // post_state, post_gone, bound. Whether it is other than before; full where there is no room
  // (limits::posts).
  bool apply(const Event& event);
  // A call rings or talks there, or (id of the call) is there no more.
  bool busy(const Event& event, std::string_view call, bool talking);
  bool free(std::string_view pbx, std::string_view post, std::string_view call, std::int64_t at_ms);
  // The line to the PBX is lost: what its posts do is not known (status 0) until they are told of again.
  void lose(std::string_view pbx, std::int64_t at_ms);
  [[nodiscard]] static std::string id(std::string_view pbx, std::string_view post);

 private:
  Post* get(const Event& event);
  std::map<std::string, Post, std::less<>> posts_;  // by id
};

}  // namespace bannette::calls
