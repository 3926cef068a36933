#include "agent-console/cli/dry_run.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <spdlog/spdlog.h>

#include "agent-console/cli/reload.hpp"
#include "agent-console/cli/replay_json.hpp"
#include "agent-console/server/accounts.hpp"
#include "agent-console/server/json_parts.hpp"
#include "queue/system/clock.hpp"
#include "router/config/hours.hpp"
#include "router/config/load.hpp"
#include "router/core/reach.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kNice = 10;

struct Cancelled {};

}  // namespace

struct DryRun::State {
  Stand stand = Stand::none;
  DryRunWish wish;
  std::int64_t started_ms = 0, ended_ms = 0;
  std::uint64_t first = 0, at = 0, last = 0;  // numbers of dossiers
  std::uint64_t calls = 0;
  bool cut = false;  // there were more than kCalls
  std::string error;
  std::string version;
  json::array findings;
  json::value result;
};

DryRun::DryRun(std::filesystem::path config, std::filesystem::path data, const seal::Key& master,
               Configurations& kept)
    : config_(std::move(config)),
      data_(std::move(data)),
      master_(master),
      kept_(kept),
      state_(std::make_unique<State>()) {}

DryRun::~DryRun() {
  stop();
}

Result<void> DryRun::start(const DryRunWish& wish) {
  std::optional<std::filesystem::path> folder = config_;
  if (wish.number) folder = kept_.folder(*wish.number);
  if (!folder) return Refusal{Code::not_found, "number", "Aucune configuration gardée n’a ce numéro."};
  const std::lock_guard lock(mutex_);
  if (stopping_) return Refusal{Code::unavailable, "", "Le service s’arrête."};
  if (state_->stand == Stand::running)
    return Refusal{Code::bad_state, "", "Un essai est déjà en cours : attendez sa fin, ou arrêtez-le."};
  if (thread_.joinable()) thread_.join();  // it has said its last word, for which it needed the mutex
  cancelled_ = false;
  thread_ = std::thread([this, wish, folder = *folder] { run(wish, folder); });
  *state_ = State{};
  state_->stand = Stand::running;
  state_->wish = wish;
  state_->started_ms = system::now().wall_ms;
  return {};
}

void DryRun::cancel() {
  cancelled_ = true;
}

void DryRun::stop() {
  std::thread last;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    cancelled_ = true;
    last = std::move(thread_);
  }
  if (last.joinable()) last.join();
}

void DryRun::run(const DryRunWish& wish, const std::filesystem::path& folder) {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);  // of this thread alone
  Stand stand = Stand::done;
  std::string error;
  try {
    put_down(wish);
    replay(wish, folder);
  } catch (const Cancelled&) {
    stand = Stand::cancelled;
  } catch (const std::exception& failed) {
    stand = Stand::failed;
    error = failed.what();
    spdlog::warn("dry run of a configuration: {}", error);
  }
  const std::lock_guard lock(mutex_);
  state_->stand = stand;
  if (!error.empty()) state_->error = error;
  state_->ended_ms = system::now().wall_ms;
}

void DryRun::replay(const DryRunWish& wish, const std::filesystem::path& folder) {
  if (wish.number && !kept_.intact(*wish.number))
    throw std::runtime_error("la copie de la configuration n° " + std::to_string(*wish.number) +
                             " est abîmée");
  auto loaded = router::load_site(folder);
  {
    const std::lock_guard lock(mutex_);
    state_->findings = findings_json(loaded.findings);
    if (loaded.site) state_->version = loaded.site->rules_version;
  }
  if (!loaded.site) throw std::runtime_error("la configuration a des erreurs");
  journal::Reader reader(data_, master_);
  const std::int64_t now_ms = system::now().wall_ms;
  const auto day = router::day_of(*loaded.site, now_ms);
  router::Replay replay(*loaded.site);
  const auto span =
      router::past_since(reader, now_ms - static_cast<std::int64_t>(wish.days) * kDayMs, kCalls);
  {
    const std::lock_guard lock(mutex_);
    state_->first = state_->at = span.first;
    state_->last = span.last;
    state_->cut = span.cut;
  }
  const auto one = [&](const router::Past& past) {
    auto call = past_call(past);
    call.call.day = day;
    replay.add(call);
    const std::lock_guard lock(mutex_);
    state_->at = past.dossier.number;
    ++state_->calls;
  };
  const auto tally = router::each_past(reader, span, one, [this] { return !cancelled_; });
  if (cancelled_) throw Cancelled{};
  auto result = json_of(replay.finish(), router::unreachable(*loaded.site), tally, false, kListed);
  const std::lock_guard lock(mutex_);
  state_->result = std::move(result);
}

void DryRun::put_down(const DryRunWish& wish) {
  Accounts accounts(data_);
  const std::string what = wish.number ? "n° " + std::to_string(*wish.number) : "dossier de configuration";
  accounts.audit().append({.act = "replayed",
                           .by = wish.by,
                           .subject = what,
                           .detail = "appels des " + std::to_string(wish.days) + " derniers jours"});
}

std::string DryRun::state() const {
  static constexpr const char* kNames[]{"none", "running", "done", "cancelled", "failed"};
  const std::lock_guard lock(mutex_);
  const State& state = *state_;
  double share = state.stand == Stand::done ? 1 : 0;
  if (state.stand != Stand::done && state.last > state.first)
    share = static_cast<double>(state.at - state.first) / static_cast<double>(state.last - state.first);
  return json::serialize(
      json::object{{"state", kNames[static_cast<std::size_t>(state.stand)]},
                   {"days", state.wish.days},
                   {"number", state.wish.number ? json::value(*state.wish.number) : json::value()},
                   {"who", state.wish.by.name},
                   {"started", time_or_null(state.started_ms)},
                   {"ended", time_or_null(state.ended_ms)},
                   {"version", state.version},
                   {"calls", state.calls},
                   {"share", share},
                   {"cut", state.cut},
                   {"error", state.error},
                   {"findings", state.findings},
                   {"result", state.result}});
}

}  // namespace bannette::console
