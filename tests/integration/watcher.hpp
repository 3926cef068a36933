// A unit's session that hears of each change.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

namespace bannette::test {

struct Watcher {
  Inbox hints;
  std::unique_ptr<client::Link> link;

  explicit Watcher(Service& service) : link(service.quiet_link(kEast)) {
    link->on_delivery(hints.taker());
    link->start();
    if (!link->wait_up(kPatience)) throw std::runtime_error("the watcher has no session");
    v1::Envelope subscribe;
    subscribe.mutable_subscribe()->set_credit(1'000);
    if (!ask(*link, subscribe).has_subscribed()) throw std::runtime_error("the watcher may not subscribe");
  }
  // The next hint of such a change; the others pass.
  v1::Deliver next(const std::string& change) {
    for (;;)
      if (v1::Envelope each = hints.next(); each.deliver().change() == change) return each.deliver();
  }
};

}  // namespace bannette::test
