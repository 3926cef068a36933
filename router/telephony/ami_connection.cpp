#include "router/telephony/ami_connection.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <spdlog/spdlog.h>

#include "queue/async/moment.hpp"

namespace bannette::telephony {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kLongestWait = 3'600'000;  // of the watch, where nothing is due
constexpr std::size_t kRead = 64 * 1024;

// French, for people.
std::string in_words(Ending ending, const std::string& detail) {
  switch (ending) {
    case Ending::lost:
      return "la connexion s'est rompue";
    case Ending::shutdown:
      return "l'autocommutateur s'est arrêté";
    case Ending::stopped:
      return "arrêté";
    case Ending::no_greeting:
      return "ce n'est pas un Asterisk Manager, ou il ne dit rien";
    case Ending::login_refused:
      return "identifiant ou secret refusé" + (detail.empty() ? "" : " (" + detail + ")");
    case Ending::silent:
      return "il ne répond plus";
    case Ending::no_lists:
      return "il ne dit pas l'état de ses files";
  }
  return {};
}

}  // namespace

struct AmiConnection::Impl : std::enable_shared_from_this<AmiConnection::Impl> {
  // One line, with what watches its times and what waits to be sent.
  struct Line {
    Line(const asio::any_io_executor& executor, AmiAddress address)
        : wire(executor, std::move(address)), alarm(executor) {}
    AmiWire wire;
    Moment alarm;
    std::int64_t armed_ms = 0;  // boot clock: the watch looks then, at the latest
    std::string unsent;
    bool sending = false;
    bool closing = false;  // when all is sent
  };
  using LinePtr = std::shared_ptr<Line>;

  Impl(Tasks& its_tasks, asio::any_io_executor its_executor, AmiOptions its_options, Tell its_tell,
       Changed its_changed)
      : tasks(its_tasks),
        executor(std::move(its_executor)),
        options(std::move(its_options)),
        tell(std::move(its_tell)),
        changed(std::move(its_changed)),
        session(options.pbx, options.account, options.times),
        woken(executor) {}

  Tasks& tasks;
  asio::any_io_executor executor;
  AmiOptions options;
  Tell tell;
  Changed changed;
  AmiSession session;
  Moment woken;                     // stop() ends the pause between two tries
  LinePtr line;                     // or null
  std::int64_t connect_due_ms = 0;  // while the line is opened
  bool opening = false;
  bool started = false, stopping = false, obeying = false;
  bool quiet = false;  // stopped, and that is told: nothing more is
  std::string trouble;
  bool refused = false;   // the login, so that only a person can help
  unsigned failures = 0;  // in a row
  AmiState state;
  Effects effects;
  std::map<std::uint64_t, Answer> answers;
  std::uint64_t orders = 0;

  asio::awaitable<void> run(std::shared_ptr<Impl> self);
  asio::awaitable<void> converse();
  asio::awaitable<void> watch(std::shared_ptr<Impl> self, LinePtr watched);
  asio::awaitable<void> flush(std::shared_ptr<Impl> self, LinePtr out);
  void obey();
  void send(std::string bytes);
  void answer(const Answered& answered);
  void arm();
  void show();
  [[nodiscard]] std::int64_t due_ms() const { return opening ? connect_due_ms : session.due_ms(); }
};

// The effects in their order. Whoever is told something may give an order at once: then there are more.
void AmiConnection::Impl::obey() {
  if (quiet || std::exchange(obeying, true)) return;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    Effect effect = std::move(effects[i]);
    if (auto* out = std::get_if<Send>(&effect)) {
      send(std::move(out->bytes));
    } else if (auto* fact = std::get_if<Fact>(&effect)) {
      ++state.events;
      tell(std::move(fact->event));
    } else if (const auto* answered = std::get_if<Answered>(&effect)) {
      answer(*answered);
    } else if (line && !line->sending) {  // Close; what is being sent (Logoff) goes first
      line->wire.close();
    } else if (line) {
      line->closing = true;
    }
  }
  effects.clear();
  obeying = false;
  arm();
  show();
  quiet = stopping;
}

void AmiConnection::Impl::send(std::string bytes) {
  if (!line || line->wire.closed()) return;
  if (line->unsent.size() + bytes.size() > limits::unsent) {
    line->wire.close();
    return;
  }
  line->unsent += bytes;
  if (!std::exchange(line->sending, true))
    tasks.start("pbx " + options.pbx + " send", flush(shared_from_this(), line));
}

asio::awaitable<void> AmiConnection::Impl::flush(std::shared_ptr<Impl> self, LinePtr out) {
  bool good = true;
  while (good && !out->unsent.empty()) {
    const std::string bytes = std::exchange(out->unsent, {});
    const bool written = co_await out->wire.write(bytes);
    good = written;
  }
  out->sending = false;
  if (!good || out->closing) out->wire.close();
}

// The function itself is called, not a copy: it may count its calls.
void AmiConnection::Impl::answer(const Answered& answered) {
  const auto found = answers.find(answered.order);
  if (found == answers.end()) return;
  Answer told = std::move(found->second);
  told(answered);
  if (answered.last)
    answers.erase(answered.order);
  else
    found->second = std::move(told);
}

// The watch sleeps until something is due. It is woken only where that is earlier than it knows: bytes make
// it later.
void AmiConnection::Impl::arm() {
  if (line && due_ms() < line->armed_ms) line->alarm.come();
}

asio::awaitable<void> AmiConnection::Impl::watch(std::shared_ptr<Impl> self, LinePtr watched) {
  while (!watched->wire.closed()) {
    const std::int64_t now_ms = options.now().boot_ms;
    watched->armed_ms = std::min(due_ms(), now_ms + kLongestWait);
    const milliseconds left{std::max<std::int64_t>(watched->armed_ms - now_ms, 0)};
    const bool woken_early = co_await watched->alarm.wait(left);
    if (woken_early || watched->wire.closed()) continue;
    if (opening) {
      if (options.now().boot_ms >= connect_due_ms) watched->wire.close();
      continue;
    }
    session.tick(options.now(), effects);
    obey();
  }
}

// The whole of one connection. What ended it stays in `trouble`.
asio::awaitable<void> AmiConnection::Impl::converse() {
  const LinePtr mine = line;
  opening = true;
  connect_due_ms = options.now().boot_ms + options.connect_ms;
  tasks.start("pbx " + options.pbx + " watch", watch(shared_from_this(), mine));
  auto failed = co_await mine->wire.open();
  opening = false;
  if (!failed.empty()) {
    trouble = failed;
    mine->wire.close();
    mine->alarm.come();
    co_return;
  }
  session.begin(options.now());
  arm();
  const auto buffer = std::make_unique<std::array<char, kRead>>();
  char* const into = buffer->data();
  for (;;) {
    const std::size_t size = co_await mine->wire.read(into, kRead);
    if (size == 0) break;
    session.receive({buffer->data(), size}, options.now(), effects);
    obey();
  }
  mine->wire.close();
  mine->alarm.come();
  session.lost(options.now(), effects);
  trouble = in_words(session.ending(), session.ending_detail());
  refused = session.ending() == Ending::login_refused;
  obey();
}

asio::awaitable<void> AmiConnection::Impl::run(std::shared_ptr<Impl> self) {
  while (!stopping) {
    ++state.attempts;
    const auto began_ms = options.now().boot_ms;
    refused = false;
    try {
      line = std::make_shared<Line>(executor, options.address);
    } catch (const boost::system::system_error& error) {
      line = nullptr;
      trouble = "TLS : " + std::string(error.what());
    }
    if (line) {
      co_await converse();
      line = nullptr;
    }
    if (stopping) break;
    show();
    failures = options.now().boot_ms - began_ms >= options.backoff.steady ? 1 : failures + 1;
    const milliseconds rest{options.backoff.delay(failures, refused, options.random())};
    co_await woken.wait(rest);
  }
}

// Logged where it changes: a PBX that is away for a night fills no disk.
void AmiConnection::Impl::show() {
  const bool up = session.phase() == AmiSession::Phase::up;
  if (up) trouble = session.events_on() ? "" : "il n'envoie rien : le masque d'événements est refusé";
  if (up == state.up && trouble == state.trouble) return;
  if (up != state.up) state.since_ms = options.now().wall_ms;
  state.up = up;
  state.trouble = trouble;
  if (trouble.empty())
    spdlog::info("pbx {}: connected, AMI {}", options.pbx, session.version());
  else
    spdlog::warn("pbx {}: {}", options.pbx, trouble);
  changed();
}

AmiConnection::AmiConnection(Tasks& tasks, asio::any_io_executor executor, AmiOptions options, Tell tell,
                             Changed changed)
    : impl_(std::make_shared<Impl>(tasks, std::move(executor), std::move(options), std::move(tell),
                                   std::move(changed))) {}

AmiConnection::~AmiConnection() {
  stop();
}

void AmiConnection::start() {
  if (std::exchange(impl_->started, true) || impl_->stopping) return;
  impl_->state.since_ms = impl_->options.now().wall_ms;
  impl_->tasks.start("pbx " + impl_->options.pbx, impl_->run(impl_));
}

void AmiConnection::stop() {
  auto& impl = *impl_;
  if (std::exchange(impl.stopping, true)) return;
  impl.session.stop(impl.effects);
  impl.session.lost(impl.options.now(), impl.effects);
  impl.trouble = in_words(Ending::stopped, {});
  impl.obey();
  if (impl.line && !impl.line->sending) impl.line->wire.close();
  impl.woken.come();
}

void AmiConnection::dial(const Dial& dial, Answer answer) {
  if (impl_->quiet) return;
  const auto order = ++impl_->orders;
  impl_->answers.emplace(order, std::move(answer));
  impl_->session.order(order, dial, impl_->options.now(), impl_->effects);
  impl_->obey();
}

void AmiConnection::pause(const Pause& pause, Answer answer) {
  if (impl_->quiet) return;
  const auto order = ++impl_->orders;
  impl_->answers.emplace(order, std::move(answer));
  impl_->session.order(order, pause, impl_->options.now(), impl_->effects);
  impl_->obey();
}

AmiState AmiConnection::state() const {
  AmiState out = impl_->state;
  out.pbx = impl_->options.pbx;
  out.version = impl_->session.version();
  out.counts = impl_->session.counts();
  out.reconnects = out.counts.logins > 0 ? out.counts.logins - 1 : 0;
  return out;
}

}  // namespace bannette::telephony
