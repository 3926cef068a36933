// What the desk of calls must know of the site's configuration.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <date/tz.h>

#include "router/calls/callbacks.hpp"
#include "router/core/site.hpp"
#include "router/core/telephony.hpp"

namespace bannette::router {

struct CallSite {
  struct Pbx {
    std::string code;
    bool cti = false;  // it tells by the webhook; else by AMI
  };
  struct Post {
    std::string code, name, pbx, interface;
  };
  struct Named {
    std::string code, label;
  };
  std::vector<Pbx> pbxs;
  std::vector<Post> posts;
  std::vector<Named> queues;  // in the order in which to show them; others are shown behind, by their name
  std::vector<Named> pauses;  // reasons
  std::int64_t short_ms = 5'000;                  // abandoned sooner: counted apart
  std::int64_t wrap_up_ms = 60'000;               // after a conversation: then the post counts as free
  std::int64_t keep_ms = 180LL * 24 * 3'600'000;  // numbers and names of calls; then they are erased
  std::uint32_t service_level_s = 30;
  calls::CallbackRules callbacks;
  const date::time_zone* zone = nullptr;       // nothing: UTC
  std::shared_ptr<const Telephony> telephony;  // how to reach the PBXs; nothing: none

  [[nodiscard]] const Post* post(std::string_view code) const {
    for (const auto& each : posts)
      if (each.code == code) return &each;
    return nullptr;
  }
  [[nodiscard]] const Post* post_at(std::string_view pbx, std::string_view interface) const {
    for (const auto& each : posts)
      if (each.pbx == pbx && each.interface == interface) return &each;
    return nullptr;
  }
  [[nodiscard]] const Pbx* pbx(std::string_view code) const {
    for (const auto& each : pbxs)
      if (each.code == code) return &each;
    return nullptr;
  }
};

[[nodiscard]] std::shared_ptr<const CallSite> call_site_of(const Site& site);

}  // namespace bannette::router
