// TLS to a PBX: a certificate that is pinned, one that an authority signed, and those that are not believed.
#include <cstdio>
#include <filesystem>
#include <memory>

#include <unistd.h>

#include <boost/asio/ssl/context.hpp>
#include <catch2/catch.hpp>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "tests/integration/pbx_client.hpp"
#include "tests/unit/console_webhooks/certificate.hpp"

using namespace bannette;
using namespace bannette::telephony;
using test::Manners;
using test::OneThread;
using test::PbxClient;
using test::PbxServer;

namespace {

// Self-signed, for 127.0.0.1.
struct Certificate {
  Certificate() {
    const auto stem = std::filesystem::temp_directory_path() / ("bannette-pbx-" + std::to_string(::getpid()));
    file = stem.string() + ".pem";
    key = stem.string() + ".key";
    test::write_certificate(file, key);
    context.use_certificate_file(file.string(), asio::ssl::context::pem);
    context.use_private_key_file(key.string(), asio::ssl::context::pem);
  }
  ~Certificate() {
    std::filesystem::remove(file);
    std::filesystem::remove(key);
  }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  // As openssl x509 -fingerprint -sha256 has it, in small digits without colons.
  [[nodiscard]] std::string pin() const {
    const std::unique_ptr<std::FILE, decltype(&std::fclose)> in(std::fopen(file.c_str(), "r"), &std::fclose);
    const std::unique_ptr<X509, decltype(&X509_free)> read(PEM_read_X509(in.get(), nullptr, nullptr, nullptr),
                                                           &X509_free);
    std::array<unsigned char, 32> sum{};
    unsigned int size = 0;
    REQUIRE(X509_digest(read.get(), EVP_sha256(), sum.data(), &size) == 1);
    std::string hex;
    for (const unsigned char byte : sum) {
      hex += "0123456789abcdef"[byte >> 4];
      hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
  }

  std::filesystem::path file, key;
  asio::ssl::context context{asio::ssl::context::tls_server};
};

}  // namespace

TEST_CASE("the PBX within TLS") {
  OneThread thread;
  const auto script = test::Script::of(test::capture("05-answered-agent-ends"));
  Certificate certificate;
  Manners manners;
  manners.tls = &certificate.context;
  PbxServer server(thread.tasks, thread.context.get_executor(), script, manners);
  auto options = PbxClient::options_for(server.port());
  options.address.tls = true;
  std::string trouble;
  SECTION("pinned") {
    options.address.pin = certificate.pin();
  }
  SECTION("signed by an authority of the file, for this address") {
    options.address.authorities = test::file_text(certificate.file);
  }
  SECTION("another certificate than the pinned one") {
    options.address.pin = std::string(64, 'a');
    trouble = "TLS : le certificat n'est pas celui dont l'empreinte est configurée";
  }
  SECTION("signed by nobody that is known") {
    trouble = "TLS : certificate verify failed";
  }
  SECTION("signed, and for another name") {
    options.address.authorities = test::file_text(certificate.file);
    options.address.host = "localhost";
    trouble = "TLS : certificate verify failed";
  }
  SECTION("authorities that are no certificates") {
    options.address.authorities = test::file_text(certificate.key);
    trouble = "TLS : ";
  }
  SECTION("in clear to a port that wants TLS") {
    options.address.tls = false;
    options.times.login = 50;
    trouble = "ce n'est pas un Asterisk Manager, ou il ne dit rien";
  }
  SECTION("a handshake that is never answered") {
    manners.tls = nullptr;
    manners.greeting = " ";
    PbxServer mute(thread.tasks, thread.context.get_executor(), script, manners);
    options.address.port = mute.port();
    options.connect_ms = 50;
    PbxClient client(thread, options);
    REQUIRE(thread.until([&] { return mute.connections() == 2; }));
    CHECK(client.troubles.front().starts_with("TLS : "));
    return;
  }
  PbxClient client(thread, options);
  if (trouble.empty()) {
    REQUIRE(thread.until([&] { return client.count(calls::Kind::channel_gone) == 2; }));
    CHECK(client.connection.state().up);
    return;
  }
  REQUIRE(thread.until([&] { return !client.troubles.empty(); }));
  CHECK(client.troubles.front().starts_with(trouble));
  CHECK(client.facts.empty());
  CHECK(server.pbx().actions.empty());  // not a word was said
}
