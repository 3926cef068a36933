// A desk of calls with a small site and a PBX that obeys at once.
#pragma once
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include <catch2/catch.hpp>

#include "queue/core/ids.hpp"
#include "queue/system/clock.hpp"
#include "router/switchboard/call_desk.hpp"
#include "router/switchboard/calls_check.hpp"

namespace bannette::test {

using calls::Kind;
using router::CallDesk;
using router::CallDeskOptions;
using router::CallLink;
using router::CallSite;
using router::Pbx;
using router::PbxState;
namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::path(BANNETTE_BINARY_DIR) / ("calls-" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
};

inline const seal::Key& master() {
  static const seal::Key made = [] {
    seal::start();
    return seal::random_key();
  }();
  return made;
}

inline std::shared_ptr<CallSite> small_site() {
  auto site = std::make_shared<CallSite>();
  site->pbxs = {{"main", false}, {"annexe", true}};
  site->posts = {{"p1", "Accueil 1", "main", "PJSIP/1001"},
                 {"p2", "Accueil 2", "main", "PJSIP/1002"},
                 {"a1", "Annexe 1", "annexe", "41"}};
  site->queues = {{"accueil", "Accueil"}};
  site->pauses = {{"repas", "Pause repas"}};
  return site;
}

inline calls::Event fact(Kind kind, const std::string& channel, std::int64_t at_ms) {
  calls::Event event;
  event.kind = kind;
  event.pbx = "main";
  event.uniqueid = event.linkedid = channel;
  event.channel = "PJSIP/trunk-" + channel;
  event.queue = "accueil";
  event.number = "032000000" + channel.substr(2);
  event.at_ms = at_ms;
  event.from_call_class = true;
  return event;
}

inline calls::Event at_post(Kind kind, const std::string& channel, const std::string& post,
                            std::int64_t at_ms) {
  calls::Event event = fact(kind, channel, at_ms);
  event.post = post;
  event.post_name = post == "PJSIP/1001" ? "Accueil 1" : "Accueil 2";
  event.other = channel + "/" + post;
  return event;
}

inline Authority person(const std::string& name, Role role) {
  Authority who = *authority_of("console");
  who.person = Person{name, role, {}};
  return who;
}
inline const Authority kOlivier = person("olivier", Role::operator_),
                       kOdile = person("odile", Role::operator_),
                       kSophie = person("sophie", Role::supervisor), kAgathe = person("agathe", Role::agent),
                       kConsole = *authority_of("console");

// What a PBX was told to do, and how it does it.
struct Orders {
  std::vector<std::string> given;
  bool up = true;
  bool waits = false;                        // it answers a dial when it is stopped
  std::function<void()> missed;              // of the last dial
  std::function<void(Result<void>)> answer;  // of one that waits
  int made = 0;                              // connectors
};

// A PBX that obeys at once, and remembers.
struct Obedient : Pbx {
  std::shared_ptr<Orders> orders;
  explicit Obedient(std::shared_ptr<Orders> to) : orders(std::move(to)) { ++orders->made; }
  void start(Tell) override {}
  void stop() override {
    if (auto answer = std::exchange(orders->answer, {})) answer({});
  }
  [[nodiscard]] PbxState state() const override {
    PbxState state;
    state.code = "main";
    state.kind = "ami";
    state.up = orders->up;
    return state;
  }
  void dial(const std::string& interface, const std::string& number, Done done,
            std::function<void()> missed) override {
    orders->given.push_back("dial " + interface + " " + number);
    orders->missed = std::move(missed);
    if (orders->waits)
      orders->answer = std::move(done);
    else
      done({});
  }
  void pause(const std::string& interface, bool paused, const std::string& reason, Done done) override {
    orders->given.push_back("pause " + interface + (paused ? " on " : " off ") + reason);
    done(Refusal{Code::unavailable, "", "Interface not found"});
  }
};

struct Office {
  // Not `obedient`: the PBXs of the site's telephony are connected to.
  explicit Office(const fs::path& data, std::shared_ptr<const CallSite> site = small_site(),
                  bool obedient = true, const std::string& vfs = {}) {
    CallDeskOptions options;
    options.data = data;
    options.master = master();
    options.site = "essai";
    if (obedient)
      options.connect = [this](const CallSite::Pbx&) { return std::make_unique<Obedient>(orders); };
    options.vfs = vfs;
    options.ask_danger = [this](std::string number) { asked.push_back(std::move(number)); };
    options.broken = [](const std::string& why) { FAIL_CHECK(why); };
    desk = std::make_unique<CallDesk>(std::move(options), std::move(site));
    desk->start();
  }
  v1::Envelope ask(const v1::Envelope& question, const Authority& who) const {
    std::promise<v1::Envelope> answer;
    desk->ask(question, who, [&](v1::Envelope&& reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  v1::CallsNow now() const {
    v1::Envelope question;
    question.mutable_watch_calls();
    return ask(question, kConsole).calls_now();
  }
  void bind(const Authority& who, const std::string& post) const {
    v1::Envelope question;
    question.mutable_bind_post()->set_post(post);
    REQUIRE(ask(question, who).has_post_shown());
  }
  void tell(std::vector<calls::Event> events) const {
    for (auto& each : events) desk->tell(std::move(each));
  }
  // A caller waits, is shown to the first post, and talks there.
  void talk(const std::string& channel, std::int64_t at_ms) const {
    tell({fact(Kind::announced, channel, at_ms), fact(Kind::joined, channel, at_ms + 100),
          at_post(Kind::ringing, channel, "PJSIP/1001", at_ms + 500),
          at_post(Kind::connected, channel, "PJSIP/1001", at_ms + 3'000)});
  }
  void hang_up(const std::string& channel, std::int64_t at_ms) const {
    calls::Event completed = at_post(Kind::completed, channel, "PJSIP/1001", at_ms);
    completed.reason = "caller";
    calls::Event gone = fact(Kind::channel_gone, channel, at_ms);
    gone.uniqueid = completed.other;
    tell({std::move(completed), std::move(gone), fact(Kind::channel_gone, channel, at_ms)});
  }

  // Once the desk has done all that it was given until now.
  void settled() const { (void)now(); }

  std::shared_ptr<Orders> orders = std::make_shared<Orders>();
  std::vector<std::string> asked;
  std::unique_ptr<CallDesk> desk;
};

inline v1::Envelope getting(const std::string& call) {
  v1::Envelope question;
  question.mutable_get_call()->set_call(call);
  return question;
}

inline Uuid fresh_key(std::uint8_t which = 1) {
  return make_uuid7(system::now().wall_ms, {which});
}

inline v1::Envelope qualifying(const std::string& call, v1::CallOutcome outcome, const Uuid& key) {
  v1::Envelope question;
  question.set_idempotency_key(to_bytes(key));
  question.mutable_qualify_call()->set_call(call);
  question.mutable_qualify_call()->set_outcome(outcome);
  return question;
}

inline CallLink dossier(const std::string& call, const Uuid& key, std::uint64_t number) {
  return {call, "olivier", key, number, system::now().wall_ms, false};
}

inline void link(const Office& office, const CallLink& link) {
  std::promise<void> done;
  office.desk->link(link, [&] { done.set_value(); });
  done.get_future().get();
}

// Announced, in the queue, and given up after fifteen seconds.
inline std::vector<calls::Event> abandoned(const std::string& channel, std::int64_t at_ms) {
  return {fact(Kind::announced, channel, at_ms), fact(Kind::joined, channel, at_ms + 100),
          fact(Kind::hangup_requested, channel, at_ms + 15'000), fact(Kind::left, channel, at_ms + 15'000),
          fact(Kind::channel_gone, channel, at_ms + 15'000)};
}

inline std::uint64_t findings(const fs::path& data) {
  std::uint64_t found = 0;
  (void)router::check_calls(data, master(), [&](const std::string& text) {
    UNSCOPED_INFO(text);
    ++found;
  });
  return found;
}

}  // namespace bannette::test
