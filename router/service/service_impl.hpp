// The router's service: its state and its thread. Not for other rooms.
#pragma once
#include <atomic>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "queue/client/socket.hpp"
#include "queue/codec/wire.hpp"
#include "queue/core/limits.hpp"
#include "queue/session/sessions.hpp"
#include "queue/system/clock.hpp"
#include "queue/system/mailbox.hpp"
#include "router/service/forwarding.hpp"
#include "router/service/memory.hpp"
#include "router/service/service.hpp"
#include "router/switchboard/call_requests.hpp"

namespace bannette::router {

struct RouterService::Impl {
  Impl(zmq::context_t& context, ServiceOptions its_options, std::shared_ptr<const Site> its_site,
       std::function<void(const std::string&)> its_broken)
      : options(std::move(its_options)),
        site(std::move(its_site)),
        broken(std::move(its_broken)),
        socket(context, zmq::socket_type::router),
        memory(options.data / "recent.db", options.master, system::now().wall_ms),
        calls(call_options(), call_site_of(*site)),
        forwarding(context, {options.data, options.master, options.queue, options.free_space_mark,
                             options.patience_ms}) {
    client::bound_socket(socket);
    socket.set(zmq::sockopt::router_mandatory, 1);
    socket.bind(options.listen);
    forwarding.on_logged([this](const v1::Envelope& asked, const v1::Receipt* receipt) {
      const auto id = receipt == nullptr ? std::nullopt : uuid_from_bytes(receipt->id());
      memory.add(asked, id ? dossier_number(*id) : 0, system::now().wall_ms);
      if (id) calls.resolve(*uuid_from_bytes(asked.idempotency_key()), dossier_number(*id));
    });
  }

  ServiceOptions options;
  std::shared_ptr<const Site> site;
  std::function<void(const std::string&)> broken;
  zmq::socket_t socket;
  session::Sessions sessions;
  std::atomic<bool> stopping{false};
  std::thread thread;
  std::uint64_t version = 0;         // of the site: grows with each other one
  std::size_t under_way = 0;         // calls that were logged and have no answer
  std::size_t under_way_before = 0;  // of these: decided by earlier versions
  std::size_t linking = 0;           // receipts that wait for their call's link
  std::mutex next_mutex;
  std::shared_ptr<const Site> next;  // asked for by another thread
  std::vector<std::promise<void>> switching;
  mutable std::mutex health_mutex;
  ServiceHealth shown;
  Memory memory;
  // What the desk of calls leaves for this thread.
  system::Mailbox<std::function<void()>> from_calls{16'384};
  CallDesk calls;
  Forwarding forwarding;

  void run();
  void loop_once(std::int64_t most_ms);
  void receive(const session::Peer& peer, const std::vector<std::string_view>& frames);
  void serve(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void classify_note(const session::Peer& peer, const v1::Envelope& in);
  void suggest_place(const session::Peer& peer, const v1::Envelope& in);
  // `siblings`: references of the dossiers that its call has already.
  void log_call(const session::Peer& peer, const v1::Envelope& in, const Authority& who,
                const std::vector<std::string>& siblings);
  void find_similar(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void list_outbox(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void settle_letter(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  CallDeskOptions call_options();
  // To be called on the desk's thread: the work is done on this one.
  void on_this_thread(std::function<void()> work);
  void ask_calls(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void find_contacts(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void find_danger(const std::string& number);
  void log_for_call(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void link_call(CallLink link, const v1::Envelope& reply, std::function<void()> then);
  void show_health();
  void take_next();
  void send(const session::Peer& peer, const v1::Envelope& envelope);
  void refuse(const session::Peer& peer, std::uint64_t id, const Refusal& refusal) {
    send(peer, codec::error(id, refusal));
  }
  void forbid(const session::Peer& peer, std::uint64_t id, const char* why) {
    refuse(peer, id, {Code::forbidden, "", why});
  }
};

}  // namespace bannette::router
