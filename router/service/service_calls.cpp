// The service's thread and the desk of calls: questions there, answers back, and what a call is linked to.
#include <spdlog/spdlog.h>

#include "router/service/call_contacts.hpp"
#include "router/service/service_impl.hpp"

namespace bannette::router {

// Which call it came by is durable before the receipt is told: who hears none asks again, with the same key.
void RouterService::Impl::link_call(CallLink link, const v1::Envelope& reply, std::function<void()> then) {
  const auto id = reply.has_receipt() ? uuid_from_bytes(reply.receipt().id()) : std::nullopt;
  if (!id && !reply.has_recorded()) return then();
  link.number = id ? dossier_number(*id) : 0;
  link.at_ms = system::now().wall_ms;
  ++linking;
  calls.link(std::move(link), [this, then = std::move(then)] {
    on_this_thread([this, then] {
      --linking;
      then();
    });
  });
}

void RouterService::Impl::log_for_call(const session::Peer& peer, const v1::Envelope& in,
                                       const Authority& who) {
  if (auto ok = codec::check_text(in.log_call().call(), limits::call, "call"); ok.has_error())
    return refuse(peer, in.request_id(), ok.error());
  calls.may_log(in.log_call().call(), who, [this, peer, in, who](Result<std::vector<std::string>> may) {
    on_this_thread([this, peer, in, who, may = std::move(may)] {
      if (may.has_error()) return refuse(peer, in.request_id(), may.error());
      log_call(peer, in, who, may.value());
    });
  });
}

void RouterService::Impl::on_this_thread(std::function<void()> work) {
  // Never full: the desk takes no more questions than that.
  if (!from_calls.put(work)) spdlog::critical("calls: an answer found no room");
}

void RouterService::Impl::ask_calls(const session::Peer& peer, const v1::Envelope& in, const Authority& who) {
  calls.ask(in, who, [this, peer, id = in.request_id()](v1::Envelope&& reply) {
    reply.set_request_id(id);
    on_this_thread([this, peer, reply = std::move(reply)] { send(peer, reply); });
  });
}

void RouterService::Impl::find_contacts(const session::Peer& peer, const v1::Envelope& in,
                                        const Authority& who) {
  if (auto ok = codec::check_text(in.call_contacts().call(), limits::call, "call"); ok.has_error())
    return refuse(peer, in.request_id(), ok.error());
  calls.caller_of(in.call_contacts().call(), who,
                  [this, peer, id = in.request_id()](Result<CallDesk::Caller> caller) {
                    on_this_thread([this, peer, id, caller = std::move(caller)] {
                      if (caller.has_error()) return refuse(peer, id, caller.error());
                      ask_contacts(site, forwarding, caller.value(), [this, peer, id](v1::Envelope&& reply) {
                        reply.set_request_id(id);
                        send(peer, reply);
                      });
                    });
                  });
}

void RouterService::Impl::find_danger(const std::string& number) {
  ask_danger(forwarding, number, [this, number](bool in_danger) { calls.tell_danger(number, in_danger); });
}

CallDeskOptions RouterService::Impl::call_options() {
  CallDeskOptions out;
  out.data = options.data;
  out.master = options.master;
  out.site = site->code;
  out.ask_danger = [this](std::string number) {
    on_this_thread([this, number = std::move(number)] { find_danger(number); });
  };
  out.broken = broken;
  return out;
}

}  // namespace bannette::router
