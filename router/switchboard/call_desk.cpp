#include "router/switchboard/call_desk.hpp"

#include <algorithm>
#include <iterator>

#include <boost/asio/executor_work_guard.hpp>
#include <spdlog/spdlog.h>

#include "router/switchboard/ami_pbx.hpp"
#include "router/switchboard/call_desk_impl.hpp"

namespace bannette::router {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds kTick{500};
constexpr milliseconds kBatch{20};  // facts that nobody waits for are gathered so long
constexpr std::size_t kRecordsMost =
    200'000;  // that a full disk keeps back; beyond, facts are let go and counted
constexpr std::int64_t kFiguresMs = 367LL * kDayMs;
constexpr std::int64_t kForgetEachMs = 3'600'000;
constexpr std::int64_t kPostTimeEachMs = 60'000;
constexpr std::int64_t kMetricsEachMs = 5'000;
constexpr std::uint64_t kDamageLogged = 100;  // lines since the start; all are counted

std::int64_t wall_ms() {
  return system::now().wall_ms;
}

std::vector<Telephony::Queue> queues_at(const CallSite& site, std::string_view pbx) {
  std::vector<Telephony::Queue> out;
  if (site.telephony)
    std::ranges::copy_if(site.telephony->queues, std::back_inserter(out),
                         [&](const auto& queue) { return queue.pbx == pbx; });
  return out;
}

bool same_pbx(const CallSite& before, const CallSite& after, std::string_view code) {
  const auto at = [&](const CallSite& site) { return site.telephony ? site.telephony->pbx(code) : nullptr; };
  if (after.pbx(code) == nullptr) return false;
  if (at(before) == nullptr || at(after) == nullptr) return at(before) == at(after);
  return *at(before) == *at(after) && queues_at(before, code) == queues_at(after, code);
}

}  // namespace

calls::CallerHash caller_hash(const seal::Key& master) {
  const seal::Key key = seal::subkey(master, seal::Use::calls);
  return [key](std::string_view caller) {
    const auto bytes = seal::keyed_hash(key, caller);
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < sizeof hash; ++i) hash = hash << 8 | bytes[i];
    return hash == 0 ? 1 : hash;
  };
}

// What the last run left. Figures count what is over; what is open is folded again from its facts.
void CallDesk::Impl::load() {
  const std::int64_t now_ms = wall_ms();
  db.rows().on_damage([this](const std::string& what) { damage(what); });
  db.rows().each_open_fact(
      [&](std::uint64_t, const std::string&, const calls::Event& event) { book.fold(event); });
  for (const auto& link : db.rows().open_links()) book.fold(link);
  db.rows().each_call(now_ms - kFiguresMs, false, [&](const KeptCall& call) { figures.fold(call); });
  // An entry ages by its last call: its beginning may be much older.
  db.rows().each_callback(now_ms - kFiguresMs, [&](const calls::CallbackChange& change) {
    book.fold(change);
    figures.fold(change);
  });
  db.rows().each_post_time(now_ms - kFiguresMs, [&](const calls::PostTime& time) { figures.fold(time); });
  book.begin(now_ms);
  show_health();
}

void CallDesk::Impl::open() {
  connect();
  commit();
  tick();
}

// Those of the site that are not there yet.
void CallDesk::Impl::connect() {
  for (const auto& each : site->pbxs) {
    if (pbx(each.code) != nullptr) continue;
    std::unique_ptr<Pbx> made;
    if (each.cti) {
      auto webhook = std::make_unique<CtiPbx>(each.code);
      ctis[each.code] = webhook.get();
      made = std::move(webhook);
    } else if (options.connect) {
      made = options.connect(each);
    } else {
      made = connect_pbx(tasks, io.get_executor(), *site->telephony, each.code, options.data,
                         [this] { pbx_changed(); });
    }
    pbxs.push_back(std::move(made));
    pbxs.back()->start([this](const calls::Event& event) { take(event); });
  }
}

std::vector<PbxState> CallDesk::Impl::states() const {
  std::vector<PbxState> all;
  for (const auto& each : pbxs) all.push_back(each->state());
  return all;
}

Pbx* CallDesk::Impl::pbx(const std::string& code) const {
  for (const auto& each : pbxs)
    if (each->state().code == code) return each.get();
  return nullptr;
}

void CallDesk::Impl::take(const calls::Event& event) {
  ++facts;
  if (book.records().size() >= kRecordsMost) {
    ++not_kept;
    return;
  }
  if (!book.fact(event, wall_ms())) {
    ++facts_unused;
    return;
  }
  changed();
}

void CallDesk::Impl::pbx_changed() {
  book.seen_other();
  changed();
}

// A PBX that is other than before, or of which other queues are ours, is joined anew, and so is one that is
// not up: its secret may have been mended. What was under way there is looked for when it says what it has.
void CallDesk::Impl::use(std::shared_ptr<const CallSite> fresh) {
  const auto before = std::exchange(site, std::move(fresh));
  book.use(site);
  std::erase_if(pbxs, [&](const auto& each) {
    const PbxState state = each->state();
    if (state.up && same_pbx(*before, *site, state.code)) return false;
    each->stop();
    ctis.erase(state.code);
    return true;
  });
  connect();
  changed();
}

// Shown at once, for it is a hint that a look confirms; kept soon.
void CallDesk::Impl::changed() {
  ask_danger(book.take_asked_numbers());
  if (!telling) {
    telling = true;
    post([this] {
      telling = false;
      tell_watchers();
    });
  }
  commit_soon(kBatch);
}

void CallDesk::Impl::commit_soon(milliseconds after) {
  if (after.count() == 0) {
    if (std::exchange(committing, true)) return;
    post([this] {
      committing = false;
      commit();
    });
    return;
  }
  if (std::exchange(batching, true)) return;
  batch_timer.expires_after(after);
  batch_timer.async_wait([this](boost::system::error_code error) {
    batching = false;
    if (!error) commit();
  });
}

void CallDesk::Impl::when_durable(std::function<void(bool)> then) {
  waiting.push_back(std::move(then));
  commit_soon(milliseconds{0});
}

void CallDesk::Impl::count_figures() {
  for (const auto& call : book.take_ended()) figures.add(call);
  for (const auto& change : book.take_callback_changes()) figures.fold(change);
}

void CallDesk::Impl::commit() {
  count_figures();
  bool durable = true;
  while (durable && !book.records().empty()) {
    const auto& records = book.records();
    const std::size_t count = std::min(records.size(), CallsDb::batch_most);
    durable = db.append({records.data(), count}).has_value();
    if (durable) book.kept(count);
  }
  if (full != !durable) spdlog::warn("calls: the disk is {}", durable ? "written to again" : "full");
  full = !durable;
  for (auto& each : std::exchange(waiting, {})) each(durable);
  show_health();
}

void CallDesk::Impl::tick() {
  if (stopping) return;
  const std::int64_t now_ms = wall_ms();
  const std::uint64_t before = book.version();
  book.advance(now_ms);
  figures.look(now_ms);
  if (book.version() != before) changed();
  if (now_ms >= next_post_time_ms) {
    next_post_time_ms = now_ms + kPostTimeEachMs;
    for (const auto& each : figures.take_post_times()) book.keep_record(record_of(each));
  }
  if (!book.records().empty()) commit_soon(milliseconds{0});
  tell_watchers();
  db.sync_head();
  db.tidy(book.records().empty());
  if (now_ms >= next_forget_ms) forget(now_ms);
  ask_danger(danger_round.due(book.callbacks(), now_ms));
  show_health();
  tick_timer.expires_after(kTick);
  tick_timer.async_wait([this](boost::system::error_code error) {
    if (!error) tick();
  });
}

// Of a call that is over and not durable yet the facts are needed still.
void CallDesk::Impl::forget(std::int64_t now_ms) {
  commit();
  if (full) return;
  next_forget_ms = now_ms + kForgetEachMs;
  db.forget_closed([this](const std::string& call) { return book.ledger().find(call) != nullptr; });
  const auto days = db.forget_before(now_ms - site->keep_ms);
  if (days.has_value() && days.value() > 0)
    spdlog::info("calls: numbers and names of {} days are erased", days.value());
}

void CallDesk::Impl::ask_danger(std::vector<std::string> numbers) {
  for (auto& number : numbers)
    if (options.ask_danger) options.ask_danger(std::move(number));
}

void CallDesk::Impl::damage(const std::string& what) {
  if (damaged++ < kDamageLogged) spdlog::error("calls: {}", what);
}

void CallDesk::Impl::show_health() {
  const std::int64_t now = system::boot_ms();
  const bool figures_due = now >= next_metrics_ms;
  std::string text;
  if (figures_due) {
    next_metrics_ms = now + kMetricsEachMs;
    text = figures.prometheus(wall_ms());
  }
  const std::lock_guard lock(health_mutex);
  shown.pbxs = states();
  shown.open_calls = book.ledger().open_calls();
  shown.callbacks = book.callbacks().size();
  shown.facts = facts;
  shown.facts_unused = facts_unused;
  shown.cti = cti;
  shown.cti_refused = cti_refused;
  shown.not_kept = not_kept;
  shown.damaged = damaged;
  shown.disk_full = full;
  if (figures_due) shown.figures = std::move(text);
}

void CallDesk::Impl::end() {
  stopping = true;
  for (auto& each : pbxs) each->stop();
  tasks.end_pauses();
  tell_watchers();
  commit();
  db.sync_head();
  batch_timer.cancel();
  tick_timer.cancel();
}

CallDesk::CallDesk(CallDeskOptions options, std::shared_ptr<const CallSite> site)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(site))) {}

CallDesk::~CallDesk() {
  stop();
}

void CallDesk::start() {
  impl_->thread = std::thread([this] {
    try {
      impl_->open();
      const auto working = asio::make_work_guard(impl_->io);
      impl_->io.run();
    } catch (const std::exception& error) {
      impl_->options.broken(std::string("calls: ") + error.what());
    }
  });
}

void CallDesk::stop() {
  if (!impl_->thread.joinable()) return;
  impl_->post([this] {
    impl_->end();
    impl_->post([this] { impl_->io.stop(); });  // after what that has posted
  });
  impl_->thread.join();
}

}  // namespace bannette::router
