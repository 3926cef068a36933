#include "tests/unit/console_server/harness.hpp"

#include <algorithm>

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

namespace bannette::console::testing {

namespace http = boost::beast::http;
namespace fs = std::filesystem;

void TestBackend::start(Post post, Events events) {
  post_ = std::move(post);
  events_ = std::move(events);
}

void TestBackend::stop() {
  for (auto* waiting : {&unanswered_, &watching_}) {
    for (auto& answer : std::exchange(*waiting, {})) {
      post_([answer] { answer(error_reply("unavailable")); });
    }
  }
}

void TestBackend::answer(const Reply& reply, v1::Envelope question, Answer answer) {
  auto said = reply ? reply(question) : std::optional(error_reply("unavailable"));
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(std::move(question));
  }
  if (!said) return unanswered_.push_back(std::move(answer));
  post_([answer = std::move(answer), said = std::move(*said)]() mutable { answer(std::move(said)); });
}

void TestBackend::ask_queue(v1::Envelope question, Answer to) {
  Reply reply;
  {
    const std::lock_guard lock(mutex_);
    reply = queue_;
  }
  answer(reply, std::move(question), std::move(to));
}

void TestBackend::watch(const v1::WatchCalls& watch, Answer to) {
  const std::lock_guard lock(mutex_);
  if (!calls_ || (watch.wait_ms() > 0 && watch.after() == calls_->version())) {
    watching_.push_back(std::move(to));
    return;
  }
  v1::Envelope said;
  *said.mutable_calls_now() = *calls_;
  post_([to = std::move(to), said = std::move(said)]() mutable { to(std::move(said)); });
}

void TestBackend::calls(v1::CallsNow now) {
  const std::lock_guard lock(mutex_);
  calls_ = std::move(now);
  v1::Envelope said;
  *said.mutable_calls_now() = *calls_;
  for (auto& each : std::exchange(watching_, {}))
    post_([to = std::move(each), said]() mutable { to(std::move(said)); });
}

void TestBackend::ask_router(v1::Envelope question, Answer to) {
  if (question.has_watch_calls()) return watch(question.watch_calls(), std::move(to));
  Reply reply;
  {
    const std::lock_guard lock(mutex_);
    reply = router_;
  }
  answer(reply, std::move(question), std::move(to));
}

void TestBackend::on_queue(Reply reply) {
  const std::lock_guard lock(mutex_);
  queue_ = std::move(reply);
}

void TestBackend::on_router(Reply reply) {
  const std::lock_guard lock(mutex_);
  router_ = std::move(reply);
}

// The server's own questions (counts, without a person) are not the test's; what a PBX tells is.
std::vector<v1::Envelope> TestBackend::asked() {
  const std::lock_guard lock(mutex_);
  auto all = std::exchange(asked_, {});
  std::erase_if(all, [](const v1::Envelope& each) { return !each.has_actor() && !each.has_cti_event(); });
  return all;
}

void TestBackend::deliver(v1::Deliver hint) {
  post_([this, hint = std::move(hint)]() mutable { events_.deliver(std::move(hint)); });
}
void TestBackend::lost() {
  post_([this] { events_.lost(); });
}
void TestBackend::link(bool is_up) {
  up = is_up;
  post_([this, is_up] { events_.link(is_up); });
}

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "bannette-console-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path = name;
}
Folder::~Folder() {
  fs::remove_all(path);
}

namespace {

// Hashing is slow on purpose: the accounts are made once and copied.
struct Prepared {
  Folder folder;
  std::string token;
  Prepared() {
    Accounts accounts(folder.path);
    const std::vector<Person> people{{"olga", Role::operator_, {}},   {"agathe", Role::agent, {"u1"}},
                                     {"amar", Role::agent, {"u2"}},   {"marie", Role::manager, {"u1"}},
                                     {"simon", Role::supervisor, {}}, {"adele", Role::admin, {}},
                                     {"aude", Role::auditor, {}}};
    const PasswordHash hash = hash_new_password(kPassword).value();  // slow on purpose: once for all
    for (const auto& person : people) accounts.add_user(person, hash).value();
    token = accounts.add_token({"standard-automatique", Role::operator_, {}}).value();
  }
};

Catalogue catalogue() {
  Catalogue site;
  site.code = "essai";
  site.name = "Site d’essai";
  site.topics = {
      {"social.budget", "social", "Difficultés financières", "Dettes, secours", Urgency::normal, false},
      {"enfance.danger", "enfance", "Enfant en danger", "", Urgency::urgent, true}};
  site.units = {{"u1", "Unité 1"}, {"u2", "Unité 2"}};
  site.services = {{"mdph", "MDPH"}};
  site.bannettes = {{"service:mdph", "MDPH"},
                    {"standard", "Standard"},
                    {"u1/social", "Unité 1, social"},
                    {"u2/social", "Unité 2, social"}};
  site.communes = {{"59512", "Roubaix"}};
  site.pbxs = {"annexe"};
  router::Consignes consignes;
  consignes.numbers = {{"119", "119", "Enfance en danger", ""}};
  consignes.danger = {{"Où êtes-vous ?"}, {"Gardez la personne en ligne."}, {"119"}};
  consignes.guides = {
      {"enfance.danger", {"Merci."}, {{"quand", "Quand", "Quand ?", "", {"maintenant", "hier"}}}, {"119"}}};
  consignes.referrals = {{"caf", "CAF", "32 30", ""}};
  consignes.corrections = {{"precise", "Précisé"}};
  consignes.no_dossier = {{"answered", "Répondu"}};
  site.consignes = std::make_shared<const router::Consignes>(std::move(consignes));
  site.on_call_at = [](std::int64_t) {
    return std::vector<OnCallContact>{{"Astreinte", "03 20 00 00 01", {}}};
  };
  return site;
}

}  // namespace

Site::Site(const std::function<void(Options&)>& change) {
  static const Prepared prepared;
  fs::copy(prepared.folder.path, folder.path, fs::copy_options::recursive);
  token = prepared.token;
  options.port = 0;
  options.data = folder.path;
  options.version = "0.0";
  options.catalogue = catalogue();
  if (change) change(options);
  auto double_of_queue = std::make_unique<TestBackend>();
  backend = double_of_queue.get();
  server = std::make_unique<Server>(options, std::move(double_of_queue));
  server->start();
}

Site::~Site() {
  server->stop();
}

std::string Answered::header(const std::string& name) const {
  const auto at = headers.find(name);
  return at == headers.end() ? std::string() : at->second;
}
boost::json::object Answered::json() const {
  boost::system::error_code error;
  auto value = boost::json::parse(body, error);
  INFO(body);
  REQUIRE_FALSE(error);
  return value.as_object();
}
std::string Answered::code() const {
  return json().at("code").as_string().c_str();
}
std::string Answered::field() const {
  return json().at("field").as_string().c_str();
}

Wire::Wire(std::uint16_t port) : socket_(io_), buffer_(4 * 1024 * 1024) {
  socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
}

Answered Wire::send(const std::string& method, const std::string& target, const Headers& headers,
                    const std::string& body) {
  http::request<http::string_body> request(http::string_to_verb(method), target, 11);
  request.set(http::field::host, "127.0.0.1:" + std::to_string(socket_.remote_endpoint().port()));
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = body;
  request.prepare_payload();
  http::write(socket_, request);
  http::response_parser<http::string_body> parser;
  parser.skip(method == "HEAD");
  http::read(socket_, buffer_, parser);
  Answered answered;
  const auto& response = parser.get();
  answered.status = static_cast<int>(response.result_int());
  answered.body = response.body();
  for (const auto& field : response) {
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answered.headers.emplace(name, std::string(field.value()));
  }
  return answered;
}

void Wire::write(std::string_view bytes) {
  boost::asio::write(socket_, boost::asio::buffer(bytes));
}

Answered Wire::read() {
  http::response_parser<http::string_body> parser;
  http::read(socket_, buffer_, parser);
  return {static_cast<int>(parser.get().result_int()), {}, parser.get().body()};
}

bool Wire::closed() {
  boost::system::error_code error;
  std::array<char, 4096> dropped{};
  while (!error) socket_.read_some(boost::asio::buffer(dropped), error);
  return error == boost::asio::error::eof || error == boost::asio::error::connection_reset;
}

Browser::Browser(Site& site, const std::string& who) : name(who), site_(site), wire_(site.port()) {
  const auto in =
      wire_.send("POST", "/api/v1/login", {{"Content-Type", "application/json"}, {"Origin", site.origin()}},
                 boost::json::serialize(boost::json::object{{"name", name}, {"password", kPassword}}));
  INFO(in.body);
  REQUIRE(in.status == 200);
  const std::string set = in.header("set-cookie");
  cookie = set.substr(0, set.find(';'));
  csrf = in.json().at("csrf").as_string().c_str();
}

Headers Browser::headers() const {
  return {{"Cookie", cookie},
          {"Origin", site_.origin()},
          {"X-CSRF-Token", csrf},
          {"Content-Type", "application/json"},
          {"Idempotency-Key", kKey}};
}

Answered Browser::get(const std::string& target) {
  return wire_.send("GET", target, {{"Cookie", cookie}});
}
Answered Browser::post(const std::string& target, const std::string& body) {
  return send("POST", target, body);
}
Answered Browser::send(const std::string& method, const std::string& target, const std::string& body) {
  return wire_.send(method, target, headers(), body);
}

v1::Envelope error_reply(const std::string& code, const std::string& field, const std::string& detail) {
  v1::Envelope reply;
  reply.mutable_error()->set_code(code);
  reply.mutable_error()->set_field(field);
  reply.mutable_error()->set_detail(detail);
  return reply;
}

}  // namespace bannette::console::testing
