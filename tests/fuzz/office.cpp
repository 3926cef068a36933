#include "tests/fuzz/office.hpp"

#include <stdexcept>

#include "queue/codec/frame.hpp"
#include "tests/unit/queue_core/world.hpp"

namespace bannette::fuzz {
namespace {

constexpr std::int64_t kThen = 1'645'557'742'000;  // the time of the golden messages' key
constexpr std::size_t kSeen = 64;                  // of each kind
constexpr const char* kSite = "essai";

Office::Caller caller(const std::string& route, const char* principal) {
  return {{0, route}, *authority_of(principal)};
}

// Header or not, it can be written and read again: 64 KiB, UTF-8, a body.
void check_form(const v1::Envelope& envelope) {
  const std::string bytes = codec::encode(envelope);
  if (codec::decode({codec::kHeader, bytes}).has_error())
    throw std::logic_error("the desk sent what is no message: " + envelope.ShortDebugString());
}

template <class T>
void keep(std::vector<T>& all, T one) {
  if (all.size() == kSeen) all.erase(all.begin());
  all.push_back(std::move(one));
}

}  // namespace

Rules rules() {
  Rules all = test::site_rules();
  all.site = kSite;
  all.bannettes = {"utpas-roubaix-est/pmi",
                   "utpas-roubaix-est/enfance",
                   "lille/pmi",
                   "service:mdph",
                   "standard",
                   "arbitrage"};
  all.topics.push_back({"pmi.petite-enfance", {Delay::Unit::working_days, 5}});
  return all;
}

Office::Office() : now_{kThen, 1'000'000, 1} {
  start();
}

const std::vector<Office::Caller>& Office::callers() {
  static const std::vector<Caller> all{caller("0", "unit:utpas-roubaix-est"),
                                       caller("1", "router"),
                                       caller("2", "console"),
                                       caller("3", "unit:lille"),
                                       caller("4", "unit:utpas-roubaix-est"),
                                       caller("5", "service:mdph"),
                                       caller("6", "console")};
  return all;
}

void Office::start() {
  desk_.reset();
  began_ = now_;
  journal_ = std::make_unique<test::SimJournal>(disk_, kSite);
  desk_ = std::make_unique<desk::Desk>(desk::Identity{kSite, journal_->epoch()},
                                       desk::reload(rules(), *journal_, now_), journal_->head().seq);
}

void Office::restart() {
  witness_.restarted();
  seen_.relays.clear();
  start();
}

void Office::greet(std::size_t caller) {
  v1::Envelope hello;
  hello.set_request_id(1);
  hello.mutable_hello()->set_protocol(1);
  const std::string bytes = codec::encode(hello);
  say(caller, {codec::kHeader, bytes});
}

void Office::greet_all() {
  for (std::size_t i = 0; i < callers().size(); ++i)
    if (!desk_->sessions().all().contains(callers()[i].peer)) greet(i);
}

void Office::say(std::size_t caller, const std::vector<std::string_view>& frames) {
  const auto& [peer, who] = callers()[caller];
  const auto decoded = codec::decode(frames);
  if (decoded) {
    witness_.asked(caller, who.principal, decoded.value());
    if (decoded.value().has_actor())
      actors_[{caller, decoded.value().request_id()}] = decoded.value().actor();
  } else {
    witness_.garbage(caller);
  }
  desk_->receive(peer, who, frames, now_);
  send();
}

void Office::router_says(const std::vector<std::string_view>& frames) {
  desk_->relayed(frames);
  send();
}

void Office::pass(std::int64_t ms) {
  now_.wall_ms += ms;
  now_.boot_ms += ms;
  desk_->tick(now_);
  for (std::size_t i = 0; i < callers().size(); ++i)
    if (!desk_->sessions().all().contains(callers()[i].peer)) witness_.left(i);
  send();
}

void Office::revoke(std::size_t caller) {
  desk_->forget(callers()[caller].peer);
  witness_.left(caller);
}

void Office::set_clock(std::int64_t ms) {
  now_.wall_ms += ms;
}

bool Office::commit(bool fails) {
  const auto batch = desk_->start_commit();
  if (!batch) return false;
  if (fails)
    desk_->failed({Code::disk_full, "", ""}, desk::reload(rules(), *journal_, now_, began_), now_);
  else
    desk_->committed(journal_->append(*batch).seq);
  send();
  return true;
}

void Office::send() {
  for (const auto& relay : desk_->relays()) {
    check_form(relay);
    keep(seen_.relays, relay.request_id());
  }
  for (auto& out : desk_->outgoing()) {
    desk::fulfil(out, *journal_);
    check_form(out.envelope);
    const std::size_t to = std::stoul(out.peer.route);
    witness_.answered(to, callers()[to].who.principal, out.envelope, *journal_);
    remember(to, out.envelope);
  }
}

void Office::remember(std::size_t caller, const v1::Envelope& answer) {
  if (answer.has_receipt()) {
    keep(seen_.dossiers, answer.receipt().reference());
    if (const auto id = uuid_from_bytes(answer.receipt().id())) keep(seen_.dossiers, to_string(*id));
  }
  if (!answer.has_done() || answer.done().header().holder().empty()) return;
  Holding holding{caller, {}, answer.done().header().reference(), answer.done().header().fence()};
  const auto actor = actors_.find({caller, answer.request_id()});
  if (actor != actors_.end()) holding.actor = actor->second;
  keep(seen_.holdings, std::move(holding));
}

// What is in memory is what was kept, also when it is read again.
void Office::check_memory() {
  const Bannettes again = desk::reload(rules(), *journal_, now_, began_);
  const Bannettes& live = desk_->bannettes();
  bool same = live.last_seq() == journal_->head().seq && again.last_seq() == live.last_seq();
  for (std::uint64_t number = 1; number <= journal_->last_number() && same; ++number)
    same = live.find(number) == journal_->dossier(number) && again.find(number) == live.find(number);
  if (!same) throw std::logic_error("memory and journal differ");
}

void Office::end() {
  pass(30'000);  // the router's time is over, and the disk is tried again
  while (commit(false)) {
  }
  if (!desk_->idle()) throw std::logic_error("something waits for ever");
  witness_.settled();
  check_memory();
}

}  // namespace bannette::fuzz
