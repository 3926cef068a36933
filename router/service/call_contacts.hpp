// Who called before: dossiers of a call's number, by the queue's word. No content, and no topic of a
// restricted one.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "router/core/site.hpp"
#include "router/service/forwarding.hpp"
#include "router/switchboard/call_desk.hpp"

namespace bannette::router {

// Told once: contacts. `forwarding` must live until then.
void ask_contacts(const std::shared_ptr<const Site>& site, Forwarding& forwarding,
                  const CallDesk::Caller& caller, Forwarding::Told told);

// Told once where the queue answered: is there an open dossier in danger of this number?
void ask_danger(Forwarding& forwarding, const std::string& number, std::function<void(bool in_danger)> told);

}  // namespace bannette::router
