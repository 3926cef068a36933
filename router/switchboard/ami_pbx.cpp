#include "router/switchboard/ami_pbx.hpp"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <optional>
#include <utility>

#include <sys/stat.h>

#include <sodium.h>
#include <spdlog/spdlog.h>

#include "queue/journal/file.hpp"
#include "queue/system/clock.hpp"
#include "router/telephony/ami_connection.hpp"
#include "router/telephony/ours.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kSecretMost = 1'024;

bool is_private(const std::filesystem::path& file) {
  struct stat info{};
  return ::stat(file.c_str(), &info) == 0 && (info.st_mode & 077) == 0;
}

// The first line of DATA/NAME, or of systemd's credential NAME.
Result<std::string> read_secret(const std::filesystem::path& data, const std::string& name) {
  std::filesystem::path file = data / name;
  if (!std::filesystem::exists(file)) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (credentials == nullptr || !std::filesystem::exists(std::filesystem::path(credentials) / name))
      return Refusal{Code::not_found, name, "le secret « " + name + " » manque dans le dossier de données"};
    file = std::filesystem::path(credentials) / name;
  } else if (!is_private(file)) {
    return Refusal{Code::forbidden, name,
                   "le secret « " + name + " » est lisible par d'autres (mode 0600 attendu)"};
  }
  auto text = journal::read_small(file, kSecretMost);
  if (text) text->resize(std::min(text->find_first_of("\r\n"), text->size()));
  if (!text || text->empty()) return Refusal{Code::missing, name, "le secret « " + name + " » est vide"};
  return std::move(*text);
}

telephony::Ours ours_of(const Telephony& telephony, const Telephony::Pbx& pbx) {
  std::vector<std::string> queues;
  for (const auto& queue : telephony.queues)
    if (queue.pbx == pbx.code) queues.push_back(queue.code);
  return {pbx.trunks, pbx.entries, std::move(queues)};
}

telephony::AmiOptions options_of(const Telephony::Pbx& pbx, std::string secret) {
  telephony::AmiOptions out;
  out.pbx = pbx.code;
  out.address = {pbx.host, pbx.port, pbx.tls, pbx.clear_off_loopback, pbx.authorities, pbx.pin};
  out.account.user = pbx.user;
  out.account.secret = std::move(secret);
  out.account.challenge = pbx.challenge;
  if (!pbx.mask.empty()) out.account.mask = pbx.mask;
  out.now = [] { return system::now(); };
  out.random = [] { return randombytes_random(); };
  return out;
}

telephony::Dialling dialling_of(const Telephony::Pbx& pbx) {
  return {pbx.context, pbx.prefix, pbx.international, pbx.shown, pbx.account, pbx.ring_ms};
}

class AmiPbx : public Pbx {
 public:
  AmiPbx(Tasks& tasks, boost::asio::any_io_executor executor, Telephony::Pbx pbx, telephony::Ours ours,
         Result<std::string> secret, const std::function<void()>& changed)
      : pbx_(std::move(pbx)), ours_(std::move(ours)), since_ms_(system::now().wall_ms) {
    if (secret.has_error()) {
      trouble_ = secret.error().detail;
      spdlog::error("calls: PBX {}: {}", pbx_.code, trouble_);
      return;
    }
    connection_ = std::make_unique<telephony::AmiConnection>(
        tasks, std::move(executor), options_of(pbx_, std::move(secret.value())),
        [this](calls::Event event) {
          if (!tell_ || !ours_.take(event)) return;
          if (event.kind == calls::Kind::originated) name_called(event);
          tell_(event);
        },
        changed);
  }

  void start(Tell tell) override {
    tell_ = std::move(tell);
    if (connection_) connection_->start();
  }
  void stop() override {
    if (connection_) connection_->stop();
    tell_ = nullptr;
  }
  [[nodiscard]] PbxState state() const override {
    PbxState out;
    out.code = pbx_.code;
    out.kind = "ami";
    out.since_ms = since_ms_;
    out.trouble = trouble_;
    if (!connection_) return out;
    const telephony::AmiState now = connection_->state();
    out.up = now.up;
    if (now.since_ms > 0) out.since_ms = now.since_ms;
    out.trouble = now.trouble;
    out.events = now.events;
    out.malformed = now.counts.malformed;
    out.reconnects = now.reconnects;
    return out;
  }

  void dial(const std::string& interface, const std::string& number, Done done,
            std::function<void()> not_taken_up) override {
    if (!connection_) return done(away());
    if (pbx_.context.empty())
      return done(
          Refusal{Code::unavailable, "", "La numérotation n'est pas configurée pour cet autocommutateur."});
    const auto digits = telephony::dialled(number, dialling_of(pbx_));
    if (digits.has_error()) return done(digits.error());
    telephony::Dial order{interface, digits.value(), channel_id(), dialling_of(pbx_)};
    if (called_.size() >= telephony::limits::orders) called_.pop_front();
    called_.emplace_back(order.channel_id, number);
    connection_->dial(order, dial_steps(std::move(done), std::move(not_taken_up)));
  }
  void pause(const std::string& interface, bool paused, const std::string& reason, Done done) override {
    if (!connection_) return done(away());
    connection_->pause({interface, paused, reason, ""},
                       [done = std::move(done)](const telephony::Answered& answer) { done(result(answer)); });
  }

 private:
  static Refusal away() { return {Code::unavailable, "", "L'autocommutateur n'est pas joignable."}; }
  static Result<void> result(const telephony::Answered& answer) {
    return answer.refusal ? Result<void>(*answer.refusal) : Result<void>();
  }
  // What the PBX says first is the answer; how a call goes on that the post has taken up is told by its
  // facts. Where the line broke then, it may go on.
  static telephony::AmiConnection::Answer dial_steps(Done done, std::function<void()> not_taken_up) {
    return [done = std::move(done), not_taken_up = std::move(not_taken_up), told = false,
            taken_up = false](const telephony::Answered& answer) mutable {
      using telephony::DialStep;
      if (!std::exchange(told, true)) done(result(answer));
      if (answer.refusal) return;
      const auto step = answer.step;
      taken_up |= step == DialStep::post_answered;
      if (step == DialStep::post_busy || step == DialStep::post_no_answer || step == DialStep::post_failed ||
          (step == DialStep::unknown && !taken_up))
        not_taken_up();
    };
  }
  // The PBX says what the post was shown: a prefix before it, or the house's own number. Whom we do not
  // remember (dialled before a new start) is not guessed.
  void name_called(calls::Event& event) const {
    const auto known = std::ranges::find(called_, event.uniqueid, &Called::first);
    if (known != called_.end())
      event.number = known->second;
    else if (!pbx_.prefix.empty() || !pbx_.shown.empty())
      event.number.clear();
  }
  static std::string channel_id() {
    return std::string(telephony::our_channels) + std::to_string(system::now().wall_ms) + "." +
           std::to_string(randombytes_random() % 1'000'000);
  }

  Telephony::Pbx pbx_;
  telephony::Ours ours_;
  std::int64_t since_ms_;
  std::string trouble_;
  Tell tell_;
  using Called = std::pair<std::string, std::string>;
  std::deque<Called> called_;  // the newest: our channel, and the number as it was given
  std::unique_ptr<telephony::AmiConnection> connection_;
};

}  // namespace

std::unique_ptr<Pbx> connect_pbx(Tasks& tasks, boost::asio::any_io_executor executor,
                                 const Telephony& telephony, std::string_view code,
                                 const std::filesystem::path& data, const std::function<void()>& changed) {
  const Telephony::Pbx* pbx = telephony.pbx(code);
  return std::make_unique<AmiPbx>(tasks, std::move(executor), *pbx, ours_of(telephony, *pbx),
                                  read_secret(data, pbx->secret_file), changed);
}

}  // namespace bannette::router
