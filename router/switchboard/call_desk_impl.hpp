// The desk of calls' own state and thread. Not for other rooms.
#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "queue/async/tasks.hpp"
#include "queue/codec/wire.hpp"
#include "queue/system/clock.hpp"
#include "router/switchboard/call_book.hpp"
#include "router/switchboard/call_desk.hpp"
#include "router/switchboard/call_figures.hpp"
#include "router/switchboard/call_requests.hpp"
#include "router/switchboard/calls_db.hpp"
#include "router/switchboard/danger_round.hpp"

namespace bannette::router {

// One that speaks through the console's webhook: it takes no orders.
class CtiPbx : public Pbx {
 public:
  explicit CtiPbx(std::string code) {
    state_.code = std::move(code);
    state_.kind = "cti";
    state_.up = true;
    state_.since_ms = system::now().wall_ms;
  }
  void start(Tell) override {}
  void stop() override {}
  [[nodiscard]] PbxState state() const override { return state_; }
  void dial(const std::string&, const std::string&, Done done, std::function<void()>) override {
    done(no_orders());
  }
  void pause(const std::string&, bool, const std::string&, Done done) override { done(no_orders()); }
  void heard() { ++state_.events; }
  void malformed() { ++state_.malformed; }

 private:
  static Refusal no_orders() {
    return {Code::unavailable, "", "Cet autocommutateur ne prend pas d'ordres : il ne fait que prévenir."};
  }
  PbxState state_;
};

// Keyed with the site's secret.
[[nodiscard]] calls::CallerHash caller_hash(const seal::Key& master);

struct CallDesk::Impl {
  struct Watcher {
    std::uint64_t after = 0;
    std::int64_t until_boot_ms = 0;
    Answer answer;
  };

  Impl(CallDeskOptions its_options, std::shared_ptr<const CallSite> its_site)
      : options(std::move(its_options)),
        site(std::move(its_site)),
        db({options.data, options.master, options.site, options.vfs}),
        book(site, caller_hash(options.master),
             {[this](std::string_view id) { return db.rows().find(id); },
              [this](std::string_view id) { return db.rows().knows(id); }}),
        figures(book),
        batch_timer(io),
        tick_timer(io) {
    load();
  }

  CallDeskOptions options;
  std::shared_ptr<const CallSite> site;
  CallsDb db;
  CallBook book;
  CallFigures figures;
  asio::io_context io{1};
  Tasks tasks{io.get_executor(), [this](const std::string& why) { options.broken("calls: " + why); }};
  asio::steady_timer batch_timer, tick_timer;
  std::vector<std::unique_ptr<Pbx>> pbxs;  // before what their tasks refer to
  std::map<std::string, CtiPbx*> ctis;
  std::vector<Watcher> watchers;
  std::vector<std::function<void(bool durable)>> waiting;  // for the next commit
  std::thread thread;
  std::atomic<std::size_t> asked{0};
  bool committing = false, batching = false, telling = false, stopping = false, full = false;
  std::int64_t next_forget_ms = 0, next_post_time_ms = 0, next_metrics_ms = 0;
  std::uint64_t facts = 0, facts_unused = 0, cti = 0, cti_refused = 0, not_kept = 0, damaged = 0;
  DangerRound danger_round;
  mutable std::mutex health_mutex;
  CallDeskHealth shown;

  void load();
  void open();
  void connect();
  void tick();
  void take(const calls::Event& event);
  void changed();
  void pbx_changed();
  void use(std::shared_ptr<const CallSite> fresh);
  void commit();
  void commit_soon(std::chrono::milliseconds after);
  void when_durable(std::function<void(bool)> then);
  void tell_watchers();
  void count_figures();
  void serve(const v1::Envelope& in, const Authority& who, Answer answer);
  Result<v1::Envelope> read_and_answered(const CallRoom& room, const v1::Envelope& in, const Authority& who);
  Result<calls::Call> read_call(const Person& who, const std::string& id);
  void watch(const v1::WatchCalls& in, const Authority& who, Answer answer);
  void order(const v1::Envelope& in, const Authority& who, Answer answer);
  void answer_after(Result<v1::Envelope> reply, Answer answer);
  void show_health();
  void forget(std::int64_t now_ms);
  void ask_danger(std::vector<std::string> numbers);
  void end();
  // A record of calls.db cannot be read: told, and what was asked is refused.
  void damage(const std::string& what);
  template <class Work>
  Result<void> unless_damaged(Work work) {
    try {
      work();
      return {};
    } catch (const journal::Damaged& error) {
      damage(error.what());
      return Refusal{Code::unavailable, "", "Cet appel ne peut plus être lu : prévenez l'administration."};
    }
  }
  [[nodiscard]] std::vector<PbxState> states() const;
  [[nodiscard]] CallRoom room(const std::vector<PbxState>& states) {
    return {book, db.rows(), figures, states, system::now().wall_ms};
  }
  [[nodiscard]] Pbx* pbx(const std::string& code) const;
  template <class Work>
  void post(Work work) {
    asio::post(io, std::move(work));
  }
};

}  // namespace bannette::router
