// ./dev bench pop: from a PBX's event on the wire to the operator's screen (its live connection). The whole
// way in one process on loopback: AMI over TCP, ledger, router, console, WebSocket. Figures, never a pass or
// a failure.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <zmq.hpp>

#include "agent-console/server/link_backend.hpp"
#include "agent-console/server/server.hpp"
#include "queue/system/clock.hpp"
#include "router/config/load.hpp"
#include "router/service/service.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/pop_screen.hpp"
#include "tests/integration/played_pbx.hpp"

namespace bannette::bench {
namespace {

namespace fs = std::filesystem;
using boost::asio::ip::tcp;

constexpr const char* kSecret = "essai";

// A PBX with one post; it says what a test tells it to say.
class Line {
 public:
  Line() : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {}
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  // Until the client has its lists; then its keepalives are answered by nobody, which takes it longer than
  // this lasts.
  void log_in() {
    acceptor_.accept(socket_);
    socket_.set_option(tcp::no_delay(true));
    say(pbx_.connect());
    while (!listed_) {
      std::string bytes(64 * 1024, '\0');
      bytes.resize(socket_.read_some(boost::asio::buffer(bytes)));
      say(pbx_.hear(bytes));
      const auto& said = pbx_.actions;
      listed_ = std::find(said.begin(), said.end(), "CoreShowChannels") != said.end();
    }
  }
  void say(const std::string& bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }

 private:
  boost::asio::io_context io_;
  tcp::acceptor acceptor_;
  tcp::socket socket_{io_};
  test::Script script_;
  test::PlayedPbx pbx_{script_, {"accueil", kSecret}};
  bool listed_ = false;
};

std::int64_t now_s() {
  return system::now().wall_ms / 1'000;
}

// A caller who rings at a post and is not answered, again and again under other names.
class Round {
 public:
  explicit Round(const fs::path& capture) {
    for (const auto& scene : test::Script::of(capture).scenes) {
      const auto fields = test::fields_of(scene.bytes);
      const auto event = fields.find("Event");
      if (event == fields.end()) continue;
      messages_.push_back(scene.bytes);
      const auto digits = scene.bytes.find("1795");
      if (first_s_ == 0 && digits != std::string::npos)
        first_s_ = std::stoll(scene.bytes.substr(digits, kDigits));
      if (event->second == "AgentCalled" && post_.empty()) post_ = fields.at("Interface");
    }
  }
  [[nodiscard]] const std::string& post() const { return post_; }
  // Each message of the round `number`; `rings`: the operator's post rings now.
  template <class Take>
  void play(std::size_t number, Take take) const {
    for (std::string message : messages_) {
      // The ten digits of channels' names and of times: a second later each round.
      for (std::size_t at = 0; (at = message.find("1795", at)) != std::string::npos; at += kDigits) {
        const std::int64_t then = std::stoll(message.substr(at, kDigits));
        message.replace(at, kDigits,
                        std::to_string(then - first_s_ + began_s_ + static_cast<std::int64_t>(number)));
      }
      take(message, message.find("Event: AgentCalled\r\n") != std::string::npos &&
                        message.find("Interface: " + post_ + "\r\n") != std::string::npos);
    }
  }

 private:
  static constexpr std::size_t kDigits = 10;
  std::vector<std::string> messages_;
  std::string post_;
  std::int64_t first_s_ = 0, began_s_ = now_s();
};

std::shared_ptr<const router::Site> site_with(const Round& round, std::uint16_t port) {
  auto loaded = router::load_site(BANNETTE_SITE);
  if (!loaded.site) throw std::runtime_error("the sample site does not load");
  auto telephony = std::make_shared<router::Telephony>();
  auto& pbx = telephony->pbxs.emplace_back();
  pbx.code = "main";
  pbx.host = "127.0.0.1";
  pbx.port = port;
  pbx.user = "accueil";
  pbx.secret_file = "secret";
  pbx.challenge = false;
  telephony->posts.push_back({"p1", "Poste 1", "main", round.post()});
  loaded.site->telephony = telephony;
  return std::make_shared<const router::Site>(std::move(*loaded.site));
}

struct Folder {
  fs::path path = fs::temp_directory_path() / ("bannette-pop-" + std::to_string(::getpid()));
  Folder() {
    fs::create_directories(path);
    const fs::path secret = path / "secret";
    std::ofstream(secret) << kSecret << '\n';
    fs::permissions(secret, fs::perms::owner_read | fs::perms::owner_write);
  }
  ~Folder() { fs::remove_all(path); }
};

int run(const fs::path& capture, std::size_t rounds) {
  const Round round(capture);
  const Folder folder;
  Line line;
  seal::start();
  zmq::context_t context(1);
  router::ServiceOptions options;
  options.data = folder.path;
  options.master = seal::random_key();
  router::RouterService router(context, options, site_with(round, line.port()),
                               [](const std::string& why) { std::cerr << why << '\n'; });
  router.start();
  client::Options to_router;
  to_router.endpoint = options.listen;
  client::Options to_queue;
  to_queue.endpoint = options.queue;  // nobody is there, and nobody is asked
  console::Options http;
  http.port = 0;
  http.data = folder.path;
  add_operator(folder.path);
  console::Server server(http, std::make_unique<console::LinkBackend>(to_queue, to_router, &context));
  server.start();
  line.log_in();
  Screen screen(server.local_port());
  screen.sit_down("p1");

  std::vector<double> each_us;
  const auto began = Clock::now();
  for (std::size_t i = 0; i < rounds; ++i)
    round.play(i, [&](const std::string& message, bool rings) {
      if (rings) screen.drop_rest_until_quiet();  // the last one rings no more
      if (rings && screen.rings()) throw std::runtime_error("the last call still rings on the screen");
      const auto before = Clock::now();
      line.say(message);
      if (!rings) return;
      screen.wait_for_call();
      each_us.push_back(micros(Clock::now() - before));
    });
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  const Figures figures = figures_of(each_us.size(), seconds, each_us);
  std::cout << boost::json::serialize(boost::json::object{{"measure", "pop"},
                                                          {"pops", each_us.size()},
                                                          {"figures", as_json(figures)},
                                                          {"machine", machine(folder.path)}})
            << '\n';
  std::cerr << "from the PBX's event to the operator's live connection, " << each_us.size() << " times: p50 "
            << figures.p50_us / 1'000 << " ms, p99 " << figures.p99_us / 1'000 << " ms, most "
            << figures.max_us / 1'000 << " ms\n";
  server.stop();
  router.stop();
  return 0;
}

}  // namespace
}  // namespace bannette::bench

int main(int argc, char** argv) {
  CLI::App app("From a PBX's event to the operator's screen");
  std::size_t rounds = 300;
  std::string capture = BANNETTE_CAPTURE;
  app.add_option("--rounds", rounds, "Callers");
  app.add_option("--capture", capture, "A captured stream in which a post rings");
  CLI11_PARSE(app, argc, argv);
  try {
    return bannette::bench::run(capture, rounds);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
