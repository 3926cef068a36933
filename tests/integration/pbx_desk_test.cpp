// The desk of calls with PBXs on sockets: a secret, calls of ours and of others, orders and what becomes of
// them, two PBXs at once, and a ledger on the disk that the PBX's own log confirms.
#include <fstream>
#include <future>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "router/core/site.hpp"
#include "router/switchboard/call_site.hpp"
#include "tests/integration/pbx_server.hpp"
#include "tests/integration/process.hpp"
#include "tests/unit/router_switchboard/calls_office.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

using router::Telephony;

// A PBX on a thread of its own.
class RunningPbx {
 public:
  explicit RunningPbx(const std::string& name) : RunningPbx(Script::of(capture(name))) {}
  explicit RunningPbx(Script script)
      : script_(std::move(script)), server_(tasks_, context_.get_executor(), script_, Manners{}) {
    server_.on_played([this] { played_.set_value(); });
    thread_ = std::thread([this] { context_.run(); });
  }
  ~RunningPbx() { stop(); }
  RunningPbx(const RunningPbx&) = delete;
  RunningPbx& operator=(const RunningPbx&) = delete;

  void wait_played() { played_.get_future().get(); }
  // What it was told to do; it is over then.
  const std::vector<Fields>& stop() {
    if (thread_.joinable()) {
      asio::post(context_, [this] { server_.stop(); });
      guard_.reset();
      thread_.join();
    }
    return server_.pbx().orders;
  }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_{context_.get_executor()};
  Tasks tasks_{context_.get_executor(), [](const std::string& why) { throw std::runtime_error(why); }};
  Script script_;
  std::promise<void> played_;
  PbxServer server_;
  std::thread thread_;
};

struct Site {
  Telephony telephony;

  Site& pbx(const std::string& code, std::uint16_t port) {
    auto& added = telephony.pbxs.emplace_back();
    added.code = code;
    added.host = "127.0.0.1";
    added.port = port;
    added.user = "accueil";
    added.secret_file = "main.secret";
    added.context = "interne";
    telephony.posts.push_back({code == "main" ? "p1" : code + "-1", "Poste 1", code, "PJSIP/1001"});
    return *this;
  }
  Site& queue(const std::string& queue, const std::string& of = "main") {
    telephony.queues.push_back({queue, of, queue, ""});
    return *this;
  }
  [[nodiscard]] std::shared_ptr<const CallSite> made() const {
    router::Site site;
    site.telephony = std::make_shared<Telephony>(telephony);
    return router::call_site_of(site);
  }
};

constexpr auto kOwner = fs::perms::owner_read | fs::perms::owner_write;

struct DataFolder : Folder {
  explicit DataFolder(fs::perms mode = kOwner) {
    std::ofstream(path / "main.secret") << "essai-accueil\n";
    fs::permissions(path / "main.secret", mode);
  }
};

// What is there when it is as wanted, each news waited for; or what is there after ten seconds, longer than
// anything here takes.
v1::CallsNow when(const Office& office, const std::function<bool(const v1::CallsNow&)>& so) {
  const auto most = system::now().boot_ms + 10'000;
  auto now = office.now();
  while (!so(now) && system::now().boot_ms < most) {
    v1::Envelope question;
    question.mutable_watch_calls()->set_after(now.version());
    question.mutable_watch_calls()->set_wait_ms(1'000);
    now = office.ask(question, kConsole).calls_now();
  }
  CHECK(so(now));
  return now;
}

bool is_up(const v1::CallsNow& now) {
  return now.pbxs_size() > 0 &&
         std::all_of(now.pbxs().begin(), now.pbxs().end(), [](const auto& pbx) { return pbx.up(); });
}

// Somebody waited in vain: to be called back.
std::string missed(const Office& office, const std::string& number) {
  const std::int64_t t = system::now().wall_ms - 20'000;
  std::vector<calls::Event> facts{fact(Kind::announced, "1.2", t), fact(Kind::joined, "1.2", t + 100),
                                  fact(Kind::hangup_requested, "1.2", t + 15'000),
                                  fact(Kind::left, "1.2", t + 15'000),
                                  fact(Kind::channel_gone, "1.2", t + 15'000)};
  for (auto& each : facts) each.number = number;
  office.tell(facts);
  v1::Envelope list;
  list.mutable_list_callbacks();
  const auto entries = office.ask(list, kOlivier).callbacks();
  REQUIRE(entries.items_size() == 1);
  return entries.items(0).id();
}

v1::Envelope dialling(const std::string& callback) {
  v1::Envelope act;
  act.mutable_settle_callback()->set_id(callback);
  act.mutable_settle_callback()->set_act(v1::CALLBACK_ACT_DIAL);
  return act;
}

// The entry when it is as wanted; the orders' facts bring the news.
v1::Callbacks callbacks_when(const Office& office, const std::function<bool(const v1::Callbacks&)>& so) {
  v1::Callbacks found;
  (void)when(office, [&](const v1::CallsNow&) {
    v1::Envelope list;
    list.mutable_list_callbacks();
    found = office.ask(list, kOlivier).callbacks();
    return so(found);
  });
  return found;
}

}  // namespace

TEST_CASE("a secret that others may read is not used; the call is kept once it is right") {
  const DataFolder folder(kOwner | fs::perms::others_read);
  auto script = Script::of(capture("05-answered-agent-ends"));
  for (auto& scene : script.scenes) {  // a telephone that writes names as it did in the last century
    for (std::size_t at = 0; (at = scene.bytes.find("CallerIDName: ", at)) != std::string::npos; at += 14)
      scene.bytes.replace(at + 14, scene.bytes.find("\r\n", at) - at - 14, "Andr\xe9");
  }
  RunningPbx pbx(script);
  Site site;
  site.pbx("main", pbx.port()).queue("premier-contact");
  const Office office(folder.path, site.made(), false);
  const auto before = office.now();
  REQUIRE(before.pbxs_size() == 1);
  CHECK_FALSE(before.pbxs(0).up());
  CHECK(before.pbxs(0).trouble().find("lisible par d'autres") != std::string::npos);

  fs::permissions(folder.path / "main.secret", kOwner);
  office.desk->use(site.queue("debordement").made());  // other queues: joined anew
  const auto after = when(office, [](const v1::CallsNow& now) {
    return is_up(now) && now.calls_size() == 1 && now.calls(0).state() == "wrap_up";
  });
  REQUIRE(after.calls_size() == 1);
  CHECK(after.calls(0).id() == "main:1795443653.0");
  CHECK(after.calls(0).post() == "p1");
  CHECK(after.calls(0).name() == "André");
  CHECK(v1::CallsNow().ParseFromString(after.SerializeAsString()));  // every byte of it can travel
}

TEST_CASE("calls of queues that are not ours are not kept") {
  const DataFolder folder;
  auto script = Script::of(capture("05-answered-agent-ends"));
  Scene last = script.scenes.back();  // after all else: a post in our queue pauses
  last.bytes =
      "Event: QueueMemberPause\r\nPrivilege: agent,all\r\nQueue: autre\r\nMemberName: Poste 1\r\nInterface: "
      "PJSIP/1001\r\nStatus: 1\r\nPaused: 1\r\nPausedReason: fin\r\n\r\n";
  script.scenes.push_back(last);
  RunningPbx pbx(script);
  Site site;
  site.pbx("main", pbx.port()).queue("autre");
  site.telephony.pbxs[0].trunks = {"PJSIP/fournisseur-"};
  const Office office(folder.path, site.made(), false);
  const auto now = when(office, [](const v1::CallsNow& each) { return each.posts(0).state() == "paused"; });
  CHECK(now.calls_size() == 0);
  for (const auto& line : now.lines()) CHECK(line.queue() == "autre");
  v1::Envelope question;
  question.mutable_list_calls();
  const auto calls = office.ask(question, kSophie);
  REQUIRE(calls.has_calls());
  CHECK(calls.calls().items_size() == 0);
}

TEST_CASE(
    "an operator calls a number back from their post, and that settles it, whatever the post is shown") {
  const DataFolder folder;
  RunningPbx pbx("40-click-to-call");
  Site site;
  site.pbx("main", pbx.port());
  site.telephony.pbxs[0].prefix = "0";
  if (GENERATE(false, true)) site.telephony.pbxs[0].shown = "0320001122";
  const Office office(folder.path, site.made(), false);
  office.bind(kOlivier, "p1");
  const auto entry = missed(office, "06 39 98 12 60");
  (void)when(office, is_up);
  CHECK(office.ask(dialling(entry), kOlivier).callback_settled().callback().state() == "locked");
  const auto talking = when(office, [](const v1::CallsNow& now) {
    return std::any_of(now.calls().begin(), now.calls().end(),
                       [](const auto& call) { return call.outbound() && call.state() != "announced"; });
  });
  CHECK(callbacks_when(office, [](const auto& list) { return list.items_size() == 0; }).waiting() == 0);
  for (const auto& call : talking.calls()) {
    if (!call.outbound()) continue;
    CHECK(call.id().starts_with("main:bannette-"));
    CHECK(call.number() == "+262639981260");
  }
  const auto& orders = pbx.stop();
  REQUIRE(orders.size() == 1);
  CHECK(orders[0].at("Channel") == "PJSIP/1001");
  CHECK(orders[0].at("Exten") == "00639981260");
  const auto down = when(office, [](const v1::CallsNow& now) { return !is_up(now); });
  CHECK_FALSE(down.pbxs(0).trouble().empty());
}

TEST_CASE("a callback is free again where the post is busy, and tried where the citizen is") {
  const DataFolder folder;
  const bool post_busy = GENERATE(true, false);
  RunningPbx pbx(post_busy ? "42-click-to-call-agent-busy" : "43-click-to-call-citizen-busy-then-noanswer");
  Site site;
  site.pbx("main", pbx.port());
  const Office office(folder.path, site.made(), false);
  office.bind(kOlivier, "p1");
  const auto entry = missed(office, post_busy ? "0639981262" : "0639981263");
  (void)when(office, is_up);
  CHECK(office.ask(dialling(entry), kOlivier).callback_settled().callback().state() == "locked");
  const auto after = callbacks_when(office, [](const v1::Callbacks& list) {
    return list.items_size() == 1 && list.items(0).state() == "waiting";
  });
  CHECK(after.items(0).tries() == (post_busy ? 0 : 1));
  CHECK(after.items(0).locked_by().empty());
}

TEST_CASE("a post is paused with its reason, and goes on") {
  const DataFolder folder;
  RunningPbx pbx("20-pause-unpause");
  Site site;
  site.pbx("main", pbx.port()).queue("premier-contact");
  site.telephony.pauses.push_back({"pause-café", "Pause café"});
  const Office office(folder.path, site.made(), false);
  office.bind(kOlivier, "p1");
  (void)when(office, is_up);
  v1::Envelope pause;
  for (const bool paused : {true, true, false}) {  // as captured
    pause.mutable_pause_post()->set_paused(paused);
    pause.mutable_pause_post()->set_reason(paused ? "pause-café" : "");
    CHECK(office.ask(pause, kOlivier).has_post_shown());
    const auto now =
        when(office, [&](const v1::CallsNow& each) { return (each.posts(0).state() == "paused") == paused; });
    if (paused) CHECK_FALSE(now.posts(0).pause().empty());
  }
  const auto& orders = pbx.stop();
  REQUIRE(orders.size() == 3);
  CHECK(orders[0].at("Reason") == "pause-café");
  CHECK(orders[2].at("Paused") == "false");
  CHECK(office.ask(pause, kOlivier).error().code() == "unavailable");
}

TEST_CASE("two PBXs with the same ids: each has its calls, and one that is lost leaves the other") {
  const DataFolder folder;
  RunningPbx first("05-answered-agent-ends"), second("05-answered-agent-ends");
  Site site;
  site.pbx("main", first.port()).queue("premier-contact").pbx("annexe", second.port());
  site.queue("premier-contact", "annexe");
  const Office office(folder.path, site.made(), false);
  (void)when(office, [](const v1::CallsNow& now) {
    return is_up(now) && now.calls_size() == 2 &&
           std::all_of(now.calls().begin(), now.calls().end(),
                       [](const auto& call) { return call.state() == "wrap_up"; });
  });
  second.stop();
  const auto now = when(office, [](const v1::CallsNow& each) { return !is_up(each); });
  for (const auto& pbx : now.pbxs()) CHECK(pbx.up() == (pbx.code() == "main"));
  CHECK(office.ask(getting("main:1795443653.0"), kSophie).has_call_shown());
  CHECK(office.ask(getting("annexe:1795443653.0"), kSophie).has_call_shown());
}

namespace {

// Asterisk with timestampevents = yes: the capture's own times.
Script stamped(const std::string& name) {
  auto script = Script::of(capture(name));
  for (auto& scene : script.scenes) {
    if (!scene.bytes.starts_with("Event: ")) continue;
    const auto at_ms = script.began_ms + scene.at_ms;
    const auto fraction = std::to_string(1'000'000 + at_ms % 1'000 * 1'000).substr(1);
    scene.bytes.insert(scene.bytes.find("\r\n") + 2,
                       "Timestamp: " + std::to_string(at_ms / 1'000) + "." + fraction + "\r\n");
  }
  return script;
}

void write_master_key(const fs::path& data) {
  std::string hex;
  for (const unsigned byte : master().bytes) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  std::ofstream(data / "master.key") << hex << "\n";
  fs::permissions(data / "master.key", kOwner);
}

}  // namespace

TEST_CASE(
    "a busy hour through the desk: the ledger on the disk is the PBX's own log, and a false line shows") {
  const DataFolder folder;
  write_master_key(folder.path);
  {
    RunningPbx pbx(stamped("70-busy-hour"));
    Site site;
    site.pbx("main", pbx.port()).queue("premier-contact").queue("debordement");
    site.telephony.keep_ms = 100LL * 365 * 24 * 3'600'000;  // the capture is of one day, this test of any
    const Office office(folder.path, site.made(), false);
    pbx.wait_played();
    pbx.stop();
    (void)when(office, [](const v1::CallsNow& now) { return now.pbxs_size() == 1 && !now.pbxs(0).up(); });
  }
  const auto log = capture("70-busy-hour", ".queue_log");
  const auto data = folder.path.string();
  const auto agreed = run({"calls", "--data", data, "--reconcile", log.string()});
  CAPTURE(agreed.err);
  CHECK(agreed.code == 0);
  CHECK(agreed.out.empty());
  CHECK(agreed.err.find("40 passages en file, 40 selon queue_log ; 0 écarts") != std::string::npos);

  auto text = file_text(log);
  const auto abandon = text.find("|ABANDON|");
  REQUIRE(abandon != std::string::npos);
  text.replace(abandon, 9, "|EXITWITHTIMEOUT|");
  const auto false_log = folder.path / "faux";
  std::ofstream(false_log, std::ios::binary) << text;
  const auto refuted = run({"calls", "--data", data, "--reconcile", false_log.string()});
  CHECK(refuted.code == 1);
  const auto line = boost::json::parse(refuted.out).as_object();
  CHECK(line.size() == 5);
  CHECK(line.at("leg").as_string().starts_with("premier-contact/17954"));
  CHECK(line.at("field") == "outcome");
  CHECK(line.at("ours") == "abandoned");
  CHECK(line.at("theirs") == "timeout");
  CHECK(line.at("explained_by").is_null());
}
