// What is asked of the desk of calls, and how its answers wait for the disk, the PBX, or news.
#include <algorithm>

#include "queue/core/limits.hpp"
#include "router/switchboard/call_desk_impl.hpp"
#include "router/switchboard/call_shown.hpp"

namespace bannette::router {
namespace {

constexpr std::uint32_t kWatchMostMs = 25'000;
constexpr std::size_t kWatchers = 64;
constexpr std::size_t kAsked = 4'096;  // questions that wait for the desk; beyond: busy

std::int64_t wall_ms() {
  return system::now().wall_ms;
}

v1::Envelope refusal(const Refusal& why) {
  return codec::error(0, why);
}

}  // namespace

void CallDesk::Impl::tell_watchers() {
  if (watchers.empty()) return;
  const std::int64_t now = system::boot_ms();
  std::vector<Answer> due;
  std::erase_if(watchers, [&](Watcher& each) {
    const bool news = book.version() > each.after || each.after > book.version();
    if (!news && now < each.until_boot_ms && !stopping) return false;
    due.push_back(std::move(each.answer));
    return true;
  });
  if (due.empty()) return;
  v1::Envelope out;
  put(*out.mutable_calls_now(), book, states(), wall_ms());
  for (auto& each : due) each(v1::Envelope(out));
}

void CallDesk::Impl::answer_after(Result<v1::Envelope> reply, Answer answer) {
  if (reply.has_error()) return answer(refusal(reply.error()));
  changed();
  when_durable([reply = std::move(reply.value()), answer = std::move(answer)](bool durable) {
    if (durable) return answer(v1::Envelope(reply));
    answer(refusal({Code::timed_out, "", "Le disque est plein : rien ne dit encore si c'est enregistré."}));
  });
}

Result<v1::Envelope> CallDesk::Impl::read_and_answered(const CallRoom& room, const v1::Envelope& in,
                                                       const Authority& who) {
  std::optional<Result<v1::Envelope>> reply;
  const auto read = unless_damaged([&] { reply = answered(room, in, who); });
  return read.has_error() ? read.error() : std::move(*reply);
}

void CallDesk::Impl::serve(const v1::Envelope& in, const Authority& who, Answer answer) {
  const bool asks = in.has_get_call() || in.has_list_calls() || in.has_list_callbacks();
  const auto states = this->states();
  if (in.has_watch_calls()) return watch(in.watch_calls(), who, std::move(answer));
  if (in.has_wait_report()) {
    if (!may_watch_calls(who))
      return answer(refusal({Code::forbidden, "", "Ces chiffres sont réservés à la supervision."}));
    count_figures();
    auto waits = figures.report(in.wait_report(), wall_ms());
    if (waits.has_error()) return answer(refusal(waits.error()));
    v1::Envelope out;
    *out.mutable_waits() = std::move(waits.value());
    return answer(std::move(out));
  }
  if (asks) {
    auto reply = read_and_answered(room(states), in, who);
    return answer(reply.has_error() ? refusal(reply.error()) : std::move(reply.value()));
  }
  if (full)
    return answer(
        refusal({Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."}));
  if (in.has_dial_number() || in.has_pause_post() ||
      (in.has_settle_callback() && in.settle_callback().act() == v1::CALLBACK_ACT_DIAL))
    return order(in, who, std::move(answer));
  auto reply = read_and_answered(room(states), in, who);
  if (in.has_cti_event()) {
    ++cti;
    if (reply.has_error()) ++cti_refused;
    if (const auto known = ctis.find(in.cti_event().pbx()); known != ctis.end())
      reply.has_error() ? known->second->malformed() : known->second->heard();
  }
  answer_after(std::move(reply), std::move(answer));
}

void CallDesk::Impl::watch(const v1::WatchCalls& in, const Authority& who, Answer answer) {
  if (!may_watch_calls(who))
    return answer(refusal({Code::forbidden, "", "Cet état est réservé à la supervision."}));
  if (in.wait_ms() > kWatchMostMs)
    return answer(refusal({Code::too_large, "wait_ms", "L'attente est de 25 secondes au plus."}));
  if (watchers.size() >= kWatchers)
    return answer(refusal({Code::busy, "", "Trop de demandes attendent déjà : réessayez dans un instant."}));
  watchers.push_back({in.after(), system::boot_ms() + in.wait_ms(), std::move(answer)});
  tell_watchers();
}

// The PBX's word is waited for; then what it changes is told by its own facts.
void CallDesk::Impl::order(const v1::Envelope& in, const Authority& who, Answer answer) {
  auto what = ordered(room(states()), in, who);
  if (what.has_error()) return answer(refusal(what.error()));
  const Order& order = what.value();  // its post is the site's, and this may be another one at the answer
  Pbx* at = pbx(order.post->pbx);
  if (at == nullptr)
    return answer(
        refusal({Code::unavailable, "", "Ce poste n'a pas d'autocommutateur qui prenne des ordres."}));
  if (order.pause)
    return at->pause(order.post->interface, order.paused, order.reason,
                     [this, code = order.post->code, answer = std::move(answer)](Result<void> done) {
                       if (done.has_error()) return answer(refusal(done.error()));
                       v1::Envelope out;
                       if (const CallSite::Post* post = site->post(code))
                         put(*out.mutable_post_shown()->mutable_post(), book, *post, wall_ms());
                       answer(std::move(out));
                     });
  std::int64_t until_ms = 0;
  if (order.callback != 0) {
    auto locked = book.lock(*who.person, order.callback, wall_ms());
    if (locked.has_error()) return answer(refusal(locked.error()));
    until_ms = locked.value()->locked_until_ms;
    changed();
  }
  // Nobody was called: others may. Unless it is locked for another try since.
  const auto give_back = [this, id = order.callback, person = *who.person, until_ms] {
    const auto* entry = book.callbacks().find(id);
    if (entry == nullptr || entry->person != person.name || entry->locked_until_ms != until_ms) return;
    (void)book.release(person, id, wall_ms());
    changed();
  };
  at->dial(
      order.post->interface, order.number,
      [this, id = order.callback, code = order.post->code, number = order.number, give_back,
       answer = std::move(answer)](Result<void> done) {
        if (done.has_error()) {
          give_back();
          return answer_after(done.error(), answer);
        }
        v1::Envelope out;
        if (id == 0) {
          out.mutable_dialled()->set_post(code);
          out.mutable_dialled()->set_number(number);
        } else if (const auto* entry = book.callbacks().find(id)) {
          put(*out.mutable_callback_settled()->mutable_callback(), book, *entry);
        } else {
          out.mutable_callback_settled();
        }
        answer_after(std::move(out), answer);
      },
      give_back);
}

void CallDesk::ask(v1::Envelope question, Authority who, Answer answer) {
  if (impl_->asked.fetch_add(1) >= kAsked) {
    impl_->asked.fetch_sub(1);
    return answer(refusal({Code::busy, "", "Trop de demandes : réessayez dans un instant."}));
  }
  impl_->post(
      [this, question = std::move(question), who = std::move(who), answer = std::move(answer)]() mutable {
        impl_->asked.fetch_sub(1);
        impl_->serve(question, who, std::move(answer));
      });
}

Result<calls::Call> CallDesk::Impl::read_call(const Person& who, const std::string& id) {
  std::optional<Result<calls::Call>> known;
  const auto read = unless_damaged([&] { known = book.call(who, id); });
  return read.has_error() ? read.error() : std::move(*known);
}

void CallDesk::caller_of(std::string call, Authority who, std::function<void(Result<Caller>)> answer) {
  impl_->post([this, call = std::move(call), who = std::move(who), answer = std::move(answer)] {
    if (!may_take_calls(who))
      return answer(Refusal{Code::forbidden, "", "Cette recherche est réservée au standard."});
    const auto known = impl_->read_call(*who.person, call);
    if (known.has_error()) return answer(known.error());
    const calls::Call& about = known.value();
    Caller caller;
    if (!about.withheld) caller.number = about.number;
    caller.earlier = impl_->db.rows().calls_of(impl_->book.caller(caller.number), about.id);
    answer(std::move(caller));
  });
}

void CallDesk::may_log(std::string call, Authority who,
                       std::function<void(Result<std::vector<std::string>>)> answer) {
  impl_->post([this, call = std::move(call), who = std::move(who), answer = std::move(answer)] {
    if (!may_take_calls(who))
      return answer(Refusal{Code::forbidden, "call", "Seul le standard rattache une demande à un appel."});
    std::optional<Result<calls::Call>> known;
    const auto read = impl_->unless_damaged([&] { known = impl_->book.to_write_down(*who.person, call); });
    if (read.has_error()) return answer(read.error());
    if (known->has_error()) return answer(known->error());
    answer(std::move(known->value().dossiers));
  });
}

void CallDesk::link(CallLink link, std::function<void()> done) {
  impl_->post([this, link = std::move(link), done = std::move(done)] {
    (void)impl_->unless_damaged([&] { impl_->book.link(link); });
    impl_->changed();
    impl_->when_durable([done](bool) { done(); });
  });
}

void CallDesk::resolve(const Uuid& key, std::uint64_t number) {
  impl_->post([this, key, number] {
    (void)impl_->unless_damaged([&] { impl_->book.resolve(key, number, wall_ms()); });
    impl_->changed();
  });
}

void CallDesk::tell_danger(std::string number, bool in_danger) {
  impl_->post([this, number = std::move(number), in_danger] {
    impl_->book.tell_danger(number, in_danger, wall_ms());
    impl_->changed();
  });
}

void CallDesk::tell(calls::Event event) {
  impl_->post([this, event = std::move(event)] { impl_->take(event); });
}

void CallDesk::use(std::shared_ptr<const CallSite> site) {
  impl_->post([this, site = std::move(site)]() mutable { impl_->use(std::move(site)); });
}

CallDeskHealth CallDesk::health() const {
  const std::lock_guard lock(impl_->health_mutex);
  return impl_->shown;
}

}  // namespace bannette::router
