#include "router/telephony/ami_session.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "router/telephony/ami_action.hpp"
#include "router/telephony/challenge.hpp"
#include "router/telephony/readable.hpp"

namespace bannette::telephony {
namespace {

constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kDetail = 200;  // bytes kept of what a PBX says about a refusal, or of itself

// The lists themselves, and what is said of the connection.
bool of_the_list(const AmiMessage& message, calls::Kind kind) {
  return (kind >= calls::Kind::pbx_up && kind <= calls::Kind::snapshot_end) ||
         message.event() == "QueueMember";
}

// What the configuration gives is checked before (control characters); else it is a mistake in this program.
std::string sent(const AmiAction& action) {
  return action.text().value();
}

}  // namespace

std::string_view name(Ending ending) {
  static constexpr std::array<std::string_view, 7> names{
      "lost", "shutdown", "stopped", "no_greeting", "login_refused", "silent", "no_lists"};
  return names.at(static_cast<std::size_t>(ending));
}

AmiSession::AmiSession(std::string pbx, AmiAccount account, AmiTimes times)
    : pbx_(std::move(pbx)),
      account_(std::move(account)),
      times_(times),
      reader_(pbx_, false),
      orders_(times.orders) {}

std::string AmiSession::fresh_id() {
  return "bannette-" + std::to_string(++actions_);
}

void AmiSession::begin(const Instant& now) {
  parser_.reset();
  phase_ = Phase::greeting;
  login_id_.clear();
  mask_id_.clear();
  ping_id_.clear();
  queues_id_.clear();
  channels_id_.clear();
  login_due_ms_ = now.boot_ms + times_.login;
  heard_ms_ = now.boot_ms;
  list_again_ms_ = 0;
  keeping_ = was_in_ = stopping_ = events_on_ = false;
  ending_ = Ending::lost;
  ending_detail_.clear();
}

void AmiSession::close(Ending why, std::string_view detail, Effects& out) {
  if (phase_ == Phase::over || phase_ == Phase::away) return;
  phase_ = Phase::over;
  ending_ = why;
  ending_detail_ = readable(detail, kDetail);
  out.push_back(Close{why, ending_detail_});
}

void AmiSession::stop(Effects& out) {
  if (logged_in()) out.push_back(Send{sent(AmiAction("Logoff", fresh_id()))});
  close(Ending::stopped, {}, out);
}

void AmiSession::lost(const Instant& now, Effects& out) {
  if (ending_ == Ending::lost && stopping_) ending_ = Ending::shutdown;
  phase_ = Phase::away;
  release(out);
  orders_.drop(answers_);
  answers_out(out);
  if (!std::exchange(was_in_, false)) return;
  tell(calls::Kind::pbx_down, name(ending_), now, out);
}

void AmiSession::receive(std::string_view bytes, const Instant& now, Effects& out) {
  counts_.bytes += bytes.size();
  heard_ms_ = now.boot_ms;
  ping_id_.clear();
  parser_.feed(bytes);
  while (phase_ != Phase::over && phase_ != Phase::away) {
    const AmiMessage* message = parser_.next();
    if (message == nullptr) return;
    take(*message, now, out);
  }
}

void AmiSession::take(const AmiMessage& message, const Instant& now, Effects& out) {
  if (phase_ == Phase::greeting) {
    greet(message, now, out);
    return;
  }
  pass_on(message, now, out);
  if (!message.event().empty())
    take_event(message, now, out);
  else if (message.banner().empty())
    take_answer(message, now, out);
}

void AmiSession::greet(const AmiMessage& message, const Instant& now, Effects& out) {
  if (message.banner().empty()) {
    close(Ending::no_greeting, {}, out);
    return;
  }
  version_ = readable(message.banner(), kDetail);
  pass_on(message, now, out);
  if (!account_.challenge) {
    log_in({}, out);
    return;
  }
  phase_ = Phase::challenge;
  login_id_ = fresh_id();
  out.push_back(Send{sent(AmiAction("Challenge", login_id_).with("AuthType", "MD5"))});
}

void AmiSession::log_in(std::string_view challenge, Effects& out) {
  phase_ = Phase::login;
  login_id_ = fresh_id();
  AmiAction action("Login", login_id_);
  if (account_.challenge) {
    const auto key = md5_answer(challenge, account_.secret);
    if (key.empty()) {
      close(Ending::login_refused, "MD5 n'est pas disponible ici : authentification = \"clair\"", out);
      return;
    }
    action.with("AuthType", "MD5").with("Username", account_.user).with("Key", key);
  } else {
    action.with("Username", account_.user).with("Secret", account_.secret);
  }
  out.push_back(Send{sent(action)});
}

// The mask first: its answer tells whether anything will come. Then what is there.
void AmiSession::take_login(const AmiMessage& message, const Instant& now, Effects& out) {
  if (message.get("Response") != "Success") {
    close(Ending::login_refused, message.get("Message"), out);
    return;
  }
  if (phase_ == Phase::challenge) {
    log_in(message.get("Challenge"), out);
    return;
  }
  login_id_.clear();
  ++counts_.logins;
  was_in_ = true;
  phase_ = Phase::listing;
  mask_id_ = fresh_id();
  out.push_back(Send{sent(AmiAction("Events", mask_id_).with("EventMask", account_.mask))});
  list(now, out);
}

void AmiSession::take_answer(const AmiMessage& message, const Instant& now, Effects& out) {
  const auto id = message.get("ActionID");
  const bool good = message.get("Response") == "Success" || message.get("Response") == "Pong";
  if (id.empty()) {
    ++counts_.unexpected;
  } else if (id == login_id_) {
    take_login(message, now, out);
  } else if (id == mask_id_) {
    mask_id_.clear();
    events_on_ = message.get("Events") == "On";
  } else if (id == queues_id_ || id == channels_id_) {
    if (good) {
      if (!std::exchange(keeping_, true)) tell(calls::Kind::snapshot_begin, id, now, out);
    } else {
      list_over(id == queues_id_ ? queues_id_ : channels_id_, false, now, out);
    }
  } else if (!id.starts_with("bannette-") || (!orders_.answer(message, now.boot_ms, answers_) && !good)) {
    ++counts_.unexpected;
  }
  answers_out(out);
}

void AmiSession::take_event(const AmiMessage& message, const Instant& now, Effects& out) {
  if (!logged_in()) return;
  const auto event = message.event();
  if (event == "Shutdown") {
    stopping_ = true;
  } else if (event == "Reload" || (event == "FullyBooted" && (keeping_ || phase_ == Phase::up))) {
    list_again(now);
  } else if (const auto id = message.get("ActionID"); !id.empty() && event.ends_with("Complete")) {
    if (id == queues_id_)
      list_over(queues_id_, true, now, out);
    else if (id == channels_id_)
      list_over(channels_id_, true, now, out);
  }
  orders_.event(message, now.boot_ms, answers_);
  answers_out(out);
}

void AmiSession::pass_on(const AmiMessage& message, const Instant& now, Effects& out) {
  ++counts_.messages;
  auto fact = reader_.read(message, {now.wall_ms, true});
  if (!fact) return;
  if (!keeping_ || of_the_list(message, fact->kind)) {
    out.push_back(Fact{std::move(*fact)});
    return;
  }
  held_.push_back(std::move(*fact));
  if (held_.size() <= limits::held) return;
  ++counts_.let_go;
  release(out);
}

void AmiSession::tell(calls::Kind kind, std::string_view reason, const Instant& now, Effects& out) {
  calls::Event event;
  event.kind = kind;
  event.pbx = pbx_;
  event.reason = reason;
  event.at_ms = now.wall_ms;
  out.push_back(Fact{std::move(event)});
}

void AmiSession::list(const Instant& now, Effects& out) {
  list_again_ms_ = 0;
  listed_ms_ = now.boot_ms;
  whole_ = true;
  queues_id_ = fresh_id();
  channels_id_ = fresh_id();
  out.push_back(
      Send{sent(AmiAction("QueueStatus", queues_id_)) + sent(AmiAction("CoreShowChannels", channels_id_))});
}

void AmiSession::list_again(const Instant& now) {
  list_again_ms_ = std::max(now.boot_ms, listed_ms_ + times_.between_lists);
}

// A list that was refused says nothing of who is not there any more: then the end is not told.
void AmiSession::list_over(std::string& which, bool whole, const Instant& now, Effects& out) {
  which.clear();
  whole_ = whole_ && whole;
  if (!queues_id_.empty() || !channels_id_.empty()) return;
  phase_ = Phase::up;
  release(out);
  keeping_ = false;
  if (!whole_) return;
  ++counts_.listings;
  tell(calls::Kind::snapshot_end, {}, now, out);
}

void AmiSession::release(Effects& out) {
  for (auto& fact : held_) out.push_back(Fact{std::move(fact)});
  held_.clear();
}

void AmiSession::tick(const Instant& now, Effects& out) {
  if (phase_ == Phase::over || phase_ == Phase::away) return;
  if (!logged_in()) {
    if (now.boot_ms >= login_due_ms_)
      close(phase_ == Phase::greeting ? Ending::no_greeting : Ending::silent, {}, out);
    return;
  }
  orders_.tick(now.boot_ms, answers_);
  answers_out(out);
  const bool lists_open = !queues_id_.empty() || !channels_id_.empty();
  if (!ping_id_.empty()) {
    if (now.boot_ms >= pinged_ms_ + times_.pong) close(Ending::silent, {}, out);
  } else if (lists_open && now.boot_ms >= listed_ms_ + times_.lists) {
    close(Ending::no_lists, {}, out);
  } else if (now.boot_ms >= heard_ms_ + times_.quiet) {
    ping_id_ = fresh_id();
    pinged_ms_ = now.boot_ms;
    out.push_back(Send{sent(AmiAction("Ping", ping_id_))});
  } else if (!lists_open && list_again_ms_ != 0 && now.boot_ms >= list_again_ms_) {
    list(now, out);
  }
}

std::int64_t AmiSession::due_ms() const {
  if (phase_ == Phase::over || phase_ == Phase::away) return kNever;
  if (!logged_in()) return login_due_ms_;
  auto due = orders_.due_ms();
  due = std::min(due, ping_id_.empty() ? heard_ms_ + times_.quiet : pinged_ms_ + times_.pong);
  const bool lists_open = !queues_id_.empty() || !channels_id_.empty();
  if (lists_open)
    due = std::min(due, listed_ms_ + times_.lists);
  else if (list_again_ms_ != 0)
    due = std::min(due, list_again_ms_);
  return due;
}

template <class Order>
void AmiSession::send(std::uint64_t number, const Order& order, const Instant& now, Effects& out) {
  std::optional<Refusal> refusal;
  if (!logged_in()) {
    refusal = Refusal{Code::unavailable, "", "L'autocommutateur n'est pas joint."};
  } else if (orders_.full()) {
    refusal = Refusal{Code::busy, "", "Trop de demandes attendent la réponse de l'autocommutateur."};
  } else {
    auto id = fresh_id();
    auto text = text_of(order, id);
    if (text) {
      out.push_back(Send{std::move(*text)});
      orders_.add(number, std::move(id), order, now.boot_ms);
      return;
    }
    refusal = text.error();
  }
  Answered answer;
  answer.order = number;
  answer.refusal = std::move(refusal);
  out.push_back(std::move(answer));
}

void AmiSession::order(std::uint64_t order, const Dial& dial, const Instant& now, Effects& out) {
  send(order, dial, now, out);
}
void AmiSession::order(std::uint64_t order, const Pause& pause, const Instant& now, Effects& out) {
  send(order, pause, now, out);
}

void AmiSession::answers_out(Effects& out) {
  for (auto& each : answers_) out.push_back(std::move(each));
  answers_.clear();
}

AmiSession::Counts AmiSession::counts() const {
  auto all = counts_;
  const auto& parsed = parser_.counts();
  all.oversized = parsed.long_lines + parsed.full_messages;
  all.malformed = all.oversized + parsed.odd_lines + parsed.torn;
  return all;
}

}  // namespace bannette::telephony
